"""The main job: a video is dropped in, plays while it is still being made, and is resumed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.encoder import PatientEncoder
from tests.e2e.hands import drop_files, sending_slowly, wait_for_video
from tests.factories.clips import copy_padded, make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import assert_page_is_sound

MEGABYTE = 1024**2
LADDER_MS = 120_000
SLOW = MEGABYTE  # Bytes a second: there is time to look and to type.
# The player hears of it a moment after the element; no hand is so fast as to come in between.
PAUSED = "video.paused && video.closest('[data-paused]')"


@pytest.mark.timeout(400)
def test_dropped_in_watched_while_it_is_made_and_resumed(
    site: Site, encoder: PatientEncoder, visit: Visit, tmp_path: Path
) -> None:
    maria = site.join("maria", "Maria Member")
    site.add_category("Birds")
    page = visit(site, maria)
    with encoder.waiting():
        _drop_and_describe(page, tmp_path)
        _watch_while_it_is_made(page)
        _move_up_when_it_is_ready(page, site, maria, encoder)
    _use_the_keyboard(page)
    _change_the_speed(page)
    _come_back_later(page)


def test_plays_when_the_ladder_is_there_before_the_copy_began(
    site: Site, encoder: PatientEncoder, visit: Visit
) -> None:
    page = visit(site, site.admin)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # The copy stays away until the ladder has taken its place.
    page.route(re.compile(r"/media/.+\.m3u8"), hold, times=1)
    with encoder.waiting():
        video_id = site.add_video(site.admin, make_clip("silent"), "In a hurry")
        site.wait_for(video_id, "inprogress")
        page.goto(f"/watch/{video_id}")
        expect(page.get_by_text("Playable, still improving")).to_be_visible()
        page.wait_for_function("() => document.querySelector('video')")
        encoder.go_on()
        site.wait_for(video_id)
    wait_for_video(page, "video.currentTime > 0.5")
    for route in held:
        route.abort()


def _drop_and_describe(page: Page, folder: Path) -> None:
    """Drop a film on the home page and say what it is while its bytes go."""
    film = copy_padded("minute", folder / "kingfishers_at-dawn.mp4", 24 * MEGABYTE)
    page.goto("/")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    with sending_slowly(page, SLOW):
        drop_files(page, film)
        expect(page).to_have_url(re.compile("/upload$"))
        bar = page.get_by_role("progressbar", name="Upload of Kingfishers at dawn")
        expect(bar).to_be_visible()
        page.wait_for_function("bar => bar.ariaValueNow > 3", arg=bar.element_handle())
        expect(page.get_by_text(re.compile(r"[\d.]+ MB of 24 MB · .*/s · .* left"))).to_be_visible()
        page.get_by_label("Title").fill("Kingfishers at dawn, close up")
        page.get_by_label("Description").fill("Filmed from the hide.\nLook at 0:20.")
        page.get_by_role("combobox", name="Category").click()
        page.get_by_role("option", name="Birds", exact=True).click()
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        expect(page.get_by_role("progressbar", name="Upload of Kingfishers")).to_be_visible()
        assert_page_is_sound(page)
    expect(page.get_by_role("link", name="Watch now")).to_be_visible()
    expect(page.get_by_text("Making every quality")).to_be_visible()


def _watch_while_it_is_made(page: Page) -> None:
    page.get_by_role("link", name="Watch now").click()
    wait_for_video(page, "video.currentTime > 1")
    expect(page.get_by_role("heading", name="Kingfishers at dawn, close up")).to_be_visible()
    expect(page.get_by_text("Playable, still improving")).to_be_visible()
    expect(page.get_by_role("link", name="Birds").last).to_be_visible()
    # All of it is there although nothing but the copy exists.
    wait_for_video(page, "Math.round(video.duration) === 60")
    page.keyboard.press("2")
    wait_for_video(page, "video.currentTime > 12.5")


def _move_up_when_it_is_ready(
    page: Page, site: Site, maria: Person, encoder: PatientEncoder
) -> None:
    """The ladder takes the place of the copy in mid-play, at the same second."""
    page.evaluate(
        """() => {
            const video = document.querySelector('video')
            window.seen = []
            video.addEventListener('timeupdate', () => window.seen.push(video.currentTime))
            video.addEventListener('error', () => window.seen.push('error'))
        }"""
    )
    video_id = page.url.rsplit("/", 1)[-1]
    before = page.evaluate("document.querySelector('video').currentTime")
    with page.expect_response(re.compile(r"/media/.+\.m3u8"), timeout=LADDER_MS) as master:
        encoder.go_on()
    assert master.value.ok
    site.wait_for(video_id)
    wait_for_video(page, f"video.currentTime > {before} + 2")
    expect(page.get_by_text("Playable, still improving")).to_be_hidden()
    seen = page.evaluate("window.seen")
    assert "error" not in seen
    page.locator("video").hover()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("menuitem", name="Quality").click()
    expect(page.get_by_role("menuitemradio", name="480p")).to_be_visible()
    expect(page.get_by_role("menuitemradio", name="360p")).to_be_visible()
    page.keyboard.press("Escape")


def _use_the_keyboard(page: Page) -> None:
    """The keys of YouTube, without clicking anything first."""
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("k")
    wait_for_video(page, PAUSED)
    page.keyboard.press("0")
    wait_for_video(page, "video.currentTime === 0")
    page.keyboard.press("l")
    page.keyboard.press("l")
    wait_for_video(page, "video.currentTime === 20")
    page.keyboard.press("j")
    wait_for_video(page, "video.currentTime === 10")
    page.keyboard.press("ArrowRight")
    wait_for_video(page, "video.currentTime === 15")
    page.keyboard.press("ArrowLeft")
    wait_for_video(page, "video.currentTime === 10")
    page.keyboard.press("m")
    # The player hears of it a moment after its element.
    wait_for_video(page, "video.muted && video.closest('[data-muted]')")
    page.keyboard.press("m")
    wait_for_video(page, "!video.muted && video.volume === 1")
    expect(page.get_by_role("slider", name="Volume")).to_have_attribute("aria-valuenow", "100")
    page.keyboard.press("ArrowDown")
    wait_for_video(page, "Math.abs(video.volume - 0.95) < 0.01")
    page.keyboard.press("f")
    wait_for_video(page, "document.fullscreenElement && video.closest('[data-fullscreen]')")
    page.keyboard.press("f")
    wait_for_video(page, "!document.fullscreenElement && !video.closest('[data-fullscreen]')")
    page.keyboard.press("Space")
    wait_for_video(page, "!video.paused && video.currentTime > 10.2")


def _change_the_speed(page: Page) -> None:
    page.locator("video").hover()
    page.locator("video").hover()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("menuitem", name="Speed").click()
    page.get_by_role("slider", name="Speed").press("ArrowRight")
    wait_for_video(page, "video.playbackRate === 1.25")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem", name="Speed")).to_be_hidden()


def _come_back_later(page: Page) -> None:
    """Leave in the middle; home offers to go on, three seconds before that place."""
    page.keyboard.press("k")
    wait_for_video(page, PAUSED)
    page.keyboard.press("5")
    # The sound may outlast the picture by a frame, and so move the middle.
    wait_for_video(page, "Math.abs(video.currentTime - 30) < 0.5")
    page.keyboard.press("k")
    wait_for_video(page, "video.currentTime > 31")
    page.keyboard.press("k")
    wait_for_video(page, PAUSED)
    left_at = page.evaluate("document.querySelector('video').currentTime")
    page.get_by_role("link", name="The Lighthouse").click()
    row = page.get_by_role("region", name="Continue watching")
    tile = row.get_by_role("listitem").filter(has_text="Kingfishers at dawn")
    expect(tile).to_contain_text(re.compile(r"0:2\d left"))
    assert_page_is_sound(page)
    tile.get_by_role("link").click()
    wait_for_video(page, "video.currentTime > 0")
    began_at = page.evaluate("document.querySelector('video').currentTime")
    assert left_at - 4 <= began_at < left_at
    expect(page.get_by_text("Going on at 0:2")).to_be_visible()
    wait_for_video(page, f"video.currentTime > {began_at} + 1")
