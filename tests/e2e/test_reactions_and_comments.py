"""Two people with one video: what one says and feels, the other sees at once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import PHONE, PageWatch, assert_page_is_sound

HEBREW = "שלום, <b>איזה יופי</b>"


@pytest.fixture(scope="module")
def video(site: Site) -> str:
    """A video of a minute, by the admin."""
    video = site.add_video(site.admin, make_clip("minute"), "Owls by night")
    site.wait_for(video)
    return video


@pytest.fixture(scope="module")
def olga(site: Site) -> Person:
    return site.join("olga", "Olga Owl")


@pytest.fixture(scope="module")
def pavel(site: Site) -> Person:
    return site.join("pavel.p", "Pavel Petrel")


def _open(page: Page, video: str) -> Page:
    """Open the video and hold it still at its beginning."""
    page.goto(f"/watch/{video}")
    wait_for_video(page, "video.currentTime > 0 && video.closest('[data-playing]')")
    _pause(page)
    page.keyboard.press("0")
    _wait_for_second(page, 0)
    return page


def _pause(page: Page) -> None:
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("k")
    wait_for_video(page, "video.paused && video.closest('[data-paused]')")


def _wait_for_second(page: Page, second: int) -> None:
    page.wait_for_function(
        "at => Math.floor(document.querySelector('video').currentTime) === at", arg=second
    )


def _bar(page: Page) -> Locator:
    """The reactions to the video; those to comments come after it."""
    return page.get_by_role("group", name="Reactions").first


def _comment(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text).last


def test_reactions_show_at_once_and_live(
    site: Site, visit: Visit, video: str, olga: Person, pavel: Person, watched: PageWatch
) -> None:
    # What is cut off on purpose below, a browser notes in its console.
    watched.allow(r"net::ERR_FAILED .*/api/video-reactions")
    ours = _open(visit(site, olga), video)
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    theirs = visit(site, pavel, **phone)
    theirs.goto(f"/watch/{video}")
    expect(_bar(theirs).get_by_role("button", name="Like")).to_be_enabled()

    _bar(ours).get_by_role("button", name="Like").click()
    expect(theirs.get_by_role("button", name="Who reacted: 1 Like")).to_be_visible()
    _choose_by_keyboard(ours)
    expect(theirs.get_by_role("button", name="Who reacted: 1 Haha")).to_be_visible()
    _choose_by_long_press(theirs)
    expect(ours.get_by_role("button", name="Who reacted: 1 Haha and 1 Pray")).to_be_visible()
    _see_who_reacted(ours)

    with _cut_off(ours, "**/api/video-reactions"):
        _bar(ours).get_by_role("button", name="Haha").click()
        expect(ours.get_by_text("Your reaction did not get through.")).to_be_visible()
    expect(ours.get_by_role("button", name="Who reacted: 1 Haha and 1 Pray")).to_be_visible()


def _choose_by_keyboard(page: Page) -> None:
    opener = _bar(page).get_by_role("button", name="Choose a reaction")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemradio", name="Like")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("menuitemradio", name="Haha")).to_be_focused()
    assert_page_is_sound(page)
    page.keyboard.press("Enter")
    expect(_bar(page).get_by_role("button", name="Haha")).to_have_attribute("aria-pressed", "true")


def _choose_by_long_press(page: Page) -> None:
    button = _bar(page).get_by_role("button", name="Like")
    box = button.bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    place = {"x": box["x"] + 20, "y": box["y"] + 15}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})
    expect(page.get_by_role("menu")).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.get_by_role("menuitemradio", name="Pray").tap()
    expect(_bar(page).get_by_role("button", name="Pray")).to_be_visible()


def _see_who_reacted(page: Page) -> None:
    page.get_by_role("button", name="Who reacted").click()
    dialog = page.get_by_role("dialog", name="Reactions")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    assert_page_is_sound(page)
    dialog.get_by_role("button", name="Pray 1").click()
    expect(dialog.get_by_role("listitem")).to_contain_text(["Pavel Petrel"])
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@contextmanager
def _cut_off(page: Page, address: str) -> Iterator[None]:
    """Let nothing that is sent there arrive inside the block."""

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route(address, cut)
    yield
    page.unroute(address)


@pytest.mark.timeout(300)
def test_comments_with_moments_replies_and_mentions(
    site: Site, visit: Visit, video: str, olga: Person, pavel: Person, watched: PageWatch
) -> None:
    watched.allow(r"net::ERR_FAILED .*/comments")
    ours = _open(visit(site, olga), video)
    theirs = _open(visit(site, pavel), video)
    expect(ours.get_by_text("No comments yet")).to_be_visible()
    _comment_on_a_moment(ours)
    _follow_it(theirs)
    _reply_and_mention(theirs, ours)
    _react_and_edit(ours, theirs)
    _write_what_is_no_markup(ours, theirs)
    _fail_and_try_again(ours, theirs)
    assert_page_is_sound(ours)
    phone = visit(site, pavel, viewport=PHONE)
    phone.goto(f"/watch/{video}")
    phone.get_by_role("heading", name="Comments").scroll_into_view_if_needed()
    expect(_comment(phone, "Look at that")).to_be_visible()
    assert_page_is_sound(phone)
    _delete(ours, theirs)


def _comment_on_a_moment(page: Page) -> None:
    page.keyboard.press("5")
    _wait_for_second(page, 30)
    page.get_by_role("textbox", name="Write a comment").fill("Look at that face at 0:20!")
    page.get_by_role("button", name="Name the moment 0:30").click()
    # A draft outlives the page.
    page.reload()
    field = page.get_by_role("textbox", name="Write a comment")
    expect(field).to_have_value("Look at that face at 0:20!")
    expect(page.get_by_role("button", name="Leave out the moment 0:30")).to_be_visible()
    field.press("Control+Enter")
    expect(field).to_have_value("")
    expect(_comment(page, "Look at that face")).to_contain_text("Olga Owl")


def _follow_it(page: Page) -> None:
    """It has come live; its moment and the time in it lead the player there."""
    comment = _comment(page, "Look at that face")
    expect(comment).to_be_visible()
    comment.get_by_role("link", name="Play from 0:30").click()
    _wait_for_second(page, 30)
    _pause(page)
    comment.get_by_role("link", name="0:20", exact=True).click()
    _wait_for_second(page, 20)
    _pause(page)
    page.locator("video").hover()
    mark = page.get_by_role("button", name=re.compile("^At 0:30, Olga Owl: Look at that face"))
    mark.focus()
    page.keyboard.press("Enter")
    _wait_for_second(page, 30)
    assert_page_is_sound(page)


def _reply_and_mention(page: Page, other: Page) -> None:
    page.get_by_role("button", name="Reply to Olga Owl").click()
    field = page.get_by_role("textbox", name="Write a reply")
    field.press_sequentially("So true, @ol")
    expect(page.get_by_role("option", name="Olga Owl")).to_be_visible()
    assert_page_is_sound(page)
    field.press("Enter")
    expect(field).to_have_value("So true, @olga ")
    page.get_by_role("button", name="Reply", exact=True).last.click()
    expect(_comment(page, "So true").get_by_role("link", name="@olga")).to_have_attribute(
        "href", "/people/olga"
    )
    toast = other.get_by_role("region", name="Messages")
    expect(toast).to_contain_text("Pavel Petrel mentioned you in a comment on “Owls by night”.")
    toast.get_by_role("link", name="Show").click()
    expect(other).to_have_url(re.compile("#comment-"))
    expect(other.get_by_text("The comment that you were led to")).to_be_visible()
    expect(_comment(other, "So true")).to_be_in_viewport()


def _react_and_edit(page: Page, other: Page) -> None:
    _comment(page, "So true").get_by_role("button", name="Like", exact=True).click()
    expect(_comment(other, "So true").get_by_role("img", name="1 Like")).to_be_visible()
    _comment(other, "So true").get_by_role("button", name="What to do with").click()
    other.get_by_role("menuitem", name="Edit").click()
    field = other.get_by_role("textbox", name="Change the comment")
    expect(field).to_be_focused()
    field.fill("So very true, @olga")
    other.get_by_role("list").get_by_role("button", name="Save", exact=True).click()
    expect(_comment(page, "So very true")).to_contain_text("edited")


def _write_what_is_no_markup(page: Page, other: Page) -> None:
    field = page.get_by_role("textbox", name="Write a comment")
    field.fill("x" * 2001)
    expect(page.get_by_text("1 character too many")).to_be_visible()
    field.press("Control+Enter")
    expect(field).to_have_value("x" * 2001)
    field.fill(HEBREW)
    page.get_by_role("button", name="Comment", exact=True).click()
    seen = _comment(other, HEBREW)
    expect(seen).to_be_visible()
    assert seen.get_by_text(HEBREW).evaluate("text => getComputedStyle(text).direction") == "rtl"


def _fail_and_try_again(page: Page, other: Page) -> None:
    with _cut_off(page, "**/comments"):
        page.get_by_role("textbox", name="Write a comment").fill("Can you hear me?")
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(_comment(page, "Can you hear me?")).to_contain_text("Not sent.")
    page.reload()
    lost = _comment(page, "Can you hear me?")
    expect(lost).to_contain_text("Not sent.")
    assert_page_is_sound(page)
    lost.get_by_role("button", name="Try again").click()
    expect(_comment(other, "Can you hear me?")).to_be_visible()
    expect(page.get_by_text("Can you hear me?")).to_have_count(1)


def _delete(page: Page, other: Page) -> None:
    """What was answered leaves a stub behind, until the last answer is gone."""
    _remove(page, "Look at that face")
    expect(other.get_by_text("This comment was deleted.")).to_be_visible()
    expect(other.get_by_role("toolbar", name="Moments in comments")).to_be_hidden()
    assert_page_is_sound(other)
    _remove(other, "So very true")
    expect(page.get_by_text("This comment was deleted.")).to_be_hidden()
    expect(page.get_by_role("article").filter(has_text="So very true")).to_have_count(0)


def _remove(page: Page, text: str) -> None:
    _comment(page, text).get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("article").filter(has_text=text)).to_have_count(0)
