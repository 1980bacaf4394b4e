"""Pages of other sites: they upload to a one-time address, and embed what is played."""

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from typing_extensions import override

from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.server import Server

TUS_CLIENT = Path(__file__).parents[1] / "contract/node/node_modules/tus-js-client/dist/tus.min.js"
SEND = """([address, data]) => new Promise((done, fail) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const file = new File([bytes], "talk.mp4", { type: "video/mp4" });
    const seen = [];
    new tus.Upload(file, {
        uploadUrl: address, chunkSize: 65536, retryDelays: null,
        onAfterResponse: (_, reply) => { seen.push(reply.getHeader("stream-media-id")); },
        onSuccess: () => done(seen), onError: fail,
    }).start();
})"""


class _Quiet(SimpleHTTPRequestHandler):
    @override
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Elsewhere:
    """Another site, whose pages lie in a folder."""

    url: str
    folder: Path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    handler = partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield Elsewhere(f"http://127.0.0.1:{site.server_port}", tmp_path)
        site.shutdown()
        thread.join()


@pytest.fixture
def stream(site: Site) -> httpx.Client:
    made = site.ask("POST", "/api/tokens", {"name": "embedder", "scopes": ["stream"]})
    headers = {"Authorization": f"Bearer {made['token']}"}
    return httpx.Client(
        base_url=f"{site.url}/client/v4/accounts/embedder", headers=headers, timeout=60
    )


def test_a_page_of_another_site_uploads_and_embeds(
    page: Page, server: Server, stream: httpx.Client, elsewhere: Elsewhere
) -> None:
    clip = make_clip("normal").read_bytes()
    made = stream.post(
        "/stream?direct_user=true",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(len(clip))},
    )
    address, uid = made.headers["location"], made.headers["stream-media-id"]
    frame = f'<iframe src="{server.url}/{uid}/iframe?muted" allow="autoplay"></iframe>'
    (elsewhere.folder / "upload.html").write_text("<!doctype html><p>Hi")
    (elsewhere.folder / "embed.html").write_text(f"<!doctype html>{frame}")
    page.goto(f"{elsewhere.url}/upload.html")
    page.add_script_tag(path=TUS_CLIENT)
    seen = page.evaluate(SEND, [address, base64.b64encode(clip).decode()])
    assert {*seen} == {uid}
    for _ in range(600):
        video = stream.get(f"/stream/{uid}").json()["result"]
        if video["status"]["state"] == "ready":
            break
        page.wait_for_timeout(100)
    assert video["status"]["state"] == "ready"
    page.goto(f"{elsewhere.url}/embed.html")
    player = page.frame_locator("iframe").locator("video")
    expect(player).to_have_attribute("aria-label", uid)
    player.evaluate("video => video.play()")
    expect(player).to_have_js_property("paused", value=False)
    page.wait_for_timeout(1500)
    assert player.evaluate("video => video.currentTime") > 0.3
    stream.close()
