"""What an admin decides, seen on the pages of those whom it concerns."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.factories.clips import make_clip
from tests.factories.site import PASSWORD, Site
from tests.fixtures.browser import PageWatch, assert_page_is_sound


def test_an_admin_limits_and_disables_a_member(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    # What is refused on purpose below, a browser notes in its console.
    watched.allow(r"status of 40[13] ")
    theirs = visit(site, site.join("norma", "Norma Night"))
    theirs.goto("/upload")
    expect(theirs.get_by_text("4 GB of 4 GB left this week")).to_be_visible()
    page = visit(site, site.admin)
    page.goto("/admin/members")
    page.get_by_role("searchbox", name="Search by name or e-mail").fill("Norma")
    row = page.get_by_role("main").get_by_role("listitem")
    expect(row).to_have_count(1)

    _choose(page, "Norma Night", "Set upload limit")
    dialog = page.get_by_role("dialog", name="Upload limit of Norma Night")
    dialog.get_by_label("Each week").fill("0.5")
    dialog.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("own limit 512 MB")
    theirs.reload()
    expect(theirs.get_by_text("512 MB of 512 MB left this week")).to_be_visible()

    _choose(page, "Norma Night", "Disable account")
    sure = page.get_by_role("dialog", name="Disable this account?")
    expect(sure).to_contain_text("Norma Night is signed out at once")
    sure.get_by_role("button", name="Disable account").click()
    expect(row.get_by_text("Disabled", exact=True)).to_be_visible()
    assert_page_is_sound(page)
    theirs.get_by_role("link", name="My videos").first.click()
    expect(theirs).to_have_url(re.compile("/sign-in"))
    _sign_in(theirs)
    expect(
        theirs.get_by_text("This account has been disabled. Please ask an admin.")
    ).to_be_visible()

    _choose(page, "Norma Night", "Enable account")
    expect(row.get_by_text("Disabled", exact=True)).to_be_hidden()
    _sign_in(theirs)
    expect(theirs.get_by_role("heading", name="My videos")).to_be_visible()


def _choose(page: Page, name: str, action: str) -> None:
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=action).click()


def _sign_in(page: Page) -> None:
    page.get_by_label("Username or e-mail").fill("norma")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_the_videos_of_a_deleted_category_move_or_stay_without_one(
    site: Site, visit: Visit
) -> None:
    rivers, lakes = site.add_category("Rivers"), site.add_category("Lakes")
    videos = [
        site.add_video(site.admin, make_clip("silent"), title, category_id=rivers)
        for title in ("The Ebro", "The Tagus")
    ]
    for video in videos:
        site.wait_for(video)
    page = visit(site, site.admin)
    page.goto("/admin/categories")
    _choose(page, "Rivers", "Delete")
    dialog = page.get_by_role("dialog", name="Delete “Rivers”?")
    expect(dialog).to_contain_text("2 videos are still in it. Where should they go?")
    assert_page_is_sound(page)
    dialog.get_by_role("combobox", name="Move to").click()
    page.get_by_role("option", name="Lakes").click()
    dialog.get_by_role("button", name="Delete").click()
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows.filter(has_text="Rivers")).to_be_hidden()
    expect(rows.filter(has_text="Lakes")).to_contain_text("2 videos")
    assert {_category_of(site, video) for video in videos} == {lakes}

    _choose(page, "Lakes", "Delete")
    dialog = page.get_by_role("dialog", name="Delete “Lakes”?")
    expect(dialog.get_by_role("combobox", name="Move to")).to_have_value("No category")
    dialog.get_by_role("button", name="Delete").click()
    expect(rows.filter(has_text="Lakes")).to_be_hidden()
    assert {_category_of(site, video) for video in videos} == {None}


def _category_of(site: Site, video_id: str) -> str | None:
    category: dict[str, str] | None = site.ask("GET", f"/api/videos/{video_id}")["category"]
    return category["id"] if category else None


def test_the_video_that_an_admin_features_leads_the_home_page(site: Site, visit: Visit) -> None:
    video_id = site.add_video(site.admin, make_clip("large"), "The big picture")
    site.wait_for(video_id)
    page = visit(site, site.admin)
    page.goto("/my-videos")
    page.get_by_role("button", name="More for The big picture").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit video")
    dialog.get_by_role("switch", name="Feature it on the home page").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()

    theirs = visit(site, site.join("hugo"))
    theirs.goto("/")
    hero = theirs.get_by_role("region", name="Featured")
    expect(hero.get_by_role("heading", name="The big picture")).to_be_visible()
    theirs.wait_for_function("() => document.querySelector('section video')?.currentTime > 0.2")
    assert_page_is_sound(theirs)
    hero.get_by_role("link", name="Play").click()
    expect(theirs).to_have_url(re.compile(f"/watch/{video_id}"))
