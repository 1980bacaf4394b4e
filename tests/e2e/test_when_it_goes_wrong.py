"""What people see when a file is refused, a video fails or the server dies, and how it goes on."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.encoder import PatientEncoder
from tests.e2e.hands import choose_files, sending_slowly, wait_for_video, wait_until_sent
from tests.factories.clips import copy_clip, copy_padded, make_clip
from tests.factories.site import Site
from tests.fixtures.browser import PageWatch, assert_page_is_sound

MEGABYTE = 1024**2
SLOW = 2 * MEGABYTE
LADDER_MS = 90_000
ACCEPTED = "This is not a video of a kind that is accepted here: mp4, mov, avi, mkv, or webm."
TOO_LARGE = "This file is too large. Files may have up to 2 MB."
DAMAGED = "The video is incomplete or damaged."


def test_a_refused_file_says_why_and_leaves_nothing_behind(
    site: Site, visit: Visit, watched: PageWatch, tmp_path: Path
) -> None:
    # What the server refuses, a browser notes in its console.
    watched.allow(r"status of 4(03|13|15) ")
    maya = site.join("maya")
    own_limit = {"weekly_upload_limit_bytes": 5 * MEGABYTE}
    site.ask("PATCH", f"/api/admin/members/{maya.id}", own_limit)
    options = site.ask("GET", "/api/admin/options")
    page = visit(site, maya)
    page.goto("/upload")
    quota = page.get_by_text("5 MB of 5 MB left this week. Starts afresh")
    expect(quota).to_be_visible()
    for name in ("notes.txt", "notes.mp4"):
        (tmp_path / name).write_text("Not a video, whatever its name says.\n" * 100)
        _expect_refusal(page, tmp_path / name, ACCEPTED)
    (tmp_path / "empty.mp4").touch()
    _expect_refusal(page, tmp_path / "empty.mp4", "This file is empty.")
    long_film = copy_padded("normal", tmp_path / "a_long_film.mp4", 6 * MEGABYTE)
    _expect_refusal(page, long_film, "5 MB of 5 MB are left. It starts afresh on ")
    assert_page_is_sound(page)
    site.ask("PATCH", "/api/admin/options", {"max_file_size_bytes": 2 * MEGABYTE})
    try:
        _expect_refusal(page, copy_padded("normal", tmp_path / "film.mp4", 3 * MEGABYTE), TOO_LARGE)
        page.reload()
        expect(page.get_by_text(re.compile("up to 2 MB each"))).to_be_visible()
        _expect_refusal(page, tmp_path / "film.mp4", TOO_LARGE)
    finally:
        before = {"max_file_size_bytes": options["max_file_size_bytes"]}
        site.ask("PATCH", "/api/admin/options", before)
    expect(quota).to_be_visible()
    page.get_by_role("link", name="My videos").click()
    expect(page.get_by_text("You have no videos yet")).to_be_visible()


def _expect_refusal(page: Page, file: Path, reason: str) -> None:
    choose_files(page, re.compile("Drop videos here|Add more videos"), file)
    refusal = page.get_by_role("alert").filter(has_text=file.name)
    expect(refusal).to_contain_text(reason)
    page.get_by_role("button", name=re.compile("Remove from this list")).first.click()
    expect(refusal).to_be_hidden()


def test_a_failed_video_says_why_and_is_tried_again_or_deleted(
    site: Site, visit: Visit, encoder: PatientEncoder, tmp_path: Path
) -> None:
    dana = site.join("dana")
    page = visit(site, dana)
    page.goto("/upload")
    choose_files(page, "Drop videos here", copy_clip("without_index", tmp_path))
    expect(page.get_by_role("alert")).to_contain_text(DAMAGED)
    page.get_by_role("link", name="My videos").click()
    rows = page.get_by_role("main").get_by_role("listitem")
    broken = rows.filter(has_text="Without index")
    expect(broken).to_contain_text(DAMAGED)
    with page.expect_response(re.compile("/retry$")) as asked:
        broken.get_by_role("button", name="Try again").click()
    assert asked.value.json()["asset"]["status"] == "queued"
    site.wait_for(asked.value.json()["id"], "error")
    expect(broken).to_contain_text(DAMAGED)

    with encoder.broken():
        video_id = site.add_video(dana, make_clip("silent"), "Nearly lost")
        mended = rows.filter(has_text="Nearly lost")
        expect(mended).to_contain_text(DAMAGED)
    assert_page_is_sound(page)
    with encoder.waiting():
        mended.get_by_role("button", name="Try again").click()
        expect(mended).to_contain_text("Making every quality")
        expect(mended.get_by_role("button", name="Try again")).to_be_hidden()
    expect(mended.get_by_text("Ready", exact=True)).to_be_visible()
    assert site.wait_for(video_id)["asset"]["error_code"] is None

    broken.get_by_role("button", name="More for Without index").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(broken).to_be_visible()
    broken.get_by_role("button", name="More for Without index").click()
    page.get_by_role("menuitem", name="Delete").click()
    sure = page.get_by_role("dialog", name="Delete this video?")
    expect(sure).to_contain_text("“Without index” and all that belongs to it")
    sure.get_by_role("button", name="Delete").click()
    expect(broken).to_be_hidden()
    page.reload()
    expect(mended).to_be_visible()
    expect(broken).to_be_hidden()


@pytest.mark.timeout(240)
def test_a_killed_server_costs_neither_what_is_sent_nor_what_is_made(
    own_site: Site, visit: Visit, watched: PageWatch, encoder: PatientEncoder, tmp_path: Path
) -> None:
    watched.allow("net::ERR_|status of 503|WebSocket connection")
    first = copy_clip("normal", tmp_path)
    second = copy_padded("normal", tmp_path / "the_crossing.mp4", 10 * MEGABYTE)
    page = visit(own_site, own_site.admin)
    page.goto("/upload")
    with encoder.waiting():
        choose_files(page, "Drop videos here", first)
        expect(page.get_by_text(re.compile("^Making every quality"))).to_be_visible()
        with sending_slowly(page, SLOW):
            choose_files(page, "Add more videos", second)
            wait_until_sent(page, "The crossing", 40)
            own_site.server.kill()
            expect(
                page.get_by_text(re.compile("^No connection. Goes on by itself."))
            ).to_be_visible()
            encoder.go_on()
            own_site.server.start()
    ready = page.get_by_text("Ready in every quality.")
    expect(ready).to_have_count(2, timeout=LADDER_MS)
    media = own_site.server.folder / "data" / "media"
    stored = {_digest(source) for source in media.glob("assets/*/source/*")}
    assert stored == {_digest(first), _digest(second)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cut_short(whole: bytes) -> bytes:
    """As Chromium's cache in memory, that of a private window, ends answers where it has a gap."""
    return whole[:700]


def _damaged(whole: bytes) -> bytes:
    return whole[:3000] + bytes(len(whole) - 3000)


@pytest.mark.parametrize("harm", [_cut_short, _damaged])
def test_what_does_not_come_whole_is_fetched_once_more(
    site: Site, visit: Visit, harm: Callable[[bytes], bytes]
) -> None:
    ruth = site.join(f"ruth{harm.__name__.replace('_', '-')}")
    video_id = site.add_video(ruth, make_clip("normal"), "Second to none")
    site.wait_for(video_id)
    page = visit(site, ruth)
    harmed: list[str] = []

    def harm_once(route: Route) -> None:
        answer = route.fetch()
        body = answer.body()
        if len(body) > 3000 and not harmed:
            harmed.append(answer.headers["content-range"])
            body = harm(body)
        route.fulfill(response=answer, body=body)

    page.route("**/a.mp4", harm_once)
    page.goto(f"/watch/{video_id}")
    wait_for_video(page, "video.ended")
    assert harmed


def test_what_is_opened_while_the_line_is_down_begins_once_it_is_back(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow("ERR_FAILED|networkError")
    tess = site.join("tess-tunnel")
    video_id = site.add_video(tess, make_clip("normal"), "Into the tunnel")
    site.wait_for(video_id)
    page = visit(site, tess)
    page.route("**/master.m3u8", lambda route: route.abort(), times=1)
    page.goto(f"/watch/{video_id}")
    wait_for_video(page, "video.ended")
