"""What was unsent is nowhere any more: not in the database, the storage, or what pages hear."""

import asyncio
import io
import sqlite3
from contextlib import closing

import pytest
from PIL import Image
from sqlalchemy import text

from lumenhall.domains.chat.service import tidy_index
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Base
from lumenhall.platform.outbox import Relay
from tests.factories.people import add_session
from tests.fixtures.live import LiveServer
from tests.medium.chat.conftest import CHAT, Talker, Talkers

SECRET = "quokkazanzibar"
FIRST_SECRET = "numbatalmaty"


async def everything_stored(app: AppContext) -> str:
    """Return all that the database holds, on SQLite the bytes of its file."""
    if app.database.is_sqlite:
        return await asyncio.to_thread(_read_file, str(app.database.url.database))
    async with app.database.read() as session:
        rows: list[str] = []
        for table in Base.metadata.tables:
            rows += await session.scalars(text(f"SELECT one::text FROM {table} AS one"))  # noqa: S608 Our own tables.
    return "\n".join(rows)


def _read_file(path: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    with open(path, "rb") as file:  # noqa: PTH123 A thread of its own reads all of it.
        return file.read().decode("latin-1")


@pytest.mark.parametrize("times", [1, 40])
async def test_what_was_unsent_is_nowhere_any_more(
    talkers: Talkers, ann: Talker, bob: Talker, live_server: LiveServer, times: int
) -> None:
    talk = await ann.gather(bob)
    async with talkers.app.database.write() as session:
        secret = await add_session(session, bob.user)
    page = await live_server.open(secret)
    known = (await page.next())["seq"]
    await page.connection.close()
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    files = {"file": ("a.png", picture.getvalue())}
    attached = await ann.client.post(f"{CHAT}/{talk}/pictures", files=files)
    said = await ann.say(talk, f"{FIRST_SECRET} @bob", media_ids=[attached.json()["id"]])
    address = f"{CHAT}/{talk}/messages/{said['id']}"
    for _ in range(times):
        reply = await ann.client.patch(address, json={"text": f"{SECRET} @bob {SECRET * 9}"})
        assert reply.status_code == 200
        await ann.client.patch(address, json={"text": f"{FIRST_SECRET} @bob"})
    await ann.client.patch(address, json={"text": f"{SECRET} @bob"})
    await bob.client.put(f"{address}/reaction", json={"type": "wow"})
    await bob.say(talk, "Oh?", reply_to_id=said["id"])
    assert SECRET in await everything_stored(talkers.app)
    assert (await ann.client.delete(address)).status_code == 204
    await Relay(talkers.app).drain()
    if talkers.app.database.is_sqlite:
        # A job does this within a minute or two.
        await tidy_index(talkers.app)
    stored = await everything_stored(talkers.app)
    assert SECRET not in stored
    assert FIRST_SECRET not in stored
    assert await talkers.app.storage.list_prefix(f"chat/{talk}") == []
    page = await live_server.open(secret, since=known)
    replayed = str(await page.rest())
    assert "chat.message" in replayed
    assert SECRET not in replayed
    assert FIRST_SECRET not in replayed
    (answer,) = [one for one in await bob.hear(talk) if one["text"] == "Oh?"]
    assert answer["reply_to"]["is_unsent"]
    assert answer["reply_to"]["text"] == ""
