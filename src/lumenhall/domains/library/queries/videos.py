"""Videos, each with what replies show of it.

A video is always read together with what a reply shows of it, in one statement however many
there are: see `video_rows`. It reads columns, because making objects of the tables for a list
takes ten times as long.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, func, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.errors import VideoUnknown
from lumenhall.domains.library.models import Category, Video, VideoTag
from lumenhall.domains.library.policy import listed, visible_to
from lumenhall.domains.library.schemas import CategoryRef, Scope, Sort
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.queries import ASSET_LOOK
from lumenhall.platform.db import Parts
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor

# What the domains above add to every row about whoever looks.
PROGRESS_COLUMNS = (
    "watched_seconds",
    "last_position",
    "completed",
    "watched_of",
    "resume_at",
)
PARTS = Parts(
    video=(
        Video,
        (
            "id",
            "short_id",
            "title",
            "created_at",
            "published",
            "published_at",
            "is_hero",
            "view_count",
        ),
    ),
    owner=(User, ("id", "username", "display_name", "picture_hash")),
    category=(Category, CategoryRef.model_fields),
    asset=(Asset, ASSET_LOOK),
)
Viewer: TypeAlias = "uuid.UUID | ColumnElement[uuid.UUID]"  # A person's id, or a place for it.
ViewerJoin: TypeAlias = "Callable[[Select[Any], Viewer], Select[Any]]"
BETWEEN_TAGS = "\n"  # No tag holds one: white space in tags is folded.


def _without_progress(statement: Select[Any], viewer: Viewer) -> Select[Any]:
    return statement.add_columns(*(null().label(name) for name in PROGRESS_COLUMNS))


_viewer_join: ViewerJoin = _without_progress


def join_for_viewer(join: ViewerJoin) -> ViewerJoin:
    """Make every read of videos go through `join`, which adds the PROGRESS_COLUMNS of a viewer."""
    global _viewer_join  # noqa: PLW0603 Set once, when the domain above is imported.
    _viewer_join = join
    return join


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which videos a list holds, in which order.

    `category` is a slug, `uploader` a username.
    """

    scope: Scope = Scope.ALL
    category: str | None = None
    sort: Sort = Sort.NEWEST
    uploader: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A video with its asset, for whoever changes or plays it, and a row of `video_rows`."""

    video: Video
    asset: Asset
    row: Row[Any]


def video_rows() -> Select[Any]:
    """Return the statement that reads what all viewers see of videos; `service.look` shows it.

    It has `videos`, `assets`, `users` and `categories`; add conditions, an order and columns.
    """
    tags = (
        select(func.aggregate_strings(VideoTag.tag, BETWEEN_TAGS))
        .where(VideoTag.video_id == Video.id)
        .scalar_subquery()
    )
    return (
        select(
            *PARTS.columns,
            Asset.thumbnail_key,
            Asset.allow_download,
            tags.label("tags"),
        )
        .join(Asset, Asset.id == Video.asset_id)
        # Every video has an owner; an outer join keeps planners from starting with the people.
        .outerjoin(User, User.id == Video.uploaded_by)
        .outerjoin(Category, Category.id == Video.category_id)
    )


def video_rows_for(viewer: Viewer) -> Select[Any]:
    """Return `video_rows` with PROGRESS_COLUMNS, which say how far the viewer is."""
    return _viewer_join(video_rows(), viewer)


async def get_visible(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> Shown:
    """Return a video that the actor may see; raises VideoUnknown."""
    return await _get_shown(session, actor, Video.id == video_id, visible_to(actor, clock.now()))


async def get_by_short_id(session: AsyncSession, actor: Actor, short_id: str) -> Shown:
    """Return the video of a short link if the actor may see it; raises VideoUnknown."""
    return await _get_shown(
        session, actor, Video.short_id == short_id, visible_to(actor, clock.now())
    )


async def get_shown(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> Shown:
    """Return a video to whoever has just changed it, also when they no longer see it."""
    return await _get_shown(session, actor, Video.id == video_id)


async def get_video(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID
) -> tuple[Video, Asset]:
    """Return a video that the actor may see, to change it; raises VideoUnknown."""
    row = (
        await session.execute(
            select(Video, Asset)
            .join(Asset, Asset.id == Video.asset_id)
            .where(Video.id == video_id, visible_to(actor, clock.now()))
            .with_for_update(of=Video)
        )
    ).one_or_none()
    if row is None:
        raise VideoUnknown
    video, asset = row
    return video, asset


async def find_by_asset(session: AsyncSession, asset_id: uuid.UUID) -> Video | None:
    """Return the video of an asset; other things have assets too."""
    return await session.scalar(select(Video).where(Video.asset_id == asset_id))


async def find_with_asset(session: AsyncSession, asset_id: uuid.UUID) -> tuple[Video, Asset] | None:
    """Return the video of an asset with the asset, if it is a video's."""
    row = (
        await session.execute(
            select(Video, Asset).join(Asset, Asset.id == Video.asset_id).where(Asset.id == asset_id)
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


async def find_waiting_for_bytes(session: AsyncSession, asset_id: uuid.UUID) -> Video | None:
    """Return the video of an asset, to change it, if none of its bytes are in the storage."""
    return await session.scalar(
        select(Video)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Asset.id == asset_id, Asset.status == AssetStatus.PENDING_UPLOAD)
        .with_for_update(of=Video)
    )


async def asset_is_visible(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Say whether a person may see the video of an asset."""
    role = await session.scalar(select(User.role).where(User.id == user_id))
    if role is None:
        return False
    found = await session.scalar(
        select(Video.id)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Asset.id == asset_id, visible_to(Actor(user_id, role), clock.now()))
    )
    return found is not None


async def page_videos(
    session: AsyncSession, actor: Actor, what: Wanted, cursor: str | None, limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return a page of videos, as rows of `video_rows`, and the next cursor."""
    newest = Video.created_at if what.scope is Scope.MINE else Video.published_at
    key, kind = (Video.view_count, int) if what.sort is Sort.VIEWS else (newest, datetime)
    wanted = video_rows_for(actor.user_id)
    if what.scope is Scope.MINE:
        wanted = wanted.where(Video.uploaded_by == actor.user_id)
    else:
        wanted = wanted.where(listed(clock.now()))
    if what.category is not None:
        wanted = wanted.where(Category.slug == what.category)
    if what.uploader is not None:
        uploader = select(User.id).where(User.username == what.uploader.lower()).scalar_subquery()
        wanted = wanted.where(Video.uploaded_by == uploader)
    if what.tag is not None:
        tagged = select(VideoTag.video_id).where(VideoTag.tag == what.tag.lower())
        wanted = wanted.where(Video.id.in_(tagged))
    if cursor is not None:
        wanted = wanted.where(tuple_(key, Video.id) < decode_cursor(cursor, kind, uuid.UUID))
    wanted = wanted.order_by(key.desc(), Video.id.desc()).limit(limit + 1)
    found = (await session.execute(wanted)).all()
    if len(found) <= limit:
        return found, None
    last = PARTS.read(found[limit - 1])["video"]
    return found[:limit], encode_cursor(last[key.key], last["id"])


async def page_withdrawn(
    session: AsyncSession, actor: Actor, cursor: str | None, limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return the withdrawn videos, the latest first, and the next cursor.

    The rows are those of `video_rows_for`, with `withdrawn_at`.
    """
    order = Video.withdrawn_at, Video.id
    wanted = (
        video_rows_for(actor.user_id)
        .add_columns(Video.withdrawn_at)
        .where(Video.withdrawn_at.is_not(None), visible_to(actor, clock.now()))
        .order_by(*(column.desc() for column in order))
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(tuple_(*order) < decode_cursor(cursor, datetime, uuid.UUID))
    found = (await session.execute(wanted)).all()
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], encode_cursor(last.withdrawn_at, PARTS.read(last)["video"]["id"])


async def list_unannounced(session: AsyncSession, limit: int) -> Sequence[Video]:
    """Return videos that everybody can see by now and that nobody was told of."""
    found = await session.scalars(
        select(Video)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Video.announced_at.is_(None), listed(clock.now()))
        .order_by(Video.published_at)
        .limit(limit)
        .with_for_update(of=Video, skip_locked=True)
    )
    return found.all()


async def _get_shown(
    session: AsyncSession, actor: Actor, *conditions: ColumnElement[bool]
) -> Shown:
    wanted = video_rows_for(actor.user_id).add_columns(Video, Asset).where(*conditions)
    row = (await session.execute(wanted.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise VideoUnknown
    return Shown(row.Video, row.Asset, row)
