"""One player for all pages: it goes on in a corner, comes back, and lasts from video to video."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import NARROWEST, assert_page_is_sound

REPORT = re.compile(r"/api/videos/.+/progress$")
# Marks the element, and notes every time that it tells; so nothing can go unseen in between.
FOLLOW = """() => {
    const video = document.querySelector('video')
    window.followed = video
    window.seen = []
    for (const event of ['timeupdate', 'emptied', 'loadstart'])
        video.addEventListener(event, () => window.seen.push(
            event === 'timeupdate' ? video.currentTime : event))
}"""
# By playing alone, however busy the machine is: no step back, nothing loaded anew.
NEVER_JUMPED = """() => window.seen.every((time, at) => typeof time === 'number'
    && (at === 0 || time >= window.seen[at - 1]))"""
SAME = "video === window.followed"


def _watch(page: Page, site: Site, owner: Person, title: str) -> str:
    video_id = site.add_video(owner, make_clip("minute"), title)
    site.wait_for(video_id)
    page.goto(f"/watch/{video_id}")
    wait_for_video(page, "video.currentTime > 1")
    return video_id


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_plays_on_in_a_corner_and_comes_back(site: Site, visit: Visit, size: str) -> None:
    mina = site.join(f"mina-{size}", "Mina Mini")
    options = {"viewport": NARROWEST} if size == "phone" else {}
    page = visit(site, mina, **options)
    video_id = _watch(page, site, mina, f"Over every page ({size})")
    page.evaluate(FOLLOW)
    page.get_by_role("link", name="Playlists").filter(visible=True).first.click()
    mini = page.get_by_role("region", name="Playing on")
    expect(mini).to_be_visible()
    expect(page.get_by_role("heading", name="Playlists", level=1)).to_be_visible()
    before = page.evaluate("window.followed.currentTime")
    wait_for_video(page, f"{SAME} && !video.paused && video.currentTime > {before} + 1")
    assert_page_is_sound(page)
    mini.get_by_role("button", name="Pause").click()
    wait_for_video(page, "video.paused")
    mini.get_by_role("button", name="Play").click()
    wait_for_video(page, "!video.paused")
    mini.get_by_role("link", name="Back to").click()
    expect(page).to_have_url(re.compile(f"/watch/{video_id}$"))
    expect(mini).to_be_hidden()
    before = page.evaluate("window.followed.currentTime")
    wait_for_video(page, f"{SAME} && !video.paused && video.currentTime > {before} + 1")
    assert page.evaluate(NEVER_JUMPED), page.evaluate("window.seen")


@pytest.mark.timeout(300)
def test_closed_in_its_corner_it_is_resumed_later(site: Site, visit: Visit) -> None:
    page = visit(site, site.admin)
    video_id = _watch(page, site, site.admin, "Closed in its corner")
    page.get_by_role("link", name="Playlists").filter(visible=True).first.click()
    mini = page.get_by_role("region", name="Playing on")
    wait_for_video(page, "video.currentTime > 3")
    with page.expect_response(REPORT) as report:
        mini.get_by_role("button", name="Close and stop").click()
    assert report.value.ok
    expect(mini).to_be_hidden()
    expect(page.locator("[data-media-player]")).to_have_count(0)
    page.get_by_role("link", name="The Lighthouse").click()
    tile = page.get_by_role("region", name="Continue watching").get_by_role("listitem")
    expect(tile.filter(has_text="Closed in its corner")).to_be_visible()
    known = site.ask("GET", f"/api/videos/{video_id}")["progress"]
    assert known["last_position"] >= 3


@pytest.mark.timeout(300)
def test_what_is_paused_stays_behind_and_signing_out_ends_all(site: Site, visit: Visit) -> None:
    gil = site.join("gil", "Gil Gone")
    page = visit(site, gil)
    video_id = _watch(page, site, gil, "Gone with its viewer")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("k")
    wait_for_video(page, "video.paused && video.closest('[data-paused]')")
    page.get_by_role("link", name="Playlists").first.click()
    expect(page.get_by_role("heading", name="Playlists", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Playing on")).to_have_count(0)
    page.goto(f"/watch/{video_id}")
    wait_for_video(page, "!video.paused && video.currentTime > 0")
    page.get_by_role("link", name="Playlists").first.click()
    expect(page.get_by_role("region", name="Playing on")).to_be_visible()
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.locator("[data-media-player]")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('lumenhall-unreported')") is None


@pytest.mark.timeout(300)
def test_full_screen_speed_and_captions_last_to_the_next_video(site: Site, visit: Visit) -> None:
    quin = site.join("quin", "Quin Queue")
    first = site.add_video(quin, make_clip("normal"), "Act one")
    second = site.add_video(quin, make_clip("minute"), "Act two")
    for video_id in (first, second):
        site.wait_for(video_id)
        captions = {"file": ("en.vtt", b"WEBVTT\n\n00:00.000 --> 00:59.000\nSpoken words\n")}
        quin.client.post(
            f"/api/videos/{video_id}/captions", files=captions, data={"language": "en"}
        ).raise_for_status()
    playlist = site.ask("POST", "/api/playlists", {"title": "A play", "video_id": first}, by=quin)
    site.ask("PUT", f"/api/playlists/{playlist['id']}/items/{second}", by=quin)
    page = visit(site, quin)
    page.goto(f"/watch/{first}?list={playlist['id']}")
    wait_for_video(page, "video.currentTime > 0.5")
    page.evaluate(FOLLOW)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("c")
    expect(page.locator("[data-media-player]").get_by_text("Spoken words")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+>")
    wait_for_video(page, "video.playbackRate === 1.25 && Math.abs(video.volume - 0.95) < 0.01")
    page.keyboard.press("f")
    wait_for_video(page, "document.fullscreenElement && video.closest('[data-fullscreen]')")
    page.evaluate(
        """() => {
            window.left = false
            document.addEventListener('fullscreenchange', () => { window.left = true })
            window.followed.currentTime = window.followed.duration - 0.6
        }"""
    )
    countdown = page.get_by_role("region", name="Next up")
    expect(countdown).to_contain_text("Act two")
    expect(page).to_have_url(re.compile(f"/watch/{second}"))
    wait_for_video(page, "Math.round(video.duration) === 60 && video.currentTime > 1")
    wait_for_video(page, f"{SAME} && document.fullscreenElement && !window.left")
    wait_for_video(page, "video.playbackRate === 1.25 && Math.abs(video.volume - 0.95) < 0.01")
    expect(page.locator("[data-media-player]").get_by_text("Spoken words")).to_be_visible()
    expect(countdown).to_be_hidden()


@pytest.mark.timeout(300)
def test_the_keys_of_the_player_are_told(site: Site, visit: Visit) -> None:
    page = visit(site, site.admin)
    _watch(page, site, site.admin, "Played by hand")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("Shift+?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog.get_by_text("Back or on by 10 seconds")).to_be_visible()
    assert_page_is_sound(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.evaluate("() => document.querySelector('video').pause()")
    page.locator("video").hover()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("menuitem", name="Keyboard shortcuts").click()
    expect(dialog).to_be_visible()
