"""A conversation with a long past, written straight into the database of a site."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, update

from lumenhall.domains.chat.models import Conversation, Message, MessageType, Participant
from lumenhall.main.wiring import register_everything
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from tests.factories.site import Person, Site

LINES = (
    "Number {}.",
    "And then there is number {}, which is\nlonger than others " + "on and " * 30,
)


def write_past(site: Site, talk: str, speakers: tuple[Person, Person], count: int) -> None:
    """Let two people have said so much, in turns; neither has read any of it."""
    # The browser's own event loop runs in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _write(site, UUID(talk), speakers, count)).result()


async def _write(site: Site, talk: UUID, speakers: tuple[Person, Person], count: int) -> None:
    register_everything()
    start = clock.now() - timedelta(minutes=count)
    rows = [
        {
            "id": new_id(),
            "conversation_id": talk,
            "number": number,
            "sender_id": UUID(speakers[number % 2].id),
            "client_id": new_id(),
            "type": MessageType.TEXT,
            "text": LINES[number % 7 == 0].format(number),
            "created_at": start + timedelta(minutes=number),
        }
        for number in range(1, count + 1)
    ]
    last = {"last_number": count, "last_message_at": rows[-1]["created_at"]}
    database = Database(f"sqlite:///{site.server.folder}/data/lumenhall.sqlite")
    try:
        async with database.write() as session:
            await session.execute(insert(Message), rows)
            about = {**last, "last_message_id": rows[-1]["id"]}
            await session.execute(update(Conversation).filter_by(id=talk).values(about))
            await session.execute(update(Participant).filter_by(conversation_id=talk).values(last))
    finally:
        await database.dispose()
