"""People and what lets them in. Of every secret only the hash is stored."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

USERNAME_LENGTH = 30
EMAIL_LENGTH = 254
DISPLAY_NAME_LENGTH = 60
BIO_LENGTH = 500

# Each reads well under white initials, in light and dark pages.
INITIALS_COLORS = (
    "#b3412e",
    "#a6541a",
    "#8a6a12",
    "#5f7a1c",
    "#2f7d3a",
    "#1c7d6b",
    "#1a7390",
    "#2563b0",
    "#4a55b8",
    "#7448b0",
    "#97408f",
    "#b03a66",
)


class Role(StrEnum):
    """What a person is to the community."""

    ADMIN = "admin"
    MODERATOR = "moderator"
    MEMBER = "member"


class Language(StrEnum):
    """The languages of the pages and mails."""

    ENGLISH = "en"
    SPANISH = "es"


class Theme(StrEnum):
    """How the pages look."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Scope(StrEnum):
    """What an API token may be used for."""

    READ = "read"
    WRITE = "write"
    UPLOAD = "upload"
    ADMIN = "admin"
    STREAM = "stream"


class MayWrite(StrEnum):
    """Whose messages reach a person directly; anybody else's first one is a request."""

    EVERYONE = "everyone"
    FOLLOWERS = "followers"
    MUTUAL = "mutual"
    NOBODY = "nobody"


class User(WithId, WithTimestamps, Base):
    """A person with an account.

    Username and e-mail are stored in lower case, which makes their uniqueness blind to case.
    `weekly_upload_limit_bytes` overrides the site option when set.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("username = lower(username)", name="username_lower"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("weekly_upload_limit_bytes >= 0", name="weekly_upload_limit"),
        Index(None, "role"),
    )

    username: Mapped[str] = mapped_column(String(USERNAME_LENGTH), unique=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    display_name: Mapped[str] = mapped_column(String(DISPLAY_NAME_LENGTH))
    bio: Mapped[str] = mapped_column(String(BIO_LENGTH), default="")
    picture_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    language: Mapped[Language] = mapped_column(
        enum_column(Language, "user_language"), default=Language.ENGLISH
    )
    theme: Mapped[Theme] = mapped_column(enum_column(Theme, "user_theme"), default=Theme.SYSTEM)
    role: Mapped[Role] = mapped_column(enum_column(Role, "user_role"), default=Role.MEMBER)
    may_write: Mapped[MayWrite] = mapped_column(
        enum_column(MayWrite, "user_may_write"), default=MayWrite.MUTUAL
    )
    password_hash: Mapped[str] = mapped_column(String(255))
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    last_seen_at: Mapped[datetime | None] = mapped_column(default=None)
    weekly_upload_limit_bytes: Mapped[int | None] = mapped_column(BigInteger, default=None)

    @property
    def picture_url(self) -> str | None:
        return picture_url(self.id, self.picture_hash)

    @property
    def initials_color(self) -> str:
        return initials_color(self.id)


def picture_url(user_id: uuid.UUID, picture_hash: str | None) -> str | None:
    """Return the address of a person's picture; it changes with it, so it caches for good."""
    return picture_hash and f"/api/people/{user_id}/picture?v={picture_hash[:12]}"


def initials_color(user_id: uuid.UUID) -> str:
    """Return the colour behind a person's initials where there is no picture."""
    return INITIALS_COLORS[user_id.int % len(INITIALS_COLORS)]


class UserSession(WithId, Base):
    """A browser that is signed in; the row goes when the session ends."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"))

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_agent: Mapped[str | None] = mapped_column(String(300), default=None)
    ip: Mapped[str | None] = mapped_column(String(45), default=None)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class Follow(Base):
    """One person follows another; following is one-way."""

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint("follower_id <> followed_id", name="not_oneself"),
        Index(None, "followed_id"),
    )

    follower_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    followed_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Block(Base):
    """One person wants nothing to do with another, which stops every contact both ways."""

    __tablename__ = "blocks"
    __table_args__ = (
        CheckConstraint("blocker_id <> blocked_id", name="not_oneself"),
        Index(None, "blocked_id"),
    )

    blocker_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    blocked_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Invitation(WithId, Base):
    """A link that lets in `max_uses` people; bound to an address when `email` is set."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("max_uses >= 1", name="max_uses"),
        CheckConstraint("uses BETWEEN 0 AND max_uses", name="uses"),
        Index(None, "invited_by_id"),
    )

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL")
    )
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH), default=None)
    max_uses: Mapped[int] = mapped_column(default=1)
    uses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class InvitationUse(Base):
    """Who joined by which invitation."""

    __tablename__ = "invitation_uses"

    invitation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, unique=True
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class PasswordReset(WithId, Base):
    """A link that sets a new password once; the row goes when it is used."""

    __tablename__ = "password_resets"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"))

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class ApiToken(WithId, Base):
    """A key for programs that act for a person; the row goes when it is revoked."""

    __tablename__ = "api_tokens"
    __table_args__ = (Index(None, "user_id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSONDocument)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)


class AuditEntry(WithId, Base):
    """What an admin did, to what, and the values before and after."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "actor_id"), Index(None, "target_type", "target_id"))

    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(60))
    target_type: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
