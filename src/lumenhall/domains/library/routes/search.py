"""Search over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.library import service
from lumenhall.domains.library.schemas import SearchFilters, SearchHit, Suggestions
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads

router = APIRouter(prefix="/api/search", tags=["library"])
Words = Annotated[str, Query(alias="q", min_length=1, max_length=200)]


class SearchRequest(SearchFilters):
    """A search: words, filters, and which page."""

    q: Annotated[str, Query(min_length=1, max_length=200)]
    cursor: Annotated[str | None, Query(max_length=500)] = None
    limit: Limit = 20


@router.get("")
async def search_videos(
    asked: Annotated[SearchRequest, Query()], actor: CurrentActor, context: Context, session: Reads
) -> Page[SearchHit]:
    """Videos that hold all words, in title, tags, description or captions, the closest first."""
    found, following = await service.search_videos(
        session, actor, context.signing_key, asked.q, asked, asked.cursor, asked.limit
    )
    return Page[SearchHit](items=found, next_cursor=following)


@router.get("/suggestions")
async def suggest(words: Words, actor: CurrentActor, session: Reads) -> Suggestions:
    """What somebody who types may be looking for."""
    return Suggestions(items=await service.suggest(session, actor, words))
