"""Every page, as a person with things to see opens it: wide and narrow, light and dark."""

import re
from pathlib import Path
from typing import NamedTuple

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
LEARNERS_PARTS = ("", "/watched", "/not there yet", "/read", "/answered")
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


class Look(NamedTuple):
    path: str
    name: str | None = None


class Tabs(NamedTuple):
    """The same page side by side, so that one is looked at while the other loads."""

    wide: Page
    narrow: Page


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
    everything = [
        *(Look(f"/courses/{course}{part}") for part in LEARNERS_PARTS),
        *(Look(f"/courses/{course}/edit{part}") for part in AUTHORS_PARTS),
        *map(Look, OWN_PAGES),
        Look("/"),
        Look(f"/watch/{good}", "watch"),
        Look("/my-videos"),
        Look(f"/playlist/{playlist}", "playlist"),
        Look(f"/watch/{good}?list={playlist}", "watch-playlist"),
    ]
    tabs = Tabs(*(visit(site, site.admin, viewport=window) for window in (DESKTOP, NARROWEST)))
    for look in everything:
        _look(tabs, look)
    for tab in tabs:
        _shows_what_there_is(tab)
    strangers = Tabs(*(visit(site, viewport=window) for window in (DESKTOP, NARROWEST)))
    for path in STRANGERS_PAGES:
        _look(strangers, Look(path))


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


def _shows_what_there_is(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text(LONG_NAME).first).to_be_visible()
    page.goto("/my-videos")
    expect(page.get_by_text("Only the sound of it")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Try again")).first).to_be_visible()


def _look(tabs: Tabs, look: Look) -> None:
    for page in tabs:
        page.goto(look.path, wait_until="commit")
    for page in tabs:
        expect(page.get_by_role("heading").first).to_be_visible()
        page.wait_for_load_state("networkidle")
    name = look.name or re.sub(r"\W+", "-", look.path).strip("-") or "home"
    for width, page in tabs._asdict().items():
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
