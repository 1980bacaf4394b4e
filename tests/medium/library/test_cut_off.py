"""Whoever loses access loses playback within a minute: at every address they were given."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from lumenhall.domains.identity.models import ApiToken, Role, Scope, User, UserSession
from lumenhall.domains.library.models import Video
from lumenhall.domains.media import service as media
from lumenhall.domains.media.access import Admissions
from lumenhall.domains.media.captions import parse
from lumenhall.domains.media.models import Asset
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import PASSWORD, People, add_session, add_token
from tests.factories.videos import add_video, make_asset

SRT = parse(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n")
OUTPUTS = {
    "master.m3u8": b"#EXTM3U\nv180.m3u8\n",
    "v180.m3u8": b"#EXTM3U\nv180.mp4\n#EXT-X-ENDLIST\n",
    "v180.mp4": b"all segments",
    "v_00000.m4s": b"segment",
    "manifest.mpd": b"<MPD/>",
    "storyboard.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nsprite-1.jpg#xywh=0,0,160,90\n",
    "sprite-1.jpg": b"pictures",
    "download.mp4": b"whole video",
}
LATEST = timedelta(seconds=59)


class Stage:
    """A listed video of bea's that viv watches, and all who could end that."""

    def __init__(self, app_context: AppContext, people: People) -> None:
        self.context, self.people = app_context, people
        self.video: Video
        self.viewer: User
        self.browser: httpx.AsyncClient
        self.owner: httpx.AsyncClient
        self.moderator: httpx.AsyncClient
        self.admin: httpx.AsyncClient

    @property
    def address(self) -> str:
        return f"/api/videos/{self.video.id}"

    async def prepare(self) -> None:
        bea, self.owner = await self.people.add("bea")
        self.viewer, self.browser = await self.people.add("viv")
        _, self.moderator = await self.people.add("mod", Role.MODERATOR)
        _, self.admin = await self.people.add("ada", Role.ADMIN)
        asset = make_asset(bea, has_download=True, has_storyboard=True, allow_download=True)
        asset.thumbnail_key = f"{asset.folder}/posters/1.jpg"
        async with self.context.database.write() as session:
            self.video = await add_video(session, bea, asset=asset)
            await media.add_track(session, asset.id, SRT, NewTrack("en"))
        await self.context.storage.put_bytes(asset.thumbnail_key, b"poster")
        for name, content in OUTPUTS.items():
            await self.context.storage.put_bytes(f"{asset.published_prefix}/{name}", content)

    async def addresses(self, browser: httpx.AsyncClient) -> list[str]:
        """Return every media address that this viewer is given or led to."""
        reply = await browser.get(f"{self.address}/playback")
        assert reply.status_code == 200, reply.text
        told = reply.json()
        outputs = told["dash_url"].rpartition("/")[0]
        named = [told[f"{name}_url"] for name in ("hls", "poster", "download", "storyboard_vtt")]
        led_to = [f"{outputs}/{name}" for name in OUTPUTS if name != "download.mp4"]
        return [*named, *led_to, *(track["url"] for track in told["captions"])]

    async def another_browser(self) -> httpx.AsyncClient:
        """Return another browser of the viewer's."""
        async with self.context.database.write() as session:
            return self.people.browser(await add_session(session, self.viewer))


@pytest.fixture
async def stage(app_context: AppContext, people: People) -> Stage:
    stage = Stage(app_context, people)
    await stage.prepare()
    return stage


async def signs_out(stage: Stage) -> httpx.Response:
    return await stage.browser.post("/api/sign-out")


async def ends_the_session(stage: Stage) -> httpx.Response:
    mine = (await stage.browser.get("/api/sessions")).json()["items"]
    (watching,) = [one["id"] for one in mine if one["current"]]
    return await (await stage.another_browser()).delete(f"/api/sessions/{watching}")


async def changes_the_password(stage: Stage) -> httpx.Response:
    words = {"current_password": PASSWORD, "new_password": "nine quiet herons by the lake"}
    return await (await stage.another_browser()).post("/api/me/password", json=words)


async def is_disabled(stage: Stage) -> httpx.Response:
    address = f"/api/admin/members/{stage.viewer.id}"
    return await stage.admin.patch(address, json={"disabled": True})


async def is_hidden_by_its_owner(stage: Stage) -> httpx.Response:
    return await stage.owner.patch(stage.address, json={"published": False})


async def is_hidden_by_a_moderator(stage: Stage) -> httpx.Response:
    return await stage.moderator.patch(stage.address, json={"published": False})


async def is_put_off(stage: Stage) -> httpx.Response:
    later = (clock.now() + timedelta(days=1)).isoformat()
    return await stage.owner.patch(stage.address, json={"published_at": later})


async def is_deleted(stage: Stage) -> httpx.Response:
    return await stage.owner.delete(stage.address)


LOSSES = (
    signs_out,
    ends_the_session,
    changes_the_password,
    is_disabled,
    is_hidden_by_its_owner,
    is_hidden_by_a_moderator,
    is_put_off,
    is_deleted,
)
Loss = Callable[[Stage], Awaitable[httpx.Response]]


async def answers(stage: Stage, addresses: list[str]) -> set[int]:
    """Ask for each address as a player does: without the cookie."""
    player = stage.people.browser()
    return {(await player.get(address)).status_code for address in addresses}


@pytest.mark.parametrize("is_heard_of", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
async def test_a_loss_ends_playback_everywhere_also_where_it_is_not_heard_of(
    stage: Stage, loss: Loss, is_heard_of: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_heard_of:
        monkeypatch.setattr(Admissions, "forget", lambda self, **who: None)
        monkeypatch.setattr(Admissions, "forget_asset", lambda self, asset_id: None)
    addresses = await stage.addresses(stage.browser)
    assert len(addresses) == len(OUTPUTS) + 4
    assert await answers(stage, addresses) == {200}
    assert (await loss(stage)).is_success
    with clock.freeze(clock.now() + LATEST):
        assert await answers(stage, addresses) in ({403}, {404})


async def test_a_token_that_is_revoked_plays_no_more(stage: Stage) -> None:
    async with stage.context.database.write() as session:
        secret = await add_token(session, stage.viewer, Scope.READ)
        token_id = await session.scalar(select(ApiToken.id))
    program = stage.people.browser(Authorization=f"Bearer {secret}")
    addresses = await stage.addresses(program)
    assert await answers(stage, addresses) == {200}
    await stage.browser.delete(f"/api/tokens/{token_id}")
    assert await answers(stage, addresses) == {403}


async def test_who_is_no_moderator_any_more_loses_what_only_those_see(stage: Stage) -> None:
    await stage.moderator.patch(stage.address, json={"published": False})
    addresses = await stage.addresses(stage.moderator)
    assert await answers(stage, addresses) == {200}
    async with stage.context.database.read() as session:
        moderator = await session.scalar(select(User.id).where(User.username == "mod"))
    change = {"role": "member"}
    assert (await stage.admin.patch(f"/api/admin/members/{moderator}", json=change)).is_success
    with clock.freeze(clock.now() + LATEST):
        assert await answers(stage, addresses) == {404}


async def test_a_session_that_runs_out_plays_no_more(stage: Stage) -> None:
    addresses = await stage.addresses(stage.browser)
    async with stage.context.database.write() as session:
        (watching,) = await session.scalars(
            select(UserSession).where(UserSession.user_id == stage.viewer.id)
        )
        watching.expires_at = clock.now() + timedelta(seconds=1)
    assert await answers(stage, addresses) == {200}
    with clock.freeze(clock.now() + LATEST):
        assert await answers(stage, addresses) == {403}


async def test_the_copy_that_plays_first_ends_as_well(stage: Stage) -> None:
    folder = f"assets/{stage.video.asset_id}/0"
    for name in ("master.m3u8", "v.m3u8", "v_00000.m4s"):
        await stage.context.storage.put_bytes(f"{folder}/{name}", b"#EXTM3U\nv_00000.m4s\n")
    async with stage.context.database.write() as session:
        (await session.get_one(Asset, stage.video.asset_id)).retired_prefixes = [folder]
    hls = (await stage.addresses(stage.browser))[0].rpartition("/")[0]
    addresses = [f"{hls}/0/{name}" for name in ("v.m3u8", "v_00000.m4s")]
    assert await answers(stage, addresses) == {200}
    assert (await is_hidden_by_its_owner(stage)).is_success
    with clock.freeze(clock.now() + LATEST):
        assert await answers(stage, addresses) == {404}
