"""Videos of lessons that the browser sends straight to another server."""

import json

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e import teaching
from tests.e2e.conftest import Visit
from tests.e2e.hands import choose_files
from tests.factories.clips import make_clip
from tests.factories.courses import lesson
from tests.factories.site import Site
from tests.fixtures.browser import PageWatch
from tests.fixtures.server import Server, StartServer

ACCOUNT = "our-courses"
PATIENCE_SECONDS = 120
TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


def settings_for(stream: Server) -> dict[str, str]:
    """Return settings of a site whose lesson videos lie at this server."""
    root = f"{stream.url}/client/v4"
    with Site(stream, name="The Keeper") as keeper:
        new = {"name": "courses", "scopes": ["stream"]}
        token = keeper.ask("POST", "/api/tokens", new)["token"]
    keys = f"{root}/accounts/{ACCOUNT}/stream/keys"
    reply = httpx.post(keys, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    key = reply.raise_for_status().json()["result"]
    return {
        "cloudflare_account_id": ACCOUNT,
        "cloudflare_api_token": token,
        "cloudflare_base_url": root,
        "cloudflare_signing_key_id": key["id"],
        "cloudflare_signing_key": key["pem"],
    }


@pytest.mark.timeout(400)
def test_an_upload_to_another_server_goes_on_after_its_page_was_closed(
    start_server: StartServer, visit: Visit, watched: PageWatch
) -> None:
    watched.allow("ERR_FAILED")
    stream = start_server(stream_allow_private_addresses="true")
    clip = make_clip("normal")
    content = clip.read_bytes()
    half = content[: len(content) // 2]
    with Site(start_server(**settings_for(stream))) as site:
        _, slug = teaching.add_course(site, "Kites", lesson("wind", title="The wind"))
        page = visit(site, site.admin)
        place = f"/courses/{slug}/edit/lessons/wind"
        page.goto(place)
        page.route(f"{stream.url}/**", lambda route: route.abort())
        choose_files(page, "Upload video", clip)
        page.wait_for_function("() => localStorage.getItem('lumenhall-uploads')")
        [kept] = json.loads(page.evaluate("localStorage.getItem('lumenhall-uploads')")).values()
        assert kept["url"].startswith(stream.url)
        sent = httpx.patch(kept["url"], content=half, headers=TUS | {"Upload-Offset": "0"})
        assert sent.status_code == 204
        again = page.context.new_page()
        page.close()
        again.goto(place)
        expect(again.get_by_text("Not all of it has arrived.")).to_be_visible()
        with again.expect_request(lambda request: request.method == "PATCH") as rest:
            choose_files(again, "Choose file", clip)
        assert rest.value.url.startswith(stream.url)
        assert rest.value.headers["upload-offset"] == str(len(half))
        video = again.locator("section").filter(has=again.get_by_role("heading", name="Video"))
        expect(video.get_by_text("Ready", exact=True)).to_be_visible(
            timeout=PATIENCE_SECONDS * 1000
        )
        assert again.evaluate("localStorage.getItem('lumenhall-uploads')") == "{}"
