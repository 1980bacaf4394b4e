"""Two people talk: what one writes, the other has at once, and nothing of it is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import NARROWEST, PHONE, PageWatch, assert_page_is_sound

HEBREW = "שלום, <b>איזה יופי</b>"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def chloe(site: Site) -> Person:
    return _open_to_all(site, site.join("chloe", "Chloe Chough"))


@pytest.fixture(scope="module")
def dmitri(site: Site) -> Person:
    return _open_to_all(site, site.join("dmitri", "Dmitri Dunlin"))


@pytest.fixture(scope="module")
def video(site: Site) -> str:
    """A video of a minute, by the admin."""
    video = site.add_video(site.admin, make_clip("minute"), "Choughs over the cliff")
    site.wait_for(video)
    return video


def _open_to_all(site: Site, person: Person) -> Person:
    site.ask("PATCH", "/api/me", {"may_write": "everyone"}, by=person)
    return person


def _direct(site: Site, one: Person, other: Person) -> str:
    body = {"type": "direct", "people": [other.id]}
    conversation_id: str = site.ask("POST", "/api/chat/conversations", body, by=one)["id"]
    return conversation_id


def _field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Write a message")


def _said(page: Page, text: str) -> Locator:
    """The newest message with these words."""
    return page.get_by_role("log").get_by_role("article").filter(has_text=text).last


def _row(page: Page, text: str) -> Locator:
    """The same with what stands beside it."""
    article = page.get_by_role("article").filter(has_text=text)
    return page.get_by_role("log").get_by_role("listitem").filter(has=article).last


def _told(page: Page, text: str) -> Locator:
    """What the house says of a group."""
    return page.get_by_role("log").get_by_text(text)


def _say(page: Page, text: str) -> None:
    _field(page).fill(text)
    _field(page).press("Enter")
    expect(_field(page)).to_have_value("")


def _choose(page: Page, text: str, action: str) -> None:
    """Open the menu of a message and choose from it."""
    _row(page, text).hover()
    _row(page, text).get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=action).click()


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
    _say(page, "Good morning!")
    expect(_said(page, "Good morning!").get_by_role("img", name="Sent")).to_be_visible()


def _hear_of_it_on_another_page(page: Page) -> None:
    """What waits is told in the navigation and in the title, on every page."""
    page.goto("/history")
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    link = page.get_by_role("link", name=re.compile("Messages.*1 conversation with something new"))
    link.click()
    page.get_by_role("link", name=re.compile("Chloe Chough.*1 unread message")).click()
    expect(_said(page, "Good morning!")).to_be_visible()
    expect(page).not_to_have_title(re.compile(r"^\(1\) "))


def _see_the_other_write(page: Page, other: Page) -> None:
    _field(other).press_sequentially("Good ")
    expect(page.get_by_text("is typing…").first).to_be_visible()
    _field(other).press_sequentially("evening")
    _field(other).press("Shift+Enter")
    _field(other).press_sequentially("to you")
    _field(other).press("Enter")
    expect(_said(page, "Good evening\nto you")).to_be_visible()
    expect(page.get_by_text("is typing…")).to_have_count(0)


def _see_what_was_read(page: Page, other: Page) -> None:
    expect(_said(page, "Good morning!").get_by_role("img", name="Read")).to_be_visible()
    other.goto("/history")
    other.wait_for_load_state("networkidle")
    _say(page, "Are you still there?")
    expect(_said(page, "still there").get_by_role("img", name="Delivered")).to_be_visible()
    other.go_back()
    expect(other.get_by_text("New messages")).to_be_visible()
    expect(_said(page, "still there").get_by_role("img", name="Read")).to_be_visible()


def _answer_and_jump(page: Page, other: Page) -> None:
    _choose(other, "Good morning!", "Reply")
    expect(_field(other)).to_be_focused()
    _say(other, "A good one it is")
    answer = _said(page, "A good one it is")
    answer.get_by_role("button", name="Chloe Chough Good morning!").click()
    rows = page.get_by_role("log").get_by_role("listitem")
    expect(rows.filter(has_text="Good morning!").first).to_be_focused()


def _react(page: Page, other: Page) -> None:
    _row(page, "A good one it is").get_by_role("button", name="Actions").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemradio", name="Like")).to_be_focused()
    assert_page_is_sound(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="1 Love")).to_be_visible()
    expect(other.get_by_role("img", name="1 Love")).to_be_visible()


def _change_and_take_back(page: Page, other: Page) -> None:
    _say(page, "This is wrnog")
    _choose(page, "wrnog", "Edit")
    field = page.get_by_role("textbox", name="Change the message")
    expect(field).to_have_value("This is wrnog")
    field.fill("This is right")
    field.press("Enter")
    expect(_said(other, "This is right")).to_contain_text("edited")
    _choose(page, "This is right", "Unsend")
    page.get_by_role("dialog").get_by_role("button", name="Unsend").click()
    for each in (page, other):
        expect(each.get_by_text("This is right")).to_have_count(0)
        expect(each.get_by_text("This message was unsent.")).to_be_visible()


def _write_what_is_no_markup(page: Page, other: Page) -> None:
    _say(page, HEBREW)
    seen = _said(other, HEBREW)
    expect(seen).to_be_visible()
    assert seen.get_by_text(HEBREW).evaluate("text => getComputedStyle(text).direction") == "rtl"
    _say(page, LONG_WORD * 3)
    _field(page).press_sequentially("Look, @dm")
    expect(page.get_by_role("option", name="Dmitri Dunlin")).to_be_visible()
    _field(page).press("Enter")
    _field(page).press_sequentially("https://example.org/a?b=1.")
    _field(page).press("Enter")
    link = _said(other, "Look, @dmitri").get_by_role("link", name="@dmitri")
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
    card = _said(other, "This one!")
    expect(card.get_by_role("link", name=re.compile("Choughs over the cliff"))).to_be_visible()
    card.get_by_role("button", name="Play").click()
    other.wait_for_function("() => document.querySelector('[role=log] video')?.currentTime > 30")
    other.evaluate("document.querySelector('[role=log] video').pause()")
    page.goto("/chat")
    page.get_by_role("link", name="Dmitri Dunlin").click()
    expect(_said(page, "This one!")).to_be_visible()


@pytest.mark.timeout(180)
def test_what_is_written_without_a_connection_is_sent_once(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow(r"net::ERR_INTERNET_DISCONNECTED")
    watched.allow(r"WebSocket connection to .* failed")
    one = _open_to_all(site, site.join("fleur", "Fleur Finch"))
    other = _open_to_all(site, site.join("goran", "Goran Goldcrest"))
    conversation = _direct(site, one, other)
    ours, theirs = visit(site, one), visit(site, other)
    for page in (ours, theirs):
        page.goto(f"/chat/{conversation}")
        expect(_field(page)).to_be_visible()
    ours.context.set_offline(True)
    _say(ours, "Into the void")
    _say(ours, "And again")
    expect(ours.get_by_text("Not sent yet.").first).to_be_visible()
    assert_page_is_sound(ours)
    expect(theirs.get_by_role("log").get_by_role("article")).to_have_count(0)
    ours.context.set_offline(False)
    for text in ("Into the void", "And again"):
        expect(_said(theirs, text)).to_be_visible()
        expect(_said(ours, text).get_by_role("img", name=re.compile("Sent|Read"))).to_be_visible()
    for page in (ours, theirs):
        articles = page.get_by_role("log").get_by_role("article")
        expect(articles).to_have_count(2)
        expect(articles).to_contain_text(["Into the void", "And again"])


def test_a_draft_and_what_was_refused_outlive_the_page(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow(r"status of 403")
    one = site.join("hedda", "Hedda Heron")
    other = _open_to_all(site, site.join("ivo", "Ivo Ibis"))
    conversation = _direct(site, one, other)
    page = visit(site, one)
    page.goto(f"/chat/{conversation}")
    page.route(
        "**/messages",
        lambda route: (
            route.fulfill(status=403, json={"code": "not_allowed", "title": "No"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    _say(page, "Can you hear me?")
    expect(page.get_by_text("Not sent. You are not allowed to do this.")).to_be_visible()
    _field(page).fill("A draft")
    page.unroute("**/messages")
    page.reload()
    expect(_field(page)).to_have_value("A draft")
    expect(page.get_by_text("Not sent.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Not sent.")).to_have_count(0)
    expect(_said(page, "Can you hear me?")).to_have_count(1)


@pytest.mark.timeout(180)
def test_a_request_is_accepted_on_a_phone(site: Site, visit: Visit) -> None:
    edda = site.join("edda", "Edda Eider")
    site.ask("PATCH", "/api/me", {"may_write": "nobody"}, by=edda)
    theirs = visit(site, site.join("nils", "Nils Nightjar"))
    theirs.goto("/people/edda")
    theirs.get_by_role("button", name="Message").click()
    _say(theirs, "May I ask you something?")
    expect(theirs.get_by_text("Edda Eider can accept your message or decline it.")).to_be_visible()
    ours = visit(site, edda, viewport=NARROWEST, is_mobile=True, has_touch=True)
    ours.goto("/chat")
    expect(ours.get_by_role("heading", name="1 request")).to_be_visible()
    assert_page_is_sound(ours)
    ours.get_by_role("link", name="Nils Nightjar").tap()
    expect(_said(ours, "May I ask you something?")).to_be_visible()
    assert_page_is_sound(ours)
    ours.get_by_role("button", name="Accept", exact=True).last.tap()
    expect(_field(theirs)).to_be_visible()
    _field(ours).fill("Of course")
    ours.get_by_role("button", name="Send").tap()
    expect(_said(theirs, "Of course")).to_be_visible()
    _press_for_long(ours, "May I ask")
    assert_page_is_sound(ours)
    ours.get_by_role("menuitemradio", name="Wow").tap()
    expect(theirs.get_by_role("img", name="1 Wow")).to_be_visible()
    ours.get_by_role("link", name="All conversations").tap()
    expect(ours.get_by_role("link", name="Nils Nightjar")).to_be_visible()
    expect(_field(ours)).to_be_hidden()


def _press_for_long(page: Page, text: str) -> None:
    box = _said(page, text).bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    place = {"x": box["x"] + 20, "y": box["y"] + 12}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})
    expect(page.get_by_role("dialog", name="Actions")).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.timeout(180)
def test_a_group_from_its_beginning_to_its_end(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    # A page that is told of a change asks once more for what its person has just left.
    watched.allow(r"status of 404 .*/api/chat/conversations/")
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
    expect(_told(ours, "You made the group “Waders”")).to_be_visible()
    theirs.get_by_role("link", name=re.compile("Waders")).click()
    expect(_told(theirs, "Lena Lapwing made the group “Waders”")).to_be_visible()
    ours.get_by_role("button", name="Waders").click()
    group = ours.get_by_role("dialog", name="Waders")
    assert_page_is_sound(ours)
    group.get_by_role("textbox", name="Name of the group").fill("Waders and friends")
    group.get_by_role("button", name="Save").click()
    expect(theirs.get_by_role("heading", name="Waders and friends")).to_be_visible()
    ours.get_by_role("button", name="What to do with Milo Merlin").click()
    ours.get_by_role("menuitem", name="Make an admin").click()
    expect(_told(theirs, "Lena Lapwing made you an admin")).to_be_visible()
    ours.keyboard.press("Escape")
    _say(ours, "Who is there?")
    expect(_said(theirs, "Who is there?")).to_be_visible()
    _choose(ours, "Who is there?", "Read by")
    readers = ours.get_by_role("dialog", name="Read by")
    expect(readers.get_by_role("region", name="Have read it")).to_contain_text("Milo Merlin")
    assert_page_is_sound(ours)
    ours.keyboard.press("Escape")
    theirs.get_by_role("button", name="Waders and friends").click()
    theirs.get_by_role("button", name="Leave the group").click()
    sure = theirs.get_by_role("dialog", name="Leave this group?")
    sure.get_by_role("button", name="Leave the group").click()
    expect(_told(ours, "Milo Merlin left")).to_be_visible()
    expect(theirs.get_by_role("link", name=re.compile("Waders"))).to_have_count(0)


@pytest.mark.timeout(180)
def test_long_conversations_open_at_what_is_new_and_scroll_back(site: Site, visit: Visit) -> None:
    one = _open_to_all(site, site.join("jonas", "Jonas Jackdaw"))
    other = _open_to_all(site, site.join("kira", "Kira Kestrel"))
    conversation = _direct(site, one, other)
    path = f"/api/chat/conversations/{conversation}"
    for number in range(1, 61):
        # More than thirty in a minute of one person are refused.
        body = {"client_id": f"00000000-0000-4000-8000-{number:012}", "text": f"Number {number}"}
        site.ask("POST", f"{path}/messages", body, by=one if number % 2 else other)
    page = visit(site, other)
    page.goto(f"/chat/{conversation}")
    expect(_said(page, "Number 59")).to_be_in_viewport()
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
    expect(_said(page, "Number 60")).to_be_in_viewport()


def test_a_conversation_is_muted_pinned_deleted_and_blocked(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    # A page that is told of a block asks once more for what it closes.
    watched.allow(r"status of 404 .*/api/chat/conversations/")
    one = _open_to_all(site, site.join("oskar", "Oskar Ouzel"))
    other = _open_to_all(site, site.join("petra", "Petra Pipit"))
    conversation = _direct(site, one, other)
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
    expect(_said(page, "Good day")).to_be_visible()
    _choose_for_all(page, "Block")
    page.get_by_role("dialog").get_by_role("button", name="Block").click()
    expect(page.get_by_text("No conversations yet")).to_be_visible()
    page.goto("/people/petra")
    page.get_by_role("button", name="Unblock").click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("button", name="Message", exact=True).click()
    expect(_said(page, "Good day")).to_be_visible()


def _choose_for_all(page: Page, action: str) -> None:
    """Choose from the menu of the conversation that is open."""
    page.get_by_role("button", name="What to do with this conversation").click()
    page.get_by_role("menuitem", name=action).click()
