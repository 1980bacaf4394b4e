"""A real installation to measure: `lumenhall serve` in a folder of its own, with one admin."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.fixtures.server import Server

TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
PIECE = 8 * 1024 * 1024
LAST = 1024 * 1024
ADMIN = {
    "username": "founder",
    "email": "founder@example.org",
    "display_name": "The Founder",
    "password": "a long pass phrase for benches",
}


@contextmanager
def running_site(**settings: str) -> Iterator[tuple[Server, httpx.Client]]:
    """Start an installation and sign its first admin in; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        limits = {
            "max_file_size_bytes": str(64 * 1024**3),
            "weekly_upload_limit_bytes": str(1024**4),
        }
        server = Server(Path(folder), **(limits | settings))
        server.start()
        try:
            with httpx.Client(base_url=server.url, timeout=60) as client:
                client.post("/api/first-run", json=ADMIN).raise_for_status()
                yield server, client
        finally:
            server.kill()


def new_video(client: httpx.Client, path: Path) -> tuple[str, str]:
    """Announce a video and return its id and the address to upload to."""
    body = {"title": path.stem, "filename": path.name, "size_bytes": path.stat().st_size}
    reply = client.post("/api/videos", json=body).raise_for_status().json()
    return reply["video"]["id"], reply["upload"]["url"]


def send_bytes(client: httpx.Client, address: str, path: Path, *, keep_back: int = 0) -> None:
    """Send the file by tus, all but the last `keep_back` bytes, from where the server is."""
    offset = int(client.head(address, headers=TUS).headers["Upload-Offset"])
    end = path.stat().st_size - keep_back
    with path.open("rb") as file:
        file.seek(offset)
        while offset < end:
            piece = file.read(min(PIECE, end - offset))
            headers = TUS | {"Upload-Offset": str(offset)}
            client.patch(address, content=piece, headers=headers).raise_for_status()
            offset += len(piece)
