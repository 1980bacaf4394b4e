"""A site that a webhook tells: it keeps what it is told and answers as it is told to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

PATIENCE_SECONDS = 150


@dataclass(frozen=True)
class Told:
    """One message as it arrived."""

    at: float
    signature: str
    body: bytes


@dataclass
class Receiver:
    """Where messages arrive; `answers` are given in turn, then 200."""

    url: str = ""
    told: list[Told] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def wait_for(self, count: int) -> list[Told]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.told) < count:
            assert time.monotonic() < deadline, self.told
            time.sleep(0.05)
        return self.told


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signature = self.headers["Webhook-Signature"]
            receiver.told.append(Told(time.time(), signature, body))
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        @override
        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
