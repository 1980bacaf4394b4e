"""What goes along with words: pictures, videos and voices, and how they go again."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.encoder import PatientEncoder
from tests.e2e.hands import choose_files, wait_for_video
from tests.e2e.talking import begin_direct, choose, message_field, open_to_all, row_of, said, told
from tests.factories.clips import make_clip
from tests.factories.site import Person, Site
from tests.fixtures.browser import NARROWEST, PageWatch, assert_page_is_sound

ATTACH = "Attach photos or videos"
# What a browser hands over when a picture is pasted.
PASTE = """async field => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 300, height: 200});
    canvas.getContext('2d').fillRect(20, 20, 100, 100);
    const bytes = await new Promise(done => canvas.toBlob(done));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'pasted.png', {type: 'image/png'}));
    const event = {clipboardData: data, bubbles: true, cancelable: true};
    field.dispatchEvent(new ClipboardEvent('paste', event));
}"""
REFUSE_MICROPHONE = """navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException('No', 'NotAllowedError'))"""


@pytest.fixture(scope="module")
def odette(site: Site) -> Person:
    return open_to_all(site, site.join("odette", "Odette Oriole"))


@pytest.fixture(scope="module")
def pascal(site: Site) -> Person:
    return open_to_all(site, site.join("pascal", "Pascal Pipit"))


@pytest.fixture(scope="module")
def talk(site: Site, odette: Person, pascal: Person) -> str:
    return f"/chat/{begin_direct(site, odette, pascal)}"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    target = tmp_path / "beach.png"
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(target)
    return target


def paste_picture(page: Page) -> None:
    message_field(page).evaluate(PASTE)


def tray(page: Page) -> Locator:
    return page.get_by_role("list", name="Attached").get_by_role("listitem")


def open_both(site: Site, visit: Visit, people: tuple[Person, Person], talk: str) -> list[Page]:
    pages = [visit(site, person) for person in people]
    for page in pages:
        page.goto(talk)
        expect(message_field(page)).to_be_visible()
    return pages


@pytest.mark.timeout(300)
def test_pictures_go_along_and_are_looked_at(
    site: Site, visit: Visit, odette: Person, pascal: Person, talk: str, photo: Path
) -> None:
    ours, theirs = open_both(site, visit, (odette, pascal), talk)
    choose_files(ours, ATTACH, photo)
    paste_picture(ours)
    expect(tray(ours)).to_have_count(2)
    assert_page_is_sound(ours)
    message_field(ours).fill("Two of them")
    message_field(ours).press("Enter")
    expect(tray(ours)).to_have_count(0)
    seen = said(theirs, "Two of them")
    expect(seen.get_by_role("button", name=re.compile("^Open: Photo"))).to_have_count(2)
    assert_page_is_sound(theirs)
    seen.get_by_role("button", name="Open: Photo 1 of 2 from Odette Oriole").click()
    shown = theirs.get_by_role("img", name="Photo 1 of 2 from Odette Oriole")
    expect(shown).to_be_visible()
    assert_page_is_sound(theirs)
    theirs.keyboard.press("ArrowRight")
    expect(theirs.get_by_role("img", name="Photo 2 of 2 from Odette Oriole")).to_be_visible()
    theirs.keyboard.press("Escape")
    expect(theirs.get_by_role("dialog")).to_have_count(0)
    entry = theirs.get_by_role("link", name=re.compile("Odette Oriole")).first
    expect(entry).to_contain_text("2 photos · Two of them")
    _unsend(ours, theirs, "Two of them")


def _unsend(ours: Page, theirs: Page, text: str) -> None:
    """What is open at the other side goes too."""
    theirs.get_by_role("button", name="Open: Photo 1 of 2 from Odette Oriole").click()
    viewer = theirs.get_by_role("dialog", name=re.compile("^Photo 1 of 2"))
    expect(viewer).to_be_visible()
    choose(ours, text, "Unsend")
    ours.get_by_role("dialog").get_by_role("button", name="Unsend").click()
    expect(viewer).to_have_count(0)
    expect(said(theirs, "This message was unsent.")).to_be_visible()
    expect(theirs.get_by_role("button", name=re.compile("Photo . of 2"))).to_have_count(0)


@pytest.mark.timeout(300)
def test_a_video_plays_in_the_bubble_before_it_is_ready(
    site: Site,
    visit: Visit,
    encoder: PatientEncoder,
    odette: Person,
    pascal: Person,
    talk: str,
) -> None:
    ours, theirs = open_both(site, visit, (odette, pascal), talk)
    with encoder.waiting():
        choose_files(ours, ATTACH, make_clip("normal"))
        message_field(ours).fill("Moving")
        message_field(ours).press("Enter")
        play = said(theirs, "Moving").get_by_role("button", name="Play: Video from Odette Oriole")
        play.click()
        wait_for_video(theirs, "video.currentTime > 0.5 && !video.error")
    assert_page_is_sound(theirs)


def test_what_failed_is_tried_again(
    site: Site,
    visit: Visit,
    page_watch: PageWatch,
    odette: Person,
    pascal: Person,
    talk: str,
    photo: Path,
) -> None:
    page_watch.allow(r"status of (429|413)")
    ours, theirs = open_both(site, visit, (odette, pascal), talk)
    refusal = {"code": "too_many_messages", "title": "Slowly", "retry_after": 5}
    ours.route("**/pictures", lambda route: route.fulfill(status=429, json=refusal))
    choose_files(ours, ATTACH, photo)
    again = ours.get_by_role("button", name="Try again: beach.png")
    expect(again).to_be_visible()
    message_field(ours).fill("At last")
    message_field(ours).press("Enter")
    expect(message_field(ours)).to_have_value("At last")
    ours.unroute("**/pictures")
    again.click()
    expect(again).to_have_count(0)
    message_field(ours).press("Enter")
    opened = said(theirs, "At last").get_by_role("button", name="Open: Photo from Odette Oriole")
    expect(opened).to_be_visible()


def test_a_message_waits_for_its_files_and_can_be_sent_again(
    site: Site,
    visit: Visit,
    page_watch: PageWatch,
    odette: Person,
    pascal: Person,
    talk: str,
    photo: Path,
) -> None:
    page_watch.allow(r"status of 429")
    ours, theirs = open_both(site, visit, (odette, pascal), talk)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ours.route("**/pictures", hold)
    choose_files(ours, ATTACH, photo)
    message_field(ours).fill("Patience")
    message_field(ours).press("Enter")
    expect(said(ours, "Patience").get_by_role("img", name="Sending")).to_be_visible()
    refusal = {"code": "too_many_messages", "title": "Slowly", "retry_after": 5}
    ours.wait_for_timeout(200)
    held[0].fulfill(status=429, json=refusal)
    ours.unroute("**/pictures")
    row_of(ours, "Patience").get_by_role("button", name="Try again").click()
    opened = said(theirs, "Patience").get_by_role("button", name="Open: Photo from Odette Oriole")
    expect(opened).to_be_visible()


@pytest.mark.timeout(300)
def test_a_voice_message_is_recorded_heard_and_sent(
    site: Site, visit: Visit, odette: Person, pascal: Person, talk: str
) -> None:
    ours, theirs = open_both(site, visit, (odette, pascal), talk)
    ours.get_by_role("button", name="Record a voice message").click()
    expect(ours.get_by_role("timer")).to_contain_text("0:02")
    assert_page_is_sound(ours)
    ours.get_by_role("button", name="Stop recording").click()
    review = ours.get_by_role("group", name="Your recording")
    review.get_by_role("button", name=re.compile("^Play the voice message")).click()
    expect(review.get_by_role("button", name="Pause")).to_be_visible()
    assert_page_is_sound(ours)
    review.get_by_role("button", name="Send the voice message").click()
    heard = theirs.get_by_role("log").get_by_role("article").last
    heard.get_by_role("button", name=re.compile("^Play the voice message")).click()
    bar = heard.get_by_role("slider", name="Position in the voice message")
    expect(bar).to_have_attribute("aria-valuenow", "1")
    heard.get_by_role("button", name="Speed 1").click()
    expect(heard.get_by_role("button", name="Speed 1.5")).to_be_visible()
    bar.press("Home")
    expect(bar).to_have_attribute("aria-valuenow", "0")
    assert_page_is_sound(theirs)
    entry = theirs.get_by_role("link", name=re.compile("Odette Oriole")).first
    expect(entry).to_contain_text(re.compile(r"Voice message 0:0\d"))


def test_a_group_has_a_picture(
    site: Site, visit: Visit, odette: Person, pascal: Person, photo: Path
) -> None:
    name = "Beachcombers" + "ofthewesternshore" * 5
    body = {"type": "group", "name": name, "people": [pascal.id]}
    group = site.ask("POST", "/api/chat/conversations", body, by=odette)["id"]
    ours, theirs = open_both(site, visit, (odette, pascal), f"/chat/{group}")
    ours.get_by_role("button", name="Beachcombers").click()
    choose_files(ours, "Add a picture", photo)
    expect(told(theirs, "Odette Oriole changed the picture of the group")).to_be_visible()
    shown = theirs.locator(f"header img[src*='{group}/picture']")
    expect(shown).to_have_js_property("naturalWidth", 512)
    entry = theirs.get_by_role("link", name=re.compile("Beachcombers")).first
    expect(entry.locator("img")).to_have_js_property("naturalWidth", 512)
    assert_page_is_sound(ours)
    theirs.get_by_role("button", name="Beachcombers").click()
    dialog = theirs.get_by_role("dialog", name="Beachcombers")
    expect(dialog.get_by_role("button", name="Leave the group")).to_be_visible()
    expect(dialog.get_by_role("button", name="Change picture")).to_have_count(0)
    mine = ours.get_by_role("dialog", name="Beachcombers")
    assert mine.evaluate("box => box.scrollWidth <= box.clientWidth"), "a long name is in the way"
    mine.get_by_role("button", name="Remove", exact=True).click()
    expect(shown).to_have_count(0)


def test_a_refused_microphone_is_said_plainly(
    site: Site, visit: Visit, odette: Person, talk: str
) -> None:
    page = visit(site, odette, viewport=NARROWEST)
    page.add_init_script(REFUSE_MICROPHONE)
    page.goto(talk)
    page.get_by_role("button", name="Record a voice message").click()
    expect(page.get_by_role("alert")).to_contain_text("The microphone is not allowed")
    assert_page_is_sound(page)
    page.keyboard.press("Escape")
    expect(message_field(page)).to_be_visible()
