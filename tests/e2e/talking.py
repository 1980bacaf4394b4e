"""What people do in conversations, in the words of the pages."""

from playwright.sync_api import Locator, Page, expect

from tests.factories.site import Person, Site


def open_to_all(site: Site, person: Person) -> Person:
    site.ask("PATCH", "/api/me", {"may_write": "everyone"}, by=person)
    return person


def begin_direct(site: Site, one: Person, other: Person) -> str:
    body = {"type": "direct", "people": [other.id]}
    conversation_id: str = site.ask("POST", "/api/chat/conversations", body, by=one)["id"]
    return conversation_id


def message_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Write a message")


def said(page: Page, text: str) -> Locator:
    """The newest message with these words."""
    return page.get_by_role("log").get_by_role("article").filter(has_text=text).last


def row_of(page: Page, text: str) -> Locator:
    """The same with what stands beside it."""
    article = page.get_by_role("article").filter(has_text=text)
    return page.get_by_role("log").get_by_role("listitem").filter(has=article).last


def told(page: Page, text: str) -> Locator:
    """What the house says of a group."""
    return page.get_by_role("log").get_by_text(text)


def say(page: Page, text: str) -> None:
    message_field(page).fill(text)
    message_field(page).press("Enter")
    expect(message_field(page)).to_have_value("")


def choose(page: Page, text: str, action: str) -> None:
    """Open the menu of a message and choose from it."""
    row_of(page, text).hover()
    row_of(page, text).get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=action).click()
