"""A large community for benchmarks, written straight into a database."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement.models import ReactionType, VideoReaction, WatchProgress
from lumenhall.domains.identity.models import User
from lumenhall.domains.library.models import Category, SearchDocument, Video, VideoTag
from lumenhall.domains.library.service.search import words_by_place
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id, new_short_id
from tests.factories.people import add_session

BATCH = 5000
CATEGORIES = ("Gaming", "Tutorials", "Vlogs", "Music", "Sports", "Cooking")
REACTIONS = tuple(ReactionType)
SYLLABLES = ("ba", "co", "di", "fu", "ga", "he", "li", "mo", "nu", "pe", "ra", "so", "ti", "va")


@dataclass(frozen=True)
class Size:
    """How large a community is."""

    videos: int
    members: int = 1000
    progress_rows: int = 200_000
    reactions: int = 0
    viewers: int = 1  # How many of the members are signed in.


async def fill(database: Database, size: Size) -> tuple[list[str], list[str]]:
    """Add all of it; returns the secrets of sessions and the ids of videos."""
    chance = random.Random(size.videos)  # noqa: S311 The same crowd every time.
    async with database.write() as session:
        people = [_person(number) for number in range(size.members)]
        await _add(session, User, people)
        categories = [_category(number, name) for number, name in enumerate(CATEGORIES)]
        await _add(session, Category, categories)
        owners, shelves = _ids(people), _ids(categories)
        assets = [_asset(chance.choice(owners)) for _ in range(size.videos)]
        await _add(session, Asset, assets)
        rows = [_video(asset, chance.choice(shelves), chance) for asset in assets]
        rows[0]["is_hero"] = True
        await _add(session, Video, rows)
        tags = ({"video_id": row["id"], "tag": tag} for row in rows for tag in _tags(row))
        await _add(session, VideoTag, tags)
        await _add(session, SearchDocument, map(_document, rows))
        ids = _ids(rows)
        await _add(session, WatchProgress, _watched(owners, ids, size.progress_rows, chance))
        await _add(session, VideoReaction, _reacted(owners, ids, size.reactions, chance))
        viewers = [await session.get_one(User, owner) for owner in owners[: size.viewers]]
        secrets = [await add_session(session, viewer) for viewer in viewers]
        return secrets, [str(id_) for id_ in ids]


def word(number: int) -> str:
    """Return a word of the crowd's language; those with low numbers are said most."""
    letters = []
    number += len(SYLLABLES)
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        letters.append(SYLLABLES[syllable])
    return "".join(letters)


def words(chance: random.Random, count: int) -> str:
    """Return some words, each as often as words are: few all the time, most hardly ever."""
    return " ".join(word(int(20_000 ** chance.random()) - 1) for _ in range(count))


async def _add(session: AsyncSession, model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        await session.execute(insert(model.__table__), batch)


def _ids(rows: list[dict[str, Any]]) -> list[Any]:
    return [row["id"] for row in rows]


def _person(number: int) -> dict[str, Any]:
    name = f"member{number}"
    return {
        "id": new_id(),
        "username": name,
        "email": f"{name}@example.org",
        "display_name": name.title(),
        "password_hash": "none",
    }


def _category(number: int, name: str) -> dict[str, Any]:
    return {"id": new_id(), "name": name, "slug": name.lower(), "sort_order": number}


def _asset(owner: Any) -> dict[str, Any]:
    asset_id = new_id()
    folder = asset_folder(asset_id)
    return {
        "id": asset_id,
        "owner_id": owner,
        "status": AssetStatus.READY,
        "processing_progress": 100,
        "playable_at": clock.now(),
        "published_prefix": f"{folder}/1",
        "thumbnail_key": f"{folder}/posters/1.jpg",
        "duration_seconds": 600,
        "width": 1920,
        "height": 1080,
        "original_filename": "clip.mp4",
    }


def _video(asset: dict[str, Any], category: Any, chance: random.Random) -> dict[str, Any]:
    born = clock.now() - timedelta(minutes=chance.randrange(1, 500_000))
    return {
        "id": new_id(),
        "short_id": new_short_id(),
        "title": words(chance, 5),
        "description": words(chance, 40),
        "category_id": category,
        "uploaded_by": asset["owner_id"],
        "asset_id": asset["id"],
        "published": True,
        "published_at": born,
        "created_at": born,
        "announced_at": born,
        "is_hero": False,
        "view_count": chance.randrange(500),
    }


def _tags(video: dict[str, Any]) -> set[str]:
    return set(video["title"].split()[:2])


def _document(video: dict[str, Any]) -> dict[str, Any]:
    found = words_by_place(video["title"], _tags(video), video["description"], ())
    return {"video_id": video["id"], "words": found}


def _watched(
    people: list[Any], videos: list[Any], rows: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    for person in people:
        for video in chance.sample(videos, rows // len(people)):
            yield _progress(person, video, chance)


def _progress(person: Any, video: Any, chance: random.Random) -> dict[str, Any]:
    position = chance.randrange(1, 600)
    seen = clock.now() - timedelta(seconds=chance.randrange(2_000_000))
    return {
        "user_id": person,
        "video_id": video,
        "watched_seconds": position,
        "last_position": position,
        "duration_seconds": 600,
        "completed": chance.random() < 0.4,
        "spans": [[0, position]],
        "view_spans": [],
        "view_counted_at": None,
        "position_at": seen,
        "revision": 1,
        "updated_at": seen,
    }


def _reacted(
    people: list[Any], videos: list[Any], rows: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    for person in people:
        for video in chance.sample(videos, rows // len(people)):
            age = timedelta(seconds=chance.randrange(8_000_000))
            yield {
                "user_id": person,
                "video_id": video,
                "type": chance.choice(REACTIONS),
                "created_at": clock.now() - age,
            }
