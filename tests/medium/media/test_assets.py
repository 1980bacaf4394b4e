import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import queries, service
from lumenhall.domains.media.errors import AssetNotFound, AssetStateConflict, SourceGone
from lumenhall.domains.media.events import (
    AssetDeleted,
    AssetFailed,
    AssetPlayable,
    AssetProgressed,
    AssetQueued,
    AssetReady,
)
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database, WriteSession
from lumenhall.platform.events import Event, subscribe
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.outbox import OutboxRow
from lumenhall.platform.storage import MemoryStorage
from tests.medium.media.conftest import make_viewer

HEARD: list[Event] = []


async def _hear(session: AsyncSession, event: Event) -> None:
    HEARD.append(event)


for _kind in (
    *(AssetDeleted, AssetFailed, AssetPlayable),
    *(AssetProgressed, AssetQueued, AssetReady),
):
    subscribe(_kind)(_hear)


@pytest.fixture
async def asset(session: WriteSession) -> Asset:
    HEARD.clear()
    owner = await make_viewer(session)
    return await service.create_asset(
        session, owner.user_id, original_filename="Holiday\n.mp4", file_size_bytes=1000
    )


def heard() -> list[str]:
    return [type(event).__name__ for event in HEARD]


async def start(session: WriteSession, asset: Asset) -> None:
    key = f"{asset.folder}/source/1"
    await service.mark_uploaded(session, asset.id, source_key=key, file_size_bytes=1234)
    await service.mark_in_progress(session, asset.id, "preparing")


async def sent(session: WriteSession) -> list[tuple[str, str]]:
    rows = await session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    return [(row.kind, next(iter(row.payload.values()))) for row in rows]


async def test_an_asset_goes_from_its_first_byte_to_ready(
    session: WriteSession, asset: Asset
) -> None:
    assert asset.status is AssetStatus.PENDING_UPLOAD
    assert asset.original_filename == "Holiday .mp4"
    await start(session, asset)
    assert (asset.status, asset.file_size_bytes) == (AssetStatus.IN_PROGRESS, 1234)
    await service.record_facts(session, asset.id, service.Facts(4600, 320, 180, {"codec": "h264"}))
    assert (asset.duration_ms, asset.duration_seconds) == (4600, 5)
    await service.mark_playable(session, asset.id, f"{asset.folder}/1")
    assert asset.playable
    await service.publish_outputs(
        session, asset.id, f"{asset.folder}/2", has_storyboard=True, meta={"rungs": [180]}
    )
    assert (asset.status, asset.processing_progress) == (AssetStatus.READY, 100)
    assert asset.current_prefix == f"{asset.folder}/2"
    assert asset.meta == {"codec": "h264", "rungs": [180]}
    assert heard() == ["AssetQueued", "AssetProgressed", "AssetPlayable", "AssetReady"]


@pytest.mark.parametrize(("milliseconds", "seconds"), [(0, 0), (40, 1), (1499, 1), (1500, 2)])
async def test_a_length_is_rounded_to_whole_seconds(
    session: WriteSession, asset: Asset, milliseconds: int, seconds: int
) -> None:
    await service.record_facts(session, asset.id, service.Facts(milliseconds, 320, 180))
    assert asset.duration_seconds == seconds


async def test_every_step_is_safe_to_repeat(session: WriteSession, asset: Asset) -> None:
    await start(session, asset)
    await service.mark_playable(session, asset.id, f"{asset.folder}/1")
    await service.mark_playable(session, asset.id, f"{asset.folder}/1")
    for _ in range(2):
        await service.publish_outputs(session, asset.id, f"{asset.folder}/2")
    assert asset.retired_prefixes == [f"{asset.folder}/1"]
    assert heard().count("AssetPlayable") == heard().count("AssetReady") == 1


async def test_progress_never_falls_within_an_attempt(session: WriteSession, asset: Asset) -> None:
    await start(session, asset)
    for percent in (10, 40, 30, 250, -5):
        await service.record_progress(session, asset.id, percent, step="ladder", eta_seconds=9)
    assert asset.processing_progress == 99
    assert (asset.processing_step, asset.eta_seconds) == ("ladder", 9)
    await service.mark_in_progress(session, asset.id, "preparing")
    assert (asset.processing_progress, asset.processing_step) == (0, "preparing")


async def test_a_late_report_changes_nothing(session: WriteSession, asset: Asset) -> None:
    await start(session, asset)
    await service.publish_outputs(session, asset.id, f"{asset.folder}/1")
    await service.record_progress(session, asset.id, 50, step="ladder")
    assert (asset.processing_progress, asset.processing_step) == (100, None)


async def test_a_failure_says_why_and_can_be_tried_again(
    session: WriteSession, asset: Asset
) -> None:
    await start(session, asset)
    await service.mark_error(session, asset.id, "damaged", "The file is damaged." * 100)
    assert asset.status is AssetStatus.ERROR
    assert asset.error_code == "damaged"
    assert len(asset.error_message or "") == 500
    with pytest.raises(AssetStateConflict):
        await service.publish_outputs(session, asset.id, f"{asset.folder}/1")
    again = await service.process_again(session, asset.id)
    assert again.status is AssetStatus.QUEUED
    assert (again.error_code, again.error_message) == (None, None)
    assert heard()[-2:] == ["AssetFailed", "AssetQueued"]


async def test_processing_again_keeps_what_is_published(
    session: WriteSession, asset: Asset
) -> None:
    await start(session, asset)
    await service.publish_outputs(session, asset.id, f"{asset.folder}/1")
    await service.process_again(session, asset.id)
    assert asset.current_prefix == f"{asset.folder}/1"
    with pytest.raises(AssetStateConflict):
        await service.process_again(session, asset.id)
    await service.mark_in_progress(session, asset.id, "preparing")
    await service.publish_outputs(session, asset.id, f"{asset.folder}/2")
    assert asset.current_prefix == f"{asset.folder}/2"
    assert asset.retired_prefixes == [f"{asset.folder}/1"]


async def test_without_its_source_nothing_is_processed_again(
    session: WriteSession, asset: Asset
) -> None:
    await start(session, asset)
    await service.publish_outputs(session, asset.id, f"{asset.folder}/1")
    await service.drop_source(session, asset.id)
    assert await sent(session) == [("media.remove_file", f"{asset.folder}/source/1")]
    with pytest.raises(SourceGone):
        await service.process_again(session, asset.id)


async def test_replaced_outputs_go_when_nobody_reads_them_any_more(
    session: WriteSession, asset: Asset
) -> None:
    await start(session, asset)
    await service.mark_playable(session, asset.id, f"{asset.folder}/1")
    await service.publish_outputs(session, asset.id, f"{asset.folder}/2")
    await service.remove_retired(session)
    assert await sent(session) == []
    with clock.freeze(clock.now() + timedelta(hours=4)):
        await service.remove_retired(session)
        await service.remove_retired(session)
    assert await sent(session) == [("media.remove_folder", f"{asset.folder}/1")]
    assert (asset.retired_prefixes, asset.retired_until) == ([], None)


async def test_a_new_thumbnail_takes_the_place_of_the_old(
    session: WriteSession, asset: Asset
) -> None:
    for key in ("poster-1.jpg", "poster-1.jpg", "poster-2.jpg"):
        await service.set_thumbnail(session, asset.id, f"{asset.folder}/pictures/{key}")
    assert asset.thumbnail_key == f"{asset.folder}/pictures/poster-2.jpg"
    assert await sent(session) == [("media.remove_file", f"{asset.folder}/pictures/poster-1.jpg")]


async def test_outputs_of_another_asset_are_refused(session: WriteSession, asset: Asset) -> None:
    await start(session, asset)
    for prefix in (f"{asset_folder(new_id())}/1", "people/1", f"{asset.folder}x/1", asset.folder):
        with pytest.raises(ValueError, match="lies outside"):
            await service.mark_playable(session, asset.id, prefix)


async def test_a_deleted_asset_is_gone_with_its_files(session: WriteSession, asset: Asset) -> None:
    await service.delete_asset(session, asset.id)
    assert await sent(session) == [("media.remove_folder", asset.folder)]
    assert heard() == ["AssetDeleted"]
    with pytest.raises(AssetNotFound):
        await queries.get_asset(session, asset.id)
    with pytest.raises(AssetNotFound):
        await service.delete_asset(session, asset.id)


async def test_a_page_of_assets_costs_one_statement(
    session: WriteSession, asset: Asset, statements: list[str]
) -> None:
    other = await service.create_asset(session, asset.owner_id, original_filename="b.mp4")
    session.expunge_all()
    statements.clear()
    found = await queries.find_assets(session, [asset.id, other.id, new_id()])
    assert found.keys() == {asset.id, other.id}
    assert len(statements) == 1
    assert await queries.find_assets(session, []) == {}


@pytest.mark.parametrize(
    "change",
    [
        "processing_progress = 101",
        "processing_progress = -1",
        "file_size_bytes = -1",
        "duration_seconds = -1",
        "status = 'strange'",
    ],
)
async def test_the_database_itself_refuses_nonsense(
    session: WriteSession, asset: Asset, change: str
) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)check|enum"):
        await session.execute(text(f"UPDATE assets SET {change}"))  # noqa: S608 Our own text.


async def test_a_provider_uid_is_unique(session: WriteSession, asset: Asset) -> None:
    asset.provider_uid = "abc"
    other = await service.create_asset(session, asset.owner_id, original_filename="b.mp4")
    other.provider_uid = "abc"
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_the_database_keeps_the_time_of_change(session: WriteSession, asset: Asset) -> None:
    past = clock.now() - timedelta(days=1)
    asset.updated_at = past
    await session.flush()
    await session.execute(text("UPDATE assets SET processing_progress = 5"))
    await session.refresh(asset)
    assert asset.updated_at > past


async def test_files_without_an_asset_are_removed_and_no_others(database: Database) -> None:
    storage = MemoryStorage()
    async with database.write() as session:
        owner = await make_viewer(session)
        asset = await service.create_asset(session, owner.user_id, original_filename="a.mp4")
    orphan = new_id()
    others = {f"{asset.folder}/1/a.mp4", "assets/readme/x", "people/x"}
    for key in (f"assets/{orphan}/1/a.mp4", *others):
        await storage.put_bytes(key, b"x")
    app = cast("AppContext", SimpleNamespace(database=database, storage=storage))
    assert await service.remove_orphans(app) == [str(orphan)]
    assert storage.files.keys() == others


def test_an_asset_folder_is_named_by_its_id() -> None:
    assert asset_folder(uuid.UUID(int=7)).endswith("/00000000-0000-0000-0000-000000000007")
