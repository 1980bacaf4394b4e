"""A large community for benchmarks, written straight into a database."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement.models import WatchProgress
from lumenhall.domains.identity.models import User
from lumenhall.domains.library.models import Category, Video, VideoTag
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id, new_short_id
from tests.factories.people import add_session

BATCH = 5000
MEMBERS = 1000
PROGRESS_ROWS = 200_000
CATEGORIES = ("Gaming", "Tutorials", "Vlogs", "Music", "Sports", "Cooking")


async def fill(database: Database, videos: int) -> tuple[str, list[str]]:
    """Add people, videos and progress; returns the secret of a session and the ids of videos."""
    chance = random.Random(videos)  # noqa: S311 The same crowd every time.
    async with database.write() as session:
        people = [_person(number) for number in range(MEMBERS)]
        await _add(session, User, people)
        categories = [_category(number, name) for number, name in enumerate(CATEGORIES)]
        await _add(session, Category, categories)
        owners, shelves = _ids(people), _ids(categories)
        assets = [_asset(chance.choice(owners)) for _ in range(videos)]
        await _add(session, Asset, assets)
        rows = [_video(asset, chance.choice(shelves), chance) for asset in assets]
        rows[0]["is_hero"] = True
        await _add(session, Video, rows)
        tags = [{"video_id": row["id"], "tag": tag} for row in rows for tag in ("one", "two")]
        await _add(session, VideoTag, tags)
        each = PROGRESS_ROWS // MEMBERS
        progress = [
            _progress(person, video, chance)
            for person in owners
            for video in chance.sample(_ids(rows), each)
        ]
        await _add(session, WatchProgress, progress)
        viewer = await session.get_one(User, owners[0])
        return await add_session(session, viewer), [str(row["id"]) for row in rows]


async def _add(session: AsyncSession, model: type[Any], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        await session.execute(insert(model), rows[start : start + BATCH])


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
        "title": f"A video about {chance.random():.12f}",
        "description": "What it is about, in a few words. " * 8,
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
