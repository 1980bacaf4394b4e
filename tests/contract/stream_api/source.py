"""A site that videos are copied from: slow if asked to be, with parts or without."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override


@dataclass
class Source:
    """What is served at which path, and what was asked for."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    # Seconds between pieces of 64 KB, and whether parts are given.
    pause: float = 0.0
    gives_parts: bool = True
    # Whether the length is told before the bytes.
    tells_length: bool = True


class _Handler(BaseHTTPRequestHandler):
    source: Source

    def do_GET(self) -> None:
        source, path = self.source, self.path
        source.asked.append((path, self.headers.get("Range", "")))
        if path in source.redirects:
            self._head(302, {"Location": source.redirects[path], "Content-Length": "0"})
        elif path not in source.files:
            self._head(404, {"Content-Length": "0"})
        else:
            self._give(source.files[path])

    def _give(self, data: bytes) -> None:
        start, status, headers = 0, 200, {}
        wanted = self.headers.get("Range", "")
        if wanted and self.source.gives_parts:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        if self.source.tells_length:
            headers["Content-Length"] = str(len(data) - start)
        self._head(status, headers)
        for at in range(start, len(data), 65536):
            time.sleep(self.source.pause)
            try:
                self.wfile.write(data[at : at + 65536])
            except OSError:
                return

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    @override
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(**files: bytes) -> Iterator[Source]:
    source = Source(files={f"/{name.replace('_', '.')}": data for name, data in files.items()})
    handler = type("Handler", (_Handler,), {"source": source})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    source.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
