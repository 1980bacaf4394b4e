"""The player under a finger: taps that seek, controls to hit, and no page wider than the phone."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.hands import wait_for_video
from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.browser import NARROWEST, assert_page_is_sound

FINGER_PX = 44
HAS_CONTROLS = "video.closest('[data-media-player]').hasAttribute('data-controls')"


def _tap(page: Page, across: float, times: int = 1) -> None:
    """Tap the picture, `across` of its width from the left, as quickly as fingers do."""
    box = page.locator("video").bounding_box()
    assert box is not None
    place = {"x": box["x"] + box["width"] * across, "y": box["y"] + box["height"] * 0.28}
    session = page.context.new_cdp_session(page)
    now = time.time()
    # The moments are part of the events: a busy machine makes no quick finger slow.
    for tap in range(times):
        for event, touches, late in (("touchStart", [place], 0.0), ("touchEnd", [], 0.04)):
            moment = {"type": event, "touchPoints": touches, "timestamp": now + tap * 0.15 + late}
            session.send("Input.dispatchTouchEvent", moment)
    session.detach()


@pytest.mark.timeout(300)
def test_fingers_seek_and_find_every_control(site: Site, visit: Visit) -> None:
    tom = site.join("tom", "Tom Thumb")
    video_id = site.add_video(tom, make_clip("minute"), "Held in one hand")
    site.wait_for(video_id)
    page = visit(site, tom, viewport=NARROWEST, has_touch=True, is_mobile=True)
    page.goto(f"/watch/{video_id}?t=20")
    wait_for_video(page, "video.currentTime > 20.5 && video.closest('[data-playing]')")
    _seek_with_two_taps(page)
    _show_the_controls_with_one(page)
    assert_page_is_sound(page)


def _seek_with_two_taps(page: Page) -> None:
    player = page.locator("[data-media-player]")
    _tap(page, 0.9, times=2)
    expect(player.get_by_text("10 seconds")).to_be_visible()
    wait_for_video(page, "video.currentTime > 30.5 && video.currentTime < 45")
    expect(player.get_by_text("10 seconds")).to_be_hidden()
    wait_for_video(page, "!video.seeking")
    before = page.evaluate("document.querySelector('video').currentTime")
    _tap(page, 0.1, times=2)
    wait_for_video(page, f"video.currentTime < {before} - 4")
    wait_for_video(page, "!video.paused && !document.fullscreenElement")


def _show_the_controls_with_one(page: Page) -> None:
    wait_for_video(page, f"!({HAS_CONTROLS})")
    _tap(page, 0.5)
    wait_for_video(page, f"{HAS_CONTROLS} && !video.paused")
    _tap(page, 0.5)
    wait_for_video(page, f"!({HAS_CONTROLS})")
    _tap(page, 0.5)
    wait_for_video(page, HAS_CONTROLS)
    # They stay while nothing plays, so there is time to measure.
    page.evaluate("() => document.querySelector('video').pause()")
    wait_for_video(page, f"video.paused && {HAS_CONTROLS}")
    expect(page.get_by_role("button", name="Settings")).to_be_visible()
    buttons = page.locator("[data-media-player] button.vds-button").filter(visible=True)
    assert buttons.count() >= 3
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        name = button.get_attribute("aria-label")
        assert min(box["width"], box["height"]) >= FINGER_PX, f"{name}: {box}"
