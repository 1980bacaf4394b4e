"""What hands do that takes more than one call: drop files, choose them, wait on a slow line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect


def choose_files(page: Page, button: str | re.Pattern[str], *files: Path) -> None:
    """Press the button and choose files in the dialog that it opens."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).click()
    chooser.value.set_files(list(files))


def drop_files(page: Page, *files: Path) -> None:
    """Drag files from the desktop over the page and let go of them; it must have settled."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}

    def drag(event: str) -> None:
        place = {"type": event, "x": 640, "y": 400, "data": data}
        session.send("Input.dispatchDragEvent", place)

    drag("dragEnter")
    page.get_by_text("Drop to upload").wait_for()
    # The browser drops only where it has heard that the page takes files.
    for _ in range(2):
        drag("dragOver")
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
    drag("drop")
    page.get_by_text("Drop to upload").wait_for(state="hidden")
    session.detach()


def wait_until_sent(page: Page, title: str, percent: int) -> None:
    """Wait until so much of an upload's bytes have gone."""
    bar = page.get_by_role("progressbar", name=f"Upload of {title}")
    expect(bar).to_be_visible()
    page.wait_for_function(f"bar => bar.ariaValueNow >= {percent}", arg=bar.element_handle())


def wait_for_video(page: Page, what: str) -> None:
    """Wait until `what` holds: JavaScript about `video`, the element."""
    page.wait_for_function(
        f"() => {{ const video = document.querySelector('video'); return video && ({what}) }}"
    )


@contextmanager
def sending_slowly(page: Page, bytes_per_second: int) -> Iterator[None]:
    """Let the page send no faster inside the block."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": 0, "downloadThroughput": -1}
    session.send("Network.emulateNetworkConditions", line | {"uploadThroughput": bytes_per_second})
    yield
    session.send("Network.emulateNetworkConditions", line | {"uploadThroughput": -1})
    session.detach()
