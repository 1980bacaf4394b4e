"""Sharing: a short link to the second where one is, for members; and a file to keep."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import PASSWORD, Site
from tests.fixtures.browser import assert_page_is_sound


@pytest.mark.timeout(300)
def test_a_link_to_a_second_and_a_file_to_keep(site: Site, visit: Visit) -> None:
    sam = site.join("sam", "Sam Sharer")
    site.join("lore", "Lore Late")
    video_id = site.add_video(sam, make_clip("minute"), "Über den Wolken")
    site.wait_for(video_id)
    page = visit(site, sam)
    link = _share(page, video_id)
    _keep_the_file(page)
    _come_by_the_link(visit(site), link)


def _share(page: Page, video_id: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/watch/{video_id}?t=20")
    wait_for_video(page, "video.currentTime > 20")
    page.keyboard.press("k")
    wait_for_video(page, "video.paused && video.closest('[data-paused]')")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share")
    link = dialog.get_by_label("Link to this video")
    expect(link).to_have_value(re.compile(r"/v/[A-Za-z0-9]{8}$"))
    moment = dialog.get_by_label("Where it starts")
    expect(moment).to_have_value(re.compile(r"^0:2\d$"))
    dialog.get_by_role("checkbox", name="Start at").press("Space")
    expect(link).to_have_value(re.compile(r"\?t=2\d$"))
    wait_for_video(page, "video.paused")
    moment.fill("2:00")
    expect(dialog.get_by_text("A moment before 1:00")).to_be_visible()
    expect(link).not_to_have_value(re.compile("t="))
    assert_page_is_sound(page)
    moment.fill("45s")
    expect(link).to_have_value(re.compile(r"\?t=45$"))
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied == link.input_value()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Share")).to_be_focused()
    return copied


def _keep_the_file(page: Page) -> None:
    """What the owner allows shows up where the video is open, once it has been made."""
    expect(page.get_by_role("link", name="Download")).to_be_hidden()
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("switch", name="Others may download it").press("Space")
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Über den Wolken.mp4"
    assert download.value.path().read_bytes()[4:8] == b"ftyp"


def _come_by_the_link(page: Page, link: str) -> None:
    """A member who is not signed in lands at that second all the same."""
    page.goto(link)
    expect(page).to_have_title("The Lighthouse")
    page.get_by_label("Username or e-mail").fill("lore")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Über den Wolken")).to_be_visible()
    wait_for_video(page, "video.currentTime >= 45")
    expect(page).to_have_url(re.compile(r"/watch/[0-9a-f-]{36}\?t=45$"))
