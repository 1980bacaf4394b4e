"""Who may do what."""

import uuid

import pytest

from lumenhall.domains.identity.errors import (
    AdminsOnly,
    InvitingNotAllowed,
    JoiningClosed,
    ModeratorsOnly,
    ScopeMissing,
    SessionRequired,
)
from lumenhall.domains.identity.models import Role, Scope
from lumenhall.domains.identity.policy import (
    Actor,
    Decision,
    accepted_scopes,
    may_administer,
    may_guard_account,
    may_invite,
    may_moderate,
    may_upload,
)
from lumenhall.platform.errors import Forbidden
from lumenhall.platform.options import Joining, SiteOptions, WhoMayUpload


def session_of(role: Role) -> Actor:
    return Actor(uuid.uuid4(), role, session_id=uuid.uuid4())


def token_of(role: Role, *scopes: Scope) -> Actor:
    return Actor(uuid.uuid4(), role, token_id=uuid.uuid4(), scopes=frozenset(scopes))


def refusal(decision: Decision) -> type[Exception] | None:
    return type(decision.refusal) if decision.refusal else None


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (session_of(Role.ADMIN), None),
        (session_of(Role.MODERATOR), AdminsOnly),
        (session_of(Role.MEMBER), AdminsOnly),
        (token_of(Role.ADMIN, Scope.ADMIN), None),
        (token_of(Role.ADMIN, Scope.READ, Scope.WRITE), ScopeMissing),
        (token_of(Role.MEMBER, Scope.ADMIN), AdminsOnly),
    ],
)
def test_who_administers(actor: Actor, expected: type[Exception] | None) -> None:
    assert refusal(may_administer(actor)) is expected


def test_who_moderates() -> None:
    refusals = [refusal(may_moderate(session_of(role))) for role in Role]
    assert refusals == [None, None, ModeratorsOnly]


def test_a_token_guards_no_account() -> None:
    assert may_guard_account(session_of(Role.MEMBER))
    assert refusal(may_guard_account(token_of(Role.ADMIN, *Scope))) is SessionRequired


@pytest.mark.parametrize(
    ("role", "joining", "members_may_invite", "expected"),
    [
        (Role.ADMIN, Joining.INVITATION, False, None),
        (Role.MODERATOR, Joining.INVITATION, False, None),
        (Role.MEMBER, Joining.INVITATION, False, InvitingNotAllowed),
        (Role.MEMBER, Joining.INVITATION, True, None),
        (Role.MEMBER, Joining.OPEN, True, None),
        (Role.ADMIN, Joining.CLOSED, True, JoiningClosed),
    ],
)
def test_who_invites(
    role: Role, joining: Joining, members_may_invite: bool, expected: type[Exception] | None
) -> None:
    options = SiteOptions(joining=joining, members_may_invite=members_may_invite)
    assert refusal(may_invite(role, options)) is expected


def test_who_uploads() -> None:
    everyone = SiteOptions(who_may_upload=WhoMayUpload.EVERYONE)
    admins = SiteOptions(who_may_upload=WhoMayUpload.ADMINS)
    assert [may_upload(role, everyone) for role in Role] == [True, True, True]
    assert [may_upload(role, admins) for role in Role] == [True, False, False]


@pytest.mark.parametrize(
    ("method", "path", "scopes"),
    [
        ("GET", "/api/videos", {Scope.READ}),
        ("HEAD", "/api/videos", {Scope.READ}),
        ("POST", "/api/videos", {Scope.WRITE}),
        ("DELETE", "/api/videos/1", {Scope.WRITE}),
        ("POST", "/api/uploads", {Scope.WRITE, Scope.UPLOAD}),
        ("PATCH", "/api/uploads/1", {Scope.WRITE, Scope.UPLOAD}),
        ("HEAD", "/api/uploads/1", {Scope.READ, Scope.UPLOAD}),
        ("POST", "/api/uploadsx", {Scope.WRITE}),
        ("GET", "/api/admin/members", {Scope.ADMIN}),
        ("GET", "/client/v4/accounts/1/stream", {Scope.STREAM}),
    ],
)
def test_which_scopes_a_request_needs(method: str, path: str, scopes: set[Scope]) -> None:
    assert accepted_scopes(method, path) == scopes


def test_a_decision_is_yes_or_raises_its_refusal() -> None:
    Decision().demand()
    with pytest.raises(Forbidden):
        Decision(Forbidden()).demand()
