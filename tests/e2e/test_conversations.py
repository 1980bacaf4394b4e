"""Two people talk: what one writes, the other has at once, and nothing of it is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.talking import (
    choose,
    message_field,
    open_to_all,
    row_of,
    said,
    say,
)
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import assert_page_is_sound

HEBREW = "שלום, <b>איזה יופי</b>"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def chloe(site: Site) -> Person:
    return open_to_all(site, site.join("chloe", "Chloe Chough"))


@pytest.fixture(scope="module")
def dmitri(site: Site) -> Person:
    return open_to_all(site, site.join("dmitri", "Dmitri Dunlin"))


@pytest.fixture(scope="module")
def video(site: Site) -> str:
    """A video of a minute, by the admin."""
    video = site.add_video(site.admin, make_clip("minute"), "Choughs over the cliff")
    site.wait_for(video)
    return video


@pytest.mark.timeout(300)
def test_two_people_talk(
    site: Site, visit: Visit, video: str, chloe: Person, dmitri: Person
) -> None:
    ours, theirs = visit(site, chloe), visit(site, dmitri)
    _begin(ours)
    _hear_of_it_on_another_page(theirs)
    _see_the_other_write(ours, theirs)
    _see_what_was_read(ours, theirs)
    _answer_and_jump(ours, theirs)
    _react(ours, theirs)
    _change_and_take_back(ours, theirs)
    _write_what_is_no_markup(ours, theirs)
    _share(ours, theirs, video)
    assert_page_is_sound(ours)
    assert_page_is_sound(theirs)


def _begin(page: Page) -> None:
    page.goto("/chat")
    expect(page.get_by_text("No conversations yet")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("button", name="New conversation").first.click()
    dialog = page.get_by_role("dialog", name="New conversation")
    dialog.get_by_role("textbox", name="Find people by name").fill("dmitri")
    dialog.get_by_role("checkbox", name="Dmitri Dunlin").check()
    assert_page_is_sound(page)
    dialog.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Dmitri Dunlin")).to_be_visible()
    say(page, "Good morning!")
    expect(said(page, "Good morning!").get_by_role("img", name="Sent")).to_be_visible()


def _hear_of_it_on_another_page(page: Page) -> None:
    """What waits is told in the navigation and in the title, on every page."""
    page.goto("/history")
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    link = page.get_by_role("link", name=re.compile("Messages.*1 conversation with something new"))
    link.click()
    page.get_by_role("link", name=re.compile("Chloe Chough.*1 unread message")).click()
    expect(said(page, "Good morning!")).to_be_visible()
    expect(page).not_to_have_title(re.compile(r"^\(1\) "))


def _see_the_other_write(page: Page, other: Page) -> None:
    message_field(other).press_sequentially("Good ")
    expect(page.get_by_text("is typing…").first).to_be_visible()
    message_field(other).press_sequentially("evening")
    message_field(other).press("Shift+Enter")
    message_field(other).press_sequentially("to you")
    message_field(other).press("Enter")
    expect(said(page, "Good evening\nto you")).to_be_visible()
    expect(page.get_by_text("is typing…")).to_have_count(0)


def _see_what_was_read(page: Page, other: Page) -> None:
    expect(said(page, "Good morning!").get_by_role("img", name="Read")).to_be_visible()
    other.goto("/history")
    other.wait_for_load_state("networkidle")
    say(page, "Are you still there?")
    expect(said(page, "still there").get_by_role("img", name="Delivered")).to_be_visible()
    other.go_back()
    expect(other.get_by_text("New messages")).to_be_visible()
    expect(said(page, "still there").get_by_role("img", name="Read")).to_be_visible()


def _answer_and_jump(page: Page, other: Page) -> None:
    choose(other, "Good morning!", "Reply")
    expect(message_field(other)).to_be_focused()
    say(other, "A good one it is")
    answer = said(page, "A good one it is")
    answer.get_by_role("button", name="Chloe Chough Good morning!").click()
    rows = page.get_by_role("log").get_by_role("listitem")
    expect(rows.filter(has_text="Good morning!").first).to_be_focused()


def _react(page: Page, other: Page) -> None:
    row_of(page, "A good one it is").get_by_role("button", name="Actions").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemradio", name="Like")).to_be_focused()
    assert_page_is_sound(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Who reacted: 1 Love")).to_be_visible()
    other.get_by_role("button", name="Who reacted: 1 Love").click()
    reacted = other.get_by_role("dialog", name="Reactions")
    expect(reacted.get_by_role("listitem")).to_contain_text("Chloe Chough")
    assert_page_is_sound(other)
    other.keyboard.press("Escape")


def _change_and_take_back(page: Page, other: Page) -> None:
    say(page, "This is wrnog")
    choose(page, "wrnog", "Edit")
    field = page.get_by_role("textbox", name="Change the message")
    expect(field).to_have_value("This is wrnog")
    field.fill("This is right")
    field.press("Enter")
    expect(said(other, "This is right")).to_contain_text("edited")
    choose(page, "This is right", "Unsend")
    page.get_by_role("dialog").get_by_role("button", name="Unsend").click()
    for each in (page, other):
        expect(each.get_by_text("This is right")).to_have_count(0)
        expect(each.get_by_text("This message was unsent.")).to_be_visible()


def _write_what_is_no_markup(page: Page, other: Page) -> None:
    say(page, HEBREW)
    seen = said(other, HEBREW)
    expect(seen).to_be_visible()
    assert seen.get_by_text(HEBREW).evaluate("text => getComputedStyle(text).direction") == "rtl"
    say(page, LONG_WORD * 3)
    message_field(page).press_sequentially("Look, @dm")
    expect(page.get_by_role("option", name="Dmitri Dunlin")).to_be_visible()
    message_field(page).press("Enter")
    message_field(page).press_sequentially("https://example.org/a?b=1.")
    message_field(page).press("Enter")
    link = said(other, "Look, @dmitri").get_by_role("link", name="@dmitri")
    expect(link).to_have_attribute("href", "/people/dmitri")


def _share(page: Page, other: Page, video: str) -> None:
    page.goto(f"/watch/{video}?t=30")
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 30")
    page.get_by_role("button", name="Send in a message").click()
    dialog = page.get_by_role("dialog", name="Send in a message")
    dialog.get_by_role("checkbox", name="Dmitri Dunlin").check()
    dialog.get_by_role("textbox", name="Add a word").fill("This one!")
    dialog.get_by_role("checkbox", name=re.compile("Start at 0:3")).check()
    assert_page_is_sound(page)
    dialog.get_by_role("button", name="Send").click()
    card = said(other, "This one!")
    expect(card.get_by_role("link", name=re.compile("Choughs over the cliff"))).to_be_visible()
    card.get_by_role("button", name="Play").click()
    other.wait_for_function("() => document.querySelector('[role=log] video')?.currentTime > 30")
    other.evaluate("document.querySelector('[role=log] video').pause()")
    page.goto("/chat")
    page.get_by_role("link", name="Dmitri Dunlin").click()
    expect(said(page, "This one!")).to_be_visible()
