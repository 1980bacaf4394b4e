"""Finding videos by words, the same on both engines.

What stands in the title comes first, then what needs the tags, the description, the captions;
within each, the newest. A word is found in all its forms, the last one also while it is typed.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    column,
    func,
    literal,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Category, SearchDocument, Video, VideoTag
from lumenhall.domains.library.policy import listed
from lumenhall.domains.library.queries.videos import video_rows_for
from lumenhall.domains.library.schemas import Age, Length, SearchFilters
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor
from lumenhall.platform.kit.words import fold, stems_of, words_of

PLACES = range(4)
SPOKEN = PLACES[-1]
MOST_WORDS = 8
FOUR_MINUTES, TWENTY_MINUTES = 240, 1200
DAYS = {Age.WEEK: 7, Age.MONTH: 31, Age.YEAR: 366}
SEARCH_INDEX = table("search_index", column("rowid", Integer))


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that is looked for: by its stems and, while it is typed, by its beginning."""

    stems: frozenset[str]
    beginning: str | None = None

    def matches(self, forms: frozenset[str]) -> bool:
        """Say whether one of these forms of words is looked for."""
        start = self.beginning
        return bool(self.stems & forms) or (
            start is not None and any(form.startswith(start) for form in forms)
        )

    def may_be_in(self, folded: str) -> bool:
        """Say quickly whether a text in lower case without accents could hold the word."""
        starts = [*self.stems, self.beginning] if self.beginning else self.stems
        # Stems may end in another letter than the word does, but begin as it does.
        return any(start[: max(2, len(start) - 2)] in folded for start in starts)


@dataclass(frozen=True, slots=True)
class Found:
    """A row of `video_rows_for`; `is_spoken` when a word is nowhere but in the captions."""

    row: Row[Any]
    is_spoken: bool


def asked_words(query: str) -> list[AskedWord]:
    """Return the words of a query; the last one counts as still being typed."""
    words = list(dict.fromkeys(words_of(query)))[:MOST_WORDS]
    return [AskedWord(stems_of(word), fold(word) if word is words[-1] else None) for word in words]


async def page_found(
    session: AsyncSession,
    actor: Actor,
    asked: Sequence[AskedWord],
    filters: SearchFilters,
    cursor: str | None,
    limit: int,
) -> tuple[list[Found], str | None]:
    """Return a page of the listed videos, and of one's own, that hold all words; next cursor."""
    place, number = decode_cursor(cursor, int, int) if cursor else (0, None)
    conditions = [_findable(actor), *_conditions(filters)]
    hits = union_all(
        *(
            _hits(session, asked, at, conditions, number if at == place else None, limit + 1)
            for at in PLACES
            if at >= int(str(place))
        )
    ).subquery("hits")
    rows = (
        await session.execute(
            video_rows_for(actor.user_id)
            .join(hits, hits.c.video_id == Video.id)
            .add_columns(hits.c.place, hits.c.number)
            .order_by(hits.c.place, hits.c.number.desc())
            .limit(limit + 1)
        )
    ).all()
    found = [Found(row, row.place == SPOKEN) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return found, encode_cursor(last.place, last.number) if last else None


async def list_titles(
    session: AsyncSession, actor: Actor, asked: Sequence[AskedWord], limit: int
) -> list[tuple[uuid.UUID, str]]:
    """Return ids and titles of the newest videos with all words in the title."""
    hits = _hits(session, asked, 0, [_findable(actor)], None, limit).subquery("hits")
    rows = await session.execute(
        select(Video.id, Video.title)
        .join(hits, hits.c.video_id == Video.id)
        .order_by(hits.c.number.desc())
    )
    return [(row.id, row.title) for row in rows]


async def find_searchable(
    session: AsyncSession, video_id: uuid.UUID
) -> tuple[Video, list[str]] | None:
    """Return a video with its tags."""
    video = await session.get(Video, video_id)
    if video is None:
        return None
    tags = await session.scalars(select(VideoTag.tag).where(VideoTag.video_id == video_id))
    return video, list(tags)


async def list_not_searchable(session: AsyncSession, limit: int) -> Sequence[uuid.UUID]:
    """Return videos of which no words are noted."""
    is_noted = select(SearchDocument.video_id).where(SearchDocument.video_id == Video.id)
    found = await session.scalars(
        select(Video.id).where(~is_noted.exists()).order_by(Video.id).limit(limit)
    )
    return found.all()


async def suggest_tags(session: AsyncSession, start: str, limit: int) -> Sequence[str]:
    """Return tags of listed videos that begin so, the most used first."""
    found = await session.scalars(
        select(VideoTag.tag)
        .join(Video, Video.id == VideoTag.video_id)
        .join(Asset, Asset.id == Video.asset_id)
        .where(VideoTag.tag.startswith(start.lower(), autoescape=True), listed(clock.now()))
        .group_by(VideoTag.tag)
        .order_by(func.count().desc(), VideoTag.tag)
        .limit(limit)
    )
    return found.all()


def _findable(actor: Actor) -> ColumnElement[bool]:
    return listed(clock.now()) | (Video.uploaded_by == actor.user_id)


def _hits(
    session: AsyncSession,
    asked: Sequence[AskedWord],
    place: int,
    conditions: Sequence[ColumnElement[bool]],
    below: object,
    limit: int,
) -> Select[Any]:
    """Return the newest videos that need `place`, and no later place, to hold all words.

    One of the words has to stand in that very place, which the index knows at once: most of
    what is looked for is in no tag and in no caption.
    """
    number: ColumnElement[int] = SearchDocument.number.expression
    wanted = select(number.label("number"), SearchDocument.video_id.label("video_id"))
    if session.get_bind().dialect.name == "postgresql":
        # Spelled as in the index, or it is not used.
        matching = text(
            "array_to_tsvector(string_to_array(search_documents.words, ' ')) "
            f"@@ CAST(:match{place} AS tsquery)"
        ).bindparams(**{f"match{place}": _matching(asked, place, _TSQUERY)})
    else:
        # The engine's own order of hits is that of the numbers: it stops at the limit.
        number = SEARCH_INDEX.c.rowid
        wanted = wanted.select_from(SEARCH_INDEX).join(
            SearchDocument, SearchDocument.number == SEARCH_INDEX.c.rowid
        )
        matching = text(f"search_index MATCH :match{place}").bindparams(
            **{f"match{place}": _matching(asked, place, _FTS5)}
        )
    wanted = (
        wanted.join(Video, Video.id == SearchDocument.video_id)
        .join(Asset, Asset.id == Video.asset_id)
        .join(User, User.id == Video.uploaded_by)
        .outerjoin(Category, Category.id == Video.category_id)
        .where(matching, *conditions)
        .order_by(number.desc())
        .limit(limit)
    )
    if below is not None:
        wanted = wanted.where(number < below)
    top = wanted.subquery()
    return select(top.c.number, top.c.video_id, literal(place).label("place"))


def _conditions(filters: SearchFilters) -> Iterator[ColumnElement[bool]]:
    if filters.category is not None:
        yield Category.slug == filters.category
    if filters.uploader is not None:
        yield User.username == filters.uploader.lower()
    if filters.tag is not None:
        is_tagged = (VideoTag.video_id == Video.id) & (VideoTag.tag == filters.tag.lower())
        yield select(VideoTag.video_id).where(is_tagged).exists()
    if filters.since is not None:
        yield Video.published_at >= clock.now() - timedelta(days=DAYS[filters.since])
    seconds = Asset.duration_seconds
    match filters.length:
        case Length.SHORT:
            yield seconds < FOUR_MINUTES
        case Length.MEDIUM:
            yield seconds.between(FOUR_MINUTES, TWENTY_MINUTES)
        case Length.LONG:
            yield seconds > TWENTY_MINUTES
        case None:
            pass


@dataclass(frozen=True, slots=True)
class _Language:
    """How an engine is asked for words."""

    either: str
    both: str
    but: str
    whole: str
    beginning: str


_FTS5 = _Language(" OR ", " AND ", "({}) NOT ({})", '"{}"', '"{}"*')
_TSQUERY = _Language(" | ", " & ", "({}) & !({})", "'{}'", "'{}':*")


def _matching(asked: Sequence[AskedWord], place: int, said: _Language) -> str:
    def within(word: AskedWord, first: int, last: int) -> str:
        return f"({said.either.join(_terms(word, first, last, said))})"

    def upto(last: int) -> str:
        return said.both.join(within(word, 0, last) for word in asked)

    if not place:
        return upto(place)
    needed = said.either.join(within(word, place, place) for word in asked)
    return said.but.format(f"({needed}){said.both}{upto(place)}", upto(place - 1))


def _terms(word: AskedWord, first: int, last: int, said: _Language) -> Iterator[str]:
    """Return how the word stands in the index in the places from `first` to `last`.

    Words hold letters and digits only, so none can end its quotes.
    """
    start = word.beginning
    for place in range(first, last + 1):
        for stem in sorted(word.stems):
            if start is None or not stem.startswith(start):
                yield said.whole.format(f"{place}{stem}")
        if start is not None:
            yield said.beginning.format(f"{place}{start}")
