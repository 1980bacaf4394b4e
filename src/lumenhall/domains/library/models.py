"""Categories, videos, their words, and playlists, with the rules that the database itself keeps."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 5000
NAME_LENGTH = 100
CATEGORY_DESCRIPTION_LENGTH = 500
TAG_LENGTH = 50
MOST_TAGS = 20
PLAYLIST_TITLE_LENGTH = 100
PLAYLIST_DESCRIPTION_LENGTH = 500
MOST_IN_PLAYLIST = 1000
MOST_PLAYLISTS = 500


class Category(WithId, WithTimestamps, Base):
    """A shelf of the library."""

    __tablename__ = "categories"
    __table_args__ = (Index(None, "sort_order"),)

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    slug: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    description: Mapped[str] = mapped_column(String(CATEGORY_DESCRIPTION_LENGTH), default="")
    image_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    sort_order: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )

    @property
    def image_url(self) -> str | None:
        """The address of the picture; it changes with the picture, so it caches for good."""
        if self.image_hash is None:
            return None
        return f"/api/categories/{self.id}/image?v={self.image_hash[:12]}"

    @property
    def image_key(self) -> str | None:
        """Where the picture lies in the storage."""
        return category_image_key(self.id, self.image_hash) if self.image_hash else None


def category_image_key(category_id: uuid.UUID, image_hash: str) -> str:
    """Return where a category's picture lies in the storage."""
    return f"categories/{category_id}/{image_hash}.webp"


class Video(WithId, WithTimestamps, Base):
    """A video of the library; what is stored and played is its asset.

    `announced_at` is when everybody could first see it. `withdrawn_at` is when a moderator or
    an admin took it out of everybody's sight, until one of them publishes it again.
    """

    __tablename__ = "videos"
    __table_args__ = (
        CheckConstraint("view_count >= 0", name="view_count"),
        CheckConstraint("published_at IS NOT NULL OR NOT published", name="published_at"),
        CheckConstraint("withdrawn_at IS NULL OR NOT published", name="withdrawn_at"),
        Index(None, "category_id"),
        Index(None, "uploaded_by"),
        Index(None, "published"),
        Index(
            "uq_videos_is_hero",
            "is_hero",
            unique=True,
            postgresql_where=text("is_hero"),
            sqlite_where=text("is_hero = 1"),
        ),
        Index(None, "view_count"),
        Index(None, "title"),
        Index(None, "created_at"),
        # The newest page walks this one; the minute's look for what has become due the next.
        Index(None, "published", "published_at"),
        Index(
            "ix_videos_withdrawn_at",
            "withdrawn_at",
            postgresql_where=text("withdrawn_at IS NOT NULL"),
            sqlite_where=text("withdrawn_at IS NOT NULL"),
        ),
        Index(
            "ix_videos_unannounced",
            "published_at",
            postgresql_where=text("announced_at IS NULL"),
            sqlite_where=text("announced_at IS NULL"),
        ),
    )

    short_id: Mapped[str] = mapped_column(String(8), unique=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(String(DESCRIPTION_LENGTH), default="")
    category_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("categories.id", ondelete="RESTRICT"), default=None
    )
    uploaded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    asset_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assets.id", ondelete="RESTRICT"), unique=True
    )
    published: Mapped[bool] = mapped_column(default=True)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    announced_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    is_hero: Mapped[bool] = mapped_column(default=False)
    view_count: Mapped[int] = mapped_column(default=0)


# A row of the home page walks this one.
Index(
    "ix_videos_published_category_id_view_count",
    Video.published,
    Video.category_id,
    Video.view_count.desc(),
)


class VideoTag(Base):
    """One tag of one video."""

    __tablename__ = "video_tags"
    __table_args__ = (Index(None, "tag"),)

    video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(TAG_LENGTH), primary_key=True)


class LibraryStamp(Base):
    """Triggers give the one row another `stamp` when something changes that everybody sees.

    Which columns those are stands in the migration that made the triggers.
    """

    __tablename__ = "library_stamp"
    __table_args__ = (CheckConstraint("id = 1", name="singleton"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[str] = mapped_column(String(40))


class ShelfPick(Base):
    """A video that a domain above has picked for a shelf of the home page; places begin at 1."""

    __tablename__ = "shelf_picks"
    __table_args__ = (Index(None, "video_id"),)

    shelf: Mapped[str] = mapped_column(String(20), primary_key=True)
    video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int]


class SearchDocument(Base):
    """The words by which a video is found, see `service.search`; the database indexes them.

    Numbers grow with time: what came later has a higher one.
    """

    __tablename__ = "search_documents"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), unique=True
    )
    words: Mapped[str] = mapped_column(Text)


class PlaylistKind(StrEnum):
    """Made by hand, or the one that everybody has."""

    NORMAL = "normal"
    WATCH_LATER = "watch_later"


class Playlist(WithId, WithTimestamps, Base):
    """Videos in an order that somebody chose. Everybody has at most one to watch later."""

    __tablename__ = "playlists"
    __table_args__ = (
        CheckConstraint("kind = 'normal' OR NOT is_public", name="watch_later_is_private"),
        Index(None, "owner_id", "id"),
        Index(None, "is_public", "id"),
        # The home page walks this one.
        Index(None, "is_public", "updated_at", "id"),
        Index(
            "uq_playlists_watch_later",
            "owner_id",
            unique=True,
            postgresql_where=text("kind = 'watch_later'"),
            sqlite_where=text("kind = 'watch_later'"),
        ),
    )

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[PlaylistKind] = mapped_column(
        enum_column(PlaylistKind, "playlist_kind"), default=PlaylistKind.NORMAL
    )
    title: Mapped[str] = mapped_column(String(PLAYLIST_TITLE_LENGTH))
    description: Mapped[str] = mapped_column(String(PLAYLIST_DESCRIPTION_LENGTH), default="")
    is_public: Mapped[bool] = mapped_column(default=False)


class PlaylistItem(Base):
    """A video in a playlist; positions grow along the list and may have gaps."""

    __tablename__ = "playlist_items"
    __table_args__ = (Index(None, "playlist_id", "position"), Index(None, "video_id"))

    playlist_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True
    )
    video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
