"""Every SELECT of stream videos."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.stream.errors import (
    SigningKeyUnknown,
    StreamVideoUnknown,
    UploadAddressUnknown,
)
from lumenhall.domains.stream.models import (
    StreamAccount,
    StreamKey,
    StreamMessage,
    StreamOrigin,
    StreamState,
    StreamVideo,
)
from lumenhall.domains.stream.policy import accounts_of, may_use_account
from lumenhall.domains.stream.schemas import Shown
from lumenhall.domains.uploads.models import Upload
from lumenhall.platform.kit import clock

MOST_LISTED = 1000
MESSAGES_KEPT = timedelta(days=30)
_IN_WORK = (AssetStatus.QUEUED, AssetStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which videos of an account are listed; `after` counts itself in, `before` does not."""

    after: datetime | None = None
    before: datetime | None = None
    states: frozenset[StreamState] = frozenset()
    creator: str | None = None
    search: str | None = None
    name: str | None = None
    uids: frozenset[str] = frozenset()
    nothing: bool = False
    oldest_first: bool = False
    limit: int = MOST_LISTED


async def find_account(session: AsyncSession, account_id: str) -> StreamAccount | None:
    """Return an account if anybody has used it yet."""
    return await session.get(StreamAccount, account_id)


async def check_account(session: AsyncSession, actor: Actor, account_id: str) -> None:
    """Raise StreamAccountTaken unless the actor may use the account."""
    may_use_account(actor, await find_account(session, account_id)).demand()


async def get_shown(session: AsyncSession, actor: Actor, account_id: str, uid: str) -> Shown:
    """Return a video of an account that the actor may use.

    Raises StreamAccountTaken or StreamVideoUnknown.
    """
    await check_account(session, actor, account_id)
    query = _shown().where(StreamVideo.account_id == account_id, StreamVideo.uid == uid)
    return _one(await _fetch(session, query))


async def get_by_uid(session: AsyncSession, uid: str) -> Shown:
    """Return a video whoever asks; raises StreamVideoUnknown."""
    return _one(await _fetch(session, _shown().where(StreamVideo.uid == uid)))


async def find_by_asset(session: AsyncSession, asset_id: uuid.UUID) -> Shown | None:
    """Return the video of an asset; most assets have none."""
    found = await _fetch(session, _shown().where(StreamVideo.asset_id == asset_id))
    return found[0] if found else None


async def list_shown(
    session: AsyncSession, actor: Actor, account_id: str, filters: Filters
) -> list[Shown]:
    """Return the videos of an account, newest first unless told otherwise."""
    await check_account(session, actor, account_id)
    created = StreamVideo.created_at
    query = (
        _shown()
        .where(*_matching(account_id, filters), *_between(filters))
        .order_by(created.asc() if filters.oldest_first else created.desc())
        .limit(filters.limit)
    )
    return await _fetch(session, query)


async def count_videos(session: AsyncSession, account_id: str, filters: Filters) -> tuple[int, int]:
    """Return how many videos match, and how many of them lie between the moments asked for."""
    matching = _matching(account_id, filters)
    counted = select(func.count()).select_from(StreamVideo).join(Asset).where(*matching)
    total = await session.scalar(counted) or 0
    within = await session.scalar(counted.where(*_between(filters))) or 0
    return total, within


async def storage_usage(
    session: AsyncSession, account_id: str, creator: str | None
) -> tuple[int, int]:
    """Return how many milliseconds of video an account holds, and in how many videos."""
    query = (
        select(func.coalesce(func.sum(Asset.duration_ms), 0), func.count())
        .select_from(StreamVideo)
        .join(Asset)
        .where(StreamVideo.account_id == account_id, Asset.status != AssetStatus.ERROR)
    )
    if creator is not None:
        query = query.where(StreamVideo.creator == creator)
    milliseconds, count = (await session.execute(query)).one()
    return int(milliseconds or 0), count


async def count_in_work(session: AsyncSession, account_id: str) -> int:
    """Return how many videos of an account wait to be processed or are being processed."""
    query = (
        select(func.count())
        .select_from(StreamVideo)
        .join(Asset)
        .where(StreamVideo.account_id == account_id, Asset.status.in_(_IN_WORK))
    )
    return await session.scalar(query) or 0


async def get_with_sent(session: AsyncSession, uid: str) -> tuple[StreamVideo, int]:
    """Return a video that has an upload, and how many bytes of it are here.

    Raises UploadAddressUnknown.
    """
    query = select(StreamVideo, Upload.offset_bytes).join(Upload).where(StreamVideo.uid == uid)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise UploadAddressUnknown
    return row[0], row[1]


async def list_due_for_deletion(session: AsyncSession, limit: int) -> Sequence[StreamVideo]:
    """Return the videos whose scheduled end has come."""
    query = select(StreamVideo).where(StreamVideo.scheduled_deletion <= clock.now()).limit(limit)
    return (await session.scalars(query)).all()


async def list_never_sent(session: AsyncSession, limit: int) -> Sequence[StreamVideo]:
    """Return the videos whose upload address has ended with nothing sent to it."""
    query = (
        select(StreamVideo)
        .join(Asset)
        .outerjoin(Upload)
        .where(
            StreamVideo.upload_expiry <= clock.now(),
            # What has begun ends by itself, a day after its last byte.
            func.coalesce(Upload.offset_bytes, 0) == 0,
            StreamVideo.origin.in_((StreamOrigin.ONE_TIME, StreamOrigin.ONE_TIME_TUS)),
            Asset.status == AssetStatus.PENDING_UPLOAD,
        )
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def list_keys(session: AsyncSession, account_id: str) -> Sequence[StreamKey]:
    """Return the signing keys that were asked for, oldest first; our own is not among them."""
    query = select(StreamKey).where(
        StreamKey.account_id == account_id, StreamKey.private_pem.is_(None)
    )
    return (await session.scalars(query.order_by(StreamKey.created_at, StreamKey.id))).all()


async def find_own_key(session: AsyncSession, account_id: str) -> StreamKey | None:
    """Return the key with which we sign for an account."""
    query = select(StreamKey).where(
        StreamKey.account_id == account_id, StreamKey.private_pem.is_not(None)
    )
    return await session.scalar(query.order_by(StreamKey.created_at).limit(1))


async def get_key(session: AsyncSession, account_id: str, key_id: str) -> StreamKey:
    """Return a signing key that was asked for; raises SigningKeyUnknown."""
    query = select(StreamKey).where(
        StreamKey.id == key_id,
        StreamKey.account_id == account_id,
        StreamKey.private_pem.is_(None),
    )
    key = await session.scalar(query)
    if key is None:
        raise SigningKeyUnknown
    return key


async def find_key(session: AsyncSession, key_id: str) -> StreamKey | None:
    """Return a key by its id, whoever's it is."""
    return await session.get(StreamKey, key_id)


async def find_message(session: AsyncSession, message_id: uuid.UUID) -> StreamMessage | None:
    """Return a message for a webhook as the database has it now."""
    return await session.get(StreamMessage, message_id, populate_existing=True)


async def page_everything(
    session: AsyncSession, actor: Actor, before: uuid.UUID | None, limit: int
) -> list[Shown]:
    """Return videos of all accounts that the actor may use, newest first, up to `limit`."""
    query = _shown().join(StreamAccount).where(accounts_of(actor))
    if before is not None:
        query = query.where(StreamVideo.id < before)
    return await _fetch(session, query.order_by(StreamVideo.id.desc()).limit(limit))


def _shown() -> Select[StreamVideo, Asset]:
    return select(StreamVideo, Asset).join(Asset, Asset.id == StreamVideo.asset_id)


async def _fetch(session: AsyncSession, query: Select[StreamVideo, Asset]) -> list[Shown]:
    return [Shown(video, asset) for video, asset in await session.execute(query)]


def _one(found: list[Shown]) -> Shown:
    if not found:
        raise StreamVideoUnknown
    return found[0]


def _between(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = []
    if filters.after is not None:
        conditions.append(StreamVideo.created_at >= filters.after)
    if filters.before is not None:
        conditions.append(StreamVideo.created_at < filters.before)
    return conditions


def _matching(account_id: str, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [StreamVideo.account_id == account_id]
    if filters.states:
        conditions.append(or_(*(_in_state(state) for state in filters.states)))
    if filters.creator is not None:
        conditions.append(StreamVideo.creator == filters.creator)
    if filters.name is not None:
        conditions.append(StreamVideo.name == filters.name)
    if filters.search is not None:
        folded = filters.search.casefold()
        conditions.append(StreamVideo.folded_name.contains(folded, autoescape=True))
    if filters.uids:
        conditions.append(StreamVideo.uid.in_(filters.uids))
    if filters.nothing:
        conditions.append(StreamVideo.uid == "")
    return conditions


def _in_state(state: StreamState) -> ColumnElement[bool]:
    waiting = Asset.status == AssetStatus.PENDING_UPLOAD
    if state is StreamState.PENDING_UPLOAD:
        others = (StreamOrigin.COPY, StreamOrigin.CLIP)
        return and_(waiting, StreamVideo.origin.not_in(others))
    if state is StreamState.DOWNLOADING:
        return and_(waiting, StreamVideo.origin == StreamOrigin.COPY)
    if state is StreamState.QUEUED:
        cutting = and_(waiting, StreamVideo.origin == StreamOrigin.CLIP)
        return or_(cutting, Asset.status == AssetStatus.QUEUED)
    return Asset.status == AssetStatus(state.value)
