"""What people send to identity and what they are answered."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Self
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from lumenhall.domains.identity.models import (
    BIO_LENGTH,
    DISPLAY_NAME_LENGTH,
    EMAIL_LENGTH,
    Language,
    MayWrite,
    Role,
    Scope,
    Theme,
    User,
)
from lumenhall.platform.kit.text import one_line
from lumenhall.platform.options import Joining, WhoMayUpload

MOST_USES = 1000


def _if_text(change: Callable[[str], str]) -> BeforeValidator:
    """Change what is text; anything else is left for the validation to refuse."""
    return BeforeValidator(lambda value: change(value) if isinstance(value, str) else value)


@lru_cache(maxsize=1)
def _time_zones() -> set[str]:
    return available_timezones()


def _known_time_zone(name: str) -> str:
    if name not in _time_zones():
        raise PydanticCustomError(
            "time_zone", "This is not a time zone of the IANA list, such as Europe/Madrid."
        )
    return name


def _a_username(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9_.-]{3,30}", name):
        raise PydanticCustomError(
            "username",
            "A username has 3 to 30 letters without accents, digits, dots, dashes or underscores.",
        )
    return name


def _an_email(address: str) -> str:
    if len(address) > EMAIL_LENGTH or not EMAIL.fullmatch(address):
        raise PydanticCustomError("email", "This does not look like an e-mail address.")
    return address


# Plain ASCII, because not every mail server delivers to anything else.
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*")
_lowered = _if_text(lambda text: text.strip().lower())

# Case does not count in either.
Username = Annotated[str, _lowered, AfterValidator(_a_username)]
Email = Annotated[str, _lowered, AfterValidator(_an_email)]
DisplayName = Annotated[
    str, _if_text(one_line), Field(min_length=1, max_length=DISPLAY_NAME_LENGTH)
]
Bio = Annotated[str, StringConstraints(strip_whitespace=True, max_length=BIO_LENGTH)]
# Nothing is stripped from a password: what was typed is what counts.
NewPassword = Annotated[str, Field(min_length=10, max_length=200)]
GivenPassword = Annotated[str, Field(max_length=200)]
SiteName = Annotated[str, _if_text(one_line), Field(min_length=1, max_length=100)]
TimeZone = Annotated[str, AfterValidator(_known_time_zone)]


class FromRow(BaseModel):
    """A reply that is read from a row's attributes."""

    model_config = ConfigDict(from_attributes=True)


class NewAccount(BaseModel):
    """What a person says to join."""

    username: Username
    email: Email
    display_name: DisplayName
    password: NewPassword


class FirstRun(NewAccount):
    """The first admin, and the name of the site."""

    site_name: SiteName | None = None


class SignIn(BaseModel):
    """`login` is a username or an e-mail address."""

    login: Annotated[str, _lowered, Field(max_length=EMAIL_LENGTH)]
    password: GivenPassword


class PersonLook(FromRow):
    """A person as shown beside what they made."""

    id: UUID
    username: str
    display_name: str
    picture_url: str | None
    initials_color: str


class PeopleFound(BaseModel):
    """People whose names start as somebody typed."""

    items: list[PersonLook]


class Person(PersonLook):
    """A person as other members see them."""

    bio: str
    role: Role


class RelationLook(BaseModel):
    """What a person is to whoever asks."""

    is_followed: bool
    follows_back: bool
    is_blocked: bool


class BlockList(BaseModel):
    """Whom somebody has blocked, by name."""

    items: list[PersonLook]


class Me(Person):
    """A person as they see themselves.

    `live_seq` is the number of their newest live event: a page that opens its live connection
    with `?since=` that number misses nothing that happens after this answer.
    """

    email: str
    time_zone: str
    language: Language
    theme: Theme
    may_write: MayWrite
    can_upload: bool
    can_invite: bool
    created_at: datetime
    live_seq: int

    @classmethod
    def of(cls, user: User, *, can_upload: bool, can_invite: bool, live_seq: int) -> Self:
        """Return what `user` sees of themselves."""
        more = {"can_upload": can_upload, "can_invite": can_invite, "live_seq": live_seq}
        known = {name: getattr(user, name) for name in cls.model_fields.keys() - more.keys()}
        return cls(**known, **more)


class ProfileChange(BaseModel):
    """New values; what is absent or null stays as it is."""

    username: Username | None = None
    email: Email | None = None
    display_name: DisplayName | None = None
    bio: Bio | None = None
    time_zone: TimeZone | None = None
    language: Language | None = None
    theme: Theme | None = None
    may_write: MayWrite | None = None


class PasswordChange(BaseModel):
    """The password until now and the one from now on."""

    current_password: GivenPassword
    new_password: NewPassword


class PasswordResetAsked(BaseModel):
    """Where to send the link."""

    email: Email


class PasswordResetLook(BaseModel):
    """Whose password the link sets."""

    username: str


class PasswordResetUse(BaseModel):
    """The password from now on."""

    password: NewPassword


class SessionLook(FromRow):
    """A browser that is signed in; `current` is the one that asks."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    user_agent: str | None
    ip: str | None
    current: bool = False


class SessionList(BaseModel):
    """All sessions of a person, the last seen first."""

    items: list[SessionLook]


class NewToken(BaseModel):
    """What an API token is for."""

    name: Annotated[str, _if_text(one_line), Field(min_length=1, max_length=100)]
    scopes: Annotated[set[Scope], Field(min_length=1)]


class TokenLook(FromRow):
    """An API token without its secret."""

    id: UUID
    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None


class TokenMade(TokenLook):
    """A new API token; `token` is shown this once."""

    token: str


class TokenList(BaseModel):
    """All API tokens of a person, the newest first."""

    items: list[TokenLook]


class NewInvitation(BaseModel):
    """For whom an invitation is; one that is bound to an address has a single use."""

    email: Email | None = None
    max_uses: Annotated[int, Field(ge=1, le=MOST_USES)] = 1


class InvitationLook(FromRow):
    """An invitation without its secret, who made it and who came by it."""

    id: UUID
    email: str | None
    max_uses: int
    uses: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    invited_by: PersonLook | None = None
    accepted_by: list[PersonLook] = []


class InvitationMade(InvitationLook):
    """A new invitation; `url` is shown this once."""

    url: str


class InvitationPreview(BaseModel):
    """What somebody with the link is told before joining."""

    invited_by: str | None
    email: str | None
    site_name: str
    expires_at: datetime


class Site(BaseModel):
    """What everybody may know, signed in or not."""

    name: str
    logo_url: str | None
    needs_first_run: bool
    joining: Joining
    members_may_invite: bool
    who_may_upload: WhoMayUpload
    max_file_size_bytes: int
    accepted_formats: list[str]
    mail_configured: bool
    completion_threshold: int
