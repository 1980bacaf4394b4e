"""Start a program on a leash; run as a script, so it imports nothing but a few standard modules.

    python -I -S leash.py PARENT_PID MEMORY CPU_SECONDS FILE_BYTES NICE PROGRAM ARGUMENT...

The program dies with its parent, is limited in memory, processor time and file size, is
the first to go when memory runs out, and can open no socket and start no other process.
It is a script of its own because code between fork and exec of a process with threads may
deadlock, and because a small system may lack setpriv, prlimit and unshare.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# Without the second flag old kernels slow every filtered program down against Spectre.
_SET_MODE_FILTER, _FLAG_SPEC_ALLOW = 1, 4

# Audit number of the architecture, its number of `seccomp`, then the system calls denied:
# socket, io_uring_setup (it can make sockets as well), ptrace, and whatever forks. Threads are
# made by `clone` with CLONE_THREAD, which stays allowed; `clone3` hides its flags behind a
# pointer, so it is answered "no such call", on which every C library falls back to `clone`.
_CALLS = {
    "x86_64": (0xC000003E, 317, (41, 425, 101, 57, 58), 56),
    "aarch64": (0xC00000B7, 277, (198, 425, 117), 220),
}
_CLONE3, _CLONE_THREAD, _X32 = 435, 0x00010000, 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _NOT_PERMITTED, _NO_SUCH_CALL = 0x7FFF0000, 0x00050001, 0x00050026
_AT_NUMBER, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT = 0, 4, 16


def seccomp_program(architecture: int, denied: tuple[int, ...], clone: int) -> bytes:
    """Return the filter in the kernel's own form, eight bytes an instruction."""
    # Each entry is (code, value, where to jump if true, if false); None is the next line.
    lines: list[tuple[int, int, str | None, str | None]] = [
        (_LOAD, _AT_ARCHITECTURE, None, None),
        (_EQUAL, architecture, None, "deny"),
        (_LOAD, _AT_NUMBER, None, None),
        (_AT_LEAST, _X32, "deny", None),
        *((_EQUAL, number, "deny", None) for number in denied),
        (_EQUAL, _CLONE3, "unknown", None),
        (_EQUAL, clone, None, "allow"),
        (_LOAD, _AT_FIRST_ARGUMENT, None, None),
        (_ANY_BIT, _CLONE_THREAD, "allow", "deny"),
    ]
    ends = {"deny": _NOT_PERMITTED, "unknown": _NO_SUCH_CALL, "allow": _ALLOW}
    place = {name: len(lines) + number for number, name in enumerate(ends)}
    program = b""
    for here, (code, value, yes, no) in enumerate(lines):
        jumps = [place[label] - here - 1 if label else 0 for label in (yes, no)]
        program += struct.pack("HBBI", code, *jumps, value)
    return program + b"".join(struct.pack("HBBI", _RETURN, 0, 0, end) for end in ends.values())


def _close_in(library: ctypes.CDLL) -> None:
    """Deny sockets and new processes where the kernel can; elsewhere the limits must do."""
    if platform.machine() not in _CALLS:
        return
    architecture, seccomp, denied, clone = _CALLS[platform.machine()]
    program = seccomp_program(architecture, denied, clone)
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    library.syscall(seccomp, _SET_MODE_FILTER, _FLAG_SPEC_ALLOW, head)


def _limit(what: int, most: int) -> None:
    _, ceiling = resource.getrlimit(what)
    allowed = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(what, (allowed, allowed))


def main(arguments: list[str]) -> None:
    """Put the leash on this process and turn it into the program."""
    parent, memory, seconds, file_bytes, nice = (int(number) for number in arguments[:5])
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        # The parent may have died before the line above: then nobody would ever end us.
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500")
        _limit(resource.RLIMIT_AS, memory)
        _close_in(library)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, file_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    os.nice(nice)
    os.execv(arguments[5], arguments[5:])  # noqa: S606 -- this is the very purpose


if __name__ == "__main__":
    main(sys.argv[1:])
