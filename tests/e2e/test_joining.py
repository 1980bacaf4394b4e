"""From an empty machine to a member who feels at home."""

import io
import re

import httpx
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Visit, assert_nothing_broke
from tests.factories.site import PASSWORD
from tests.fixtures.browser import PHONE, PageWatch, assert_page_is_sound
from tests.fixtures.server import StartServer

NEW_PASSWORD = "another long pass phrase"


def test_first_run_invitation_and_an_account_of_ones_own(
    start_server: StartServer, visit: Visit, watched: PageWatch
) -> None:
    # What is refused on purpose below, a browser notes in its console.
    watched.allow(r"status of 4(01|03|09|10) ")
    server = start_server()
    admin = visit(server)
    _run_for_the_first_time(admin)
    link = _invite(admin)

    member = visit(server)
    _accept(member, link)
    stranger = visit(server)
    stranger.goto(link)
    expect(stranger.get_by_text("This invitation is no longer valid")).to_be_visible()

    _choose_a_picture(member)
    phone = visit(server, viewport=PHONE, is_mobile=True, has_touch=True)
    _sign_in(phone, PASSWORD)
    expect(phone.get_by_role("heading", name="The hall is still empty")).to_be_visible()
    _end_the_other_session(member, phone)
    _sign_in(phone, PASSWORD)
    _change_the_password(member, phone)
    _make_a_token(member, server.url)
    _go_spanish_and_dark(member)
    assert_nothing_broke(server)


def _run_for_the_first_time(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/first-run$"))
    assert_page_is_sound(page)
    page.get_by_role("button", name="Open the doors").click()
    expect(page.get_by_text("Please fill this in").first).to_be_visible()
    page.get_by_label("Name of your community").fill("The Lighthouse")
    _fill_account(page, "Frances Founder", "founder")
    page.get_by_role("button", name="Open the doors").click()
    expect(page.get_by_role("heading", name="The hall is still empty")).to_be_visible()
    expect(page.get_by_role("banner").get_by_text("The Lighthouse")).to_be_visible()
    page.goto("/first-run")
    expect(page).not_to_have_url(re.compile("/first-run$"))


def _fill_account(page: Page, name: str, username: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Username").fill(username)
    page.get_by_label("E-mail").fill(f"{username}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)


def _invite(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("navigation").get_by_role("link", name="Invitations").click()
    expect(page.get_by_text("No invitations yet")).to_be_visible()
    page.get_by_role("button", name="New invitation").click()
    dialog = page.get_by_role("dialog", name="New invitation")
    dialog.get_by_role("button", name="Make invitation").click()
    link: str = dialog.locator("pre").inner_text()
    dialog.get_by_role("button", name="Copy link").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="Anyone with the link")).to_contain_text(
        "Open"
    )
    return link


def _accept(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Join The Lighthouse")).to_be_visible()
    expect(page.get_by_text("Frances Founder has invited you")).to_be_visible()
    # Somebody has this name: the refusal stands at the field, and nothing typed is lost.
    _fill_account(page, "Maria Member", "founder")
    page.get_by_role("button", name="Accept and come in").click()
    expect(page.get_by_text("Somebody has this name already.")).to_be_visible()
    page.get_by_label("Username").fill("maria")
    page.get_by_label("E-mail").fill("maria@example.org")
    page.get_by_role("button", name="Accept and come in").click()
    expect(page.get_by_role("heading", name="The hall is still empty")).to_be_visible()


def _choose_a_picture(page: Page) -> None:
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("menuitem", name="Account").click()
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()
    drawn = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(drawn, "PNG")
    picture = FilePayload(name="me.png", mimeType="image/png", buffer=drawn.getvalue())
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("button", name="Change picture")).to_be_visible()
    image = page.get_by_role("button", name="Account menu").locator("img")
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    page.get_by_label("About you").fill("I film birds.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def _sign_in(page: Page, password: str) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Username or e-mail").fill("maria@example.org")
    page.get_by_label("Password", exact=True).fill("not the pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("The name or the password is not right.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("/sign-in"))


def _end_the_other_session(page: Page, other: Page) -> None:
    page.get_by_role("link", name="Security").click()
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="This device")).to_have_count(1)
    rows.get_by_role("button", name="Sign out").click()
    expect(rows).to_have_count(1)
    # The other device finds out at its next request, whatever it asks for, if not before.
    other.evaluate("""() => document.querySelector('a[href="/my-videos"]')?.click()""")
    expect(other).to_have_url(re.compile("/sign-in"))


def _change_the_password(page: Page, other: Page) -> None:
    page.get_by_label("Current password").fill("not the pass phrase")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your current password is not right.")).to_be_visible()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password is changed")).to_be_visible()
    other.get_by_role("link", name="My videos").click()
    expect(other).to_have_url(re.compile("/sign-in"))
    other.get_by_label("Username or e-mail").fill("maria")
    other.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="My videos")).to_be_visible()


def _make_a_token(page: Page, url: str) -> None:
    page.get_by_role("link", name="API tokens").click()
    expect(page.get_by_text("No tokens")).to_be_visible()
    page.get_by_role("button", name="New token").click()
    dialog = page.get_by_role("dialog", name="New token")
    dialog.get_by_label("Name").fill("Backup script")
    dialog.get_by_role("button", name="Make token").click()
    token: str = dialog.locator("pre").inner_text()
    who = httpx.get(f"{url}/api/me", headers={"Authorization": f"Bearer {token}"})
    assert who.json()["username"] == "maria"
    dialog.get_by_role("button", name="Done").click()
    expect(page.get_by_role("listitem").filter(has_text="Backup script")).to_be_visible()
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text="Backup script")).to_be_visible()
    assert token not in page.content()


def _go_spanish_and_dark(page: Page) -> None:
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("combobox", name="Theme").click()
    page.get_by_role("option", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Español").click()
    expect(page.get_by_role("heading", name="Cuenta")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Cuenta")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.get_by_label("Sobre ti")).to_have_value("I film birds.")
