"""Playlists: made beside a video, put in order by keyboard and by hand, and played through."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.browser import assert_page_is_sound


@pytest.mark.timeout(300)
def test_saved_put_in_order_and_played_through(site: Site, visit: Visit) -> None:
    nora = site.join("nora", "Nora Member")
    first = site.add_video(nora, make_clip("normal"), "The lantern room")
    second = site.add_video(nora, make_clip("silent"), "The spiral stairs")
    for video_id in (first, second):
        site.wait_for(video_id)
    page = visit(site, nora)
    _save_to_a_new_list(page, first)
    _save_to_that_list_from_a_tile(page)
    _keep_for_later_from_a_tile(page)
    _put_in_order(page)
    _play_through(page, first)


def _save_to_a_new_list(page: Page, video_id: str) -> None:
    page.goto(f"/watch/{video_id}")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Save to a playlist")
    expect(dialog.get_by_role("checkbox", name="Watch later")).not_to_be_checked()
    dialog.get_by_role("button", name="New playlist").click()
    dialog.get_by_label("Name").fill("A tour of the tower")
    assert_page_is_sound(page)
    dialog.get_by_role("button", name="Create and save").click()
    expect(dialog.get_by_role("checkbox", name="A tour of the tower")).to_be_checked()
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_be_hidden()


def _save_to_that_list_from_a_tile(page: Page) -> None:
    page.goto("/newest")
    page.get_by_role("button", name="More for The spiral stairs").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Save to playlist…").click()
    dialog = page.get_by_role("dialog", name="Save to a playlist")
    ticked = re.compile(r"/api/playlists/.+/items/")
    with page.expect_response(ticked) as saved:
        dialog.get_by_role("checkbox", name="A tour of the tower").check()
    assert saved.value.ok
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="More for The spiral stairs")).to_be_focused()


def _keep_for_later_from_a_tile(page: Page) -> None:
    tile = page.get_by_role("article").filter(has_text="The lantern room")
    tile.hover()
    later = tile.get_by_role("button", name="Watch later")
    later.click()
    expect(later).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Added to “Watch later”")).to_be_visible()
    page.goto("/playlists")
    lists = page.get_by_role("main").get_by_role("article")
    expect(lists.nth(0)).to_contain_text("Watch later")
    expect(lists.nth(0)).to_contain_text("1 video")
    expect(lists.nth(1)).to_contain_text("A tour of the tower")


def _titles(page: Page) -> Locator:
    return page.get_by_role("list", name="Videos of the playlist").get_by_role("heading")


def _put_in_order(page: Page) -> None:
    """The keyboard moves one up, the pointer moves it back; both orders are kept."""
    page.get_by_role("link", name="A tour of the tower").click()
    expect(_titles(page)).to_have_text(["The lantern room", "The spiral stairs"])
    handle = page.get_by_role("button", name="Move The spiral stairs")
    handle.focus()
    moved = re.compile("/position$")
    with page.expect_response(moved) as reply:
        page.keyboard.press("ArrowUp")
    assert reply.value.ok
    expect(_titles(page)).to_have_text(["The spiral stairs", "The lantern room"])
    expect(page.get_by_text("The spiral stairs: now number 1 of 2")).to_be_attached()
    expect(handle).to_be_focused()
    page.reload()
    expect(_titles(page)).to_have_text(["The spiral stairs", "The lantern room"])
    with page.expect_response(moved) as reply:
        _drag(page, handle, 140)
    assert reply.value.ok
    page.reload()
    expect(_titles(page)).to_have_text(["The lantern room", "The spiral stairs"])


def _drag(page: Page, handle: Locator, down: int) -> None:
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + down, steps=6)
    page.mouse.up()


def _play_through(page: Page, first: str) -> None:
    page.get_by_role("link", name="Play all").click()
    expect(page).to_have_url(re.compile(f"/watch/{first}\\?list="))
    panel = page.get_by_role("region", name="Playlist: A tour of the tower")
    expect(panel).to_contain_text("1 of 2")
    expect(panel.locator("[aria-current]")).to_contain_text("The lantern room")
    _go_to_the_end(page)
    countdown = page.get_by_role("region", name="Next up")
    expect(countdown).to_contain_text("The spiral stairs")
    page.keyboard.press("Escape")
    expect(countdown).to_be_hidden()
    expect(page).to_have_url(re.compile(f"/watch/{first}"))
    _go_to_the_end(page)
    expect(countdown).to_be_visible()
    expect(page).not_to_have_url(re.compile(f"/watch/{first}"))
    expect(panel).to_contain_text("2 of 2")
    expect(page.get_by_role("heading", name="The spiral stairs", level=1)).to_be_visible()
    wait_for_video(page, "video.currentTime > 0.2")
    assert_page_is_sound(page)


def _go_to_the_end(page: Page) -> None:
    wait_for_video(page, "video.readyState >= 3 && video.duration > 0")
    page.evaluate(
        """() => {
            const video = document.querySelector('video')
            video.currentTime = video.duration - 0.6
            return video.play()
        }"""
    )
