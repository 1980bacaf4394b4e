"""A way to the server that can be cut, as a cable or a phone in a tunnel is."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
MOST_BYTES = 65536


class Line:
    """Passes on what comes to its own address, `url`, until it is told not to."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._ends: list[socket.socket] = []
        self._answer: bytes | None = None
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """End what is under way and let nothing through."""
        self._stop(b"")

    def be_unavailable(self) -> None:
        """Answer 503, as a front server does while the one behind it is being restarted."""
        self._stop(UNAVAILABLE)

    def mend(self) -> None:
        self._answer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _stop(self, answer: bytes) -> None:
        self._answer = answer
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                threading.Thread(target=self._connect, args=[near], daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            if self._answer is not None:
                if self._answer:
                    near.recv(MOST_BYTES)
                    near.sendall(self._answer)
                return
            with socket.create_connection(("127.0.0.1", self._port)) as far:
                self._ends += [near, far]
                back = threading.Thread(target=_pass_on, args=[far, near], daemon=True)
                back.start()
                _pass_on(near, far)
                back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(MOST_BYTES):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
