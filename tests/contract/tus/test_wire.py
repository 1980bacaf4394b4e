"""What no well-behaved client does: bytes by hand over plain sockets, to a real server."""

import hashlib
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import psutil

from tests.contract.tus.conftest import HEAD, MEGABYTE, Home

PATIENCE_SECONDS = 30


class Wire:
    """One connection, spoken to by hand."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.socket = socket.create_connection(("127.0.0.1", home.server.port), PATIENCE_SECONDS)

    def say(self, line: str, *headers: str, key: bool = True) -> None:
        """Send the head of a request."""
        own = [f"Authorization: Bearer {self._home.token}"] if key else []
        fields = ["Host: localhost", "Tus-Resumable: 1.0.0", *own, *headers]
        self.socket.sendall("\r\n".join([f"{line} HTTP/1.1", *fields, "", ""]).encode())

    def patch(self, path: str, offset: int, length: int, *headers: str, key: bool = True) -> None:
        self.say(
            f"PATCH {path}",
            "Content-Type: application/offset+octet-stream",
            f"Upload-Offset: {offset}",
            f"Content-Length: {length}",
            *headers,
            key=key,
        )

    def status(self) -> int:
        """Return the status of the next answer."""
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self.socket.recv(65536)
            assert piece, f"the server closed: {answer!r}"
            answer += piece
        found = re.match(rb"HTTP/1.1 (\d+)", answer)
        assert found, answer
        return int(found[1])


@contextmanager
def wire(home: Home) -> Iterator[Wire]:
    connection = Wire(home)
    with closing(connection.socket):
        yield connection


def new_upload(home: Home, size: int) -> str:
    """Return the path of a new upload."""
    headers = home.headers | {"Tus-Resumable": "1.0.0", "Upload-Length": str(size)}
    path: str = httpx.post(home.endpoint, headers=headers).raise_for_status().headers["location"]
    return path


def offset_of(home: Home, path: str) -> int:
    reply = httpx.head(home.server.url + path, headers=home.headers | {"Tus-Resumable": "1.0.0"})
    return int(reply.raise_for_status().headers["upload-offset"])


def content(size: int) -> bytes:
    return HEAD + os.urandom(size - len(HEAD))


def await_offset(home: Home, path: str, offset: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while offset_of(home, path) != offset:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_every_byte_before_a_hang_up_counts(home: Home) -> None:
    data = content(3 * MEGABYTE)
    path = new_upload(home, len(data))
    with wire(home) as first:
        first.patch(path, 0, len(data))
        first.socket.sendall(data[:1_234_567])
    # The kernel may still hold some of them: wait until they all have been read.
    await_offset(home, path, 1_234_567)
    with wire(home) as second:
        second.patch(path, 1_234_567, len(data) - 1_234_567)
        second.socket.sendall(data[1_234_567:])
        assert second.status() == 204
    assert home.stored(path) == hashlib.sha256(data).hexdigest()


def test_a_slow_client_is_served(home: Home) -> None:
    data = content(40)
    path = new_upload(home, len(data))
    with wire(home) as slow:
        slow.patch(path, 0, len(data))
        for byte in data:
            slow.socket.sendall(bytes([byte]))
            time.sleep(0.05)
        assert slow.status() == 204
    assert home.stored(path) == hashlib.sha256(data).hexdigest()


def test_a_body_in_chunks_is_taken_as_it_comes(home: Home) -> None:
    data = content(MEGABYTE)
    path = new_upload(home, len(data))
    with wire(home) as chunked:
        chunked.say(
            f"PATCH {path}",
            "Content-Type: application/offset+octet-stream",
            "Upload-Offset: 0",
            "Transfer-Encoding: chunked",
        )
        for start in range(0, len(data), 70_000):
            piece = data[start : start + 70_000]
            chunked.socket.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
        chunked.socket.sendall(b"0\r\n\r\n")
        assert chunked.status() == 204
    assert home.stored(path) == hashlib.sha256(data).hexdigest()


def test_of_two_writers_the_second_is_refused_at_once(home: Home) -> None:
    data = content(2 * MEGABYTE)
    path = new_upload(home, len(data))
    with wire(home) as first, wire(home) as second:
        first.patch(path, 0, len(data))
        first.socket.sendall(data[:MEGABYTE])
        time.sleep(0.2)
        started = time.monotonic()
        second.patch(path, 0, len(data))
        assert second.status() == 423
        assert time.monotonic() - started < 1.5
        first.socket.sendall(data[MEGABYTE:])
        assert first.status() == 204
    assert home.stored(path) == hashlib.sha256(data).hexdigest()


def test_a_dead_connection_does_not_hold_its_upload(home: Home) -> None:
    data = content(2 * MEGABYTE)
    path = new_upload(home, len(data))
    with wire(home) as dead, wire(home) as alive:
        dead.patch(path, 0, len(data))
        dead.socket.sendall(data[:MEGABYTE])
        # Nothing more comes, and nobody says so: a laptop was closed.
        deadline = time.monotonic() + 30
        while offset_of(home, path) != MEGABYTE:
            assert time.monotonic() < deadline, "the silent connection never gave way"
            time.sleep(0.2)
        alive.patch(path, MEGABYTE, MEGABYTE)
        alive.socket.sendall(data[MEGABYTE:])
        assert alive.status() == 204
    assert home.stored(path) == hashlib.sha256(data).hexdigest()


def test_a_refusal_comes_before_the_body_is_asked_for(home: Home) -> None:
    path = new_upload(home, MEGABYTE)
    for offset, key, status in ((0, False, 401), (5, True, 409)):
        with wire(home) as careful:
            careful.patch(path, offset, MEGABYTE, "Expect: 100-continue", key=key)
            assert careful.status() == status
    with wire(home) as careful:
        careful.patch(path, 0, MEGABYTE, "Expect: 100-continue")
        assert careful.status() == 100


def test_a_client_in_full_flow_gets_to_read_its_refusal(home: Home) -> None:
    path = new_upload(home, 64 * MEGABYTE)
    with wire(home) as eager:
        eager.patch(path, 7, 64 * MEGABYTE)
        for _ in range(64):
            eager.socket.sendall(bytes(MEGABYTE))
        assert eager.status() == 409
    assert offset_of(home, path) == 0


def test_everybody_else_is_served_while_bytes_flow(home: Home) -> None:
    size = 200 * MEGABYTE
    path = new_upload(home, size)
    waits: list[float] = []
    done = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=home.server.url) as client:
            while not done.is_set():
                started = time.monotonic()
                client.get("/healthz").raise_for_status()
                waits.append(time.monotonic() - started)
                time.sleep(0.02)

    asking = threading.Thread(target=ask)
    asking.start()
    piece = content(MEGABYTE)
    with wire(home) as eager:
        eager.patch(path, 0, size)
        for _ in range(200):
            eager.socket.sendall(piece)
        assert eager.status() == 204
    done.set()
    asking.join()
    assert max(waits) < 2, sorted(waits)[-5:]


def test_memory_does_not_grow_with_the_file(home: Home) -> None:
    assert home.server.process is not None
    process = psutil.Process(home.server.process.pid)
    piece = content(MEGABYTE)
    for size in (8, 300):
        path = new_upload(home, size * MEGABYTE)
        before = most = process.memory_info().rss
        with wire(home) as eager:
            eager.patch(path, 0, size * MEGABYTE)
            for _ in range(size):
                eager.socket.sendall(piece)
                most = max(most, process.memory_info().rss)
            assert eager.status() == 204
    assert most - before < 20 * MEGABYTE
