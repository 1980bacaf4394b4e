"""Our provider against our server: a lesson's video lives at a second Lumenhall.

Both are killed while it does: during the upload, between ready and the webhook, during deletion.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.factories.clips import make_clip
from tests.factories.courses import curriculum
from tests.factories.site import Person, Site
from tests.fixtures.server import Server, StartServer

PATIENCE_SECONDS = 150
TUS = {"Tus-Resumable": "1.0.0"}
ACCOUNT = "our-courses"
LESSON = "lesson-1"
BEGINS_LIKE_A_VIDEO = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"


class Pair:
    """A site whose lesson videos lie at another one."""

    def __init__(self, start_server: StartServer) -> None:
        self.stream = start_server(stream_allow_private_addresses="true")
        self.keeper = Site(self.stream, name="The Keeper")
        self.token = self.keeper.ask(
            "POST", "/api/tokens", {"name": "courses", "scopes": ["stream"]}
        )["token"]
        self.home = start_server(
            cloudflare_account_id=ACCOUNT,
            cloudflare_api_token=self.token,
            cloudflare_base_url=f"{self.stream.url}/client/v4",
        )
        self.set_up()
        self.site = Site(self.home)
        self.course = self._make_course()
        self.video = f"/api/courses/{self.course}/lessons/{LESSON}/video"
        self.playback = f"/api/courses/{self.course}/lessons/{LESSON}/playback"

    def set_up(self) -> None:
        """Do what the guide says: run the command, add its lines, start again."""
        before = len(self.home.log.read_text())
        assert self.home.command("cloudflare", "setup").wait(60) == 0
        lines = self.home.log.read_text()[before:].splitlines()
        made = dict(line.split("=", 1) for line in lines if line.startswith("LUMENHALL_"))
        assert len(made) == 3
        self.home.stop()
        self.home.set(**{name.removeprefix("LUMENHALL_"): made[name] for name in made})
        self.home.start()

    def close(self) -> None:
        self.site.close()
        self.keeper.close()

    def begin(self, clip: Path) -> str:
        """Begin a file for the lesson and return where its bytes go."""
        body = {"filename": clip.name, "size_bytes": clip.stat().st_size}
        made = self.site.ask("POST", self.video, body)
        url: str = made["upload"]["url"]
        assert url.startswith(self.stream.url)
        return url

    def send(self, clip: Path) -> None:
        patch(self.begin(clip), clip.read_bytes(), 0)

    def look(self) -> dict[str, Any]:
        look: dict[str, Any] = self.site.ask("GET", self.video)
        return look

    def wait(self, is_there: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        return wait_until(self.look, is_there)

    def remote_state(self) -> dict[str, Any]:
        """Return the state of the one video that the other site keeps."""
        [video] = self.remote_videos()
        state: dict[str, Any] = video["status"]
        return state

    def remote_uids(self) -> list[str]:
        return [video["uid"] for video in self.remote_videos()]

    def remote_videos(self) -> list[dict[str, Any]]:
        """Return the videos that the other site keeps."""
        reply = httpx.get(
            f"{self.stream.url}/client/v4/accounts/{ACCOUNT}/stream",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        videos: list[dict[str, Any]] = reply.raise_for_status().json()["result"]
        return videos

    def play(self, by: Person) -> bytes:
        """Play as a page does: from our addresses to the first bytes of every level."""
        url = self.site.ask("GET", self.playback, by=by)["hls_url"]
        client = by.client
        master = client.get(url, follow_redirects=True).raise_for_status()
        levels = named_in(master)
        assert levels
        got = b""
        for level in levels:
            playlist = client.get(level, follow_redirects=True).raise_for_status()
            segment = named_in(playlist)[0]
            with httpx.Client(timeout=30) as bare:
                led = client.get(segment, headers={"Range": "bytes=0-99"})
                assert led.status_code == 307
                assert led.headers["location"].startswith(self.stream.url)
                part = bare.get(led.headers["location"], headers={"Range": "bytes=0-99"})
            got += part.raise_for_status().content
        return got

    def _make_course(self) -> str:
        course_id: str = self.site.ask("POST", "/api/courses", {"title": "Lanterns"})["id"]
        self.site.ask(
            "PUT", f"/api/courses/{course_id}/curriculum", curriculum(LESSON) | {"version": 0}
        )
        self.site.ask("PATCH", f"/api/courses/{course_id}", {"published": True})
        return course_id


@pytest.fixture
def pair(start_server: StartServer) -> Iterator[Pair]:
    pair = Pair(start_server)
    yield pair
    pair.close()


def named_in(playlist: httpx.Response) -> list[str]:
    lines = playlist.text.splitlines()
    return [urljoin(str(playlist.url), line) for line in lines if line and line[0] != "#"]


def patch(url: str, data: bytes, offset: int) -> None:
    headers = TUS | {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
    }
    reply = httpx.patch(url, content=data[offset:], headers=headers, timeout=60)
    assert reply.status_code == 204, reply.text


def offset_of(url: str) -> int:
    head = httpx.head(url, headers=TUS, timeout=30).raise_for_status()
    return int(head.headers["upload-offset"])


def wait_until(
    look: Callable[[], dict[str, Any]], is_there: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_there(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    return found


def is_ready(look: dict[str, Any]) -> bool:
    assert look["status"] != "error", look
    return bool(look["status"] == "ready")


@pytest.mark.timeout(900)
def test_a_lesson_goes_through_its_whole_life_at_another_site(pair: Pair) -> None:
    learner, outsider = pair.site.join("linus"), pair.site.join("olga")
    enrolment = f"/api/courses/{pair.course}/enrolments/{learner.id}"
    pair.site.ask("PUT", enrolment)
    clip = make_clip("normal")

    url, there = begin_and_lose_the_other_site(pair, clip)
    first = become_ready_unheard(pair, clip, url, there)
    assert first["provider"] == "cloudflare"
    assert first["cloudflare_video_id"] in pair.remote_uids()
    assert first["duration"] == 6
    assert pair.play(learner)
    refused = outsider.client.get(pair.playback)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_enrolled")

    second = replace(pair, clip, first, learner)
    assert pair.play(learner)

    hls = pair.site.ask("GET", pair.playback, by=learner)["hls_url"]
    pair.site.ask("DELETE", enrolment)
    wait_until(
        lambda: {"status": learner.client.get(hls).status_code},
        lambda found: found["status"] == 404,
    )

    assert second["cloudflare_video_id"] in pair.remote_uids()
    delete_while_both_are_away(pair)
    for server in (pair.home, pair.stream):
        log = server.log.read_text()
        assert pair.token not in log
        assert "Traceback" not in log


def begin_and_lose_the_other_site(pair: Pair, clip: Path) -> tuple[str, int]:
    """Send half a file straight to the other site, which is killed; return how much is there."""
    url, data = pair.begin(clip), clip.read_bytes()
    headers = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    with suppress(httpx.HTTPError):
        httpx.patch(url, content=slowly(data, pair.stream), headers=headers, timeout=30)
    pair.stream.start()
    there = offset_of(url)
    assert there < len(data)
    assert pair.look()["status"] == "queued"
    return url, there


def become_ready_unheard(pair: Pair, clip: Path, url: str, there: int) -> dict[str, Any]:
    """Send the rest while our own site is away: the webhook finds nobody, and is made good."""
    pair.home.kill()
    patch(url, clip.read_bytes(), there)
    wait_until(pair.remote_state, lambda found: found["state"] == "ready")
    pair.home.start()
    return pair.wait(is_ready)


def replace(pair: Pair, clip: Path, first: dict[str, Any], learner: Person) -> dict[str, Any]:
    """Replace a video by one that fails and by a good one; it plays all the while."""
    odd = pair.home.folder / "odd.mp4"
    odd.write_bytes(BEGINS_LIKE_A_VIDEO + b"This is no video. " * 2000)
    pair.send(odd)
    failed = pair.wait(lambda look: look["next_version"]["status"] == "error")
    assert failed["next_version"]["error_message"]
    assert failed["cloudflare_video_id"] == first["cloudflare_video_id"]
    assert pair.play(learner)
    pair.send(clip)
    second = pair.wait(lambda look: look["cloudflare_video_id"] != first["cloudflare_video_id"])
    assert is_ready(second)
    return second


def delete_while_both_are_away(pair: Pair) -> None:
    """Delete the course, with its videos at the other site, which is told once it is back."""
    pair.stream.kill()
    pair.site.ask("DELETE", f"/api/courses/{pair.course}")
    pair.home.kill()
    pair.stream.start()
    pair.home.start()
    wait_until(lambda: {"left": pair.remote_uids()}, lambda found: not found["left"])


def slowly(data: bytes, victim: Server) -> Iterator[bytes]:
    """Yield half of the bytes, then kill who receives them."""
    yield data[: len(data) // 2]
    time.sleep(1)
    victim.kill()
    yield data[len(data) // 2 :]
