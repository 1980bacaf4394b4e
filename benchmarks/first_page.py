"""The first visit to home: what its scripts weigh, and when its largest picture is painted.

Scripts weigh at most 200 kB on the wire, compressed and with their headers, before anything is
played. The largest contentful paint of home is compared to that of a plain page that holds the
same hero picture and nothing else: what the program adds to what any page would take.
"""

import statistics

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.clips import long_clip
from benchmarks.report import Figure, report
from benchmarks.site import new_video, running_site, send_bytes
from tests.fixtures.browser import LAUNCH_ARGUMENTS
from tests.fixtures.wire import Wire
from tools.test_parts import find_browser

ROUNDS = 7
MOST_KILOBYTES = 200
PLAIN = "/plain-page"
# Buffered: the observer hears of paints from before it was there.
LARGEST_PAINT_MS = """() => new Promise(done => new PerformanceObserver(list => {
    const paint = list.getEntries().at(-1)
    done([paint.startTime, paint.url])
}).observe({ type: 'largest-contentful-paint', buffered: true }))"""


def main() -> None:
    with running_site() as (_, client), sync_playwright() as playwright:
        picture = _add_hero(client)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=LAUNCH_ARGUMENTS)
        homes, plains, kilobytes = [], [], []
        for _ in range(ROUNDS):
            paint, weight = _visit(browser, client, picture, "/")
            homes.append(paint)
            kilobytes.append(weight)
            plains.append(_visit(browser, client, picture, PLAIN)[0])
        browser.close()
    home, plain = statistics.median(homes), statistics.median(plains)
    report(
        "first_page",
        [
            Figure("scripts of home on the wire", max(kilobytes), "kB", MOST_KILOBYTES),
            Figure(f"largest paint of home, median of {ROUNDS}", home, "ms"),
            Figure("largest paint of a plain page with that picture", plain, "ms"),
            Figure("home against the plain page", home / plain, "×", 8.0),
        ],
    )


def _add_hero(client: httpx.Client) -> str:
    """Make a video the hero of home and return the address of its picture."""
    clip = long_clip(1, "mp4_moov_first")
    video_id, address = new_video(client, clip)
    send_bytes(client, address, clip)
    client.patch(f"/api/videos/{video_id}", json={"is_hero": True}).raise_for_status()
    while True:
        asset = client.get(f"/api/videos/{video_id}").json()["asset"]
        # Nothing else should be at work while pages are timed.
        if asset["status"] == "ready":
            return str(asset["thumbnail_url"])


def _visit(browser: Browser, client: httpx.Client, picture: str, path: str) -> tuple[float, float]:
    """Open a page with nothing in the cache; milliseconds to its largest paint, kB of script."""
    context = browser.new_context(
        base_url=str(client.base_url),
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
    )
    secret = client.cookies["lumenhall_session"]
    context.add_cookies(
        [{"name": "lumenhall_session", "value": secret, "url": str(client.base_url)}]
    )
    page = context.new_page()
    wire = Wire(page)
    _serve_plain_page(page, picture)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    paint, shown = page.evaluate(LARGEST_PAINT_MS)
    assert shown.endswith(picture), f"The largest paint of {path} was {shown or 'a text'}"
    kilobytes = sum(wire.scripts.values()) / 1000
    context.close()
    return float(paint), kilobytes


def _serve_plain_page(page: Page, picture: str) -> None:
    body = f'<!doctype html><title>Plain</title><img src="{picture}" alt="" style="width: 100%">'
    page.route(f"**{PLAIN}", lambda route: route.fulfill(body=body, content_type="text/html"))


if __name__ == "__main__":
    main()
