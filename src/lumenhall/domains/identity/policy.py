"""Who may do what. `Actor` is whoever asks; every domain's rules take it."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, true

from lumenhall.domains.identity.errors import (
    AdminsOnly,
    InvitingNotAllowed,
    JoiningClosed,
    ModeratorsOnly,
    ScopeMissing,
    SessionRequired,
)
from lumenhall.domains.identity.models import Invitation, Role, Scope
from lumenhall.platform.errors import AppError
from lumenhall.platform.options import Joining, SiteOptions, WhoMayUpload

ALL_SCOPES = frozenset(Scope)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks, as the database knew them at the start of the request.

    Exactly one of `session_id` and `token_id` is set. A session has all scopes.
    """

    user_id: uuid.UUID
    role: Role
    session_id: uuid.UUID | None = None
    token_id: uuid.UUID | None = None
    scopes: frozenset[str] = ALL_SCOPES

    @property
    def credential_id(self) -> uuid.UUID:
        """The session or token that was shown; playback grants are tied to it."""
        return self.session_id or self.token_id or uuid.UUID(int=0)

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    @property
    def is_moderator(self) -> bool:
        """True for moderators and for admins, who may do all that moderators may."""
        return self.role is not Role.MEMBER


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or the error that says why not."""

    refusal: AppError | None = None

    def __bool__(self) -> bool:
        return self.refusal is None

    def demand(self) -> None:
        """Raise the refusal if there is one."""
        if self.refusal is not None:
            raise self.refusal


ALLOWED = Decision()


def accepted_scopes(method: str, path: str) -> frozenset[Scope]:
    """Return the scopes of which a token needs one for a request.

    Routes for admins ask for more: see `may_administer`.
    """
    if path.startswith("/client/v4/"):
        return frozenset({Scope.STREAM})
    if path.startswith("/api/admin/"):
        return frozenset({Scope.ADMIN})
    uploading = path == "/api/uploads" or path.startswith("/api/uploads/")
    if method in SAFE_METHODS:
        return frozenset({Scope.READ, Scope.UPLOAD} if uploading else {Scope.READ})
    return frozenset({Scope.WRITE, Scope.UPLOAD} if uploading else {Scope.WRITE})


def may_use_scopes(actor: Actor, accepted: frozenset[Scope]) -> Decision:
    """Say whether the actor's credential has one of the scopes."""
    if actor.scopes & accepted:
        return ALLOWED
    return Decision(ScopeMissing(scopes=sorted(accepted)))


def may_guard_account(actor: Actor) -> Decision:
    """Say whether the actor may change what guards their account: not with an API token."""
    return ALLOWED if actor.session_id is not None else Decision(SessionRequired())


def may_administer(actor: Actor) -> Decision:
    """Say whether the actor is an admin and, with a token, one that was made for that."""
    if not actor.is_admin:
        return Decision(AdminsOnly())
    return may_use_scopes(actor, frozenset({Scope.ADMIN}))


def may_moderate(actor: Actor) -> Decision:
    """Say whether the actor is a moderator or an admin."""
    return ALLOWED if actor.is_moderator else Decision(ModeratorsOnly())


def may_upload(role: Role, options: SiteOptions) -> bool:
    """Say whether people of this role may add videos."""
    return role is Role.ADMIN or options.who_may_upload is WhoMayUpload.EVERYONE


def may_invite(role: Role, options: SiteOptions) -> Decision:
    """Say whether people of this role may invite others now."""
    if options.joining is Joining.CLOSED:
        return Decision(JoiningClosed())
    if role is Role.MEMBER and not options.members_may_invite:
        return Decision(InvitingNotAllowed())
    return ALLOWED


def has_budget(role: Role) -> bool:
    """Say whether the number of people that somebody of this role may invite is limited."""
    return role is Role.MEMBER


def may_see_invitation(actor: Actor, invitation: Invitation) -> bool:
    """Say whether the actor may see and revoke an invitation: their own; moderators see all."""
    return actor.is_moderator or invitation.invited_by_id == actor.user_id


def invitations_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return `may_see_invitation` as a condition on invitations."""
    return true() if actor.is_moderator else Invitation.invited_by_id == actor.user_id
