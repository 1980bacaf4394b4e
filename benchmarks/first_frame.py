"""Last byte received → the picture moves in Chromium, promised within 2.5 s in the median of five.

The watch page of a 10-minute 1080p video is open, as it is for somebody who waits for it. The
clock starts when the last megabyte leaves the client and stops when `currentTime` advances.
"""

import statistics
import time

import httpx
from playwright.sync_api import Page, sync_playwright

from benchmarks.clips import long_clip
from benchmarks.report import Figure, report
from benchmarks.site import LAST, new_video, running_site, send_bytes
from tests.fixtures.browser import LAUNCH_ARGUMENTS
from tools.test_parts import find_browser

ROUNDS = 5
MOVES = "() => (document.querySelector('video')?.currentTime ?? 0) > 0"


def main() -> None:
    with running_site() as (_, client), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=LAUNCH_ARGUMENTS)
        context = browser.new_context(base_url=str(client.base_url))
        secret = client.cookies["lumenhall_session"]
        context.add_cookies(
            [{"name": "lumenhall_session", "value": secret, "url": str(client.base_url)}]
        )
        page = context.new_page()
        seconds = statistics.median(_once(client, page) for _ in range(ROUNDS))
        browser.close()
    report("first_frame", [Figure(f"10 min MP4, median of {ROUNDS}", seconds, "s", 2.5)])


def _once(client: httpx.Client, page: Page) -> float:
    clip = long_clip(10, "mp4_moov_last")
    video_id, address = new_video(client, clip)
    send_bytes(client, address, clip, keep_back=LAST)
    page.goto(f"/watch/{video_id}")
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    started = time.perf_counter()
    send_bytes(client, address, clip)
    page.wait_for_function(MOVES, polling=20, timeout=60_000)
    seconds = time.perf_counter() - started
    page.goto("/my-videos")
    client.delete(f"/api/videos/{video_id}").raise_for_status()
    return seconds


if __name__ == "__main__":
    main()
