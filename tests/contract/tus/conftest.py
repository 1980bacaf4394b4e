"""One real installation for the clients of tus, and the files that they send."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.factories.site import Site
from tests.fixtures.server import Server

HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Home:
    """Where uploads go: the server, and a key for programs that may upload."""

    server: Server
    token: str

    @property
    def endpoint(self) -> str:
        return f"{self.server.url}/api/uploads"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def stored(self, url: str) -> str:
        """Return the SHA-256 of the whole file that an upload left in the storage."""
        upload_id = url.rstrip("/").rpartition("/")[2]
        [path] = (self.server.folder / "data" / "media").glob(f"assets/*/source/{upload_id}")
        return digest(path)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    server = Server(
        tmp_path_factory.mktemp("tus"),
        weekly_upload_limit_bytes=str(1024**4),
        max_file_size_bytes=str(1024**4),
    )
    server.start("--no-jobs")
    with Site(server) as site:
        made = site.ask("POST", "/api/tokens", {"name": "tus", "scopes": ["upload", "read"]})
        yield Home(server, made["token"])
    server.stop()
    assert "Traceback" not in server.log.read_text()


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten megabytes that look like a video from the outside."""
    path = tmp_path_factory.mktemp("clips") / "talk.mp4"
    path.write_bytes(HEAD + os.urandom(10 * MEGABYTE))
    return path


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
