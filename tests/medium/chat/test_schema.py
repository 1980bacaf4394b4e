"""What the database itself enforces for conversations (PRODUCT 13), and which indexes it walks."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Inspector, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Message,
    MessageReaction,
    MessageType,
    Participant,
)
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.identity.models import User
from lumenhall.platform.db import WriteSession
from tests.factories.people import actor_for, add_person
from tests.factories.plans import explain
from tests.factories.videos import add_video

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
KEYS = {
    "conversations": {"creator_id": ("users", "SET NULL")},
    "participants": {
        "conversation_id": ("conversations", "CASCADE"),
        "user_id": ("users", "CASCADE"),
    },
    "messages": {
        "conversation_id": ("conversations", "CASCADE"),
        "sender_id": ("users", "CASCADE"),
        "reply_to_id": ("messages", "SET NULL"),
        "shared_video_id": ("videos", "SET NULL"),
    },
    "message_media": {
        "conversation_id": ("conversations", "CASCADE"),
        "owner_id": ("users", "CASCADE"),
        "message_id": ("messages", "CASCADE"),
        "asset_id": ("assets", "SET NULL"),
    },
    "message_reactions": {"user_id": ("users", "CASCADE"), "message_id": ("messages", "CASCADE")},
    "message_mentions": {"user_id": ("users", "CASCADE"), "message_id": ("messages", "CASCADE")},
    "message_words": {"message_id": ("messages", "CASCADE")},
    "message_requests": {
        "requester_id": ("users", "CASCADE"),
        "recipient_id": ("users", "CASCADE"),
        "conversation_id": ("conversations", "CASCADE"),
    },
    "watch_parties": {
        "conversation_id": ("conversations", "CASCADE"),
        "message_id": ("messages", "CASCADE"),
        "video_id": ("videos", "SET NULL"),
        "started_by_id": ("users", "CASCADE"),
    },
    "watch_party_people": {
        "party_id": ("watch_parties", "CASCADE"),
        "user_id": ("users", "CASCADE"),
    },
    "follows": {"follower_id": ("users", "CASCADE"), "followed_id": ("users", "CASCADE")},
    "blocks": {"blocker_id": ("users", "CASCADE"), "blocked_id": ("users", "CASCADE")},
}
UNIQUE = {
    "conversations": {("pair",)},
    "messages": {("conversation_id", "number"), ("sender_id", "client_id")},
    "watch_parties": {("conversation_id",)},
    "message_words": {("message_id",)},
}
PRIMARY = {
    "participants": ["conversation_id", "user_id"],
    "message_mentions": ["message_id", "user_id"],
    "message_reactions": ["user_id", "message_id"],
    "message_requests": ["requester_id", "recipient_id"],
}


async def ask(session: WriteSession, question: str, table: str) -> Any:
    def read(connection: object) -> Any:
        inspector = inspect(connection)
        assert isinstance(inspector, Inspector)
        return getattr(inspector, question)(table)

    return await (await session.connection()).run_sync(read)


@pytest.mark.parametrize("table", KEYS)
async def test_foreign_keys_say_what_deleting_does(session: WriteSession, table: str) -> None:
    found = {
        key["constrained_columns"][0]: (key["referred_table"], key["options"]["ondelete"])
        for key in await ask(session, "get_foreign_keys", table)
    }
    assert found == KEYS[table]


async def test_there_is_one_of_each(session: WriteSession) -> None:
    for table, wanted in UNIQUE.items():
        found = await ask(session, "get_unique_constraints", table)
        assert {tuple(one["column_names"]) for one in found} == wanted
    for table, columns in PRIMARY.items():
        key = await ask(session, "get_pk_constraint", table)
        assert key["constrained_columns"] == columns


async def add_talk(session: WriteSession) -> tuple[User, User, Conversation, Message]:
    ann, bob = await add_person(session, "ann"), await add_person(session, "bob")
    video = await add_video(session, ann)
    talk = Conversation(
        type=ConversationType.DIRECT, pair=f"{ann.id}:{bob.id}", creator_id=ann.id, last_number=2
    )
    session.add(talk)
    await session.flush()
    session.add_all(Participant(conversation_id=talk.id, user_id=one.id) for one in (ann, bob))
    first, second = (
        Message(
            conversation_id=talk.id,
            number=number,
            sender_id=one.id,
            client_id=uuid4(),
            type=MessageType.SHARED_VIDEO,
            shared_video_id=video.id,
        )
        for number, one in ((1, ann), (2, bob))
    )
    session.add(first)
    await session.flush()
    second.reply_to_id = first.id
    session.add(second)
    await session.flush()
    session.add(MessageReaction(user_id=bob.id, message_id=second.id, type=ReactionType.WOW))
    await session.flush()
    return ann, bob, talk, second


async def test_what_a_message_points_to_may_go_without_it(session: WriteSession) -> None:
    ann, _, talk, answer = await add_talk(session)
    await session.execute(text("DELETE FROM messages WHERE number = 1"))
    await session.execute(text("DELETE FROM videos"))
    await session.refresh(answer)
    assert (answer.reply_to_id, answer.shared_video_id) == (None, None)
    assert answer.shared_moment_seconds is None
    shown = await queries.shown_message(session, actor_for(ann), talk.id, answer.id)
    assert (shown.reply_to, shown.video) == (None, None)


async def test_all_goes_with_the_conversation(session: WriteSession) -> None:
    await add_talk(session)
    await session.execute(text("DELETE FROM conversations"))
    for model in (Message, MessageReaction, Participant):
        assert await session.scalar(select(func.count()).select_from(model)) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE participants SET read_number = -1",
        "UPDATE participants SET read_number = 2",
        "UPDATE messages SET number = 0",
        "UPDATE messages SET number = 1",
        "UPDATE messages SET shared_moment_seconds = -1",
        "UPDATE conversations SET pair = NULL",
        "UPDATE conversations SET type = 'group'",
        "INSERT INTO blocks SELECT id, id, created_at FROM users",
    ],
)
async def test_what_can_not_be_is_refused(session: WriteSession, change: str) -> None:
    await add_talk(session)
    with pytest.raises(IntegrityError):
        await session.execute(text(change))


async def test_updated_at_is_kept_by_the_database(session: WriteSession) -> None:
    *_, message = await add_talk(session)
    message.updated_at = LONG_AGO
    await session.flush()
    await session.execute(text("UPDATE messages SET text = 'x'"))
    await session.refresh(message)
    assert message.updated_at > LONG_AGO


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            (
                "SELECT conversation_id FROM participants WHERE user_id = '{id}'"
                " ORDER BY is_pinned DESC, last_message_at DESC, conversation_id DESC LIMIT 50"
            ),
            "ix_participants_user_id_is_pinned_last_message_at",
        ),
        (
            (
                "SELECT id FROM messages WHERE conversation_id = '{id}' AND number < 500"
                " ORDER BY number DESC LIMIT 30"
            ),
            "conversation_id",
        ),
        (
            (
                "SELECT count(*) FROM participants WHERE user_id = '{id}'"
                " AND last_number > read_number"
            ),
            "ix_participants_unread",
        ),
        (
            "SELECT id FROM messages WHERE flagged{is_true} ORDER BY id DESC LIMIT 24",
            "ix_messages_flagged",
        ),
        (
            (
                "SELECT number FROM message_mentions WHERE user_id = '{id}'"
                " AND conversation_id = '{id}' AND number > 5 ORDER BY number LIMIT 100"
            ),
            "ix_message_mentions_user_id_conversation_id_number",
        ),
        (
            "SELECT id FROM conversations ORDER BY last_message_at DESC LIMIT 50",
            "ix_conversations_last_message_at",
        ),
    ],
)
async def test_lists_walk_an_index_in_its_order(
    session: WriteSession, statement: str, index: str
) -> None:
    ann, *_ = await add_talk(session)
    await session.execute(
        insert(Conversation),
        [{"id": uuid4(), "type": ConversationType.GROUP, "last_number": 0} for _ in range(200)],
    )
    is_true = "" if session.get_bind().dialect.name == "postgresql" else " = 1"
    plan = await explain(session, statement.format(id=ann.id, is_true=is_true))
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
