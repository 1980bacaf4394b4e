"""A new address that names, lists or counts videos comes into the tables, or this fails.

An address counts as one about videos when its path, its body or its answer has a field of one,
or when it answers with a list. Fields are read from the description of the interface, however
deep they lie.
"""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from starlette.routing import BaseRoute

from tests.medium.main.test_lists_that_show_videos import LISTS
from tests.medium.main.test_who_sees_what import OF_A_COMMENT, OF_A_PLAYLIST, OF_A_VIDEO

GIVES_AWAY = {
    "video_id",
    "short_id",
    "comment_id",
    "playlist_id",
    "view_count",
    "video_count",
    "reaction_counts",
    "items",
}
# Looked at in tests of their own beside the tables.
LOOKED_AT = {
    "GET /api/home",
    "GET /api/moderation/withdrawn-videos",
    "GET /api/search/suggestions",
}
# Lists of other things, and what only writes: it answers with what its asker has just made,
# or is for admins, who see everything.
NOT_ABOUT_VIDEOS = {
    "GET /api/admin/audit-log",
    "GET /api/admin/members",
    "GET /api/admin/stream-videos",
    "GET /api/invitations",
    "GET /api/me/blocks",
    "GET /api/moderation/flagged-messages",
    "GET /api/sessions",
    "GET /api/tokens",
    "PATCH /api/categories/{category_id}",
    "POST /api/admin/stream-videos/{uid}/lesson",
    "POST /api/admin/stream-videos/{uid}/library",
    "POST /api/categories",
    "POST /api/videos",
    "PUT /api/categories/{category_id}/image",
}
# Conversations and courses have rules and tests of their own.
ELSEWHERE = ("/api/chat/", "/api/courses", "/api/course-videos/")
# Doors that the description does not know: live events, previews and media are looked at in
# tests of their own, uploads are their owner's alone, webhooks answer nothing.
OTHER_DOORS = {
    "",
    "/api/openapi.json",
    "/api/uploads",
    "/api/uploads/{upload_id}",
    "/client/v4",
    "/api/webhooks/cloudflare",
    "/healthz",
    "/media/{grant}/{asset_id}/{file:path}",
    "/metrics",
    "/readyz",
    "/{viewed:viewed}/{rest:path}",
}


def test_every_address_that_gives_away_a_video_is_in_a_table(app: FastAPI) -> None:
    known = {_bare(address) for address in (OF_A_VIDEO | OF_A_COMMENT | OF_A_PLAYLIST)}
    known |= {_bare(f"GET {address.partition('?')[0]}") for address in LISTS}
    known |= {_bare(address) for address in LOOKED_AT | NOT_ABOUT_VIDEOS}
    document = app.openapi()
    found = {
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        if not path.startswith(ELSEWHERE)
        for method, operation in operations.items()
        if GIVES_AWAY & {*re.findall(r"{(\w+)}", path), *_fields(operation, document, set())}
    }
    assert {address for address in found if _bare(address) not in known} == set()


def test_the_tables_name_nothing_that_is_no_longer_there(app: FastAPI) -> None:
    there = {
        _bare(f"{method.upper()} {path}")
        for path, operations in app.openapi()["paths"].items()
        for method in operations
    }
    named: set[str] = {*OF_A_VIDEO, *OF_A_COMMENT, *OF_A_PLAYLIST, *LOOKED_AT, *NOT_ABOUT_VIDEOS}
    named -= {"PUT /api/playlists/{own_playlist_id}/items/{video_id}"}
    assert {address for address in named if _bare(address) not in there} == set()


def test_no_other_door_was_opened(app: FastAPI) -> None:
    described = set(app.openapi()["paths"])
    assert set(_paths(app.routes)) - described <= OTHER_DOORS


def _bare(address: str) -> str:
    """Return an address without the names of its parameters."""
    return re.sub(r"{\w+}|(?<=/people/)owner", "{}", address)


def _fields(part: Any, document: dict[str, Any], seen: set[str]) -> Iterator[str]:
    """Yield the names of all fields of what is sent and answered."""
    if isinstance(part, list):
        for each in part:
            yield from _fields(each, document, seen)
    if not isinstance(part, dict):
        return
    if (reference := part.get("$ref")) and reference not in seen:
        seen.add(reference)
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
        yield from _fields(schema, document, seen)
    for name, value in part.items():
        if name == "properties":
            yield from value
        yield from _fields(value, document, seen)


def _paths(routes: list[BaseRoute], prefix: str = "") -> Iterator[str]:
    for route in routes:
        router, context = (
            getattr(route, name, None) for name in ("original_router", "include_context")
        )
        if router is not None and context is not None:
            yield from _paths(router.routes, prefix + context.prefix)
        else:
            yield prefix + getattr(route, "path", "")
