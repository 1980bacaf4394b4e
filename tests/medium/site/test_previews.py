"""What the page of a video says of it: everything to who may see it, nothing to anybody else."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from lumenhall.domains.identity.models import Role, Scope
from lumenhall.domains.library.models import Video
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.surfaces.site import Pages, Previews
from tests.factories.people import COOKIE, People, add_token
from tests.factories.videos import add_video, make_asset
from tests.fixtures.application import BASE_URL

INDEX = "<!doctype html><head><title>Built</title></head><div id=root></div>"
PICTURE = b"\xff\xd8 a picture"
HOSTILE = """</title><script>alert("1")</script> & 'quoted' 🏔"""


@pytest.fixture
async def pages(app_context: AppContext, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without cookies, who opens pages."""
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "index.html.br").write_text("compressed")
    transport = httpx.ASGITransport(Pages(tmp_path, Previews(app_context).head))
    async with app_context.database.write() as session:
        await options.change(session, None, site_name="Tea & <Friends>")
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield client


async def look(pages: httpx.AsyncClient, path: str, who: httpx.AsyncClient | None = None) -> str:
    cookies = {"Cookie": f"{COOKIE}={who.cookies[COOKIE]}"} if who else {}
    reply = await pages.get(path, headers=cookies | {"Accept-Encoding": "br, gzip"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["cache-control"] == "private, no-cache"
    return reply.text


def cards(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)" />', page)
    return {name: unescape(content) for name, content in found}


async def add(app_context: AppContext, people: People, **values: object) -> Video:
    owner, _ = await people.add(f"owner{new_id().hex[-8:]}")
    asset = make_asset(owner, duration=83)
    asset.thumbnail_key = f"{asset.folder}/poster-1.jpg"
    await app_context.storage.put_bytes(asset.thumbnail_key, PICTURE)
    async with app_context.database.write() as session:
        return await add_video(session, owner, asset=asset, **values)  # type: ignore[arg-type]


async def test_who_may_see_gets_a_card(
    people: People, app_context: AppContext, pages: httpx.AsyncClient
) -> None:
    _, ann = await people.add("ann")
    video = await add(app_context, people, title=HOSTILE, description='A\n"tale"  ' + "<b>" * 99)
    for path in (f"/watch/{video.id}", f"/v/{video.short_id}", f"/watch/{video.id}/"):
        page = await look(pages, path, ann)
        assert "<script>" not in page
        assert "<b>" not in page
        (title,) = re.findall("<title>(.*)</title>", page)
        assert unescape(title) == f"{HOSTILE} · Tea & <Friends>"
        card = cards(page)
        assert card["og:title"] == HOSTILE
        assert card["og:site_name"] == "Tea & <Friends>"
        assert card["og:description"].startswith('A "tale" <b><b>')
        assert len(card["og:description"]) == 200
        assert card["og:video:duration"] == "83"
        assert card["og:url"] == f"{BASE_URL}/v/{video.short_id}"
        assert card["twitter:card"] == "summary_large_image"
        picture = await ann.get(card["og:image"])
        assert (picture.status_code, picture.content) == (200, PICTURE)
        assert page.endswith("<div id=root></div>")


async def test_a_video_without_words_or_picture_has_a_small_card(
    people: People, app_context: AppContext, pages: httpx.AsyncClient
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        video = await add_video(session, bea, asset=make_asset(bea, duration=None))
    card = cards(await look(pages, f"/v/{video.short_id}", client))
    assert card["twitter:card"] == "summary"
    assert not {"og:image", "og:description", "og:video:duration"} & card.keys()


async def test_strangers_get_the_same_page_whether_there_is_a_video_or_not(
    people: People, app_context: AppContext, pages: httpx.AsyncClient, statements: list[str]
) -> None:
    video = await add(app_context, people, title="A secret")
    statements.clear()
    seen = {
        await look(pages, path)
        for path in (
            f"/watch/{video.id}",
            f"/v/{video.short_id}",
            f"/watch/{new_id()}",
            "/v/00000000",
            "/watch/not-an-id",
            "/v/%00",
        )
    }
    (page,) = seen
    assert "secret" not in page
    assert cards(page) == {"og:site_name": "Tea & <Friends>", "og:title": "Tea & <Friends>"}
    # Nobody looked for a video, so the time that it takes tells nothing either.
    assert not any("videos" in statement for statement in statements)


async def test_who_may_not_see_gets_what_strangers_get(
    people: People, app_context: AppContext, pages: httpx.AsyncClient
) -> None:
    _, ann = await people.add("ann")
    _, admin = await people.add("ada", Role.ADMIN)
    later = clock.now() + timedelta(days=1)
    nothing = await look(pages, "/watch/x")
    for values in ({"published": False}, {"published_at": later}):
        video = await add(app_context, people, title="A secret", **values)
        for path in (f"/watch/{video.id}", f"/v/{video.short_id}"):
            assert await look(pages, path, ann) == nothing
            assert "A secret" in await look(pages, path, admin)


async def test_a_token_is_for_the_interface_and_not_for_pages(
    people: People, app_context: AppContext, pages: httpx.AsyncClient
) -> None:
    video = await add(app_context, people, title="A secret")
    ann, _ = await people.add("ann")
    async with app_context.database.write() as session:
        token = await add_token(session, ann, Scope.UPLOAD)
    reply = await pages.get(f"/v/{video.short_id}", headers={"Authorization": f"Bearer {token}"})
    assert "secret" not in reply.text


@pytest.mark.parametrize("path", ["/", "/watch", "/people/watch", "/search"])
async def test_other_pages_stay_as_they_were_built(pages: httpx.AsyncClient, path: str) -> None:
    reply = await pages.get(path, headers={"Accept-Encoding": "identity"})
    assert reply.text == INDEX
