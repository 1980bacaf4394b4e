"""What was watched reaches the server, also from a tunnel and over a reload."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.e2e.line import Line
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import PageWatch

UNREPORTED = "localStorage.getItem('lumenhall-unreported')"
REPORT = re.compile(r"/api/videos/.+/progress$")
PAUSED = "video.paused && video.closest('[data-paused]')"


def _progress(site: Site, video_id: str, person: Person) -> dict[str, Any]:
    found: dict[str, Any] = site.ask("GET", f"/api/videos/{video_id}", by=person)["progress"]
    return found


def _hold(page: Page) -> None:
    """Pause, which tells the server where one is, and wait for what comes of that."""
    page.keyboard.press("k")
    wait_for_video(page, PAUSED)


@pytest.mark.timeout(300)
def test_what_was_watched_offline_arrives_when_the_network_is_back(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow("ERR_INTERNET_DISCONNECTED")
    odile = site.join("odile", "Odile Offline")
    video_id = site.add_video(odile, make_clip("minute"), "Through the tunnel")
    site.wait_for(video_id)
    page = visit(site, odile)
    page.goto(f"/watch/{video_id}")
    wait_for_video(page, "video.currentTime > 1 && video.buffered.end(0) > 20")
    page.context.set_offline(offline=True)
    page.get_by_role("heading", level=1).click()
    wait_for_video(page, "video.currentTime > 4")
    _hold(page)
    page.wait_for_function(f"() => {UNREPORTED}")
    assert _progress(site, video_id, odile) is None
    with page.expect_response(REPORT) as report:
        page.context.set_offline(offline=False)
    assert report.value.ok
    page.wait_for_function(f"() => !{UNREPORTED}")
    known = _progress(site, video_id, odile)
    assert known["last_position"] >= 4
    assert known["watched_seconds"] >= 4


@pytest.mark.timeout(300)
def test_what_was_watched_while_the_server_was_away_outlives_the_page(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow("ERR_|status of 503|WebSocket")
    rita = site.join("rita", "Rita Reload")
    video_id = site.add_video(rita, make_clip("minute"), "While it was restarted")
    site.wait_for(video_id)
    with Line(site.server.port) as line:
        page = visit(site, rita, base_url=line.url)
        page.goto(f"/watch/{video_id}")
        wait_for_video(page, "video.currentTime > 1 && video.buffered.end(0) > 20")
        line.be_unavailable()
        page.get_by_role("heading", level=1).click()
        wait_for_video(page, "video.currentTime > 4")
        _hold(page)
        page.wait_for_function(f"() => {UNREPORTED}")
        page.close()
        assert _progress(site, video_id, rita) is None
        line.mend()
        again = page.context.new_page()
        with again.expect_response(REPORT) as report:
            again.goto("/")
        assert report.value.ok
        tile = again.get_by_role("region", name="Continue watching").get_by_role("listitem")
        expect(tile.filter(has_text="While it was restarted")).to_be_visible()
    known = _progress(site, video_id, rita)
    assert known["last_position"] >= 4


def test_nobody_reports_for_another(site: Site, visit: Visit) -> None:
    kate, liam = site.join("kate"), site.join("liam")
    video_id = site.add_video(kate, make_clip("normal"), "Seen by one of them")
    site.wait_for(video_id)
    page = visit(site, liam)
    report = {
        "ranges": [[0, 2]],
        "watched_seconds": 2,
        "last_position": 2,
        "duration_seconds": 5,
        "at": "2026-11-01T10:00:00Z",
    }
    page.goto("/playlists")
    page.evaluate(
        "kept => localStorage.setItem('lumenhall-unreported', JSON.stringify(kept))",
        {kate.id: {video_id: report}, liam.id: {video_id: report | {"last_position": 1}}},
    )
    with page.expect_response(REPORT) as sent:
        page.reload()
    assert sent.value.ok
    page.wait_for_function(
        "mine => !(mine in JSON.parse(localStorage.getItem('lumenhall-unreported')))", arg=liam.id
    )
    assert page.evaluate(f"Object.keys(JSON.parse({UNREPORTED}))") == [kate.id]
    assert _progress(site, video_id, kate) is None
    assert _progress(site, video_id, liam)["last_position"] == 1


def test_leaving_the_page_tells_where_one_was(site: Site, visit: Visit) -> None:
    orla = site.join("orla", "Orla Onward")
    video_id = site.add_video(orla, make_clip("minute"), "Left in the middle")
    site.wait_for(video_id)
    page = visit(site, orla)
    page.goto(f"/watch/{video_id}?t=20")
    wait_for_video(page, "video.currentTime > 22")
    page.goto("/")
    tile = page.get_by_role("region", name="Continue watching").get_by_role("listitem")
    expect(tile.filter(has_text="Left in the middle")).to_be_visible()
    assert _progress(site, video_id, orla)["last_position"] >= 22
