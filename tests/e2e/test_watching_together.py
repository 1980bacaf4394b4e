"""People watch a video in step: whoever presses, comes late, drops out or goes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.e2e.line import Line
from tests.e2e.talking import begin_direct, message_field, open_to_all, said, say
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import PHONE, PageWatch, assert_page_is_sound

TITLE = "Seals on the sandbank"
PLAYING = "!video.paused && video.readyState > 2 && video.currentTime > 0"
# By how much the picture is ahead of the clock that all browsers of this machine share.
AHEAD = "(() => document.querySelector('video').currentTime - Date.now() / 1000)()"
# Browsers let nothing sound that nobody on the page has asked for; the ones of tests do.
STRICT = """
    let hasAsked = false;
    addEventListener("pointerdown", () => { hasAsked = true; }, true);
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
        if (hasAsked) return play.call(this);
        return Promise.reject(new DOMException("Nobody has asked for it.", "NotAllowedError"));
    };
"""


@pytest.fixture(autouse=True)
def _meanwhile(watched: PageWatch) -> None:
    # Somebody may say that they are there while somebody else ends it.
    watched.allow("status of 410 .*/here")


@pytest.fixture(scope="module")
def people(site: Site) -> list[Person]:
    names = {"winnie": "Winnie Wigeon", "xenia": "Xenia Xenops", "yusuf": "Yusuf Yellowhammer"}
    return [open_to_all(site, site.join(*one)) for one in names.items()]


@pytest.fixture(scope="module")
def video(site: Site) -> str:
    video_id = site.add_video(site.admin, make_clip("minute"), TITLE)
    site.wait_for(video_id)
    return video_id


def gather(site: Site, people: list[Person], name: str) -> str:
    body = {"type": "group", "name": name, "people": [one.id for one in people[1:]]}
    conversation: str = site.ask("POST", "/api/chat/conversations", body, by=people[0])["id"]
    return conversation


def watching(page: Page) -> None:
    expect(page.get_by_role("region", name="Watching together")).to_be_visible()
    wait_for_video(page, PLAYING)


def in_step(*pages: Page) -> None:
    """Wait until all pictures play and are within a second of each other."""
    for page in pages:
        wait_for_video(page, PLAYING)
    first, *others = pages
    for _ in range(60):
        ahead = first.evaluate(AHEAD)
        if all(abs(other.evaluate(AHEAD) - ahead) < 1 for other in others):
            return
        first.wait_for_timeout(250)
    pytest.fail(f"Out of step: {[page.evaluate(AHEAD) for page in pages]}")


def stand_at(low: float, high: float, *pages: Page) -> None:
    """Wait until all pictures are paused between two seconds, at the same place."""
    for page in pages:
        wait_for_video(page, f"video.paused && video.currentTime >= {low}")
    where = [page.evaluate("document.querySelector('video').currentTime") for page in pages]
    assert max(where) < high, where
    assert max(where) - min(where) < 0.5, where


def press(page: Page, key: str) -> None:
    page.locator("[data-media-player]").focus()
    page.keyboard.press(key)


@pytest.mark.timeout(300)
def test_everybody_plays_pauses_and_seeks_with_everybody(
    site: Site, visit: Visit, video: str, people: list[Person]
) -> None:
    talk = gather(site, people, "Seal watchers")
    ours, theirs, late = (visit(site, one) for one in people)
    site.ask(
        "POST",
        f"/api/chat/conversations/{talk}/messages",
        {"client_id": video, "text": "Look", "shared_video_id": video},
        by=people[0],
    )
    for page in (ours, theirs, late):
        page.goto(f"/chat/{talk}")
    said(ours, "Look").get_by_role("button", name=f"Watch “{TITLE}” together").click()
    watching(ours)
    began = "started watching a video together"
    card = theirs.get_by_role("log").get_by_role("listitem").filter(has_text=began)
    expect(card).to_contain_text(TITLE)
    card.get_by_role("button", name="Join").click()
    in_step(ours, theirs)
    for page in (ours, theirs):
        expect(
            page.get_by_role("img", name="Watching: Winnie Wigeon and Xenia Xenops")
        ).to_be_visible()
    assert_page_is_sound(ours)

    _steer(ours, theirs)
    _hear_something_else(ours, theirs)
    _come_late(late, ours, theirs)
    _leave_and_return(ours, theirs, late)
    _end(ours, theirs, late)


def _steer(ours: Page, theirs: Page) -> None:
    press(theirs, "k")
    stand_at(0, 20, ours, theirs)
    expect(ours.get_by_text("Xenia Xenops paused")).to_be_visible()
    press(ours, "5")
    stand_at(29, 31, ours, theirs)
    expect(theirs.get_by_text("Winnie Wigeon went to 0:30")).to_be_visible()
    say(theirs, "There it is!")
    expect(said(ours, "There it is!")).to_be_visible()
    press(theirs, "k")
    in_step(ours, theirs)


def _hear_something_else(ours: Page, theirs: Page) -> None:
    """A video that one of them plays beside it is heard alone, by them alone."""
    said(ours, "Look").get_by_role("button", name="Play").click()
    card = "document.querySelector('[role=log] video')"
    ours.wait_for_function(f"() => {card} && !{card}.paused && {card}.currentTime > 0")
    wait_for_video(ours, "video.muted")
    in_step(ours, theirs)
    wait_for_video(theirs, "!video.muted")
    ours.evaluate(f"{card}.pause()")
    wait_for_video(ours, "!video.muted")


def _come_late(late: Page, ours: Page, theirs: Page) -> None:
    late.get_by_role("region", name="Watching together").get_by_role("button").click()
    in_step(ours, theirs, late)
    wait_for_video(late, "video.currentTime > 29")
    press(late, "ArrowLeft")
    in_step(ours, theirs, late)
    expect(ours.get_by_text("Yusuf Yellowhammer went to")).to_be_visible()


def _leave_and_return(ours: Page, theirs: Page, late: Page) -> None:
    ours.get_by_role("button", name="Leave").click()
    expect(
        theirs.get_by_role("img", name="Watching: Xenia Xenops and Yusuf Yellowhammer")
    ).to_be_visible()
    in_step(theirs, late)
    expect(theirs.get_by_role("button", name="End for everyone")).to_have_count(0)
    ours.get_by_role("region", name="Watching together").get_by_role("button").click()
    in_step(ours, theirs, late)


def _end(ours: Page, theirs: Page, late: Page) -> None:
    ours.get_by_role("button", name="End for everyone").click()
    ours.get_by_role("dialog").get_by_role("button", name="End for everyone").click()
    for page in (ours, theirs, late):
        expect(page.get_by_role("region", name="Watching together")).to_have_count(0)
        over = page.get_by_role("log").get_by_role("listitem").filter(has_text=TITLE)
        expect(over.last).to_contain_text("It is over.")
    assert_page_is_sound(theirs)


@pytest.mark.timeout(300)
def test_who_began_it_may_drop_out_and_comes_back_in_step(
    site: Site, visit: Visit, watched: PageWatch, video: str, people: list[Person]
) -> None:
    watched.allow("ERR_|status of 503|WebSocket")
    talk = begin_direct(site, people[0], people[1])
    body = {"client_id": people[0].id, "text": "Tonight?"}
    site.ask("POST", f"/api/chat/conversations/{talk}/messages", body, by=people[0])
    with Line(site.server.port) as line:
        ours = visit(site, people[0], base_url=line.url)
        ours.add_init_script(STRICT)
        theirs = visit(site, people[1], viewport=PHONE)
        theirs.goto(f"/chat/{talk}")
        ours.goto(f"/chat/{talk}")
        ours.get_by_role("button", name="Watch together").click()
        picker = ours.get_by_role("dialog", name="What to watch together")
        picker.get_by_role("textbox", name="Find a video").fill("sandbank")
        expect(picker.get_by_role("listitem")).to_have_count(1)
        assert_page_is_sound(ours)
        picker.get_by_role("button", name=f"Start “{TITLE}”").click()
        watching(ours)
        theirs.get_by_role("button", name="Join").first.click()
        in_step(ours, theirs)
        assert_page_is_sound(theirs)
        expect(message_field(theirs)).to_be_in_viewport()

        ours.reload()
        ours.get_by_role("button", name="Join with sound").click()
        in_step(ours, theirs)

        line.cut()
        press(theirs, "k")
        wait_for_video(theirs, "video.paused && video.closest('[data-paused]')")
        press(theirs, "6")
        press(theirs, "k")
        wait_for_video(theirs, "!video.paused && video.currentTime > 36")
        expect(theirs.get_by_role("img", name="Watching: Xenia Xenops")).to_be_visible()
        wait_for_video(ours, "video.currentTime < 36")
        line.mend()
        wait_for_video(ours, "video.currentTime > 36")
        in_step(ours, theirs)
        expect(
            theirs.get_by_role("img", name=re.compile("Winnie Wigeon and Xenia Xenops"))
        ).to_be_visible()


@pytest.mark.timeout(180)
def test_a_video_that_is_hidden_ends_it_with_the_reason(
    site: Site, visit: Visit, watched: PageWatch, people: list[Person]
) -> None:
    # What was watched until then can no longer be told.
    watched.allow("status of 404 .*/progress")
    video = site.add_video(people[0], make_clip("normal"), "Not for long")
    site.wait_for(video)
    talk = gather(site, people[1:], "Soon over")
    page = visit(site, people[1])
    page.goto(f"/watch/{video}")
    page.get_by_role("button", name="Send in a message").click()
    dialog = page.get_by_role("dialog", name="Send in a message")
    dialog.get_by_role("checkbox", name="Soon over").check()
    dialog.get_by_role("button", name="Watch together").click()
    page.wait_for_url(f"**/chat/{talk}")
    watching(page)
    site.ask("PATCH", f"/api/videos/{video}", {"published": False}, by=people[0])
    expect(page.get_by_role("region", name="Watching together")).to_have_count(0)
    reason = "It is over: the video is no longer here."
    expect(page.get_by_role("log").get_by_text(reason)).to_be_visible()
