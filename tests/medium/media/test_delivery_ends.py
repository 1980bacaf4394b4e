"""When playback ends: by the clock, by signing out, by a rule, with the asset."""

import uuid
from datetime import timedelta

import pytest

from lumenhall.domains.identity.events import MemberDisabled, SessionEnded
from lumenhall.domains.identity.models import User, UserSession
from lumenhall.domains.media import access, service
from lumenhall.domains.media.captions import parse
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from tests.medium.media.conftest import make_viewer
from tests.medium.media.place import Place

SRT = parse(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n")


async def test_an_address_ends(place: Place) -> None:
    await place.preview(growing=True)
    playback = await place.playback()
    with clock.freeze(playback.expires_at):
        reply = await place.client.get(playback.hls_url)
    assert (reply.status_code, reply.json()["code"]) == (403, "playback_ended")


async def test_signing_out_ends_playback_at_once(place: Place) -> None:
    await place.preview(growing=True)
    url = (await place.playback()).hls_url
    segment = f"{url.rpartition('/')[0]}/1/v_00000.m4s"
    assert (await place.client.get(segment)).status_code == 200
    session_id = place.owner.session_id
    assert session_id
    async with place.database.write() as session:
        await session.delete(await session.get_one(UserSession, session_id))
        await announce(session, SessionEnded(session_id, place.owner.user_id))
    for address in (segment, url):
        reply = await place.client.get(address)
        assert (reply.status_code, reply.json()["code"]) == (403, "playback_ended")


async def test_disabling_a_person_ends_playback_at_once(place: Place) -> None:
    await place.preview(growing=True)
    url = f"{(await place.playback()).hls_url.rpartition('/')[0]}/1/v_00000.m4s"
    assert (await place.client.get(url)).status_code == 200
    async with place.database.write() as session:
        (await session.get_one(User, place.owner.user_id)).disabled_at = clock.now()
        await announce(session, MemberDisabled(place.owner.user_id))
    assert (await place.client.get(url)).status_code == 403


async def test_a_sign_out_elsewhere_ends_playback_within_a_minute(place: Place) -> None:
    await place.preview(growing=True)
    url = (await place.playback()).hls_url
    assert (await place.client.get(url)).status_code == 200
    async with place.database.write() as session:
        await session.delete(await session.get_one(UserSession, place.owner.session_id))
    with clock.freeze(clock.now() + timedelta(seconds=30)):
        assert (await place.client.get(url)).status_code == 403


async def test_others_play_only_while_a_rule_lets_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "_rules", [])
    allowed = False

    @access.allow
    async def rule(session: object, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
        return allowed

    await place.preview(growing=True)
    async with place.database.write() as session:
        viewer = await make_viewer(session)
    url = (await place.playback(viewer)).hls_url
    assert (await place.client.get(url)).status_code == 404
    allowed = True
    assert (await place.client.get(url)).status_code == 200
    allowed = False
    with clock.freeze(clock.now() + timedelta(seconds=30)):
        assert (await place.client.get(url)).status_code == 404


async def test_a_deleted_asset_stops_playing_at_once(place: Place) -> None:
    await place.preview(growing=True)
    url = f"{(await place.playback()).hls_url.rpartition('/')[0]}/1/v_00000.m4s"
    assert (await place.client.get(url)).status_code == 200
    async with place.database.write() as session:
        await service.delete_asset(session, place.asset_id)
    assert (await place.client.get(url)).status_code == 404
