"""Every page, as a person with things to see opens it: wide and narrow, light and dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import teaching
from tests.e2e.conftest import Visit
from tests.factories.clips import make_clip
from tests.factories.courses import lesson
from tests.factories.site import Site
from tests.fixtures.browser import DESKTOP, NARROWEST, PageWatch, assert_page_is_sound

PICTURES = Path(__file__).parents[2] / "test-results" / "screenshots"
LONG_NAME = "An evening that nobody will forget, told by everybody who was there, without cuts"
OWN_PAGES = (
    "/upload",
    "/newest",
    "/playlists",
    "/playlists/public",
    "/courses",
    "/courses?show=mine",
    "/courses?show=teaching",
    "/courses/new",
    "/history",
    "/chat",
    "/moderation",
    "/account",
    "/account/security",
    "/account/tokens",
    "/admin/options",
    "/admin/members",
    "/admin/invitations",
    "/admin/categories",
    "/admin/course-videos",
    "/admin/audit-log",
    "/admin/stream-videos",
    "/people/founder",
    "/people/nobody",
    "/tag/evening",
    "/tag/nothing",
    "/category/evenings",
    "/search",
    "/search?q=evening+light",
    "/search?q=evening&length=long",
    "/nothing/here",
)
AUTHORS_PARTS = (
    "",
    "/details",
    "/learners",
    "/lessons/watched",
    "/lessons/read",
    "/lessons/answered",
    "/lessons/gone",
)
STRANGERS_PAGES = (
    "/sign-in",
    "/reset",
    "/invite/not-a-secret",
    "/reset/not-a-secret",
    "/certificates/not-a-code",
)


@pytest.mark.timeout(600)
def test_every_page_is_sound(site: Site, visit: Visit, watched: PageWatch) -> None:
    # Made-up links are meant to be unknown, and a browser notes that as an error.
    watched.allow(r"status of 404 .*/by-secret/not-a-secret\)$")
    watched.allow(r"status of 404 .*/password-resets/not-a-secret\)$")
    watched.allow(r"status of 404 .*/api/people/nobody\)$")
    watched.allow(r"status of 404 .*/api/certificates/not-a-code\)$")
    PICTURES.mkdir(parents=True, exist_ok=True)
    site.add_category("Evenings")
    good = site.add_video(site.admin, make_clip("normal"), LONG_NAME)
    bad = site.add_video(site.admin, make_clip("sound_with_cover"), "Only the sound of it")
    site.wait_for(good)
    site.wait_for(bad, "error")
    changes = {"is_hero": True, "tags": ["evening", "a tag as long as tags are allowed to be here"]}
    site.ask("PATCH", f"/api/videos/{good}", changes)
    captions = {"file": ("light.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nLight & shadow\n")}
    site.admin.client.post(
        f"/api/videos/{good}/captions", files=captions, data={"language": "en"}
    ).raise_for_status()
    new_list = {"title": LONG_NAME, "is_public": True, "video_id": good}
    playlist = site.ask("POST", "/api/playlists", new_list)["id"]
    course = _add_course(site)
    for width, window in (("wide", DESKTOP), ("narrow", NARROWEST)):
        page = visit(site, site.admin, viewport=window)
        _home_watching_and_mine(page, width, good)
        _look(page, width, f"/playlist/{playlist}", "playlist")
        _look(page, width, f"/watch/{good}?list={playlist}", "watch-playlist")
        for part in ("", "/watched", "/not there yet", "/read", "/answered"):
            _look(page, width, f"/courses/{course}{part}")
        for part in AUTHORS_PARTS:
            _look(page, width, f"/courses/{course}/edit{part}")
        for path in OWN_PAGES:
            _look(page, width, path)
        stranger = visit(site, viewport=window)
        for path in STRANGERS_PAGES:
            _look(stranger, width, path)


def _add_course(site: Site) -> str:
    course_id, slug = teaching.add_course(
        site,
        LONG_NAME,
        lesson("watched", title=LONG_NAME, is_preview=True),
        lesson("not there yet"),
        lesson("read", "text", title=LONG_NAME),
        lesson("answered", "quiz"),
        description="What it is about.\n\n" + LONG_NAME,
    )
    teaching.add_lesson_video(site, course_id, "watched", make_clip("normal"))
    teaching.send(site, f"/api/courses/{course_id}/preview", make_clip("normal"))
    text = "# A heading\n\n- one\n- [two](https://example.org)\n\n| a | b |\n|---|---|\n| c | d |\n"
    teaching.write_text(site, course_id, "read", text)
    teaching.write_quiz(site, course_id, "answered")
    site.ask("PUT", f"/api/courses/{course_id}/enrolment")
    return slug


def _home_watching_and_mine(page: Page, width: str, good: str) -> None:
    _look(page, width, "/")
    expect(page.get_by_text(LONG_NAME).first).to_be_visible()
    _look(page, width, f"/watch/{good}", "watch")
    _look(page, width, "/my-videos")
    expect(page.get_by_text("Only the sound of it")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Try again")).first).to_be_visible()


def _look(page: Page, width: str, path: str, name: str | None = None) -> None:
    page.goto(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    name = name or re.sub(r"\W+", "-", path).strip("-") or "home"
    assert_page_is_sound(page, PICTURES / f"{name}-{width}")


def test_dialogs_hold_the_keyboard_and_give_it_back(site: Site, visit: Visit) -> None:
    page = visit(site, site.admin)
    page.goto("/admin/categories")
    opener = page.get_by_role("button", name=re.compile("category", re.IGNORECASE)).first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
