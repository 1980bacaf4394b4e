"""What names no video and could show or count one shows and counts what its reader may know of."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from lumenhall.domains.engagement import service as engagement
from lumenhall.platform.context import AppContext
from lumenhall.surfaces.site import Pages, Previews
from tests.factories.people import COOKIE, People
from tests.fixtures.application import BASE_URL
from tests.medium.main.stage import Stage, Thing
from tests.medium.main.test_who_sees_what import OUTSIDE, SEES, SIGNED_IN

Shows = Callable[[str], set[str]]


def everything(role: str) -> set[str]:
    """Return the kinds of videos that are shown to whoever may know of them."""
    return {kind for kind, seen_by in SEES.items() if role in seen_by}


def public(role: str) -> set[str]:
    return {"published"}


def public_and_own(role: str) -> set[str]:
    return everything(role) if role == "owner" else public(role)


def own(role: str) -> set[str]:
    return everything(role) if role == "owner" else set()


def first(role: str) -> set[str]:
    """Return the kind of the first video of a playlist that has them all, the newest first."""
    return {"published" if role == "member" else "withdrawn"}


def nothing(role: str) -> set[str]:
    return set()


# What lists show; `{word}` is tried with the word of every video, `{role}` is the asker.
LISTS: dict[str, Shows] = {
    "/api/videos": public,
    "/api/videos?sort=views": public,
    "/api/videos?scope=mine": own,
    "/api/videos?category=music": public,
    "/api/videos?category=music&sort=views": public,
    "/api/videos?uploader=owner": public,
    "/api/videos?scope=mine&uploader=owner": own,
    "/api/videos?tag={word}": public,
    "/api/search?q=the": public_and_own,
    "/api/search?q=about&category=music": public_and_own,
    "/api/search?q={word}": public_and_own,
    "/api/search?q={word}&uploader=owner": public_and_own,
    "/api/search?q={word}&tag={word}": public_and_own,
    "/api/search?q=say": nothing,
    "/api/playlists": first,
    "/api/playlists/{own_playlist_id}/items": everything,
    "/api/playlists/{own_playlist_id}": first,
    "/api/playlists?owner=owner": first,
    "/api/playlists?scope=public": first,
    "/api/playlists/{public_id}": first,
    "/api/playlists/{public_id}/items": everything,
    "/api/me/history": everything,
    "/api/categories": nothing,
    "/api/people?query=owner": nothing,
    "/api/people/owner": nothing,
    "/api/uploads": nothing,
    "/api/me": nothing,
    "/api/site": nothing,
}
# The home page goes on with what one has begun, whether it is listed or not.
HOME: dict[str, Shows] = {
    "hero": nothing,
    "newest": public,
    "reacted": public,
    "playlists": public,
    "categories": public,
    "continue_watching": everything,
}


@pytest.fixture
async def stage(people: People, app_context: AppContext) -> Stage:
    stage = Stage(people, app_context)
    await stage.set_up()
    return stage


@pytest.fixture
async def things(stage: Stage) -> list[Thing]:
    """One video of each kind, all in everybody's playlist and in a public one of the owner's."""
    async with stage.app_context.database.write() as session:
        public_list = await stage.make_playlist(session, "owner", "For all", is_public=True)
    stage.playlists["public"] = public_list.id
    return [await stage.add(kind) for kind in SEES]


def shown_in(text: str, things: list[Thing]) -> set[str]:
    """Return the kinds of the videos of which there is any trace."""
    return {thing.kind for thing in things if any(trace in text for trace in thing.traces)}


def addresses(template: str, stage: Stage, role: str, things: list[Thing]) -> list[str]:
    ids = {"own_playlist_id": stage.playlists[role], "public_id": stage.playlists["public"]}
    if "{word}" in template:
        return [template.format(word=thing.word, **ids) for thing in things]
    return [template.format(**ids)]


async def test_lists_show_what_their_reader_may_know_of(stage: Stage, things: list[Thing]) -> None:
    wrong = []
    for role in (*SIGNED_IN, "token of the member"):
        reads_as = role.rpartition(" ")[2]
        for template, shows in LISTS.items():
            replies = [
                await stage.ask(role, f"GET {address}")
                for address in addresses(template, stage, role, things)
            ]
            assert {reply.status_code for reply in replies} == {200}, replies[0].text
            seen = shown_in("".join(reply.text for reply in replies), things)
            if seen != shows(reads_as):
                wrong.append(f"{role}: {template}: {seen}, not {shows(reads_as)}")
    assert not wrong, "\n".join(wrong)


async def test_nobody_else_sees_a_list(stage: Stage, things: list[Thing]) -> None:
    for role, status in OUTSIDE.items():
        stage.playlists[role] = stage.playlists["member"]
        for template in {*LISTS, "/api/home"} - {"/api/site"}:
            for address in addresses(template, stage, role, things):
                reply = await stage.ask(role, f"GET {address}")
                # What is being uploaded is what the token without the other scopes is for.
                by_scope = role == "token without scope" and template == "/api/uploads"
                assert reply.status_code == (200 if by_scope else status), address
                assert not shown_in(reply.text, things)


async def test_the_home_page_shows_what_its_reader_may_know_of(
    stage: Stage, things: list[Thing]
) -> None:
    await engagement.shelve_reacted(stage.app_context.database)
    for role in SIGNED_IN:
        home = (await stage.ask(role, "GET /api/home")).json()
        assert home.keys() == HOME.keys()
        for row, content in home.items():
            shows = HOME[row]
            assert shown_in(str(content), things) == shows(role), (role, row)
        (playlist,) = home["playlists"]
        assert playlist["video_count"] == 1, role


async def test_what_was_withdrawn_is_listed_for_moderators_only(
    stage: Stage, things: list[Thing]
) -> None:
    for role in SIGNED_IN:
        reply = await stage.ask(role, "GET /api/moderation/withdrawn-videos")
        if role in ("moderator", "admin"):
            assert shown_in(reply.text, things) == {"withdrawn"}
        else:
            assert reply.status_code == 403


async def test_a_hero_that_is_not_for_all_is_for_nobody(stage: Stage) -> None:
    for kind in SEES:
        if kind == "deleted":
            continue
        thing = await stage.add(kind)
        reply = await stage.ask(
            "admin", f"PATCH /api/videos/{thing.video_id}", json={"is_hero": True}
        )
        assert reply.status_code == 200, reply.text
        for role in SIGNED_IN:
            hero = (await stage.ask(role, "GET /api/home")).json()["hero"]
            assert (hero is not None) is (kind == "published"), (kind, role)


async def test_counts_are_of_what_their_reader_may_know_of(
    stage: Stage, things: list[Thing]
) -> None:
    for role in SIGNED_IN:
        (category,) = (await stage.ask(role, "GET /api/categories")).json()["items"]
        assert category["video_count"] == 1, role
        visible = len(everything(role))
        for name in (role, "public"):
            playlist = await stage.ask(role, f"GET /api/playlists/{stage.playlists[name]}")
            assert playlist.json()["video_count"] == visible, (role, name)
        lists = (await stage.ask(role, "GET /api/playlists?scope=public")).json()["items"]
        assert [playlist["video_count"] for playlist in lists] == [visible], role


async def test_suggestions_are_of_what_their_reader_may_know_of(
    stage: Stage, things: list[Thing]
) -> None:
    for role in SIGNED_IN:
        for thing in things:
            reply = await stage.ask(role, f"GET /api/search/suggestions?q={thing.word[:-2]}")
            kinds = {item["kind"] for item in reply.json()["items"]}
            expected = {"video"} if thing.kind in public_and_own(role) else set()
            # A tag is suggested once it stands on what everybody can see.
            expected |= {"tag"} if thing.kind == "published" else set()
            assert kinds == expected, (role, thing.kind)


@pytest.fixture
async def pages(app_context: AppContext, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "index.html").write_text("<!doctype html><head><title>Built</title></head>")
    transport = httpx.ASGITransport(Pages(tmp_path, Previews(app_context).head))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield client


async def test_links_show_a_preview_to_those_who_may_know_of_the_video(
    stage: Stage, things: list[Thing], pages: httpx.AsyncClient
) -> None:
    nothing_there = (await pages.get("/watch/nothing")).text
    for role in (*SIGNED_IN, *OUTSIDE):
        browser = stage.browsers[role]
        headers = {"Cookie": f"{COOKIE}={browser.cookies.get(COOKIE)}"}
        headers |= {k: v for k, v in browser.headers.items() if k == "authorization"}
        for thing in things:
            for path in (f"/watch/{thing.video_id}", f"/v/{thing.short_id}"):
                page = (await pages.get(path, headers=headers)).text
                if role in SEES[thing.kind]:
                    assert thing.word in page, (role, path)
                else:
                    assert page == nothing_there, (role, thing.kind)


async def test_what_is_hidden_is_no_longer_sent_to_those_who_were_watching(stage: Stage) -> None:
    """Addresses of pictures, captions and films end with the right to see the video."""
    for hide in ({"published": False}, {"published_at": "2999-01-01T00:00:00Z"}, None):
        thing = await stage.add("published")
        video = f"/api/videos/{thing.video_id}"
        for role in SIGNED_IN:
            playback = (await stage.ask(role, f"GET {video}/playback")).json()
            reads = [playback["poster_url"], playback["captions"][0]["url"]]
            stage.media[role] = reads
            for address in reads:
                assert (await stage.ask("stranger", f"GET {address}")).status_code == 200
        if hide is None:
            reply = await stage.ask("owner", f"DELETE {video}")
        else:
            reply = await stage.ask("owner", f"PATCH {video}", json=hide)
        assert reply.is_success, reply.text
        for role in SIGNED_IN:
            stays = hide is not None and role in ("owner", "admin")
            for address in stage.media[role]:
                reply = await stage.ask("stranger", f"GET {address}")
                assert reply.status_code == (200 if stays else 404), (role, hide, address)
                assert stays or not re.search(thing.word, reply.text)
