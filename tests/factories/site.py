"""A running installation seen from outside: its people and videos, made over HTTP."""

import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.fixtures.server import Server

PASSWORD = "a long pass phrase to sign in"
TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Person:
    """Someone with an account, and a client that is signed in."""

    id: str
    username: str
    display_name: str
    client: httpx.Client

    @property
    def secret(self) -> str:
        """What the cookie of the session holds."""
        return self.client.cookies["lumenhall_session"]


class Site:
    """A server with its first admin, `admin`; close it, or use it in a `with` block."""

    def __init__(self, server: Server, name: str = "The Lighthouse") -> None:
        self.server = server
        self.url = server.url
        self._clients: list[httpx.Client] = []
        body = self._account("founder", "Frances Founder") | {"site_name": name}
        self.admin = self._person("/api/first-run", body)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close everybody's client."""
        for client in self._clients:
            client.close()

    def invite(self) -> str:
        """Return the path of a new invitation."""
        url: str = self.ask("POST", "/api/invitations", {})["url"]
        return url.removeprefix(self.url)

    def join(self, username: str, display_name: str | None = None) -> Person:
        """Let a new member in by invitation."""
        secret = self.invite().rsplit("/", 1)[-1]
        body = self._account(username, display_name or username.title())
        return self._person(f"/api/invitations/by-secret/{secret}/accept", body)

    def ask(self, method: str, path: str, body: Any = None, *, by: Person | None = None) -> Any:
        """Send a request as the admin, or as the person who is named, and return the reply."""
        reply = (by or self.admin).client.request(method, path, json=body)
        assert reply.is_success, f"{method} {path}: {reply.status_code} {reply.text}"
        return reply.json() if reply.content else None

    def add_category(self, name: str) -> str:
        """Add a category and return its id."""
        category_id: str = self.ask("POST", "/api/categories", {"name": name})["id"]
        return category_id

    def add_video(self, owner: Person, clip: Path, title: str, **fields: Any) -> str:
        """Upload a clip and return the id of its video, which is not ready yet."""
        content = clip.read_bytes()
        body = {"title": title, "filename": clip.name, "size_bytes": len(content)} | fields
        made = self.ask("POST", "/api/videos", body, by=owner)
        owner.client.patch(
            made["upload"]["url"], content=content, headers=TUS | {"Upload-Offset": "0"}
        ).raise_for_status()
        video_id: str = made["video"]["id"]
        return video_id

    def wait_for(self, video_id: str, status: str = "ready") -> dict[str, Any]:
        """Wait until the video's asset has the status, and return the video."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            video: dict[str, Any] = self.ask("GET", f"/api/videos/{video_id}")
            if video["asset"]["status"] == status:
                return video
            assert time.monotonic() < deadline, f"{video_id} is still {video['asset']}"
            time.sleep(0.1)

    def _account(self, username: str, display_name: str) -> dict[str, str]:
        return {
            "username": username,
            "email": f"{username}@example.org",
            "display_name": display_name,
            "password": PASSWORD,
        }

    def _person(self, path: str, body: dict[str, str]) -> Person:
        client = httpx.Client(base_url=self.url, timeout=60)
        self._clients.append(client)
        me = client.post(path, json=body).raise_for_status().json()
        return Person(me["id"], me["username"], me["display_name"], client)
