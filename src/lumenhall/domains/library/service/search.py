"""Keeping the words of videos, and finding where in its captions a video says something."""

import asyncio
import html
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import suggest_people
from lumenhall.domains.library import queries
from lumenhall.domains.library.models import SearchDocument
from lumenhall.domains.library.queries import AskedWord
from lumenhall.domains.library.schemas import (
    CaptionHit,
    SearchFilters,
    SearchHit,
    Suggestion,
    SuggestionKind,
)
from lumenhall.domains.library.service.showing import cards
from lumenhall.domains.media.models import Track
from lumenhall.domains.media.queries import list_tracks_of
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit.words import fold, forms_of, words_of

INDEXED_AT_ONCE = 50
VIDEOS_SUGGESTED, OTHERS_SUGGESTED = 5, 3
_MARKUP = re.compile(r"<[^>]*>")
_START = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)\.\d{3} -->")


async def search_videos(  # noqa: PLR0913 Each is one choice of the reader.
    session: AsyncSession,
    actor: Actor,
    key: bytes,
    query: str,
    filters: SearchFilters,
    cursor: str | None,
    limit: int,
) -> tuple[list[SearchHit], str | None]:
    """Return a page of what was found, and the next cursor; `key` signs addresses."""
    asked = queries.asked_words(query)
    if not asked:
        return [], None
    found, following = await queries.page_found(session, actor, asked, filters, cursor, limit)
    spoken = [hit.row.asset_id for hit in found if hit.is_spoken]
    captions = await _find_captions(session, spoken, asked)
    shown = await cards(session, [hit.row for hit in found], actor, key)
    return [
        SearchHit(video=video, caption=captions.get(video.asset.id)) for video in shown
    ], following


async def suggest(session: AsyncSession, actor: Actor, typed: str) -> list[Suggestion]:
    """Return what somebody who types may be looking for, the likeliest first."""
    asked = queries.asked_words(typed)
    if not asked:
        return []
    start = typed.strip()
    titles = await queries.list_titles(session, actor, asked, VIDEOS_SUGGESTED)
    categories = [
        category
        for category in await queries.list_active_categories(session)
        if fold(category.name.casefold()).startswith(fold(start.casefold()))
    ]
    tags = await queries.suggest_tags(session, start.lstrip("#"), OTHERS_SUGGESTED)
    people = await suggest_people(session, start.lstrip("@"), OTHERS_SUGGESTED)
    made = [
        *((SuggestionKind.CATEGORY, category.name, category.slug) for category in categories),
        *((SuggestionKind.VIDEO, title, str(video_id)) for video_id, title in titles),
        *((SuggestionKind.TAG, tag, tag) for tag in tags),
        *((SuggestionKind.PERSON, user.display_name, user.username) for user in people),
    ]
    return [Suggestion(kind=kind, text=text, target=target) for kind, text, target in made]


async def _find_captions(
    session: AsyncSession, asset_ids: Sequence[uuid.UUID], asked: Sequence[AskedWord]
) -> dict[uuid.UUID, CaptionHit]:
    tracks: defaultdict[uuid.UUID, list[Track]] = defaultdict(list)
    for track in await list_tracks_of(session, asset_ids):
        tracks[track.asset_id].append(track)

    def find_all() -> dict[uuid.UUID, CaptionHit]:
        hits = {asset_id: find_caption(found, asked) for asset_id, found in tracks.items()}
        return {asset_id: hit for asset_id, hit in hits.items() if hit}

    return await asyncio.to_thread(find_all)


async def index_video(session: AsyncSession, video_id: uuid.UUID) -> None:
    """Note the words by which a video is found, in the transaction that changed them."""
    found = await queries.find_searchable(session, video_id)
    if found is None:
        return
    video, tags = found
    spoken = [track.body for track in await list_tracks_of(session, [video.asset_id])]
    words = await asyncio.to_thread(words_by_place, video.title, tags, video.description, spoken)
    await session.execute(
        insert_into(session, SearchDocument)
        .values(video_id=video_id, words=words)
        .on_conflict_do_update(index_elements=["video_id"], set_={"words": words})
    )


async def index_missing(session: AsyncSession) -> int:
    """Note the words of some videos of which none were noted; return how many there were."""
    missing = await queries.list_not_searchable(session, INDEXED_AT_ONCE)
    for video_id in missing:
        await index_video(session, video_id)
    return len(missing)


def words_by_place(
    title: str, tags: Collection[str], description: str, captions: Collection[str]
) -> str:
    """Return every form of every word, each once, behind the number of the first place it is in.

    The places are 0 title, 1 tags, 2 description, 3 captions (WebVTT files).
    """
    spoken = "\n".join(line for body in captions for line in _spoken_lines(body))
    place_of: dict[str, int] = {}
    for place, text in enumerate((title, "\n".join(tags), description, spoken)):
        for word in dict.fromkeys(words_of(text)):
            for form in forms_of(word):
                place_of.setdefault(form, place)
    return " ".join(sorted(f"{place}{form}" for form, place in place_of.items()))


def find_caption(tracks: Sequence[Track], asked: Sequence[AskedWord]) -> CaptionHit | None:
    """Return the first caption that holds the most of the words, if any holds one."""
    best: tuple[int, CaptionHit] | None = None
    for track in tracks:
        for start, line in _captions(track.body):
            folded = fold(line.casefold())
            if not any(word.may_be_in(folded) for word in asked):
                continue
            forms = frozenset[str]().union(*map(forms_of, words_of(_plain(line))))
            matched = sum(word.matches(forms) for word in asked)
            if matched > (best[0] if best else 0):
                hit = CaptionHit(start_seconds=start, text=_plain(line), language=track.language)
                best = (matched, hit)
                if matched == len(asked):
                    return hit
    return best[1] if best else None


def _spoken_lines(body: str) -> list[str]:
    return [_plain(line) for _, line in _captions(body)]


def _captions(body: str) -> list[tuple[int, str]]:
    """Return start in seconds and text of the captions in a WebVTT file of ours."""
    found: list[tuple[int, str]] = []
    for block in body.split("\n\n"):
        times, _, text = block.partition("\n")
        if match := _START.match(times):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            said = " ".join(text.split())
            found.append((hours * 3600 + minutes * 60 + seconds, said))
    return found


def _plain(line: str) -> str:
    return html.unescape(_MARKUP.sub("", line))
