"""Making videos, whatever way their bytes will come."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.errors import StreamFieldInvalid, TooManyInQueue
from lumenhall.domains.stream.models import NAME_LENGTH, StreamOrigin, StreamVideo
from lumenhall.domains.stream.policy import (
    ADDRESS_LIFE,
    ADDRESS_LONGEST,
    DELETION_LATEST,
    DELETION_SOONEST,
)
from lumenhall.domains.stream.schemas import NewStreamVideo, Shown, VideoFields, new_uid
from lumenhall.domains.stream.service.accounts import open_account
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.schemas import NewUpload
from lumenhall.platform.context import AppContext
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id

PURPOSE = "stream"
_ONE_TIME = {StreamOrigin.ONE_TIME, StreamOrigin.ONE_TIME_TUS}
_QUEUE_RETRY_SECONDS = 60


async def make_video(
    session: AsyncSession, app: AppContext, actor: Actor, new: NewStreamVideo
) -> Shown:
    """Make a video with its asset and its upload, which reserves the size that is known.

    Raises StreamAccountTaken, StreamFieldInvalid, TooManyInQueue and whatever
    `uploads.create_upload` refuses.
    """
    await open_account(session, actor, new.account_id)
    most = app.settings.stream_most_in_work
    if await queries.count_in_work(session, new.account_id) >= most:
        raise TooManyInQueue(f"At most {most} at a time.", retry_after=_QUEUE_RETRY_SECONDS)
    asset = await media.create_asset(
        session,
        actor.user_id,
        original_filename=new.filename,
        file_size_bytes=new.size_bytes,
        max_duration_seconds=new.fields.max_duration_seconds,
    )
    upload = await uploads.create_upload(
        session,
        app,
        actor,
        NewUpload(asset.id, new.filename, new.size_bytes, PURPOSE, new.metadata_header),
    )
    now = clock.now()
    values = {
        "uid": new_uid(),
        "account_id": new.account_id,
        "asset_id": asset.id,
        "upload_id": upload.id,
        "origin": new.origin,
        "source_url": new.source_url,
        "clipped_from": new.clipped_from,
        "upload_expiry": _expiry(new, now),
        **said_values(new.fields, now),
    }
    return Shown(await _insert(session, values, now), asset)


def said_values(fields: VideoFields, created_at: datetime) -> dict[str, Any]:
    """Return the columns for what was said of a video; raises StreamFieldInvalid."""
    given = fields.model_fields_set
    values: dict[str, Any] = {}
    if "meta" in given:
        values["meta"] = meta = fields.meta or {}
        values |= _names(meta.get("name"))
    if "creator" in given:
        values["creator"] = fields.creator
    if "allowed_origins" in given:
        values["allowed_origins"] = fields.allowed_origins
    if fields.require_signed_urls is not None:
        values["require_signed_urls"] = fields.require_signed_urls
    if fields.thumbnail_timestamp_pct is not None:
        values["thumbnail_pct"] = fields.thumbnail_timestamp_pct
    if "public_details" in given:
        details = fields.public_details
        values["public_details"] = details and details.model_dump(exclude_unset=True)
    if "scheduled_deletion" in given:
        values["scheduled_deletion"] = _deletion(fields.scheduled_deletion, created_at)
    return values


def check_expiry(moment: datetime, now: datetime) -> datetime:
    """Return until when an upload address is good; raises StreamFieldInvalid."""
    if not now < moment <= now + ADDRESS_LONGEST:
        hours = ADDRESS_LONGEST // timedelta(hours=1)
        raise StreamFieldInvalid(f"expiry: a moment within the next {hours} hours")
    return moment


async def _insert(
    session: AsyncSession, values: dict[str, Any], created_at: datetime
) -> StreamVideo:
    """Insert a video at the next microsecond that its account has not used yet."""
    defaults = {
        "meta": {},
        "allowed_origins": [],
        "require_signed_urls": False,
        "thumbnail_pct": 0.0,
        "offers_audio": False,
    }
    while True:
        times = {"created_at": created_at, "updated_at": created_at}
        made: StreamVideo | None = await session.scalar(
            insert_into(session, StreamVideo)
            .values(id=new_id(), **defaults | values | times)
            .on_conflict_do_nothing(index_elements=["account_id", "created_at"])
            .returning(StreamVideo)
        )
        if made is not None:
            return made
        created_at += timedelta(microseconds=1)


def _expiry(new: NewStreamVideo, now: datetime) -> datetime | None:
    if new.origin not in _ONE_TIME:
        return None
    given = new.fields.upload_expiry
    return check_expiry(given, now) if given else now + ADDRESS_LIFE


def _deletion(moment: datetime | None, created_at: datetime) -> datetime | None:
    soonest, latest = created_at + DELETION_SOONEST, created_at + DELETION_LATEST
    # Who says thirty days means them, also when the request took its time.
    if moment is not None and not soonest - timedelta(minutes=5) <= moment <= latest:
        raise StreamFieldInvalid(
            f"scheduledDeletion: {DELETION_SOONEST.days} to {DELETION_LATEST.days} days after "
            "the video was created"
        )
    return moment


def _names(name: object) -> dict[str, str | None]:
    if not isinstance(name, str):
        return {"name": None, "folded_name": None}
    return {"name": name[:NAME_LENGTH], "folded_name": name.casefold()}
