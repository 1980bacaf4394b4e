"""Courses as authors make them: from an empty page to what a learner sees."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import teaching
from tests.e2e.conftest import Visit
from tests.e2e.encoder import PatientEncoder
from tests.e2e.hands import choose_files
from tests.factories.clips import make_clip
from tests.factories.courses import curriculum, lesson
from tests.factories.site import PATIENCE_SECONDS, TUS, Site
from tests.fixtures.browser import NARROWEST, PageWatch, assert_page_is_sound

CURRICULUM = re.compile(r"/api/courses/[^/]+/curriculum$")


@pytest.mark.timeout(420)
def test_a_course_from_an_empty_page_to_what_a_learner_sees(site: Site, visit: Visit) -> None:
    lena = site.join("lena-learner", "Lena Learner")
    page = visit(site, site.admin)
    _make(page)
    _add_section(page, "Section 1", "Beginnings")
    _add_section(page, "Section 2", "Later on")
    _add_lesson(page, "Beginnings", "Video lesson", "How to fold")
    _add_lesson(page, "Beginnings", "Text lesson", "What you need")
    _add_lesson(page, "Later on", "Quiz", "What do you know?")
    _upload(page)
    _order_by_keyboard(page)
    _write(page)
    _ask(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("“Paper boats” is published")).to_be_visible()

    learner = visit(site, lena)
    learner.goto("/courses/paper-boats")
    content = learner.get_by_role("region", name="What is in it")
    expect(content.get_by_text("How to fold")).to_be_visible()
    learner.get_by_role("button", name="Enrol").click()
    learner.get_by_role("link", name="Start").click()
    expect(learner.get_by_role("heading", name="What you need", level=1)).to_be_visible()
    expect(learner.locator("strong", has_text="scissors")).to_be_visible()
    learner.get_by_role("link", name="Paper boats").first.click()
    expect(learner.get_by_role("heading", name="Paper boats", level=1)).to_be_visible()
    expect(learner.get_by_role("link", name="Edit course")).to_have_count(0)

    page.get_by_role("link", name="Learners").click()
    row = page.get_by_role("listitem").filter(has_text="Lena Learner")
    expect(row).to_contain_text("0% · 0 of 3")
    row.get_by_role("button", name="End the enrolment of Lena Learner").click()
    page.get_by_role("dialog").get_by_role("button", name="End enrolment").click()
    expect(page.get_by_text("Nobody takes this course yet")).to_be_visible()


def _make(page: Page) -> None:
    page.goto("/courses")
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Paper boats")
    page.get_by_label("Description").fill("From one sheet to a fleet.")
    page.get_by_role("button", name="Create course").click()
    expect(page.get_by_role("heading", name="Paper boats", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/courses/paper-boats/edit$"))
    expect(page.get_by_text("No lessons yet", exact=True).last).to_be_visible()


def _rename(page: Page, label: str, title: str) -> None:
    field = page.get_by_label(label)
    expect(field).to_be_focused()
    field.fill(title)
    field.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def _add_section(page: Page, given: str, title: str) -> None:
    page.get_by_role("button", name="Add section").click()
    expect(page.get_by_label("Title of the section")).to_have_value(given)
    _rename(page, "Title of the section", title)


def _add_lesson(page: Page, section: str, kind: str, title: str) -> None:
    page.get_by_role("button", name=f"Add a lesson to {section}").click()
    page.get_by_role("menuitem", name=kind).click()
    _rename(page, "Title of the lesson", title)


def _line(page: Page, title: str) -> Locator:
    return page.get_by_role("list", name="Lessons").get_by_role("listitem").filter(has_text=title)


def _upload(page: Page) -> None:
    choose_files(page, "Upload the video of How to fold", make_clip("normal"))
    # It goes on while one is elsewhere, and its place says when it is ready.
    page.get_by_role("link", name="Details").click()
    page.get_by_role("link", name="Lessons").click()
    line = _line(page, "How to fold")
    expect(line).to_contain_text("Ready", timeout=PATIENCE_SECONDS * 1000)


def _order_by_keyboard(page: Page) -> None:
    lines = page.get_by_role("list", name="Lessons").get_by_role("listitem")
    handle = page.get_by_role("button", name="Move How to fold")
    handle.focus()
    handle.press("ArrowDown")
    expect(lines.nth(2)).to_contain_text("How to fold")
    expect(handle).to_be_focused()
    # Over the border of a section, by which it is the first lesson of the next.
    handle.press("ArrowDown")
    expect(lines.nth(3)).to_contain_text("How to fold")
    said = "How to fold is now lesson 1 of Later on"
    expect(page.get_by_role("status").filter(has_text=said)).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    page.reload()
    expect(lines.nth(3)).to_contain_text("How to fold")
    expect(lines.nth(3)).to_contain_text("Ready")


def _write(page: Page) -> None:
    page.get_by_role("link", name="What you need").click()
    text = page.get_by_label("Text", exact=True)
    text.fill("# Paper\n\nAnd **scissors**. <script>alert(1)</script>")
    page.get_by_text("Preview", exact=True).last.click()
    expect(page.locator("strong", has_text="scissors")).to_be_visible()
    region = page.locator("section").filter(has=page.get_by_role("heading", name="Text"))
    region.get_by_role("button", name="Save").click()
    expect(region.get_by_role("status")).to_have_text("Saved")
    page.get_by_role("link", name="All lessons").click()


def _ask(page: Page) -> None:
    page.get_by_role("link", name="What do you know?").click()
    page.get_by_role("button", name="Add question").click()
    region = page.locator("section").filter(has=page.get_by_role("heading", name="Questions"))
    page.get_by_label("Text of question 1").fill("What are boats folded from?")
    page.get_by_label("Option 1", exact=True).fill("Paper")
    page.get_by_label("Option 2", exact=True).fill("Stone")
    region.get_by_role("button", name="Save").click()
    expect(region.get_by_role("alert")).to_have_text("Tick what is right in question 1.")
    page.get_by_label("Option 1 is right").check()
    region.get_by_role("button", name="Save").click()
    expect(region.get_by_role("status")).to_have_text("Saved")
    page.get_by_role("link", name="All lessons").click()


@pytest.mark.timeout(420)
def test_learners_keep_the_old_video_until_the_new_one_is_ready(
    own_site: Site, visit: Visit, encoder: PatientEncoder
) -> None:
    course_id, slug = teaching.add_course(own_site, "Kites", lesson("wind", title="The wind"))
    teaching.add_lesson_video(own_site, course_id, "wind", make_clip("normal"))
    address = f"{teaching.address_of(course_id, 'wind')}/video"
    before = own_site.ask("GET", address)["asset_id"]
    page = visit(own_site, own_site.admin)
    page.goto(f"/courses/{slug}/edit/lessons/wind")
    with encoder.waiting():
        choose_files(page, "Replace video", make_clip("hevc"))
        expect(page.get_by_role("heading", name="What learners see now")).to_be_visible()
        expect(page.get_by_role("heading", name="New version")).to_be_visible()
        expect(page.get_by_role("progressbar", name="Processing")).to_have_count(1)
        assert own_site.ask("GET", address)["asset_id"] == before
    expect(page.get_by_role("heading", name="New version")).to_be_hidden(
        timeout=PATIENCE_SECONDS * 1000
    )
    assert own_site.ask("GET", address)["asset_id"] != before

    with encoder.broken():
        choose_files(page, "Replace video", make_clip("hevc"))
        expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    page.goto("/admin/course-videos")
    row = page.get_by_role("listitem").filter(has_text="The wind")
    row.get_by_role("button", name="Try again: The wind").click()
    expect(page.get_by_text("All videos of courses are ready")).to_be_visible(
        timeout=PATIENCE_SECONDS * 1000
    )


@pytest.mark.timeout(300)
def test_a_preview_that_failed_is_listed_and_tried_again(
    own_site: Site, visit: Visit, encoder: PatientEncoder
) -> None:
    _, slug = teaching.add_course(own_site, "Kites", lesson("wind", title="The wind"))
    page = visit(own_site, own_site.admin)
    page.goto(f"/courses/{slug}/edit/details")
    with encoder.broken():
        choose_files(page, "Upload video", make_clip("hevc"))
        reason = page.get_by_role("alert")
        expect(reason).to_contain_text("incomplete or damaged", timeout=PATIENCE_SECONDS * 1000)
    page.goto("/admin/course-videos")
    row = page.get_by_role("listitem").filter(has_text="Kites")
    expect(row).to_contain_text("incomplete or damaged")
    row.get_by_role("link", name="Preview video").click()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="What visitors see now")).to_be_visible(
        timeout=PATIENCE_SECONDS * 1000
    )


def test_a_new_version_is_given_up_and_the_old_one_stays(
    own_site: Site, visit: Visit, encoder: PatientEncoder
) -> None:
    course_id, slug = teaching.add_course(own_site, "Kites", lesson("wind", title="The wind"))
    teaching.add_lesson_video(own_site, course_id, "wind", make_clip("normal"))
    page = visit(own_site, own_site.admin)
    page.goto(f"/courses/{slug}/edit/lessons/wind")
    with encoder.waiting():
        choose_files(page, "Replace video", make_clip("hevc"))
        page.get_by_role("button", name="Give up the new version").click()
        expect(page.get_by_role("heading", name="New version")).to_be_hidden()
    video = own_site.ask("GET", f"{teaching.address_of(course_id, 'wind')}/video")
    assert (video["status"], video["next_version"]) == ("ready", None)


def test_that_somebody_else_was_faster_is_said(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow(r"status of 409 .*/curriculum\)$")
    course_id, slug = teaching.add_course(
        site, "Knots", lesson("a", "text", title="Bowline"), lesson("b", "text", title="Hitch")
    )
    page = visit(site, site.admin)
    page.goto(f"/courses/{slug}/edit")
    theirs = curriculum(lesson("a", "text", title="Theirs")) | {"version": 1}

    def be_faster(route: Route) -> None:
        if route.request.method == "PUT" and theirs["version"] == 1:
            site.ask("PUT", f"/api/courses/{course_id}/curriculum", theirs)
            theirs["version"] = 2
        route.continue_()

    page.route(CURRICULUM, be_faster)
    page.get_by_role("button", name="Move Hitch").press("ArrowUp")
    trouble = page.get_by_role("alert")
    expect(trouble).to_contain_text("Somebody else has changed this in the meantime")
    expect(_line(page, "Hitch")).to_be_visible()
    trouble.get_by_role("button", name="Take theirs").click()
    expect(trouble).to_be_hidden()
    expect(_line(page, "Theirs")).to_be_visible()
    expect(_line(page, "Hitch")).to_have_count(0)


def test_what_is_deleted_comes_back_with_its_video(site: Site, visit: Visit) -> None:
    course_id, slug = teaching.add_course(
        site, "Flags", lesson("a", "text", title="Red one"), lesson("b", title="Blue one")
    )
    teaching.add_lesson_video(site, course_id, "b", make_clip("normal"))
    page = visit(site, site.admin, viewport=NARROWEST)
    page.goto(f"/courses/{slug}/edit")
    page.get_by_role("button", name="More for Blue one").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(_line(page, "Blue one")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(_line(page, "Blue one")).to_contain_text("Ready")
    deadline = time.monotonic() + 10
    while len(site.ask("GET", f"/api/courses/{slug}")["sections"][0]["lessons"]) < 2:
        assert time.monotonic() < deadline
    assert_page_is_sound(page)


@pytest.mark.timeout(240)
def test_an_instructor_goes_on_with_an_upload_that_was_interrupted(
    site: Site, visit: Visit
) -> None:
    tilda = site.join("tilda", "Tilda Teacher")
    course_id, _ = teaching.add_course(
        site, "Sails", lesson("hoist", title="Up it goes"), instructor_id=tilda.id
    )
    clip = make_clip("normal")
    content = clip.read_bytes()
    address = f"{teaching.address_of(course_id, 'hoist')}/video"
    file = {"filename": clip.name, "size_bytes": len(content)}
    url = site.ask("POST", address, file, by=tilda)["upload"]["url"]
    half = content[: len(content) // 2]
    headers = TUS | {"Upload-Offset": "0"}
    tilda.client.patch(url, content=half, headers=headers).raise_for_status()
    page = visit(site, tilda)
    page.goto("/courses?show=teaching")
    page.get_by_role("link", name="Sails").first.click()
    page.get_by_role("link", name="Edit course").click()
    expect(_line(page, "Up it goes")).to_contain_text("Upload interrupted")
    page.get_by_role("link", name="Up it goes").click()
    with page.expect_request(lambda request: request.method == "PATCH") as sent:
        choose_files(page, "Choose file", clip)
    assert sent.value.headers["upload-offset"] == str(len(half))
    video = page.locator("section").filter(has=page.get_by_role("heading", name="Video"))
    expect(video.get_by_text("Ready", exact=True)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    page.get_by_label("About the video").fill("How a sail goes up.")
    video.get_by_role("button", name="Save").click()
    expect(video.get_by_role("button", name="Save")).to_be_hidden()
    assert site.ask("GET", address)["description"] == "How a sail goes up."
    # Naming others and deleting the course is not for instructors.
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_text("Only admins name instructors.")).to_be_visible()
    expect(page.get_by_role("button", name="Delete course")).to_have_count(0)


def test_others_are_told_that_the_course_is_not_theirs(site: Site, visit: Visit) -> None:
    _, slug = teaching.add_course(site, "Ropes", lesson("a", "text"))
    page = visit(site, site.join("rita-reader", "Rita"))
    page.goto(f"/courses/{slug}/edit")
    expect(page.get_by_role("heading", name="This course is somebody else's")).to_be_visible()
    page.goto("/courses/new")
    expect(page.get_by_role("heading", name="Only admins make courses")).to_be_visible()
