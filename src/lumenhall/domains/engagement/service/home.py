"""The home page: what everybody sees is kept by the library, what one has watched is read."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.queries import SHELF_LENGTH
from lumenhall.domains.library.service import Card, Viewer, progress, shelf_keeper


async def assemble_home(session: AsyncSession, actor: Actor, key: bytes) -> bytes:
    """Return what the home page shows to the actor, as the JSON of `Home`; `key` signs addresses.

    Two statements, and six more when the library has changed since anybody asked last.
    """
    keeper = shelf_keeper(session)
    shelves = keeper.kept
    stamp, seen = await queries.get_seen(session, actor, shelves.video_ids)
    if not shelves.hold(stamp):
        shelves = await keeper.renew(session)
        _, seen = await queries.get_seen(session, actor, shelves.video_ids)
    rows = await queries.list_unfinished(session, actor)
    viewer = Viewer(actor, key)

    def watched_of(card: Card) -> dict[str, int | bool] | None:
        watched = seen.get(card.video_id)
        return watched and progress(watched)

    def shown(card: Card) -> bytes:
        return viewer.finish(card, watched_of(card))

    def unwatched(cards: Iterable[Card]) -> Iterator[Card]:
        for card in cards:
            watched = seen.get(card.video_id)
            if watched is None or not watched.completed:
                yield card

    def listed(cards: Iterable[Card]) -> bytes:
        return b"[%b]" % b",".join(map(shown, cards))

    parts = {
        b"hero": shown(shelves.hero) if shelves.hero else b"null",
        b"continue_watching": b"[%b]"
        % b",".join(viewer.finish(Card.of(row), progress(row)) for row in rows),
        b"newest": listed(shelves.newest),
        b"reacted": listed(islice(unwatched(shelves.reacted), SHELF_LENGTH)),
        b"playlists": b"[%b]"
        % b",".join(
            viewer.finish_playlist(card, watched_of(card.cover)) for card in shelves.playlists
        ),
        b"categories": b"[%b]"
        % b",".join(
            b'{"category":%b,"videos":%b}' % (category, listed(cards))
            for category, cards in shelves.categories
        ),
    }
    return b"{%b}" % b",".join(b'"%b":%b' % part for part in parts.items())
