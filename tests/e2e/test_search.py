"""Search: typed with suggestions, narrowed, and a hit in a caption opened at its second."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import PHONE, assert_page_is_sound

SPOKEN = b"""WEBVTT

00:00:02.000 --> 00:00:05.000
Good evening, everybody

00:00:31.000 --> 00:00:35.000
and there it was, the old lighthouse & its keeper
"""


@pytest.mark.timeout(300)
def test_from_the_first_letter_to_the_second_it_is_said(site: Site, visit: Visit) -> None:
    wanda = site.join("wanda", "Wanda Writer")
    video_id = _add_spoken(site, wanda)
    page = visit(site, wanda)
    _choose_a_suggestion(page, video_id)
    _open_what_is_said(page, video_id)
    _narrow(page)
    _go_to_who_and_what_it_is_about(page)
    _search_on_a_phone(visit(site, wanda, viewport=PHONE, is_mobile=True, has_touch=True))


def _add_spoken(site: Site, owner: Person) -> str:
    video_id = site.add_video(
        owner, make_clip("minute"), "Stories by the fireside", tags=["winter tales"]
    )
    files, about = {"file": ("said.vtt", SPOKEN)}, {"language": "en"}
    captions = f"/api/videos/{video_id}/captions"
    owner.client.post(captions, files=files, data=about).raise_for_status()
    site.wait_for(video_id)
    return video_id


def _choose_a_suggestion(page: Page, video_id: str) -> None:
    """Type from anywhere; the keyboard alone leads to the video."""
    page.goto("/")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    box = page.get_by_role("combobox", name="Search")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("firesi")
    option = page.get_by_role("option", name="Stories by the fireside")
    expect(option).to_be_visible()
    assert_page_is_sound(page)
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/watch/{video_id}$"))
    expect(box).to_have_value("")
    # What is typed is for the box: the player's keys (k pauses, m mutes) are not pressed.
    wait_for_video(page, "video.currentTime > 0.5")
    box.press_sequentially("km/")
    expect(box).to_have_value("km/")
    wait_for_video(page, "!video.paused && !video.muted")


def _open_what_is_said(page: Page, video_id: str) -> None:
    box = page.get_by_role("combobox", name="Search")
    box.fill("keepers lighthouse")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=keepers\+lighthouse$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Results for “keepers lighthouse”")
    expect(page).to_have_title(re.compile("keepers lighthouse"))
    said = page.get_by_role("link", name="at 0:31")
    expect(said).to_contain_text("“…and there it was, the old lighthouse & its keeper…”")
    expect(said.locator("mark")).to_have_text(["lighthouse", "keeper"])
    assert_page_is_sound(page)
    said.click()
    expect(page).to_have_url(re.compile(rf"/watch/{video_id}\?t=31$"))
    wait_for_video(page, "video.currentTime >= 31 && video.currentTime < 40")
    expect(page.get_by_text("Going on at")).to_be_hidden()
    page.go_back()


def _narrow(page: Page) -> None:
    """Filters stand in the address: they outlive a reload, and going back takes them away."""
    hits = page.get_by_role("main").get_by_role("article")
    expect(hits).to_have_count(1)
    page.get_by_role("combobox", name="Length").select_option("Over 20 minutes")
    expect(page.get_by_text("Nothing fits both the words and the filters.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=keepers\+lighthouse&length=long$"))
    page.reload()
    expect(page.get_by_role("combobox", name="Length")).to_have_value("long")
    page.get_by_role("link", name="Search without filters").click()
    expect(hits).to_have_count(1)
    uploader = page.get_by_role("combobox", name="From whom")
    uploader.fill("wan")
    page.get_by_role("option", name="Wanda Writer").click()
    expect(page).to_have_url(re.compile(r"uploader=wanda$"))
    expect(hits).to_have_count(1)
    page.go_back()
    expect(uploader).to_have_value("")
    box = page.get_by_role("combobox", name="Search")
    box.fill("zzyzx")
    box.press("Enter")
    expect(page.get_by_text("Nothing found for “zzyzx”")).to_be_visible()


def _go_to_who_and_what_it_is_about(page: Page) -> None:
    page.goto("/search?q=fireside")
    page.get_by_role("main").get_by_role("link", name="Wanda Writer").click()
    expect(page).to_have_url(re.compile("/people/wanda$"))
    expect(page.get_by_role("heading", name="Wanda Writer")).to_be_visible()
    page.get_by_role("link", name="Stories by the fireside").click()
    page.get_by_role("link", name="#winter tales").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("#winter tales")
    expect(page.get_by_role("link", name="Stories by the fireside")).to_be_visible()


def _search_on_a_phone(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Open search").tap()
    expect(box).to_be_focused()
    page.keyboard.type("winter")
    option = page.get_by_role("option", name="winter tales")
    expect(option).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("button", name="Close search").tap()
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Open search").tap()
    expect(option).to_be_visible()
    option.tap()
    expect(page).to_have_url(re.compile("/tag/winter%20tales$"))
    expect(box).to_be_hidden()
