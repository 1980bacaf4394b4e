"""Uploads that are paused, cut off, lost by a reload, or two at once: nothing is sent twice."""

import re
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import choose_files, sending_slowly, wait_for_video, wait_until_sent
from tests.e2e.line import Line
from tests.factories.clips import copy_padded
from tests.factories.site import Site
from tests.fixtures.browser import PageWatch, assert_page_is_sound

MEGABYTE = 1024**2
SIZE = 8 * MEGABYTE
SLOW = MEGABYTE  # Bytes a second: there is time to look.
SLOWEST = 64 * 1024
# What may have left the page without having reached the server.
IN_FLIGHT = 2 * MEGABYTE
NO_CONNECTION = "No connection. Goes on by itself."
LADDER_MS = 60_000


def _note_offsets(page: Page) -> list[int]:
    """Return a list that grows by the offset of every request that carries bytes."""
    offsets: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PATCH" and "/api/uploads/" in request.url:
            offsets.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return offsets


def test_an_upload_goes_on_where_a_reload_cut_it(site: Site, visit: Visit, tmp_path: Path) -> None:
    film = copy_padded("normal", tmp_path / "low_tide.mp4", SIZE)
    other = copy_padded("normal", tmp_path / "high_tide.mp4", MEGABYTE)
    page = visit(site, site.join("ines"))
    page.on("dialog", lambda dialog: dialog.accept())
    offsets = _note_offsets(page)
    page.goto("/upload")
    with sending_slowly(page, SLOW):
        choose_files(page, "Drop videos here", film)
        wait_until_sent(page, "Low tide", 20)
        page.get_by_role("button", name="Pause Low tide").click()
        expect(page.get_by_text(re.compile("^Paused · [\\d.]+ MB of 8 MB$"))).to_be_visible()
        assert_page_is_sound(page)
        page.get_by_role("button", name="Resume Low tide").click()
        wait_until_sent(page, "Low tide", 50)
        # Leaving while bytes go is asked about, and the answer is yes.
        with page.expect_event("dialog") as asked:
            page.reload()
        assert asked.value.type == "beforeunload"
    expect(page.get_by_text(re.compile("^Interrupted · [\\d.]+ MB of 8 MB$"))).to_be_visible()
    assert_page_is_sound(page)
    choose_files(page, "Choose file", other)
    expect(page.get_by_text("That is another file. Please choose “low_tide.mp4”.")).to_be_visible()
    choose_files(page, "Choose file", film)
    page.get_by_role("link", name="Watch now").click()
    wait_for_video(page, "video.currentTime > 0.5")
    first, second, third = offsets
    assert first == 0
    assert second >= 0.2 * SIZE - IN_FLIGHT
    assert third >= 0.5 * SIZE - IN_FLIGHT


def test_an_upload_outlasts_a_lost_network_and_a_server_that_is_away(
    site: Site, visit: Visit, watched: PageWatch, tmp_path: Path
) -> None:
    watched.allow("net::ERR_|status of 503|WebSocket connection")
    film = copy_padded("normal", tmp_path / "storm.mp4", SIZE)
    omar = site.join("omar")
    with Line(site.server.port) as line:
        page = visit(site, omar, base_url=line.url)
        offsets = _note_offsets(page)
        page.goto("/upload")
        with sending_slowly(page, SLOW):
            choose_files(page, "Drop videos here", film)
            wait_until_sent(page, "Storm", 40)
            line.cut()
            stuck = page.get_by_text(re.compile(f"^{NO_CONNECTION} [\\d.]+ MB of 8 MB$"))
            expect(stuck).to_be_visible()
            with page.expect_response(lambda reply: reply.status == 503):
                line.be_unavailable()
            expect(stuck).to_be_visible()
            assert_page_is_sound(page)
            line.mend()
            expect(page.get_by_text(re.compile(".* MB of 8 MB · .*/s"))).to_be_visible()
        expect(page.get_by_role("link", name="Watch now")).to_be_visible()
    first, second = offsets
    assert first == 0
    assert second >= 0.4 * SIZE - IN_FLIGHT


def test_two_files_at_once_keep_what_is_typed_meanwhile(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    films = [
        copy_padded("normal", tmp_path / f"{name}.mp4", 4 * MEGABYTE) for name in ("herons", "owls")
    ]
    nia = site.join("nia")
    site.add_category("Night birds")
    page = visit(site, nia)
    page.goto("/upload")
    # The newest stands on top.
    owls, herons = (page.get_by_role("main").get_by_role("listitem").nth(at) for at in (0, 1))
    with sending_slowly(page, SLOWEST):
        choose_files(page, "Drop videos here", *films)
        wait_until_sent(page, "Owls", 1)
        wait_until_sent(page, "Herons", 1)
        owls.get_by_role("combobox", name="Category").click()
        page.get_by_role("option", name="Night birds").click()
        owls.get_by_label("Title").fill("Two owls")
        herons.get_by_label("Title").fill("Grey herons")
        herons.get_by_label("Description").fill("At the weir.")
        herons.get_by_role("switch", name="Published").click(force=True)
        expect(owls.get_by_text("Saved", exact=True)).to_be_visible()
        expect(herons.get_by_text("Saved", exact=True)).to_be_visible()
        expect(page.get_by_role("progressbar", name="Upload of Two owls")).to_be_visible()
        expect(page.get_by_role("progressbar", name="Upload of Grey herons")).to_be_visible()
    for card in (owls, herons):
        expect(card.get_by_text("Ready in every quality.")).to_be_visible(timeout=LADDER_MS)
    kept = {
        video["title"]: site.ask("GET", f"/api/videos/{video['id']}", by=nia)
        for video in site.ask("GET", "/api/videos?scope=mine", by=nia)["items"]
    }
    assert kept["Two owls"]["category"]["name"] == "Night birds"
    assert kept["Two owls"]["published"]
    assert kept["Grey herons"]["description"] == "At the weir."
    assert not kept["Grey herons"]["published"]
