"""The rows of the home page that everybody sees alike, kept until something in them changes.

The database changes the stamp of the library in the transaction of whatever changes what these
rows show. A page asks for the stamp with its first statement, so it never shows what is gone.
Only the counts of views, the order by them, how far an encoding is, and what was picked for
shelves do not change the stamp; of these, a page may show what they were `KEPT_FOR` ago.
"""

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Connection, Engine, delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.library import queries
from lumenhall.domains.library.models import ShelfPick
from lumenhall.domains.library.service.cards import Card, PlaylistCard
from lumenhall.platform.db.among import id_list
from lumenhall.platform.kit import clock

KEPT_FOR = timedelta(seconds=30)
# Those that a viewer has watched to the end are left out, so there are more than a shelf holds.
PICKED = 2 * queries.SHELF_LENGTH
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shelves:
    """The rows as they are while the library has `stamp`, from `since` to `until`.

    Each category comes as the JSON of a CategoryRef; `video_ids` are an `id_list`.
    """

    stamp: str = ""
    since: datetime = LONG_AGO
    until: datetime = LONG_AGO
    hero: Card | None = None
    newest: tuple[Card, ...] = ()
    reacted: tuple[Card, ...] = ()
    playlists: tuple[PlaylistCard, ...] = ()
    categories: tuple[tuple[bytes, tuple[Card, ...]], ...] = ()
    video_ids: str = "[]"

    def hold(self, stamp: str) -> bool:
        """Say whether the library, which has `stamp` now, still looks like this."""
        return self.stamp == stamp and self.since <= clock.now() < self.until


class ShelfKeeper:
    """Keeps the shelves of one database in this process; `kept` may be out of date."""

    def __init__(self) -> None:
        self.kept = Shelves()
        self._lock = asyncio.Lock()

    async def renew(self, session: AsyncSession) -> Shelves:
        """Return the shelves as they are now; of many who ask at once, one reads them."""
        async with self._lock:
            # Asked for before the rows are: what changes in between is read again next time.
            stamp = await queries.get_stamp(session)
            if not self.kept.hold(stamp):
                self.kept = await _read(session, stamp)
        return self.kept


_keepers: WeakKeyDictionary[Engine | Connection, ShelfKeeper] = WeakKeyDictionary()


def shelf_keeper(session: AsyncSession) -> ShelfKeeper:
    """Return who keeps the shelves of the session's database."""
    return _keepers.setdefault(session.get_bind(), ShelfKeeper())


async def put_on_shelf(session: AsyncSession, shelf: str, video_ids: Sequence[uuid.UUID]) -> None:
    """Let these videos be on a shelf, in this order, and no others."""
    await session.execute(delete(ShelfPick).where(ShelfPick.shelf == shelf))
    if video_ids:
        rows = [
            {"shelf": shelf, "video_id": video_id, "place": place}
            for place, video_id in enumerate(video_ids, start=1)
        ]
        await session.execute(insert(ShelfPick), rows)


async def _read(session: AsyncSession, stamp: str) -> Shelves:
    now = clock.now()
    categories = await queries.list_active_categories(session)
    due = await queries.find_next_due(session)
    playlists = await queries.list_latest_playlists(session, queries.SHELF_LENGTH)
    cards: defaultdict[str, list[Card]] = defaultdict(list)
    hero = None
    for row in await queries.list_on_shelves(
        session,
        [category.id for category in categories],
        [shown.first_video_id for shown in playlists if shown.first_video_id],
    ):
        if row.shelf == queries.HERO:
            hero = Card.of(row, description=row.description, upload=None)
        else:
            cards[row.shelf].append(Card.of(row))
    shelves = [*cards.values(), [hero] if hero else []]
    covers = {card.video_id: card for card in cards[queries.COVERS]}
    # They are kept for longer than the session.
    for shown in playlists:
        session.expunge(shown.playlist)
    return Shelves(
        stamp=stamp,
        since=now,
        until=min(now + KEPT_FOR, due or datetime.max.replace(tzinfo=UTC)),
        hero=hero,
        newest=tuple(cards[queries.NEWEST]),
        reacted=tuple(cards[queries.REACTED]),
        playlists=tuple(
            PlaylistCard.of(shown, covers[shown.first_video_id])
            for shown in playlists
            if shown.first_video_id in covers
        ),
        categories=tuple(
            (orjson.dumps(category._asdict()), tuple(cards[str(category.id)]))
            for category in categories
            if str(category.id) in cards
        ),
        video_ids=id_list({card.video_id for shelf in shelves for card in shelf}),
    )
