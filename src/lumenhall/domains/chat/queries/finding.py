"""Finding messages by their words, and conversations by their names.

What is found is what its reader could come upon by scrolling: see `policy.open_to`, `in_list`
and `blocked`. The newest come first, which is the order of the numbers in the index.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, column, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Message,
    MessageRequest,
    MessageType,
    MessageWords,
    Participant,
)
from lumenhall.domains.chat.policy import blocked, in_list, open_to
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.queries import AskedWord
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor

# Conversations of somebody with more are not named to the index: many hits are theirs anyway.
MOST_NAMED = 500
MESSAGE_INDEX = table("message_index", column("rowid", Integer))


@dataclass(frozen=True, slots=True)
class Found:
    """A message that was found, with its sender, its conversation and the other one of two."""

    message: Message
    sender: User
    conversation: Conversation
    person: User | None


def conversation_word(conversation_id: uuid.UUID) -> str:
    """Return what stands in the index for the conversation of a message; no word looks so."""
    return f"c{conversation_id.hex}"


def message_word(word: str) -> str:
    """Return how a form of a word of a message stands in the index."""
    return f"w{word}"


async def page_found(
    session: AsyncSession,
    actor: Actor,
    asked: Sequence[AskedWord],
    conversation_id: uuid.UUID | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[Found], str | None]:
    """Return messages that hold all words, the newest first, and the next cursor.

    Those of one conversation that is open to the actor, or of all in the actor's list.
    """
    scope = in_list(actor) if conversation_id is None else open_to(actor)
    own = _own(scope)
    if conversation_id is not None:
        own = own.where(Conversation.id == conversation_id)
    named = (await session.scalars(own.limit(MOST_NAMED + 1))).all()
    if not named:
        return [], None
    wanted = _hits(session, asked, named if len(named) <= MOST_NAMED else ())
    if len(named) > MOST_NAMED:
        wanted = _with_place(wanted).where(scope)
    wanted = wanted.where(~blocked(actor.user_id, Message.sender_id))
    if cursor is not None:
        wanted = wanted.where(_number(session) < decode_cursor(cursor, int)[0])
    newest = wanted.order_by(_number(session).desc()).limit(limit + 1)
    rows = (await session.execute(newest)).all()
    people = await _partners(session, actor, rows[:limit])
    found = [Found(row[0], row[1], row[2], people.get(row[2].id)) for row in rows[:limit]]
    return found, encode_cursor(rows[limit - 1].number) if len(rows) > limit else None


async def list_names(
    session: AsyncSession, actor: Actor
) -> Sequence[Row[uuid.UUID, str | None, str | None, str | None]]:
    """Return id, name, and display name and username of the other one, as the list has them."""
    partner = aliased(Participant)
    found = await session.execute(
        _own(in_list(actor))
        .outerjoin(
            partner,
            and_(
                Conversation.type == ConversationType.DIRECT,
                partner.conversation_id == Conversation.id,
                partner.user_id != actor.user_id,
            ),
        )
        .outerjoin(User, User.id == partner.user_id)
        .where(Participant.last_message_at.is_not(None))
        .with_only_columns(Conversation.id, Conversation.name, User.display_name, User.username)
        .order_by(Participant.last_message_at.desc())
    )
    return found.all()


async def list_not_findable(session: AsyncSession, limit: int) -> tuple[int, Sequence[Message]]:
    """Return messages from before the oldest whose words are noted, and its number.

    The newest come first. Of every message since then the words are noted.
    """
    oldest = (
        await session.execute(
            select(MessageWords.number, MessageWords.message_id)
            .order_by(MessageWords.number)
            .limit(1)
        )
    ).one_or_none()
    wanted = select(Message).where(Message.type != MessageType.SYSTEM, Message.unsent_at.is_(None))
    if oldest is not None:
        wanted = wanted.where(Message.id < oldest.message_id)
    found = await session.scalars(wanted.order_by(Message.id.desc()).limit(limit))
    return (oldest.number if oldest else 1), found.all()


def _own(scope: ColumnElement[bool]) -> Select[Any]:
    return _with_place(select(Conversation.id)).where(scope)


def _with_place(wanted: Select[Any]) -> Select[Any]:
    """Join what `in_list` and `open_to` speak of to a statement that has conversations."""
    return wanted.join(Participant, Participant.conversation_id == Conversation.id).outerjoin(
        MessageRequest, MessageRequest.conversation_id == Conversation.id
    )


def _number(session: AsyncSession) -> Any:
    # The engine's own order of hits is that of the numbers: it stops at the limit.
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return MESSAGE_INDEX.c.rowid if is_sqlite else MessageWords.number.expression


def _hits(
    session: AsyncSession, asked: Sequence[AskedWord], named: Collection[uuid.UUID]
) -> Select[Any]:
    wanted: Select[Any] = select(Message).add_columns(User, Conversation, MessageWords.number)
    if session.get_bind().dialect.name == "postgresql":
        # Spelled as in the index, or it is not used.
        matching = text(
            "array_to_tsvector(string_to_array(message_words.words, ' ')) "
            "@@ CAST(:matching AS tsquery)"
        ).bindparams(matching=_matching(asked, (), _TSQUERY))
        wanted = wanted.select_from(MessageWords)
    else:
        matching = text("message_index MATCH :matching").bindparams(
            matching=_matching(asked, named, _FTS5)
        )
        wanted = wanted.select_from(MESSAGE_INDEX).join(
            MessageWords, MessageWords.number == MESSAGE_INDEX.c.rowid
        )
    if named:
        wanted = wanted.where(MessageWords.conversation_id.in_(named))
    return (
        wanted.join(Message, Message.id == MessageWords.message_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(User, User.id == Message.sender_id)
        .where(matching)
    )


@dataclass(frozen=True, slots=True)
class _Language:
    """How an engine is asked for words; they hold letters and digits only."""

    either: str
    both: str
    whole: str
    beginning: str


_FTS5 = _Language(" OR ", " AND ", '"{}"', '"{}"*')
_TSQUERY = _Language(" | ", " & ", "'{}'", "'{}':*")


def _matching(asked: Sequence[AskedWord], named: Collection[uuid.UUID], said: _Language) -> str:
    def terms(word: AskedWord) -> Iterable[str]:
        start = word.beginning
        for stem in sorted(word.stems):
            if start is None or not stem.startswith(start):
                yield said.whole.format(message_word(stem))
        if start is not None:
            yield said.beginning.format(message_word(start))

    needed = [terms(word) for word in asked]
    if named:
        needed.append(said.whole.format(conversation_word(one)) for one in named)
    return said.both.join(f"({said.either.join(one)})" for one in needed)


async def _partners(
    session: AsyncSession, actor: Actor, rows: Sequence[Any]
) -> dict[uuid.UUID, User]:
    ids = {row[2].id for row in rows if row[2].type is ConversationType.DIRECT}
    if not ids:
        return {}
    found = await session.execute(
        select(Participant.conversation_id, User)
        .join(User, User.id == Participant.user_id)
        .where(Participant.conversation_id.in_(ids), Participant.user_id != actor.user_id)
    )
    return {row.conversation_id: row.User for row in found}
