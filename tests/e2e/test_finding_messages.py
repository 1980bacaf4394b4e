"""Finding messages, being named in them, and conversations with a long past."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.conftest import Visit
from tests.e2e.long_talk import write_past
from tests.e2e.talking import begin_direct, open_to_all, said, say
from tests.factories.site import Person, Site
from tests.fixtures.browser import PHONE, assert_page_is_sound

PAST = 2000
CHAT = "/api/chat/conversations"


def send(site: Site, talk: str, text: str, *, by: Person, place: int = 1) -> None:
    body = {"client_id": f"{by.id[:-4]}{place:04}", "text": text}
    site.ask("POST", f"{CHAT}/{talk}/messages", body, by=by)


def first_in_sight(page: Page) -> int:
    """Return the number of the first message that the window shows whole."""
    found: int = page.evaluate(
        """() => {
          const top = document.querySelector('[role=log]').getBoundingClientRect().top;
          const rows = [...document.querySelectorAll('[data-number]')];
          return +rows.find((row) => row.getBoundingClientRect().top >= top).dataset.number;
        }"""
    )
    return found


@pytest.mark.timeout(180)
def test_the_list_finds_people_conversations_and_messages(site: Site, visit: Visit) -> None:
    rosa = open_to_all(site, site.join("rosa-robin", "Rosa Robin"))
    stan = open_to_all(site, site.join("stan", "Stan Siskin"))
    open_to_all(site, site.join("rosalind", "Rosalind Rook"))
    talk = begin_direct(site, stan, rosa)
    write_past(site, talk, (stan, rosa), 300)
    site.ask("PUT", f"{CHAT}/{talk}/read", {"number": 300}, by=stan)
    send(site, talk, "Shall we bake a cake for the rosary?", by=rosa)
    write_more = [f"Line {number}" for number in range(3)]
    for place, text in enumerate(write_more, start=2):
        send(site, talk, text, by=rosa, place=place)
    page = visit(site, stan)
    page.goto("/chat")
    field = page.get_by_role("searchbox", name="Search messages")
    field.fill("rosa")
    expect(page.get_by_role("region", name="Conversations")).to_contain_text("Rosa Robin")
    expect(page.get_by_role("region", name="People")).to_contain_text("Rosalind Rook")
    field.fill("baking cakes")
    hit = page.get_by_role("region", name="Messages").get_by_role("link")
    expect(hit).to_have_count(1)
    assert hit.locator("mark").all_text_contents() == ["bake", "cake"]
    assert_page_is_sound(page)
    hit.click()
    expect(said(page, "Shall we bake a cake")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(f"/chat/{talk}$"))
    field.fill("xylophone")
    expect(page.get_by_text("Nothing found for “xylophone”.")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("link", name="Rosa Robin").first).to_be_visible()
    field.fill("rosalind")
    page.get_by_role("button", name="Rosalind Rook").click()
    expect(page.get_by_role("heading", name="Rosalind Rook")).to_be_visible()


@pytest.mark.timeout(180)
def test_one_conversation_is_searched_from_hit_to_hit(site: Site, visit: Visit) -> None:
    toni = open_to_all(site, site.join("toni", "Toni Tern"))
    ursel = open_to_all(site, site.join("ursel", "Ursel Umber"))
    talk = begin_direct(site, toni, ursel)
    send(site, talk, "The first lantern", by=toni)
    for place in range(2, 16):
        send(site, talk, f"Something else {place}\n\n\n\n.", by=ursel, place=place)
    send(site, talk, "Lanterns again", by=toni, place=2)
    page = visit(site, ursel, viewport=PHONE)
    page.goto(f"/chat/{talk}")
    page.get_by_role("button", name="What to do with this conversation").click()
    page.get_by_role("menuitem", name="Search in this conversation").click()
    field = page.get_by_role("textbox", name="Search in this conversation")
    field.fill("lantern")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    expect(said(page, "Lanterns again")).to_be_in_viewport()
    assert_page_is_sound(page)
    page.get_by_role("button", name="Older message").click()
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(said(page, "The first lantern")).to_be_in_viewport()
    field.focus()
    field.press("Shift+Enter")
    expect(said(page, "Lanterns again")).to_be_in_viewport()
    field.fill("nothing like it")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    field.press("Escape")
    expect(field).to_be_hidden()


@pytest.mark.timeout(180)
def test_who_is_named_sees_it_where_the_conversation_is_muted(site: Site, visit: Visit) -> None:
    vito = site.join("vito", "Vito Vireo")
    wanda = site.join("wanda-wren", "Wanda Wren")
    body = {"type": "group", "name": "Hedge", "people": [wanda.id]}
    talk = site.ask("POST", CHAT, body, by=vito)["id"]
    site.ask("PUT", f"{CHAT}/{talk}/read", {"number": 1}, by=wanda)
    site.ask("PATCH", f"{CHAT}/{talk}", {"is_muted": True}, by=wanda)
    page = visit(site, wanda)
    page.goto("/my-videos")
    badge = page.get_by_role("navigation").get_by_role("link", name="Messages").first
    expect(badge).not_to_contain_text("something new")
    send(site, talk, "Is @wanda-wren here?", by=vito)
    expect(badge).to_contain_text("@ 1")
    for place in range(2, 26):
        send(site, talk, f"More {place}\n\n\n.", by=vito, place=place)
    page.goto("/chat")
    row = page.get_by_role("link", name="Hedge")
    expect(row.get_by_text("You were mentioned")).to_be_attached()
    assert_page_is_sound(page)
    row.click()
    page.get_by_role("button", name="To where you were mentioned").click()
    expect(said(page, "Is @wanda-wren here?")).to_be_in_viewport()
    page.get_by_role("button", name="To the newest message").click()
    expect(row.get_by_text("You were mentioned")).to_have_count(0)
    expect(badge).not_to_contain_text("@")


def test_what_is_said_while_a_page_opens_is_not_missed(site: Site, visit: Visit) -> None:
    ulla = open_to_all(site, site.join("ulla", "Ulla Ural"))
    zeno = open_to_all(site, site.join("zeno", "Zeno Zonure"))
    talk = begin_direct(site, ulla, zeno)
    page = visit(site, zeno)
    held: list[WebSocketRoute] = []

    def hold(socket: WebSocketRoute) -> None:
        held.append(socket)

    page.route_web_socket(re.compile("/api/live"), hold)
    page.goto("/my-videos")
    page.wait_for_load_state("networkidle")
    badge = page.get_by_role("navigation").get_by_role("link", name="Messages").first
    send(site, talk, "Are you here?", by=ulla)
    held[0].connect_to_server()
    expect(badge).to_contain_text("1")


@pytest.mark.timeout(240)
def test_a_long_past_opens_at_what_is_new_and_scrolls_without_weight(
    site: Site, visit: Visit
) -> None:
    xaver = open_to_all(site, site.join("xaver", "Xaver Xenops"))
    yola = open_to_all(site, site.join("yola", "Yola Yuhina"))
    talk = begin_direct(site, xaver, yola)
    write_past(site, talk, (xaver, yola), PAST)
    site.ask("PUT", f"{CHAT}/{talk}/read", {"number": PAST - 200}, by=yola)
    page = visit(site, yola)
    page.goto(f"/chat/{talk}")
    log = page.get_by_role("log")
    expect(log.get_by_text("New messages", exact=True)).to_be_in_viewport()
    expect(log.locator(f"[data-number='{PAST - 199}']")).to_be_in_viewport()
    expect(page.get_by_role("button", name="To the newest message")).to_contain_text("200 new")
    log.hover()
    for _ in range(60):
        before = first_in_sight(page)
        page.mouse.wheel(0, -900)
        page.wait_for_timeout(30)
        assert first_in_sight(page) <= before
    assert first_in_sight(page) < PAST - 300
    # What is loaded above moves nothing.
    page.wait_for_timeout(500)
    place = first_in_sight(page)
    page.wait_for_timeout(1500)
    assert first_in_sight(page) == place
    assert log.get_by_role("article").count() < 300
    send(site, talk, "A word of today", by=xaver)
    expect(page.get_by_role("button", name="To the newest message")).to_contain_text("201 new")
    assert first_in_sight(page) == place
    page.get_by_role("button", name="To the newest message").click()
    expect(said(page, "A word of today")).to_be_in_viewport()
    page.goto(f"/chat/{talk}?message=5")
    expect(log.locator("[data-number='5']")).to_be_in_viewport()
    say(page, "And now")
    expect(said(page, "And now")).to_be_in_viewport()
