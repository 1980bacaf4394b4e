"""The home page: one statement for the categories, one for everything that is in the rows."""

from collections import defaultdict

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.engagement.schemas import CategoryRow, Home
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.queries import list_active_categories
from lumenhall.domains.library.schemas import CategoryRef, VideoCard
from lumenhall.domains.library.service import card, feature


async def assemble_home(session: AsyncSession, actor: Actor, key: bytes) -> Home:
    """Return what the home page shows to the actor; `key` signs the addresses of pictures."""
    categories = await list_active_categories(session)
    picked = await queries.list_picks(session, actor, [category.id for category in categories])
    rows: defaultdict[str, list[VideoCard]] = defaultdict(list)
    hero = None
    for section, shown, description in picked:
        if section == queries.HERO:
            hero = feature(shown, description, actor, key)
        else:
            rows[section].append(card(shown, actor, key))
    return Home(
        hero=hero,
        continue_watching=rows[queries.CONTINUE],
        newest=rows[queries.NEWEST],
        categories=[
            CategoryRow(category=CategoryRef.model_validate(category), videos=videos)
            for category in categories
            if (videos := rows.get(str(category.id)))
        ],
    )
