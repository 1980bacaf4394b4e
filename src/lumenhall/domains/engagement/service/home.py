"""The home page: what everybody sees is kept by the library, what one has watched is read."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.service import Card, Viewer, progress, shelf_keeper


async def assemble_home(session: AsyncSession, actor: Actor, key: bytes) -> bytes:
    """Return what the home page shows to the actor, as the JSON of `Home`; `key` signs addresses.

    Two statements, and five more when the library has changed since anybody asked last.
    """
    keeper = shelf_keeper(session)
    shelves = keeper.kept
    stamp, seen = await queries.get_seen(session, actor, shelves.video_ids)
    if not shelves.hold(stamp):
        shelves = await keeper.renew(session)
        _, seen = await queries.get_seen(session, actor, shelves.video_ids)
    rows = await queries.list_unfinished(session, actor)
    viewer = Viewer(actor, key)

    def shown(card: Card) -> bytes:
        watched = seen.get(card.video_id)
        return viewer.finish(card, watched and progress(watched))

    def listed(cards: Iterable[Card]) -> bytes:
        return b",".join(map(shown, cards))

    return b'{"hero":%b,"continue_watching":[%b],"newest":[%b],"categories":[%b]}' % (
        shown(shelves.hero) if shelves.hero else b"null",
        b",".join(viewer.finish(Card.of(row), progress(row)) for row in rows),
        listed(shelves.newest),
        b",".join(
            b'{"category":%b,"videos":[%b]}' % (category, listed(cards))
            for category, cards in shelves.categories
        ),
    )
