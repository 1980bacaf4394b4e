"""The picture of an asset: whatever is chosen last is shown, and nothing else is kept."""

import pytest
from sqlalchemy import select

from lumenhall.domains.media import service
from lumenhall.domains.media.errors import AssetStateConflict
from lumenhall.domains.media.models import Asset
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.outbox.rows import OutboxRow
from tests.medium.media.conftest import make_viewer


@pytest.fixture
async def asset(session: WriteSession) -> Asset:
    owner = await make_viewer(session)
    return await service.create_asset(session, owner.user_id, original_filename="a.mp4")


@pytest.fixture
async def playing(session: WriteSession, asset: Asset) -> Asset:
    asset.preview_prefix, asset.duration_ms = f"{asset.folder}/1", 10_000
    await session.flush()
    await service.set_automatic_thumbnail(session, asset.id, key(asset, "auto"))
    return asset


def key(asset: Asset, name: str) -> str:
    return service.picture_key(asset.id, name)


async def removed(session: WriteSession) -> list[str]:
    rows = await session.scalars(select(OutboxRow.payload).order_by(OutboxRow.id))
    return [row["key"].rpartition("/")[-1] for row in rows if "key" in row]


async def test_the_automatic_picture_is_shown_until_somebody_chooses(
    session: WriteSession, asset: Asset
) -> None:
    assert (asset.thumbnail_key, asset.has_own_thumbnail) == (None, False)
    await service.set_automatic_thumbnail(session, asset.id, key(asset, "one"))
    await service.set_automatic_thumbnail(session, asset.id, key(asset, "two"))
    assert (asset.thumbnail_key, asset.has_own_thumbnail) == (key(asset, "two"), False)
    await service.set_thumbnail(session, asset.id, key(asset, "mine"))
    await service.set_automatic_thumbnail(session, asset.id, key(asset, "three"))
    assert (asset.thumbnail_key, asset.has_own_thumbnail) == (key(asset, "mine"), True)
    await service.reset_thumbnail(session, asset.id)
    assert (asset.thumbnail_key, asset.has_own_thumbnail) == (key(asset, "three"), False)
    assert await removed(session) == ["one.jpg", "two.jpg", "mine.jpg"]


async def test_a_picture_may_be_chosen_before_there_is_an_automatic_one(
    session: WriteSession, asset: Asset
) -> None:
    await service.set_thumbnail(session, asset.id, key(asset, "mine"))
    await service.set_automatic_thumbnail(session, asset.id, key(asset, "auto"))
    assert asset.thumbnail_key == key(asset, "mine")


async def test_a_frame_is_shown_once_it_is_made(session: WriteSession, playing: Asset) -> None:
    at = await service.want_frame(session, playing.id, 2500)
    assert (playing.thumbnail_pending, playing.has_own_thumbnail) == (True, False)
    for _ in range(2):
        await service.show_frame(session, playing.id, at, key(playing, "frame"))
        assert playing.thumbnail_key == key(playing, "frame")
        assert not playing.thumbnail_pending
    assert await removed(session) == []


async def test_a_moment_beyond_the_end_is_the_end(session: WriteSession, playing: Asset) -> None:
    assert await service.want_frame(session, playing.id, 99_000) == 10_000


@pytest.mark.parametrize("later", ["upload", "reset", "frame"])
async def test_a_frame_that_comes_too_late_is_not_shown(
    session: WriteSession, playing: Asset, later: str
) -> None:
    await service.want_frame(session, playing.id, 2500)
    if later == "upload":
        await service.set_thumbnail(session, playing.id, key(playing, "mine"))
    elif later == "reset":
        await service.reset_thumbnail(session, playing.id)
    else:
        await service.want_frame(session, playing.id, 5000)
    shown = playing.thumbnail_key
    await service.show_frame(session, playing.id, 2500, key(playing, "late"))
    await service.forget_frame(session, playing.id, 2500)
    assert playing.thumbnail_key == shown
    assert playing.thumbnail_pending == (later == "frame")
    assert await removed(session) == ["late.jpg"]


async def test_a_frame_that_can_not_be_made_leaves_the_picture(
    session: WriteSession, playing: Asset
) -> None:
    at = await service.want_frame(session, playing.id, 2500)
    await service.forget_frame(session, playing.id, at)
    assert (playing.thumbnail_pending, playing.thumbnail_key) == (False, key(playing, "auto"))


async def test_a_frame_needs_a_video_that_plays(session: WriteSession, asset: Asset) -> None:
    with pytest.raises(AssetStateConflict):
        await service.want_frame(session, asset.id, 0)


async def test_pictures_of_another_asset_are_refused(session: WriteSession, asset: Asset) -> None:
    elsewhere = service.picture_key(new_id(), "x")
    for show in (service.set_thumbnail, service.set_automatic_thumbnail):
        with pytest.raises(ValueError, match="lies outside"):
            await show(session, asset.id, elsewhere)
