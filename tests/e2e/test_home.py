"""Browsing: the hero, rows by keyboard, the history; and what others decide to show there."""

import re
from base64 import b64decode

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import assert_page_is_sound

# A dot is enough of a picture.
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
FORGOTTEN = re.compile(r"/api/videos/.+/progress$")


def _watch(site: Site, person: Person, video_id: str) -> None:
    report = {"watched_seconds": 1, "duration_seconds": 60, "last_position": 1}
    site.ask("PUT", f"/api/videos/{video_id}/progress", report, by=person)


@pytest.mark.timeout(300)
def test_what_was_watched_is_found_again_and_taken_out(site: Site, visit: Visit) -> None:
    oona = site.join("oona", "Oona Member")
    for title in ("The first tide", "The second tide", "The third tide"):
        video_id = site.add_video(oona, make_clip("normal"), title)
        site.wait_for(video_id)
        _watch(site, oona, video_id)
    page = visit(site, oona)
    _take_out_and_back_on_the_home_page(page)
    _take_out_and_leave(page)
    _clear(page)


def _take_out_and_back_on_the_home_page(page: Page) -> None:
    page.goto("/")
    row = page.get_by_role("region", name="Continue watching")
    tiles = row.get_by_role("heading", level=3)
    expect(tiles).to_have_text(["The third tide", "The second tide", "The first tide"])
    row.get_by_role("button", name="More for The second tide").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Remove from history").click()
    expect(tiles).to_have_text(["The third tide", "The first tide"])
    expect(row.get_by_role("link", name="The first tide")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(tiles).to_have_count(3)


def _take_out_and_leave(page: Page) -> None:
    page.get_by_role("region", name="Continue watching").get_by_role("link", name="History").click()
    entries = page.get_by_role("main").get_by_role("listitem")
    expect(entries).to_have_count(3)
    assert_page_is_sound(page)
    page.get_by_role("button", name="Remove from history: The third tide").click()
    expect(entries).to_have_count(2)
    with page.expect_response(FORGOTTEN) as forgotten:
        page.get_by_role("link", name="Home", exact=True).click()
    assert forgotten.value.ok
    tiles = page.get_by_role("region", name="Continue watching").get_by_role("heading", level=3)
    expect(tiles).to_have_text(["The second tide", "The first tide"])


def _clear(page: Page) -> None:
    page.goto("/history")
    page.get_by_role("button", name="Remove all").click()
    question = page.get_by_role("dialog", name="Remove your whole history?")
    question.get_by_role("button", name="Remove all").click()
    expect(page.get_by_text("You have not watched anything yet")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("region", name="New")).to_be_visible()
    expect(page.get_by_role("region", name="Continue watching")).to_be_hidden()


@pytest.mark.timeout(300)
def test_the_hero_plays_while_it_is_in_sight_and_counts_for_nothing(
    own_site: Site, visit: Visit
) -> None:
    pia = own_site.join("pia", "Pia Member")
    hero = own_site.add_video(own_site.admin, make_clip("normal"), "The lamp is lit")
    own_site.wait_for(hero)
    own_site.ask("PATCH", f"/api/videos/{hero}", {"is_hero": True})
    page = visit(own_site, pia, viewport={"width": 1280, "height": 420})
    told: list[str] = []
    page.on("request", lambda request: told.append(f"{request.method} {request.url}"))
    page.goto("/")
    wait_for_video(page, "!video.paused && video.muted && video.loop && video.currentTime > 0.3")
    page.mouse.move(640, 300)
    page.mouse.wheel(0, 5000)
    wait_for_video(page, "video.paused")
    page.mouse.wheel(0, -5000)
    wait_for_video(page, "!video.paused")
    page.get_by_role("button", name="Pause the preview").click()
    wait_for_video(page, "video.paused")
    page.get_by_role("button", name="Play the preview").click()
    wait_for_video(page, "!video.paused")
    # It has looped by now: the whole of it has been seen.
    wait_for_video(page, "video.played.length > 0 && video.played.end(0) > video.duration - 1")
    page.reload()
    expect(page.get_by_role("region", name="Featured")).to_be_visible()
    assert not [one for one in told if one.endswith("/progress")]
    seen = own_site.ask("GET", f"/api/videos/{hero}", by=pia)
    assert (seen["view_count"], seen["progress"]) == (0, None)


SAVES_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"


@pytest.mark.parametrize("why", ["reduced motion", "save data"])
def test_the_hero_stands_still_for_who_asked_for_calm_or_for_few_bytes(
    site: Site, visit: Visit, why: str
) -> None:
    quinn = site.join(f"quinn-{why.split(maxsplit=1)[0]}", "Quinn Member")
    hero = site.add_video(site.admin, make_clip("normal"), "A quiet lamp")
    site.wait_for(hero)
    site.ask("PATCH", f"/api/videos/{hero}", {"is_hero": True})
    options = {"reduced_motion": "reduce"} if why == "reduced motion" else {}
    page = visit(site, quinn, **options)
    if why == "save data":
        page.add_init_script(SAVES_DATA)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    expect(page.get_by_role("region", name="Featured")).to_contain_text("A quiet lamp")
    # Longer than the preview waits for the page to settle.
    page.wait_for_timeout(3000)
    assert page.locator("video").count() == 0
    assert not [url for url in asked if "playback" in url or ".m3u8" in url]
    site.ask("PATCH", f"/api/videos/{hero}", {"is_hero": False})


@pytest.mark.timeout(300)
def test_rows_page_by_keyboard_and_wheel(site: Site, visit: Visit) -> None:
    rosa = site.join("rosa", "Rosa Member")
    titles = [f"Wave {number}" for number in range(1, 8)]
    for title in titles:
        site.wait_for(site.add_video(rosa, make_clip("normal"), title))
    page = visit(site, rosa)
    page.goto("/")
    row = page.get_by_role("region", name="New", exact=True)
    row.get_by_role("link", name="Wave 7").focus()
    for title in reversed(titles[:-1]):
        page.keyboard.press("ArrowRight")
        expect(row.get_by_role("link", name=title)).to_be_focused()
    expect(row.get_by_role("link", name="Wave 1")).to_be_in_viewport()
    back = row.get_by_role("button", name="Scroll back: New")
    back.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
    expect(row.get_by_role("link", name="Wave 7")).to_be_in_viewport()
    expect(back).to_be_focused()
    expect(back).to_have_attribute("aria-disabled", "true")
    row.get_by_role("listitem").first.hover()
    page.keyboard.down("Shift")
    page.mouse.wheel(0, 2000)
    page.keyboard.up("Shift")
    expect(row.get_by_role("link", name="Wave 7")).not_to_be_in_viewport()
    assert_page_is_sound(page)


@pytest.mark.timeout(300)
def test_a_video_comes_at_its_moment_in_the_time_zone_of_its_owner(
    site: Site, visit: Visit
) -> None:
    tara = site.join("tara", "Tara Member")
    site.ask("PATCH", "/api/me", {"time_zone": "Asia/Kathmandu"}, by=tara)
    video_id = site.add_video(tara, make_clip("normal"), "For another day")
    site.wait_for(video_id)
    page = visit(site, tara)
    page.goto("/my-videos")
    page.get_by_role("button", name="More for For another day").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit video")
    dialog.get_by_role("combobox", name="Who sees it").click()
    page.get_by_role("option", name="Everybody, later").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Choose a moment that is still to come")).to_be_visible()
    dialog.get_by_label("From").fill("2099-01-02T09:45")
    assert_page_is_sound(page)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Comes Jan 2, 2099, 9:45")).to_be_visible()
    found = site.ask("GET", f"/api/videos/{video_id}", by=tara)
    assert found["published_at"] == "2099-01-02T04:00:00Z"
    assert site.admin.client.get("/api/videos").text.count("For another day") == 0


@pytest.mark.timeout(300)
def test_a_moderator_withdraws_a_video_and_publishes_it_again(site: Site, visit: Visit) -> None:
    uma = site.join("uma", "Uma Member")
    moderator = site.join("vera", "Vera Moderator")
    site.ask("PATCH", f"/api/admin/members/{moderator.id}", {"role": "moderator"})
    video_id = site.add_video(uma, make_clip("normal"), "Against the rules")
    site.wait_for(video_id)
    page = visit(site, moderator)
    page.goto("/newest")
    page.get_by_role("button", name="More for Against the rules").click()
    page.get_by_role("menuitem", name="Withdraw").click()
    question = page.get_by_role("dialog", name="Withdraw this video?")
    question.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("link", name="Against the rules")).to_be_hidden()
    page.get_by_role("navigation").get_by_role("link", name="Moderation").first.click()
    expect(page.get_by_role("heading", name="Against the rules")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("button", name="Publish again: Against the rules").click()
    expect(page.get_by_text("Nothing is withdrawn")).to_be_visible()
    log = site.ask("GET", "/api/admin/audit-log?kind=video")["items"]
    told = [entry["action"] for entry in log if entry["actor"]["username"] == "vera"]
    assert told == ["video.published", "video.unpublished"]


@pytest.mark.timeout(300)
def test_categories_are_put_in_order_and_have_pictures(own_site: Site, visit: Visit) -> None:
    for name in ("Anchors", "Buoys", "Currents"):
        own_site.add_category(name)
    page = visit(own_site, own_site.admin)
    page.goto("/admin/categories")
    names = page.get_by_role("list", name="Categories").get_by_role("paragraph")
    row = page.get_by_role("list", name="Categories").get_by_role("listitem")
    expect(row.nth(0)).to_contain_text("Anchors")
    handle = page.get_by_role("button", name="Move Currents")
    handle.focus()
    with page.expect_response("/api/categories"):
        page.keyboard.press("Home")
    expect(row.nth(0)).to_contain_text("Currents")
    expect(handle).to_be_focused()
    page.reload()
    expect(row.nth(0)).to_contain_text("Currents")
    assert names.count() == 6
    page.get_by_role("button", name="Actions for Currents").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit category")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Add a picture").click()
    picture: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE}
    chooser.value.set_files(picture)
    expect(dialog.get_by_role("img", name="Picture")).to_be_visible()
    assert_page_is_sound(page)
