import struct

import pytest

from lumenhall.domains.processing.encoder.leash import seccomp_program

ALLOW, NOT_PERMITTED, NO_SUCH_CALL = 0x7FFF0000, 0x00050001, 0x00050026
X86, OTHER = 0xC000003E, 0x40000003
SOCKET, FORK, CLONE, CLONE3, READ = 41, 57, 56, 435, 0


def run(architecture: int, call: int, argument: int = 0) -> int:
    """Do what the kernel does with the program, for the few instructions it uses."""
    program = seccomp_program(X86, (SOCKET, FORK), CLONE)
    data = struct.pack("IIQQ", call, architecture, 0, argument)
    at, value = 0, 0
    while True:
        code, yes, no, operand = struct.unpack_from("HBBI", program, 8 * at)
        at += 1
        match code:
            case 0x20:
                (value,) = struct.unpack_from("I", data, operand)
            case 0x15:
                at += yes if value == operand else no
            case 0x35:
                at += yes if value >= operand else no
            case 0x45:
                at += yes if value & operand else no
            case 0x06:
                return int(operand)


@pytest.mark.parametrize(
    ("call", "argument", "answer"),
    [
        (READ, 0, ALLOW),
        (SOCKET, 2, NOT_PERMITTED),
        (FORK, 0, NOT_PERMITTED),
        (CLONE, 0x00010F00, ALLOW),
        (CLONE, 17, NOT_PERMITTED),
        (CLONE3, 0, NO_SUCH_CALL),
        (0x40000000 + SOCKET, 0, NOT_PERMITTED),
    ],
)
def test_threads_are_allowed_but_sockets_and_processes_are_not(
    call: int, argument: int, answer: int
) -> None:
    assert run(X86, call, argument) == answer


def test_calls_by_another_numbering_are_refused() -> None:
    assert run(OTHER, READ) == NOT_PERMITTED
