"""The server is killed again and again while a file comes in, and the file is whole at the end."""

import hashlib
import os
import random
import socket
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from typing_extensions import override

from tests.factories.site import Site
from tests.fixtures.server import Server, StartServer

MEGABYTE = 1024 * 1024
SIZE = 24 * MEGABYTE
PIECE = 256 * 1024
KILLS = 4
# What may be on its way between the client's write and the server's: buffers of the kernel on
# both sides, one write under way and one being gathered.
IN_FLIGHT = 10 * MEGABYTE
HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
TUS = {"Tus-Resumable": "1.0.0"}


class Sender(threading.Thread):
    """Sends the rest of a file in one request until it is through or the server is gone."""

    def __init__(self, server: Server, token: str, path: str, rest: bytes, offset: int) -> None:
        super().__init__()
        self.sent = 0
        self.answer = b""
        self.pause = 0.005
        self._port = server.port
        self._rest = rest
        self._head = (
            f"PATCH {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
            "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
            f"Upload-Offset: {offset}\r\nContent-Length: {len(rest)}\r\n\r\n"
        )

    @override
    def run(self) -> None:
        with (
            suppress(OSError),
            closing(socket.create_connection(("127.0.0.1", self._port))) as connection,
        ):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)
            connection.sendall(self._head.encode())
            for start in range(0, len(self._rest), PIECE):
                piece = self._rest[start : start + PIECE]
                connection.sendall(piece)
                self.sent += len(piece)
                time.sleep(self.pause)
            self.answer = connection.recv(4096)


def make_key(site: Site) -> str:
    body = {"name": "chaos", "scopes": ["upload", "read"]}
    key: str = site.ask("POST", "/api/tokens", body)["token"]
    return key


def offset_of(server: Server, token: str, path: str) -> int:
    headers = TUS | {"Authorization": f"Bearer {token}"}
    reply = httpx.head(server.url + path, headers=headers, timeout=30).raise_for_status()
    assert reply.headers["upload-length"] == str(SIZE)
    return int(reply.headers["upload-offset"])


@pytest.mark.timeout(300)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_killed_server_costs_only_the_bytes_in_flight(
    start_server: StartServer, request: pytest.FixtureRequest, engine: str
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    server: Server = start_server(database_url=url)
    data = HEAD + os.urandom(SIZE - len(HEAD))
    seed = int.from_bytes(os.urandom(4))
    chance = random.Random(seed)  # noqa: S311 Only the moments of the kills depend on it.
    with Site(server) as site:
        token = make_key(site)
        headers = TUS | {"Authorization": f"Bearer {token}", "Upload-Length": str(SIZE)}
        made = httpx.post(f"{server.url}/api/uploads", headers=headers).raise_for_status()
    path = made.headers["location"]
    offset = 0
    for _ in range(KILLS):
        sender = Sender(server, token, path, data[offset:], offset)
        sender.start()
        time.sleep(chance.uniform(0.05, 0.8))
        server.kill()
        sender.join()
        server.start()
        found = offset_of(server, token, path)
        assert offset <= found <= offset + sender.sent + PIECE, f"seed {seed}"
        assert found >= offset + sender.sent - IN_FLIGHT, f"seed {seed}"
        offset = found
    last = Sender(server, token, path, data[offset:], offset)
    last.start()
    last.join()
    assert last.answer.startswith(b"HTTP/1.1 204"), last.answer
    assert stored(server.folder, path) == hashlib.sha256(data).hexdigest(), f"seed {seed}"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_kill_at_the_last_byte_finishes_the_upload_once(
    start_server: StartServer, request: pytest.FixtureRequest, engine: str
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    server: Server = start_server(database_url=url)
    chance = random.Random()  # noqa: S311 Only the moments of the kills depend on it.
    data = HEAD + os.urandom(2 * MEGABYTE - len(HEAD))
    with Site(server) as site:
        token = make_key(site)
        paths = []
        for _ in range(KILLS - 1):
            headers = TUS | {"Authorization": f"Bearer {token}", "Upload-Length": str(len(data))}
            made = httpx.post(f"{server.url}/api/uploads", headers=headers).raise_for_status()
            paths.append(made.headers["location"])
    for path in paths:
        sender = Sender(server, token, path, data, 0)
        sender.start()
        while sender.sent < len(data) - PIECE and sender.is_alive():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.08))
        server.kill()
        sender.join()
        server.start()
        headers = TUS | {"Authorization": f"Bearer {token}"}
        head = httpx.head(server.url + path, headers=headers, timeout=30).raise_for_status()
        offset = int(head.headers["upload-offset"])
        rest = Sender(server, token, path, data[offset:], offset)
        rest.start()
        rest.join()
        assert rest.answer.startswith(b"HTTP/1.1 204"), rest.answer
        assert stored(server.folder, path) == hashlib.sha256(data).hexdigest()


def stored(folder: Path, path: str) -> str:
    """Return the SHA-256 of the one source that an upload left in the storage."""
    [source] = (folder / "data" / "media").glob(f"assets/*/source/{path.rpartition('/')[2]}")
    assert not list((folder / "data" / "tmp" / "uploads").glob(path.rpartition("/")[2]))
    return hashlib.sha256(source.read_bytes()).hexdigest()


def test_a_server_that_is_asked_to_stop_lets_uploads_go_on_later(
    start_server: StartServer,
) -> None:
    server: Server = start_server()
    data = HEAD + os.urandom(4 * MEGABYTE - len(HEAD))
    with Site(server) as site:
        token = make_key(site)
    headers = TUS | {"Authorization": f"Bearer {token}", "Upload-Length": str(len(data))}
    made = httpx.post(f"{server.url}/api/uploads", headers=headers).raise_for_status()
    path = made.headers["location"]
    sender = Sender(server, token, path, data, 0)
    sender.pause = 1.0
    sender.start()
    time.sleep(1)
    server.stop()
    sender.join()
    assert not sender.answer
    assert "Traceback" not in server.log.read_text()
    server.start()
    headers = TUS | {"Authorization": f"Bearer {token}"}
    head = httpx.head(server.url + path, headers=headers, timeout=30).raise_for_status()
    offset = int(head.headers["upload-offset"])
    assert offset >= PIECE
    rest = Sender(server, token, path, data[offset:], offset)
    rest.start()
    rest.join()
    assert rest.answer.startswith(b"HTTP/1.1 204"), rest.answer
    assert stored(server.folder, path) == hashlib.sha256(data).hexdigest()
