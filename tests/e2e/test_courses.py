"""Courses as learners take them: from the catalogue to the certificate."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import teaching
from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.courses import curriculum, lesson
from tests.factories.site import Person, Site
from tests.fixtures.browser import NARROWEST, PageWatch, assert_page_is_sound

PROGRESS = re.compile(r"/lessons/[^/]+/progress$")


@pytest.mark.timeout(420)
def test_a_course_from_the_catalogue_to_the_certificate(site: Site, visit: Visit) -> None:
    ida = site.join("ida-learner", "Ida Learner")
    course_id, slug = teaching.add_course(
        site,
        "Lanterns for beginners",
        lesson("welcome", title="Welcome", is_preview=True),
        lesson("module 1: glue?", "text", title="All about glue"),
        lesson("quiz-1", "quiz", title="What do you know?"),
    )
    teaching.add_lesson_video(site, course_id, "welcome", make_clip("normal"))
    teaching.write_text(site, course_id, "module 1: glue?", "# Glue\n\nUse **little** of it.")
    teaching.write_quiz(site, course_id, "quiz-1")
    page = visit(site, ida)
    _enrol(page)
    _seek_to_the_end(page, site, slug, ida)
    _go_on_at_the_right_second(page)
    _watch_all(page)
    _write_a_note(page)
    _discuss(page)
    _read(page)
    _answer(page)
    _take_the_certificate(page, visit, site)
    page.goto("/courses?show=mine")
    expect(page.get_by_role("article")).to_contain_text("Completed")


def _enrol(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Courses").click()
    page.get_by_role("link", name="Lanterns for beginners").click()
    content = page.get_by_role("region", name="What is in it")
    expect(content.get_by_role("link", name="Welcome")).to_be_visible()
    expect(content.get_by_text("All about glue")).to_be_visible()
    expect(content.get_by_role("link", name="All about glue")).to_have_count(0)
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_text("You take “Lanterns for beginners” now")).to_be_visible()
    expect(content.get_by_role("link", name="All about glue")).to_be_visible()
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("heading", name="Welcome", level=1)).to_be_visible()


def _is_completed(site: Site, slug: str, by: Person) -> bool:
    course = site.ask("GET", f"/api/courses/{slug}", by=by)
    done: bool = course["sections"][0]["lessons"][0]["is_completed"]
    return done


def _seek_to_the_end(page: Page, site: Site, slug: str, ida: Person) -> None:
    """Nobody completes a lesson by going to its end."""
    wait_for_video(page, "video.readyState >= 3 && video.duration > 0")
    with page.expect_response(PROGRESS) as told:
        page.evaluate("document.querySelector('video').currentTime = 5.7")
    assert told.value.json()["completed"] is False
    # It ends there, and the next lesson would begin.
    page.get_by_role("region", name="Next up").get_by_role("button", name="Cancel").click()
    assert not _is_completed(site, slug, ida)


def _go_on_at_the_right_second(page: Page) -> None:
    page.evaluate("document.querySelector('video').pause()")
    with page.expect_response(PROGRESS):
        page.evaluate("document.querySelector('video').currentTime = 4.5")
    page.get_by_role("link", name="Lanterns for beginners").click()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text("Going on at 0:01")).to_be_visible()
    wait_for_video(page, "video.currentTime >= 0.9")
    page.get_by_role("button", name="Start over").click()


def _watch_all(page: Page) -> None:
    """The tick appears by itself, and the next lesson begins."""
    countdown = page.get_by_role("region", name="Next up")
    wait_for_video(page, "video.readyState >= 3")
    page.evaluate(
        "() => { const video = document.querySelector('video'); video.currentTime = 0; "
        "return video.play() }"
    )
    expect(countdown).to_contain_text("All about glue")
    outline = page.get_by_role("region", name="Lessons")
    expect(outline.get_by_role("link", name=re.compile("Welcome.*completed"))).to_be_visible()
    expect(outline).to_contain_text("33%")
    countdown.get_by_role("button", name="Cancel").click()


def _write_a_note(page: Page) -> None:
    page.evaluate("document.querySelector('video').currentTime = 2.2")
    notes = page.get_by_role("region", name="My notes")
    notes.get_by_role("button", name="At 0:02").click()
    notes.get_by_label("New note").fill("This is how it is folded")
    notes.get_by_role("button", name="Add note").click()
    expect(notes.get_by_role("listitem")).to_contain_text("This is how it is folded")
    expect(notes.get_by_label("New note")).to_have_value("")
    page.evaluate("document.querySelector('video').currentTime = 4")
    notes.get_by_role("button", name="Go to 0:02").click()
    wait_for_video(page, "video.currentTime >= 2 && video.currentTime < 4")
    notes.get_by_role("button", name="Edit note").click()
    notes.get_by_label("Edit note").fill("Folded twice")
    notes.get_by_role("button", name="Save").click()
    expect(notes.get_by_role("listitem")).to_contain_text("Folded twice")
    notes.get_by_role("button", name="Delete note").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete note").click()
    expect(notes.get_by_role("listitem")).to_have_count(0)


def _discuss(page: Page) -> None:
    page.get_by_role("button", name="Discuss this lesson").click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    expect(page).to_have_url(re.compile("/chat/"))
    page.go_back()


def _read(page: Page) -> None:
    page.get_by_role("link", name="Next: All about glue").click()
    expect(page.get_by_role("heading", name="Glue", exact=True)).to_be_visible()
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("You have read this lesson")).to_be_visible()
    expect(page.get_by_role("region", name="Lessons")).to_contain_text("66%")


def _answer(page: Page) -> None:
    """First wrong, by keyboard; what was right is said only once it is passed."""
    page.get_by_role("link", name="Next: What do you know?").click()
    page.get_by_role("radio", name="Paper").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Stone")).to_be_checked()
    page.get_by_role("checkbox", name="A candle").check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Not passed yet")).to_be_visible()
    expect(page.get_by_text("Not right")).to_have_count(2)
    expect(page.get_by_text("Both of them shine.")).to_have_count(0)
    assert_page_is_sound(page)
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("radio", name="Paper").check()
    page.get_by_role("checkbox", name="A candle").check()
    page.get_by_role("checkbox", name="A lamp").check()
    expect(page.get_by_text("2 of 2 answered")).to_be_visible()
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_role("heading", name="Passed!")).to_be_visible()
    expect(page.get_by_text("Both of them shine.")).to_be_visible()


def _take_the_certificate(page: Page, visit: Visit, site: Site) -> None:
    yours = page.get_by_role("region", name="Your certificate")
    expect(yours).to_contain_text("You have completed all of “Lanterns for beginners”.")
    assert_page_is_sound(page)
    with page.expect_download() as download:
        yours.get_by_role("link", name="Download certificate").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    address = yours.get_by_role("link", name="Check page").get_attribute("href")
    assert address is not None
    stranger = visit(site)
    stranger.goto(address)
    expect(stranger.get_by_role("article")).to_contain_text("Ida Learner")
    expect(stranger.get_by_role("article")).to_contain_text("Lanterns for beginners")
    assert_page_is_sound(stranger)


def test_lessons_in_order_open_one_after_another(site: Site, visit: Visit) -> None:
    joel = site.join("joel")
    lessons = [lesson(name, "text", title=name.title()) for name in ("first", "second", "third")]
    course_id, slug = teaching.add_course(site, "Step by step", *lessons, order_locked=True)
    for name in ("first", "second", "third"):
        teaching.write_text(site, course_id, name, f"The {name} text.")
    site.ask("PUT", f"/api/courses/{course_id}/enrolment", by=joel)
    page = visit(site, joel, viewport=NARROWEST)
    page.goto(f"/courses/{slug}/third")
    expect(page.get_by_role("heading", name="This lesson is not open yet")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("link", name="Go to that lesson").click()
    expect(page.get_by_text("The first text.")).to_be_visible()
    expect(page.get_by_role("button", name="Next: Second")).to_be_disabled()
    page.get_by_role("button", name="Mark as read").click()
    page.get_by_role("link", name="Next: Second").click()
    expect(page.get_by_text("The second text.")).to_be_visible()
    _go_by_the_sheet(page)


def _go_by_the_sheet(page: Page) -> None:
    page.get_by_role("button", name="Lessons").click()
    sheet = page.get_by_role("dialog", name="Lessons")
    expect(sheet.get_by_role("link", name="Third")).to_have_count(0)
    expect(sheet).to_contain_text("33%")
    assert_page_is_sound(page)
    sheet.get_by_role("link", name=re.compile("First.*completed")).click()
    expect(page.get_by_text("The first text.")).to_be_visible()
    expect(sheet).to_be_hidden()


def test_a_certificate_is_on_the_page_of_its_course(site: Site, visit: Visit) -> None:
    """Also of a course that has lost the lesson that was missing, or has grown since."""
    nora = site.join("nora-certified")
    lessons = [lesson(name, "text", title=name.title()) for name in ("kept", "dropped")]
    course_id, slug = teaching.add_course(site, "Shorter than it was", *lessons)
    for one in ("kept", "dropped"):
        teaching.write_text(site, course_id, one, f"The {one} text.")
    site.ask("PUT", f"/api/courses/{course_id}/enrolment", by=nora)
    site.ask("PUT", f"{teaching.address_of(course_id, 'kept')}/read", by=nora)
    site.ask("PUT", f"/api/courses/{course_id}/curriculum", curriculum(lessons[0]) | {"version": 1})
    page = visit(site, nora, viewport=NARROWEST)
    page.goto(f"/courses/{slug}")
    yours = page.get_by_role("region", name="Your certificate")
    yours.get_by_role("button", name="Get your certificate").click()
    with page.expect_download() as download:
        yours.get_by_role("link", name="Download certificate").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    site.ask("PUT", f"/api/courses/{course_id}/curriculum", curriculum(*lessons) | {"version": 2})
    page.reload()
    expect(page.get_by_text("50%")).to_be_visible()
    expect(yours.get_by_role("link", name="Check page")).to_be_visible()
    assert_page_is_sound(page)


def test_whose_quiz_is_changed_meanwhile_is_told_so(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow(r"status of 409 .*/attempts\)$")
    quinn = site.join("quinn-quizzed")
    quiz = lesson("quiz", "quiz", title="A moving target")
    course_id, slug = teaching.add_course(site, "Second thoughts", quiz)
    teaching.write_quiz(site, course_id, "quiz")
    site.ask("PUT", f"/api/courses/{course_id}/enrolment", by=quinn)
    page = visit(site, quinn)
    page.goto(f"/courses/{slug}/quiz")
    page.get_by_role("radio", name="Paper").check()
    address = f"{teaching.address_of(course_id, 'quiz')}/quiz"
    site.ask("PUT", address, teaching.QUIZ | {"version": 1, "pass_percent": 50})
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_text("0 of 2 answered")).to_be_visible()
    told = page.get_by_role("region", name="Messages")
    expect(told.get_by_text("The quiz has been changed in the meantime")).to_be_visible()
    expect(page.get_by_role("radio", name="Paper")).not_to_be_checked()


def test_who_has_not_enrolled_is_told_how(site: Site, visit: Visit, watched: PageWatch) -> None:
    kira = site.join("kira-learner", "Kira")
    course_id, slug = teaching.add_course(
        site, "Not yet mine", lesson("read", "text", title="Read me"), lesson("soon", title="Soon")
    )
    teaching.write_text(site, course_id, "read", "Here it is.")
    page = visit(site, kira)
    page.goto(f"/courses/{slug}/read")
    expect(page.get_by_text("Enrol in “Not yet mine” to go on.")).to_be_visible()
    assert_page_is_sound(page)
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_text("Here it is.")).to_be_visible()
    page.get_by_role("link", name="Next: Soon").click()
    expect(page.get_by_text("The video of this lesson is not ready yet.")).to_be_visible()
    assert_page_is_sound(page)
    page.goto(f"/courses/{slug}")
    page.get_by_role("button", name="Leave the course").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave the course").click()
    expect(page.get_by_role("button", name="Enrol")).to_be_visible()
    watched.allow(r"status of 404 .*/api/courses/no-such-course\)$")
    page.goto("/courses/no-such-course")
    expect(page.get_by_role("heading", name="This course is not here")).to_be_visible()
