"""1 GB by tus against the same bytes through a bare Starlette handler to the same disk.

Promised: at least 0.7 times its throughput, less than 20 MB of memory growth. Ours also
authenticates, syncs to the disk before it answers, records how far it came and hands the file
on. Both servers run on uvicorn with uvloop and httptools; the same client sends to each, in an
order that changes from round to round.
"""

import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil

from benchmarks.report import Figure, report
from tests.factories.site import Site
from tests.fixtures.server import Server
from tests.fixtures.services import free_port

ROUNDS = 9
SIZE = 1024**3
PIECE = 1024 * 1024
HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
LIMITS = {"max_file_size_bytes": str(1024**4), "weekly_upload_limit_bytes": str(1024**5)}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as name:
        folder = Path(name)
        with bare_copy(folder) as bare_port, our_server(folder) as (server, token):
            seconds = _measure(server, token, lambda path: _bare(folder, bare_port, path))
            growth = _memory_growth(server, token)
    ours, bare, synced = (statistics.median(each) for each in zip(*seconds, strict=True))
    report(
        "upload_throughput",
        [
            Figure("ours", SIZE / ours / 1e6, "MB/s"),
            Figure("bare handler", SIZE / bare / 1e6, "MB/s"),
            Figure("bare handler that syncs, as ours does", SIZE / synced / 1e6, "MB/s"),
            Figure("ours against the bare handler", bare / ours, "x", 0.7, at_most=False),
            Figure("ours against the one that syncs", synced / ours, "x"),
            Figure("memory growth", growth / 1e6, "MB", 20),
        ],
    )


@contextmanager
def bare_copy(folder: Path) -> Iterator[int]:
    port = free_port()
    fast = ("--loop", "uvloop", "--http", "httptools", "--log-level", "warning")
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "benchmarks.bare_copy:app", "--port", str(port), *fast],
        env={**os.environ, "BARE_COPY_FOLDER": str(folder)},
    )
    try:
        _await_port(port)
        yield port
    finally:
        process.kill()
        process.wait()


@contextmanager
def our_server(folder: Path) -> Iterator[tuple[Server, str]]:
    server = Server(folder, **LIMITS)
    # What happens after the upload is not what is measured here.
    server.start("--no-jobs")
    try:
        with Site(server) as site:
            body = {"name": "bench", "scopes": ["upload", "read"]}
            yield server, site.ask("POST", "/api/tokens", body)["token"]
    finally:
        server.kill()


def _measure(
    server: Server, token: str, bare: Callable[[str], float]
) -> list[tuple[float, float, float]]:
    sends: dict[str, Callable[[], float]] = {
        "ours": lambda: _upload(server, token),
        "bare": lambda: bare("/copy"),
        "synced": lambda: bare("/copy?sync=1"),
    }
    # Memory that the machine has not touched for a while is slow: nobody is measured on it.
    for send in sends.values():
        send()
    rounds = []
    for number in range(1, ROUNDS + 1):
        order = random.sample(sorted(sends), len(sends))
        taken = {name: sends[name]() for name in order}
        print(f"round {number}: {', '.join(f'{name} {taken[name]:.2f} s' for name in order)}")
        rounds.append((taken["ours"], taken["bare"], taken["synced"]))
    return rounds


def _bare(folder: Path, port: int, path: str) -> float:
    seconds = _send(port, path, {})
    (folder / "copy").unlink()
    return seconds


def _memory_growth(server: Server, token: str) -> int:
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    before: int = process.memory_info().rss
    most = before
    sending = threading.Thread(target=_upload, args=(server, token))
    sending.start()
    while sending.is_alive():
        most = max(most, process.memory_info().rss)
        time.sleep(0.01)
    return most - before


def _upload(server: Server, token: str) -> float:
    headers = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {token}"}
    made = httpx.post(
        f"{server.url}/api/uploads", headers=headers | {"Upload-Length": str(SIZE)}
    ).raise_for_status()
    kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    seconds = _send(server.port, made.headers["location"], headers | kind)
    shutil.rmtree(server.folder / "data" / "media" / "assets")
    return seconds


def _send(port: int, path: str, headers: dict[str, str]) -> float:
    """Send the bytes and return the seconds from the first one to the answer."""
    fields = {"Host": "localhost", "Content-Length": str(SIZE), "Connection": "close", **headers}
    lines = [f"PATCH {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    piece = HEAD + os.urandom(PIECE - len(HEAD))
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        started = time.perf_counter()
        for _ in range(SIZE // PIECE):
            connection.sendall(piece)
        answer = connection.recv(4096)
        seconds = time.perf_counter() - started
    assert answer.startswith(b"HTTP/1.1 204"), answer
    return seconds


def _await_port(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    main()
