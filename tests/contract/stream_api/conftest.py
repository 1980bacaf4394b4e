"""One real installation for clients of the Stream API, and a token for them."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cloudflare import Cloudflare

from tests.factories.site import Site
from tests.fixtures.server import Server

ACCOUNT = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
PATIENCE_SECONDS = 120
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass(frozen=True)
class Cloud:
    """A Stream API server, and the official client that points at it."""

    server: Server
    site: Site
    token: str
    sdk: Cloudflare
    account: str = ACCOUNT

    @property
    def root(self) -> str:
        return f"{self.server.url}/client/v4"

    @property
    def stream(self) -> str:
        return f"{self.root}/accounts/{self.account}/stream"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def ask(self, method: str, path: str = "", **given: Any) -> httpx.Response:
        """Ask for something below the account's videos, with the token unless told otherwise."""
        headers = {**self.headers, **given.pop("headers", {})}
        return httpx.request(method, f"{self.stream}{path}", headers=headers, timeout=60, **given)

    def post_basic(self, clip: Path, **fields: str) -> str:
        """Upload a clip in one piece and return its uid."""
        files = {"file": (clip.name, clip.read_bytes(), "video/mp4")}
        reply = self.ask("POST", files=files, data=fields)
        assert reply.status_code == 200, reply.text
        uid: str = reply.json()["result"]["uid"]
        return uid

    def wait_for(self, uid: str, *states: str) -> dict[str, Any]:
        """Wait until a video is in one of the states, `ready` unless named, and return it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            video: dict[str, Any] = self.ask("GET", f"/{uid}").json()["result"]
            if video["status"]["state"] in (states or ("ready",)):
                return video
            assert video["status"]["state"] != "error", video
            assert time.monotonic() < deadline, video
            time.sleep(0.1)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    server = Server(
        tmp_path_factory.mktemp("stream"),
        weekly_upload_limit_bytes=str(1024**4),
        stream_allow_private_addresses="true",
        stream_basic_upload_bytes=str(8 * 1024**2),
        stream_calls_per_five_minutes="100000",
    )
    server.start()
    with Site(server) as site:
        token = site.ask("POST", "/api/tokens", {"name": "cloud", "scopes": ["stream"]})["token"]
        sdk = Cloudflare(api_token=token, base_url=f"{server.url}/client/v4", max_retries=0)
        # The first upload binds the account to its caller, so every test finds it bound.
        sdk.stream.direct_upload.create(account_id=ACCOUNT, max_duration_seconds=9)
        yield Cloud(server, site, token, sdk)
        sdk.close()
    server.stop()
    assert "Traceback" not in server.log.read_text()


@pytest.fixture(scope="session")
def odd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text that calls itself a video."""
    path = tmp_path_factory.mktemp("odd") / "notes.mp4"
    path.write_bytes(b"This is no video.\n" * 400 + os.urandom(10))
    return path
