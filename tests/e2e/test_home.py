"""The home page and what one has watched: the hero, rows by keyboard, the history."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import assert_page_is_sound

FORGOTTEN = re.compile(r"/api/videos/.+/progress$")


def _watch(site: Site, person: Person, video_id: str) -> None:
    report = {"watched_seconds": 1, "duration_seconds": 60, "last_position": 1}
    site.ask("PUT", f"/api/videos/{video_id}/progress", report, by=person)


@pytest.mark.timeout(300)
def test_what_was_watched_is_found_again_and_taken_out(site: Site, visit: Visit) -> None:
    olga = site.join("olga", "Olga Member")
    for title in ("The first tide", "The second tide", "The third tide"):
        video_id = site.add_video(olga, make_clip("normal"), title)
        site.wait_for(video_id)
        _watch(site, olga, video_id)
    page = visit(site, olga)
    _take_out_and_back_on_the_home_page(page)
    _take_out_and_leave(page)
    _clear(page)


def _take_out_and_back_on_the_home_page(page: Page) -> None:
    page.goto("/")
    row = page.get_by_role("region", name="Continue watching")
    tiles = row.get_by_role("heading", level=3)
    expect(tiles).to_have_text(["The third tide", "The second tide", "The first tide"])
    row.get_by_role("button", name="More for The second tide").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Remove from history").click()
    expect(tiles).to_have_text(["The third tide", "The first tide"])
    expect(row.get_by_role("link", name="The first tide")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(tiles).to_have_count(3)


def _take_out_and_leave(page: Page) -> None:
    page.get_by_role("region", name="Continue watching").get_by_role("link", name="History").click()
    entries = page.get_by_role("main").get_by_role("listitem")
    expect(entries).to_have_count(3)
    assert_page_is_sound(page)
    page.get_by_role("button", name="Remove from history: The third tide").click()
    expect(entries).to_have_count(2)
    with page.expect_response(FORGOTTEN) as forgotten:
        page.get_by_role("link", name="Home", exact=True).click()
    assert forgotten.value.ok
    tiles = page.get_by_role("region", name="Continue watching").get_by_role("heading", level=3)
    expect(tiles).to_have_text(["The second tide", "The first tide"])


def _clear(page: Page) -> None:
    page.goto("/history")
    page.get_by_role("button", name="Remove all").click()
    question = page.get_by_role("dialog", name="Remove your whole history?")
    question.get_by_role("button", name="Remove all").click()
    expect(page.get_by_text("You have not watched anything yet")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("region", name="New")).to_be_visible()
    expect(page.get_by_role("region", name="Continue watching")).to_be_hidden()
