"""Keeping the words by which messages are found, and showing what was."""

import re
import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.models import Message, MessageWords
from lumenhall.domains.chat.queries import conversation_word, message_word
from lumenhall.domains.chat.schemas import ConversationName, MessageFound, TextPart
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.queries import AskedWord, asked_words
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit.words import fold, forms_of, words_of

INDEXED_AT_ONCE = 500
CONVERSATIONS_FOUND = 10
LETTERS_SHOWN, LETTERS_BEFORE = 160, 40
_WORD = re.compile(r"[^\W_]+")


async def search_messages(
    session: AsyncSession,
    actor: Actor,
    query: str,
    conversation_id: uuid.UUID | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[MessageFound], str | None]:
    """Return messages that hold all words of a query, the newest first, and the next cursor.

    Raises ConversationUnknown where the one to be searched is none of the actor's.
    """
    if conversation_id is not None:
        await queries.get_place(session, actor, conversation_id)
    asked = asked_words(query)
    if not asked:
        return [], None
    found, following = await queries.page_found(
        session, actor, asked, conversation_id, cursor, limit
    )
    return [_look(one, asked) for one in found], following


async def search_conversations(
    session: AsyncSession, actor: Actor, query: str
) -> list[queries.Entry]:
    """Return the conversations whose name, or whose other person, has all words of a query."""
    asked = [fold(word) for word in words_of(query)]
    if not asked:
        return []
    ids = []
    for conversation_id, *names in await queries.list_names(session, actor):
        words = [fold(word) for name in names if name for word in words_of(name)]
        if all(any(word.startswith(start) for word in words) for start in asked):
            ids.append(conversation_id)
    return await queries.list_entries(session, actor, ids[:CONVERSATIONS_FOUND])


async def note_words(session: AsyncSession, message: Message) -> None:
    """Note the words of a message, in the transaction that changed them."""
    words = _words(message)
    await session.execute(
        insert_into(session, MessageWords)
        .values(message_id=message.id, conversation_id=message.conversation_id, words=words)
        .on_conflict_do_update(index_elements=["message_id"], set_={"words": words})
    )


async def forget_words(session: AsyncSession, message: Message) -> None:
    """Let a message be found no more."""
    await session.execute(delete(MessageWords).where(MessageWords.message_id == message.id))


async def index_missing(session: AsyncSession) -> int:
    """Note the words of some messages from before there was a search; return how many.

    They get numbers below all others, so that numbers go on growing with time.
    """
    number, missing = await queries.list_not_findable(session, INDEXED_AT_ONCE)
    rows = [
        {
            "number": min(number, 1) - place,
            "message_id": one.id,
            "conversation_id": one.conversation_id,
            "words": _words(one),
        }
        for place, one in enumerate(missing, start=1)
    ]
    if rows:
        await session.execute(insert(MessageWords), rows)
    return len(rows)


def marked(text: str, asked: Sequence[AskedWord]) -> list[TextPart]:
    """Return a text from shortly before the first word that was asked for, in parts."""
    found = [one for one in _WORD.finditer(text) if _is_asked(one[0], asked)]
    start = max(0, found[0].start() - LETTERS_BEFORE) if found else 0
    if start:
        # A new beginning is that of a word, if there is one before the first that was asked for.
        start = text.find(" ", start, found[0].start()) + 1 or start
    shown = [one for one in found if one.end() <= start + LETTERS_SHOWN]
    return list(_parts(text, start, shown))


def _parts(text: str, start: int, found: Sequence[re.Match[str]]) -> Iterator[TextPart]:
    at = start
    end = start + LETTERS_SHOWN
    if start:
        yield TextPart(text="…", is_match=False)
    for one in found:
        if one.start() > at:
            yield TextPart(text=text[at : one.start()], is_match=False)
        yield TextPart(text=one[0], is_match=True)
        at = one.end()
    if at < min(end, len(text)):
        yield TextPart(text=text[at:end], is_match=False)
    if end < len(text):
        yield TextPart(text="…", is_match=False)


def _is_asked(word: str, asked: Sequence[AskedWord]) -> bool:
    forms = frozenset[str]().union(*map(forms_of, words_of(word)))
    return any(one.matches(forms) for one in asked)


def _words(message: Message) -> str:
    forms = frozenset[str]().union(*map(forms_of, words_of(message.text)))
    words = (message_word(form) for form in sorted(forms))
    return " ".join((conversation_word(message.conversation_id), *words))


def _look(found: queries.Found, asked: Sequence[AskedWord]) -> MessageFound:
    message, conversation = found.message, found.conversation
    return MessageFound(
        message_id=message.id,
        number=message.number,
        sender=PersonLook.model_validate(found.sender),
        parts=marked(message.text, asked),
        created_at=message.created_at,
        conversation=ConversationName(
            id=conversation.id,
            type=conversation.type,
            name=conversation.name,
            picture_url=conversation.picture_url,
            person=PersonLook.model_validate(found.person) if found.person else None,
        ),
    )
