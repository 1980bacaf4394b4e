"""Captions from a file to a corrected line, chapters written by hand, and another thumbnail."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import choose_files, wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import NARROWEST, PageWatch, assert_page_is_sound

LINES = ("We open the hide", "A flash of bleu", "She dives", "The young ones wait")
PICTURES = Path(__file__).parents[2] / "test-results" / "screenshots"


@pytest.mark.timeout(300)
def test_captions_are_uploaded_corrected_and_read_beside_the_video(
    site: Site, visit: Visit, watched: PageWatch, tmp_path: Path
) -> None:
    # The file that is refused is meant to be, and so is saving what another has changed.
    watched.allow(r"status of 422 .*/captions\)$")
    watched.allow(r"status of 409 .*/cues\)$")
    ida = site.join("ida", "Ida Member")
    video_id = site.add_video(ida, make_clip("minute"), "The hide")
    site.wait_for(video_id)
    page = visit(site, ida)
    page.goto(f"/watch/{video_id}")
    _upload(page, tmp_path)
    _correct_a_line(page)
    _save_in_spite_of_another(page, site, ida, video_id)
    _read_beside_the_video(page)
    _write_chapters(page)
    phone = visit(site, ida, viewport=NARROWEST)
    phone.goto(page.url)
    expect(_text(phone, "Title of chapter 2")).to_be_visible()
    assert_page_is_sound(phone, PICTURES / "chapters-narrow")


def _upload(page: Page, folder: Path) -> None:
    """Add an SRT file; a broken one is refused with its line."""
    page.get_by_role("button", name="Edit", exact=True).click()
    broken, good = folder / "broken.srt", folder / "good.srt"
    broken.write_text("1\n00:00:01,000 --> soon\nHello\n")
    cues = [f"{i}\n00:00:{i * 10:02},000 --> 00:00:{i * 10 + 8:02},000" for i in range(len(LINES))]
    blocks = (f"{cue}\n{line}\n" for cue, line in zip(cues, LINES, strict=True))
    good.write_text("\n".join(blocks))
    choose_files(page, "Add file", broken)
    expect(page.get_by_text("Line 2: “soon” is not a time.")).to_be_visible()
    choose_files(page, "Add file", good)
    expect(page.get_by_role("link", name="Edit English")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("link", name="Edit English").click()


def _correct_a_line(page: Page) -> None:
    """Change, split, delete and undo; save with the keyboard."""
    expect(page).to_have_url(re.compile("/captions/"))
    second = _text(page, "Text of line 2")
    expect(second).to_have_value(LINES[1])
    assert_page_is_sound(page, PICTURES / "captions-wide")
    second.fill("A flash of blue & <3")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    _text(page, "Text of line 3").focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Shift+Enter")
    expect(_text(page, "Text of line 4")).to_be_focused()
    expect(_text(page, "Text of line 3")).to_have_value("She")
    page.keyboard.press("Control+z")
    expect(_text(page, "Text of line 3")).to_have_value(LINES[2])
    page.get_by_role("button", name="Delete line 4").click()
    end = _text(page, "End of line 3")
    end.fill("0:19")
    end.press("Enter")
    expect(page.get_by_text("The end must come after the start.")).to_be_visible()
    end.fill("0:29.5")
    end.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("All changes saved · 3 lines")).to_be_visible()


def _save_in_spite_of_another(page: Page, site: Site, ida: Person, video_id: str) -> None:
    """Somebody else saves the same captions in between: one is asked, and keeps one's own."""
    address = f"/api/videos/{video_id}/captions/{page.url.rsplit('/', 1)[-1]}/cues"
    theirs = site.ask("GET", address, by=ida)
    theirs["items"][0]["text"] = "Theirs"
    site.ask("PUT", address, theirs, by=ida)
    _text(page, "Text of line 1").fill("We open the hide, quietly")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Somebody else has saved these captions")
    dialog.get_by_role("button", name="Keep mine and lose theirs").click()
    expect(page.get_by_text("All changes saved")).to_be_visible()
    kept = [item["text"] for item in site.ask("GET", address, by=ida)["items"]]
    assert kept == ["We open the hide, quietly", "A flash of blue & <3", "She dives"]


def _read_beside_the_video(page: Page) -> None:
    """The transcript has the new words, is searched, and sends the player where they are said."""
    page.get_by_role("link", name="The hide").click()
    panel = page.get_by_role("region", name="Transcript and chapters")
    expect(panel.get_by_role("button", name="We open the hide, quietly")).to_be_visible()
    panel.get_by_role("searchbox", name="Search in the transcript").fill("BLUE")
    expect(panel.get_by_role("button", name="We open the hide, quietly")).to_be_hidden()
    expect(panel.get_by_text("1 find")).to_be_attached()
    wait_for_video(page, "video.readyState > 2")
    panel.get_by_role("button", name="A flash of blue & <3").click()
    wait_for_video(page, "Math.abs(video.currentTime - 10) < 2")
    panel.get_by_role("searchbox", name="Search in the transcript").fill("")
    now = panel.get_by_role("button", name="A flash of blue & <3")
    expect(now).to_have_attribute("aria-current", "true")
    now.focus()
    page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("button", name="She dives")).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_video(page, "Math.abs(video.currentTime - 20) < 2")
    page.keyboard.press("k")
    assert_page_is_sound(page, PICTURES / "transcript-wide")


def _write_chapters(page: Page) -> None:
    """Two chapters by hand; leaving without saving is asked about."""
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("link", name="Write chapters").click()
    page.get_by_role("button", name="Add at 0:00").click()
    expect(_text(page, "Title of chapter 1")).to_be_focused()
    page.keyboard.type("Before dawn")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("The dive")
    start = _text(page, "Start of line 2")
    start.fill("20")
    start.press("Enter")
    page.get_by_role("link", name="The hide").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("All changes saved · 2 chapters")).to_be_visible()
    expect(page).not_to_have_url(re.compile("/captions/new"))
    editor = page.url
    page.get_by_role("link", name="The hide").click()
    panel = page.get_by_role("region", name="Transcript and chapters")
    panel.get_by_role("button", name="Chapters").click()
    expect(panel.get_by_role("button", name="0:20 The dive")).to_be_visible()
    page.goto(editor)


@pytest.mark.timeout(300)
def test_another_frame_or_picture_becomes_the_thumbnail(
    site: Site, visit: Visit, watched: PageWatch, tmp_path: Path
) -> None:
    # The picture that is refused is meant to be.
    watched.allow(r"status of 415 .*/thumbnail\)$")
    jon = site.join("jon", "Jon Member")
    video_id = site.add_video(jon, make_clip("brightening"), "Getting lighter")
    first = site.wait_for(video_id)["asset"]["thumbnail_url"]
    page = visit(site, jon)
    page.goto("/my-videos")
    page.get_by_role("button", name="More for Getting lighter").click()
    page.get_by_role("menuitem", name="Edit").click()
    picture = page.get_by_role("img", name="The thumbnail as it is now")
    dark = _brightness(picture)
    page.get_by_role("button", name="Choose a frame").click()
    dialog = page.get_by_role("dialog", name="Choose a frame")
    dialog.get_by_role("button", name="Go to 0:08").click()
    dialog.get_by_role("button", name="+ 1 second").click()
    page.wait_for_function(
        "() => Math.round(document.querySelector('[role=dialog] video').currentTime) === 9"
    )
    assert_page_is_sound(page, PICTURES / "frame-wide")
    dialog.get_by_role("button", name="Use this frame").click()
    expect(dialog).to_be_hidden()
    back = page.get_by_role("button", name="Back to the automatic one")
    expect(back).to_be_visible()
    expect(page.get_by_text("The new one is on its way")).to_be_hidden()
    assert _brightness(picture) > dark + 40
    text = tmp_path / "holiday.jpg"
    text.write_text("no picture")
    choose_files(page, "Upload a picture", text)
    expect(page.get_by_role("alert").get_by_text("picture")).to_be_visible()
    back.click()
    expect(back).to_be_hidden()
    assert _brightness(picture) == dark
    asset = site.ask("GET", f"/api/videos/{video_id}", by=jon)["asset"]
    assert asset["thumbnail_url"].rpartition("?")[2] == first.rpartition("?")[2]


def _text(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def _brightness(picture: Locator) -> int:
    """Return how bright the middle of a picture is, 0 to 255, once it is there."""
    expect(picture).to_have_js_property("complete", value=True)
    level: int = picture.evaluate(
        """async image => {
            await image.decode()
            const [x, y] = [image.naturalWidth / 2, image.naturalHeight / 2]
            const canvas = new OffscreenCanvas(1, 1).getContext('2d')
            canvas.drawImage(image, x, y, 1, 1, 0, 0, 1, 1)
            return canvas.getImageData(0, 0, 1, 1).data[1]
        }"""
    )
    return level
