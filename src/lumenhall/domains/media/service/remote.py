"""Videos that lie at Cloudflare Stream: what is noted of them, from the first byte to deletion.

Stream reports by webhook; because a webhook can be missed, it is asked as well, more rarely the
longer nothing changes, until the video is ready or has failed. Reports come in any order and
more than once: an asset only moves forward (`life`). Every video that we made there has a
`RemoteCopy`, also when its asset is gone or was never made: then it is deleted, and tried
again until Stream confirms that. No session is open while Stream is asked.
"""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import life, queries
from lumenhall.domains.media.cloudflare.account import (
    EXPIRES_AFTER,
    PROVIDER,
    Account,
    NewRemote,
    Ticket,
    connect,
    read_account,
)
from lumenhall.domains.media.cloudflare.states import Report
from lumenhall.domains.media.errors import (
    AssetStateConflict,
    ProviderOff,
    RetriesUsedUp,
    StreamUnavailable,
)
from lumenhall.domains.media.events import AssetQueued
from lumenhall.domains.media.models import REMOTE, Asset, AssetStatus, RemoteCopy, TrackKind
from lumenhall.domains.media.service.life import (
    Facts,
    create_asset,
    mark_error,
    mark_in_progress,
    record_facts,
    record_progress,
)
from lumenhall.domains.media.service.outputs import mark_playable, publish_outputs
from lumenhall.domains.media.service.removal import TEND_REMOTE
from lumenhall.domains.media.service.thumbnails import set_automatic_thumbnail
from lumenhall.platform import jobs
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext

SEND_CAPTIONS = "media.send_captions"
# Where the address below which Stream plays a video is kept in the metadata of its asset.
DELIVERY = "stream_delivery"
MOST_RETRIES = 3
# The pauses while nothing changes: each is half of all the time before it.
_FIRST_LOOK = timedelta(seconds=3)
_LONGER = 1.5
_LONGEST_WAIT = timedelta(minutes=30)
_LONGEST_WAIT_FOR_BYTES = timedelta(minutes=2)
# A video that Stream has just made may not be known everywhere there.
_SETTLES_AFTER = timedelta(minutes=10)
# How long a request may take between Stream's answer and its own commit.
_UNCLAIMED_FOR = timedelta(hours=1)
_STEP = "processing at Cloudflare Stream"
_EXPIRED = ("upload_expired", "The upload was not finished within a day. Please upload it again.")
_GONE = ("remote_gone", "The video is no longer at Cloudflare Stream. Please upload it again.")

log = structlog.get_logger()


async def ask_for_upload(app: "AppContext", new: NewRemote) -> Ticket:
    """Have Stream make a video that waits for a browser's bytes.

    Unless `adopt_remote` gives it an asset within the hour it is deleted again. Raises
    ProviderOff, StreamUnavailable or StreamFull.
    """
    ticket = await connect(_account(app)).create_upload(new)
    async with app.database.write() as session:
        session.add(RemoteCopy(uid=ticket.uid, look_at=clock.now() + _UNCLAIMED_FOR))
    return ticket


async def adopt_remote(
    session: AsyncSession, owner_id: uuid.UUID, uid: str, *, filename: str, size_bytes: int | None
) -> Asset:
    """Make an asset for the bytes that a browser is about to send to Stream."""
    copy = await queries.get_copy_for_change(session, uid)
    asset = await create_asset(
        session, owner_id, original_filename=filename, file_size_bytes=size_bytes
    )
    asset.provider, asset.provider_uid = PROVIDER, uid
    copy.asset_id = asset.id
    await _look_again(session, copy, asset)
    return asset


async def observe(session: AsyncSession, account: Account, report: Report) -> None:
    """Note what Stream says of a video; what is old, repeated or not of ours is harmless."""
    copy = await queries.find_copy_for_change(session, report.uid)
    if copy is None or copy.asset_id is None:
        return
    asset = await queries.get_asset_for_change(session, copy.asset_id)
    if life.has_ended(asset.status):
        return
    before = (asset.status, asset.processing_progress, asset.playable)
    await _note_facts(session, account, asset, report)
    await _note_state(session, asset, report)
    if life.has_ended(asset.status):
        copy.look_at = None
    elif before != (asset.status, asset.processing_progress, asset.playable):
        copy.looks = 0
        await _look_again(session, copy, asset)
    await session.flush()


async def tend(app: "AppContext", uid: str) -> None:
    """Do what is due for a video at Stream: ask how it is, or delete it when it has no asset.

    Safe to repeat. When Stream is away, a later turn does it.
    """
    account = read_account(app.settings)
    if account is None:
        return
    async with app.database.write() as session:
        copy = await queries.find_copy_for_change(session, uid)
        if copy is None or not _is_due(copy):
            return
        asset = await queries.get_asset(session, copy.asset_id) if copy.asset_id else None
        await _look_again(session, copy, asset)
    try:
        if asset is not None:
            await _ask(app, account, uid)
        else:
            await connect(account).delete(uid)
            await _forget(app, uid)
    except StreamUnavailable as error:
        log.warning("stream_tending_postponed", uid=uid, error=error.detail)


async def tend_overdue(app: "AppContext") -> int:
    """Queue what should have been done by now: jobs were lost, or the provider was off."""
    if read_account(app.settings) is None:
        return 0
    async with app.database.write() as session:
        uids = await queries.list_overdue_copies(session, clock.now())
        for uid in uids:
            await jobs.enqueue(session, TEND_REMOTE, key=uid, uid=uid)
    return len(uids)


async def look_soon(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Have Stream asked in a moment: a browser says that it has sent all bytes.

    Saying so again does not make it sooner.
    """
    copy = await queries.find_copy_of_asset(session, asset_id)
    if copy is None or copy.look_at is None or copy.look_at <= clock.now() + _FIRST_LOOK:
        return
    copy.looks = 0
    await _look_again(session, copy, await queries.get_asset(session, asset_id))


async def retry_remote(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Ask Stream again about a failed video: what it made of it meanwhile counts.

    Raises AssetStateConflict for one that has not failed, RetriesUsedUp after three times.
    """
    copy = await queries.find_copy_of_asset(session, asset_id)
    asset = await queries.get_asset_for_change(session, asset_id)
    if asset.status is not AssetStatus.ERROR:
        raise AssetStateConflict("Only a video that has failed can be tried again.")
    if copy is None or copy.retries >= MOST_RETRIES:
        raise RetriesUsedUp
    copy.retries += 1
    copy.looks, copy.look_at = 0, clock.now()
    asset.status, asset.processing_progress = AssetStatus.QUEUED, 0
    asset.processing_step = asset.error_code = asset.error_message = None
    await session.flush()
    await jobs.enqueue(session, TEND_REMOTE, uid=copy.uid)
    await announce(session, AssetQueued(asset.id, asset.owner_id))


async def offer_captions(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Have the captions of a video sent to Stream, if it is ready there."""
    asset = await queries.get_asset(session, asset_id)
    if asset.provider == PROVIDER and asset.status is AssetStatus.READY:
        # A job without a key: one that is about to end must not swallow the next change.
        await jobs.enqueue(session, SEND_CAPTIONS, asset_id=str(asset_id))


async def send_captions(app: "AppContext", asset_id: uuid.UUID) -> None:
    """Make the captions at Stream those that the asset has, one for each language."""
    account = read_account(app.settings)
    async with app.database.read() as session:
        asset = (await queries.find_assets(session, [asset_id])).get(asset_id)
        tracks = await queries.list_tracks_of(session, [asset_id])
    if account is None or asset is None or asset.provider_uid is None:
        return
    by_rank = sorted(tracks, key=lambda track: track.is_default)
    texts = {track.language: track.body for track in by_rank if track.kind != TrackKind.CHAPTERS}
    await connect(account).set_captions(asset.provider_uid, texts)


async def _ask(app: "AppContext", account: Account, uid: str) -> None:
    report = await connect(account).find(uid)
    async with app.database.write() as session:
        if report is None:
            await _note_missing(session, uid)
        else:
            await observe(session, account, report)
            await _note_expired(session, uid)


async def _forget(app: "AppContext", uid: str) -> None:
    async with app.database.write() as session:
        copy = await queries.find_copy_for_change(session, uid)
        if copy is not None:
            await session.delete(copy)


async def _note_facts(
    session: AsyncSession, account: Account, asset: Asset, report: Report
) -> None:
    is_all = report.status is AssetStatus.READY or (report.width and report.height)
    if report.duration_ms and is_all and asset.duration_ms is None:
        facts = Facts(report.duration_ms, report.width or 0, report.height or 0)
        await record_facts(session, asset.id, facts)
    if report.size_bytes:
        asset.file_size_bytes = report.size_bytes
    prefix, found, _ = (report.hls_url or "").partition(f"/{report.uid}/")
    if found and account.delivers(prefix):
        asset.meta = {**asset.meta, DELIVERY: prefix}
    await session.flush()


async def _note_state(session: AsyncSession, asset: Asset, report: Report) -> None:
    folder = f"{asset.folder}/{REMOTE}"
    plays = report.streamable and DELIVERY in asset.meta
    if report.status is AssetStatus.ERROR:
        await mark_error(session, asset.id, report.error_code or "", report.error_message or "")
        return
    if plays:
        await set_automatic_thumbnail(session, asset.id, f"{folder}/thumbnail.jpg")
    if report.status is AssetStatus.READY and plays:
        await publish_outputs(session, asset.id, folder)
        return
    # Ready without an address to play at is not ready for us: it is asked for again.
    following = min(report.status, AssetStatus.IN_PROGRESS, key=life.rank)
    if life.is_forward(asset.status, following):
        await _move(session, asset, following, report)
    if report.percent > asset.processing_progress:
        await record_progress(session, asset.id, report.percent, step=report.step or _STEP)
    if plays and not asset.playable:
        await mark_playable(session, asset.id, folder)


async def _move(
    session: AsyncSession, asset: Asset, following: AssetStatus, report: Report
) -> None:
    if following is AssetStatus.IN_PROGRESS:
        await mark_in_progress(session, asset.id, report.step or _STEP)
        return
    asset.status = following
    await session.flush()
    await announce(session, AssetQueued(asset.id, asset.owner_id))


async def _note_missing(session: AsyncSession, uid: str) -> None:
    copy = await queries.find_copy_for_change(session, uid)
    if copy is None or copy.asset_id is None or clock.now() < copy.created_at + _SETTLES_AFTER:
        return
    asset = await queries.get_asset_for_change(session, copy.asset_id)
    if not life.has_ended(asset.status):
        is_waiting = asset.status is AssetStatus.PENDING_UPLOAD
        await mark_error(session, asset.id, *(_EXPIRED if is_waiting else _GONE))
        copy.look_at = None


async def _note_expired(session: AsyncSession, uid: str) -> None:
    copy = await queries.find_copy_for_change(session, uid)
    if copy is None or copy.asset_id is None or clock.now() < copy.created_at + EXPIRES_AFTER:
        return
    asset = await queries.get_asset_for_change(session, copy.asset_id)
    if asset.status is AssetStatus.PENDING_UPLOAD:
        await mark_error(session, asset.id, *_EXPIRED)
        copy.look_at = None


async def _look_again(session: AsyncSession, copy: RemoteCopy, asset: Asset | None) -> None:
    """Ask, or try to delete, again after a while that grows as long as nothing changes."""
    is_waiting = asset is not None and asset.status is AssetStatus.PENDING_UPLOAD
    longest = _LONGEST_WAIT_FOR_BYTES if is_waiting else _LONGEST_WAIT
    wait = min(_FIRST_LOOK * _LONGER ** min(copy.looks, 20), longest)
    copy.looks += 1
    copy.look_at = clock.now() + wait
    await session.flush()
    key = f"{copy.uid} {copy.look_at.isoformat()}"
    await jobs.enqueue(session, TEND_REMOTE, key=key, delay=wait, uid=copy.uid)


def _is_due(copy: RemoteCopy) -> bool:
    if copy.look_at is None:
        return copy.asset_id is None
    return copy.look_at <= clock.now()


def _account(app: "AppContext") -> Account:
    account = read_account(app.settings)
    if account is None:
        raise ProviderOff
    return account
