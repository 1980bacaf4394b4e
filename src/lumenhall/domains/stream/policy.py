"""The rules of stream videos: whose an account is, and what its fields may hold."""

from datetime import timedelta

from sqlalchemy import ColumnElement, true

from lumenhall.domains.identity.policy import Actor, Decision
from lumenhall.domains.stream.errors import StreamAccountTaken
from lumenhall.domains.stream.models import StreamAccount

# How long after it was made a video may be told to be deleted.
DELETION_SOONEST, DELETION_LATEST = timedelta(days=30), timedelta(days=1096)
# For how long an upload address may be good: an upload itself lives a day without bytes.
ADDRESS_LIFE, ADDRESS_LONGEST = timedelta(minutes=30), timedelta(hours=24)
# How much of what is uploaded with a one-time address may be played, unless it says so.
ONE_TIME_SECONDS = 14_400


def may_use_account(actor: Actor, account: StreamAccount | None) -> Decision:
    """Say whether the actor may use an account: their own; admins use all, a new one everybody."""
    if account is None or actor.is_admin or account.owner_id == actor.user_id:
        return Decision()
    return Decision(StreamAccountTaken())


def accounts_of(actor: Actor) -> ColumnElement[bool]:
    """Return `may_use_account` as a condition on accounts."""
    return true() if actor.is_admin else StreamAccount.owner_id == actor.user_id
