"""What a program keeps through the Stream API becomes a video of the library and of a lesson."""

import httpx
from playwright.sync_api import expect

from tests.e2e import teaching
from tests.e2e.conftest import Visit
from tests.factories.clips import make_clip
from tests.factories.courses import lesson
from tests.factories.site import Site
from tests.fixtures.browser import assert_page_is_sound


def test_an_admin_puts_one_into_the_library_and_into_a_lesson(site: Site, visit: Visit) -> None:
    asked = {"name": "cloud", "scopes": ["stream"]}
    token = site.ask("POST", "/api/tokens", asked)["token"]
    clip = make_clip("normal")
    httpx.post(
        f"{site.url}/client/v4/accounts/lantern/stream",
        files={"file": ("lantern-walk.mp4", clip.read_bytes())},
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    ).raise_for_status()
    course_id, _ = teaching.add_course(site, "Lantern walks", lesson("paper"))
    page = visit(site, site.admin)
    page.goto("/admin/stream-videos")
    row = page.get_by_role("listitem").filter(has_text="lantern-walk.mp4")
    expect(row).to_contain_text("lantern")
    for _ in range(60):
        if row.get_by_text("Ready").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
        expect(row).to_be_visible()
    assert_page_is_sound(page)
    row.get_by_role("button", name="Put “lantern-walk.mp4” into the library").click()
    expect(page.get_by_text("is in the library now")).to_be_visible()
    row.get_by_role("button", name="Put “lantern-walk.mp4” into a lesson").click()
    dialog = page.get_by_role("dialog", name="Put “lantern-walk.mp4” into a lesson")
    assert_page_is_sound(page)
    dialog.get_by_role("combobox", name="Course").click()
    page.get_by_role("option", name="Lantern walks").click()
    dialog.get_by_role("combobox", name="Lesson").click()
    page.get_by_role("option", name="About paper").click()
    dialog.get_by_role("button", name="Put it there").click()
    expect(page.get_by_text("is the video of the lesson now")).to_be_visible()
    address = f"{teaching.address_of(course_id, 'paper')}/video"
    assert site.ask("GET", address)["status"] == "ready"
