"""Requests, groups, long conversations, and what people make of their own list."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.talking import (
    begin_direct,
    choose,
    message_field,
    open_to_all,
    said,
    say,
    told,
)
from tests.factories.site import Site
from tests.fixtures.browser import NARROWEST, PHONE, assert_page_is_sound


@pytest.mark.timeout(180)
def test_a_request_is_accepted_on_a_phone(site: Site, visit: Visit) -> None:
    edda = site.join("edda", "Edda Eider")
    site.ask("PATCH", "/api/me", {"may_write": "nobody"}, by=edda)
    theirs = visit(site, site.join("nils", "Nils Nightjar"))
    theirs.goto("/people/edda")
    theirs.get_by_role("button", name="Message").click()
    say(theirs, "May I ask you something?")
    expect(theirs.get_by_text("Edda Eider can accept your message or decline it.")).to_be_visible()
    ours = visit(site, edda, viewport=NARROWEST, is_mobile=True, has_touch=True)
    ours.goto("/chat")
    expect(ours.get_by_role("heading", name="1 request")).to_be_visible()
    assert_page_is_sound(ours)
    ours.get_by_role("link", name="Nils Nightjar").tap()
    expect(said(ours, "May I ask you something?")).to_be_visible()
    assert_page_is_sound(ours)
    ours.get_by_role("button", name="Accept", exact=True).last.tap()
    expect(message_field(theirs)).to_be_visible()
    message_field(ours).fill("Of course")
    ours.get_by_role("button", name="Send").tap()
    expect(said(theirs, "Of course")).to_be_visible()
    _press_for_long(ours, "May I ask")
    assert_page_is_sound(ours)
    ours.get_by_role("menuitemradio", name="Wow").tap()
    expect(theirs.get_by_role("button", name="Who reacted: 1 Wow")).to_be_visible()
    ours.get_by_role("link", name="All conversations").tap()
    expect(ours.get_by_role("link", name="Nils Nightjar")).to_be_visible()
    expect(message_field(ours)).to_be_hidden()


def _press_for_long(page: Page, text: str) -> None:
    box = said(page, text).bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    place = {"x": box["x"] + 20, "y": box["y"] + 12}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})
    expect(page.get_by_role("dialog", name="Actions")).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.timeout(180)
def test_a_group_from_its_beginning_to_its_end(site: Site, visit: Visit) -> None:
    ours = visit(site, site.join("lena", "Lena Lapwing"))
    theirs = visit(site, site.join("milo", "Milo Merlin"), viewport=PHONE)
    theirs.goto("/chat")
    ours.goto("/chat")
    ours.get_by_role("button", name="New conversation").first.click()
    dialog = ours.get_by_role("dialog", name="New conversation")
    for name in ("Milo Merlin", "Frances Founder"):
        dialog.get_by_role("textbox", name="Find people by name").fill(name.split()[0])
        dialog.get_by_role("checkbox", name=name).check()
    dialog.get_by_role("textbox", name="Name of the group").fill("Waders")
    dialog.get_by_role("button", name="Make the group").click()
    expect(told(ours, "You made the group “Waders”")).to_be_visible()
    theirs.get_by_role("link", name=re.compile("Waders")).click()
    expect(told(theirs, "Lena Lapwing made the group “Waders”")).to_be_visible()
    ours.get_by_role("button", name="Waders").click()
    group = ours.get_by_role("dialog", name="Waders")
    assert_page_is_sound(ours)
    group.get_by_role("textbox", name="Name of the group").fill("Waders and friends")
    group.get_by_role("button", name="Save").click()
    expect(theirs.get_by_role("heading", name="Waders and friends")).to_be_visible()
    ours.get_by_role("button", name="What to do with Milo Merlin").click()
    ours.get_by_role("menuitem", name="Make an admin").click()
    expect(told(theirs, "Lena Lapwing made you an admin")).to_be_visible()
    ours.keyboard.press("Escape")
    say(ours, "Who is there?")
    expect(said(theirs, "Who is there?")).to_be_visible()
    choose(ours, "Who is there?", "Read by")
    readers = ours.get_by_role("dialog", name="Read by")
    expect(readers.get_by_role("region", name="Have read it")).to_contain_text("Milo Merlin")
    assert_page_is_sound(ours)
    ours.keyboard.press("Escape")
    theirs.get_by_role("button", name="Waders and friends").click()
    theirs.get_by_role("button", name="Leave the group").click()
    sure = theirs.get_by_role("dialog", name="Leave this group?")
    sure.get_by_role("button", name="Leave the group").click()
    expect(told(ours, "Milo Merlin left")).to_be_visible()
    expect(theirs.get_by_role("link", name=re.compile("Waders"))).to_have_count(0)


@pytest.mark.timeout(180)
def test_long_conversations_open_at_what_is_new_and_scroll_back(site: Site, visit: Visit) -> None:
    one = open_to_all(site, site.join("jonas", "Jonas Jackdaw"))
    other = open_to_all(site, site.join("kira", "Kira Kestrel"))
    conversation = begin_direct(site, one, other)
    path = f"/api/chat/conversations/{conversation}"
    for number in range(1, 61):
        # More than thirty in a minute of one person are refused.
        body = {"client_id": f"00000000-0000-4000-8000-{number:012}", "text": f"Number {number}"}
        site.ask("POST", f"{path}/messages", body, by=one if number % 2 else other)
    page = visit(site, other)
    page.goto(f"/chat/{conversation}")
    expect(said(page, "Number 59")).to_be_in_viewport()
    log = page.get_by_role("log")
    log.hover()
    for _ in range(60):
        page.mouse.wheel(0, -400)
        if log.get_by_text("Number 1", exact=True).count():
            break
        page.wait_for_timeout(50)
    expect(log.get_by_text("Number 1", exact=True)).to_have_count(1)
    texts = log.get_by_role("article").locator("p").all_text_contents()
    assert texts == [f"Number {number}" for number in range(1, 61)]
    page.get_by_role("button", name="To the newest message").click()
    expect(said(page, "Number 60")).to_be_in_viewport()


def test_a_conversation_is_muted_pinned_deleted_and_blocked(site: Site, visit: Visit) -> None:
    one = open_to_all(site, site.join("oskar", "Oskar Ouzel"))
    other = open_to_all(site, site.join("petra", "Petra Pipit"))
    conversation = begin_direct(site, one, other)
    body = {"client_id": "00000000-0000-4000-9000-000000000001", "text": "Good day"}
    path = f"/api/chat/conversations/{conversation}/messages"
    site.ask("POST", path, body, by=other)
    page = visit(site, one)
    page.goto(f"/chat/{conversation}")
    row = page.get_by_role("link", name=re.compile("Petra Pipit.*Good day"))
    for action, sign in (("Mute", "Muted"), ("Pin", "Pinned")):
        _choose_for_all(page, action)
        expect(row.get_by_role("img", name=sign)).to_be_visible()
    _choose_for_all(page, "Delete from my list")
    page.get_by_role("dialog").get_by_role("button", name="Delete from my list").click()
    expect(page.get_by_text("No conversations yet")).to_be_visible()
    site.ask("POST", path, body | {"client_id": body["client_id"][:-1] + "2"}, by=other)
    row.click()
    expect(said(page, "Good day")).to_be_visible()
    _choose_for_all(page, "Block")
    page.get_by_role("dialog").get_by_role("button", name="Block").click()
    expect(page.get_by_text("No conversations yet")).to_be_visible()
    page.goto("/people/petra")
    page.get_by_role("button", name="Unblock").click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("button", name="Message", exact=True).click()
    expect(said(page, "Good day")).to_be_visible()


def _choose_for_all(page: Page, action: str) -> None:
    """Choose from the menu of the conversation that is open."""
    page.get_by_role("button", name="What to do with this conversation").click()
    page.get_by_role("menuitem", name=action).click()


def test_two_of_a_group_fall_silent_for_each_other_on_open_pages(site: Site, visit: Visit) -> None:
    ours_is, theirs_is = site.join("swantje", "Swantje Stint"), site.join("tjark", "Tjark Tern")
    body = {"type": "group", "name": "Mudflats", "people": [theirs_is.id]}
    group = site.ask("POST", "/api/chat/conversations", body, by=ours_is)["id"]
    ours, theirs = visit(site, ours_is), visit(site, theirs_is)
    for page, words in ((ours, "Ebb is at six"), (theirs, "Flood is at noon")):
        page.goto(f"/chat/{group}")
        say(page, words)
    expect(said(ours, "Flood is at noon")).to_be_visible()
    site.ask("PUT", "/api/people/tjark/block", by=ours_is)
    expect(said(ours, "Flood is at noon")).to_have_count(0)
    expect(said(theirs, "Ebb is at six")).to_have_count(0)
    expect(said(ours, "Ebb is at six")).to_be_visible()
    site.ask("DELETE", "/api/people/tjark/block", by=ours_is)
    expect(said(ours, "Flood is at noon")).to_be_visible()
    expect(said(theirs, "Ebb is at six")).to_be_visible()
