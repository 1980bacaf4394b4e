"""What happened to people and to the site's options."""

import uuid
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """A person has an account; `invited_by` is null when nobody invited them."""

    user_id: uuid.UUID
    invited_by: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class ProfileChanged(Event):
    """A person's name, picture or preferences are not what they were."""

    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """A session gives no access any more."""

    session_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class TokenRevoked(Event):
    """An API token gives no access any more."""

    token_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class MemberDisabled(Event):
    """A person can't sign in any more; their sessions have ended."""

    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class MemberEnabled(Event):
    """A person who was disabled may sign in again."""

    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class RoleChanged(Event):
    """A person has another role; `role` is its value."""

    user_id: uuid.UUID
    role: str


@dataclass(frozen=True, slots=True)
class OptionsChanged(Event):
    """Site options have new values; `names` says which."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonFollowed(Event):
    """Somebody follows somebody else from now on."""

    follower_id: uuid.UUID
    followed_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class BlockChanged(Event):
    """Somebody has blocked somebody else, or no longer does."""

    blocker_id: uuid.UUID
    blocked_id: uuid.UUID
    blocked: bool
