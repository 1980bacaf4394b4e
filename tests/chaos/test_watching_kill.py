"""Watching together over two processes, one of which is killed in the middle."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.server import Server, StartServer

PATIENCE_SECONDS = 10


@contextmanager
def listening(server: Server, person: Person, since: int | None = None) -> Iterator[Connection]:
    query = "" if since is None else f"?since={since}"
    with connect(
        f"ws://127.0.0.1:{server.port}/api/live{query}",
        additional_headers={"Cookie": f"lumenhall_session={person.secret}"},
        proxy=None,
    ) as page:
        yield page


def hear(page: Connection, kind: str) -> dict[str, Any]:
    """Return the next thing of a kind that the page is told."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        message: dict[str, Any] = json.loads(page.recv(deadline - time.monotonic()))
        if message.get("kind", message["type"]) == kind:
            return message


@pytest.mark.timeout(300)
def test_what_is_watched_together_outlives_the_process_that_serves_it(
    start_server: StartServer, postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    shared = {
        "database_url": postgres_url,
        "redis_url": redis_url,
        "data_path": str(tmp_path / "shared"),
    }
    here, there = start_server(**shared), start_server(**shared)
    with Site(here) as site:
        ann, bob = site.join("ann"), site.join("bob")
        video = site.add_video(ann, make_clip("minute"), "The tide")
        site.wait_for(video)
        body = {"type": "group", "name": "Two houses", "people": [bob.id]}
        talk = site.ask("POST", "/api/chat/conversations", body, by=ann)["id"]
        address = f"/api/chat/conversations/{talk}/watching"
        with listening(there, bob) as page:
            seq = hear(page, "hello")["seq"]
            party = site.ask("POST", address, {"video_id": video}, by=ann)
            assert hear(page, "chat.watching")["data"]["party_id"] == party["id"]
            command = {"version": 1, "state": "paused", "position_seconds": 12.5}
            pressed = time.monotonic()
            site.ask("PUT", f"{address}/{party['id']}", command, by=ann)
            assert hear(page, "chat.watching")["data"]["position_seconds"] == 12.5
            assert time.monotonic() - pressed < 1
        there.kill()
        command |= {"version": 2, "state": "playing"}
        site.ask("PUT", f"{address}/{party['id']}", command, by=ann)
        time.sleep(1)
        there.start()
        cookies = {"lumenhall_session": bob.secret}
        with httpx.Client(base_url=there.url, cookies=cookies, timeout=60) as client:
            look = client.put(f"{address}/{party['id']}/here").raise_for_status().json()
            assert (look["state"], look["version"]) == ("playing", 3)
            assert look["position_seconds"] > 13.5
            assert "bob" in {one["username"] for one in look["here"]}
        with listening(there, bob, since=seq) as page:
            missed = [hear(page, "chat.watching")["data"]["did"] for _ in range(3)]
            assert missed == ["started", "paused", "played"]
