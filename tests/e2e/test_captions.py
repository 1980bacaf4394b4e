"""Captions from a file: chosen in the player, or refused with the line that is wrong."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import choose_files, wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.browser import PageWatch, assert_page_is_sound

SPOKEN = """1
00:00:00,000 --> 00:00:05,500
Es war einmal <i>ein Fluss</i>.
"""


def test_captions_are_added_from_a_file_and_chosen_in_the_player(
    site: Site, visit: Visit, watched: PageWatch, tmp_path: Path
) -> None:
    # What the server refuses, a browser notes in its console.
    watched.allow(r"status of 422 .*/captions\)$")
    good, bad = tmp_path / "german.srt", tmp_path / "broken.srt"
    good.write_text(SPOKEN)
    bad.write_text(SPOKEN + "\n2\n00:00:06,000 --> 00:00:0x,000\nBut where?\n")
    video_id = site.add_video(site.admin, make_clip("normal"), "The river speaks")
    site.wait_for(video_id)
    page = visit(site, site.admin)
    page.goto("/my-videos")
    page.get_by_role("button", name="More for The river speaks").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit video")
    dialog.get_by_label("Language").fill("de")
    choose_files(page, "Add file", bad)
    expect(dialog.get_by_role("alert")).to_contain_text("Line 6: “00:00:0x,000” is not a time.")
    assert_page_is_sound(page)
    choose_files(page, "Add file", good)
    expect(dialog.get_by_role("alert")).to_be_hidden()
    expect(dialog.get_by_role("listitem").filter(has_text="Deutsch")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()

    page.goto(f"/watch/{video_id}")
    wait_for_video(page, "video.currentTime > 0.1")
    page.keyboard.press("k")
    page.locator("video").hover()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("menuitem", name="Captions").click()
    page.get_by_role("menuitemradio", name="Deutsch").click()
    expect(page.get_by_text("Es war einmal ein Fluss.").first).to_be_visible()
