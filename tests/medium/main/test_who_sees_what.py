"""Who may know of what: every address of the running application, in every role.

`SEES` says who may know of a video, `OF_A_VIDEO`, `OF_A_COMMENT` and `OF_A_PLAYLIST` what the
addresses answer to those who may; everybody else gets the answer that a video gets which never
was. `test_lists_that_show_videos.py` looks at what names no video and could show one.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image

from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_id
from tests.factories.people import People
from tests.medium.main.stage import Stage, Thing, filled

# Which videos and playlists the people who are signed in may know of. The owner has them all.
SEES: dict[str, tuple[str, ...]] = {
    "published": ("member", "moderator", "owner", "admin"),
    "draft": ("owner", "admin"),
    "future": ("owner", "admin"),
    "unplayable": ("owner", "admin"),
    "withdrawn": ("moderator", "owner", "admin"),
    "deleted": (),
}
SEES_PLAYLIST: dict[str, tuple[str, ...]] = {
    "public": ("member", "moderator", "owner", "admin"),
    "private": ("owner",),
    "watch_later": ("owner",),
    "deleted": (),
}
SIGNED_IN = ("member", "moderator", "owner", "admin")
# What the others get wherever they knock.
OUTSIDE = {"stranger": 401, "disabled": 401, "token without scope": 403}

ALL = frozenset(SIGNED_IN)
IN_CHARGE = frozenset({"owner", "admin"})
OWNER = frozenset({"owner"})
MODERATING = frozenset({"owner", "moderator", "admin"})
VTT = {"file": ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address answers to those who know of its thing; 403 if they are not among `by`."""

    status: int
    by: frozenset[str] = ALL
    json: Any = None
    files: Any = None
    data: Any = None
    # An address that says the same to everybody, whatever there is.
    for_all: bool = False
    # What it answers about a video of which there is nothing to play.
    unplayable: int | None = None

    def of(self, kind: str) -> int:
        return self.unplayable if kind == "unplayable" and self.unplayable else self.status


def _picture() -> dict[str, Any]:
    data = BytesIO()
    Image.new("RGB", (64, 36), "teal").save(data, "PNG")
    return {"file": ("a.png", data.getvalue())}


CUE = {"start_ms": 0, "end_ms": 900, "text": "Hello"}
PROGRESS = {"watched_seconds": 1, "duration_seconds": 100, "last_position": 1}
COMMENT = {"text": "Hello", "client_id": "{new_id}"}

OF_A_VIDEO = {
    "GET /api/videos/{video_id}": Asked(200),
    "GET /api/videos/by-short-id/{short_id}": Asked(200),
    "PATCH /api/videos/{video_id}": Asked(200, IN_CHARGE, json={"title": "New"}),
    "DELETE /api/videos/{video_id}": Asked(204, IN_CHARGE),
    "POST /api/videos/{video_id}/retry": Asked(409, IN_CHARGE),
    "GET /api/videos/{video_id}/playback": Asked(200, unplayable=404),
    "PUT /api/videos/{video_id}/progress": Asked(200, json=PROGRESS),
    "DELETE /api/videos/{video_id}/progress": Asked(204),
    "GET /api/videos/{video_id}/captions": Asked(200),
    "POST /api/videos/{video_id}/captions": Asked(
        201, IN_CHARGE, files=VTT, data={"language": "es"}
    ),
    "POST /api/videos/{video_id}/captions/written": Asked(
        201, IN_CHARGE, json={"language": "es", "items": [CUE]}
    ),
    "PUT /api/videos/{video_id}/captions/{track_id}": Asked(200, IN_CHARGE, files=VTT),
    "PATCH /api/videos/{video_id}/captions/{track_id}": Asked(
        200, IN_CHARGE, json={"label": "New"}
    ),
    "DELETE /api/videos/{video_id}/captions/{track_id}": Asked(204, IN_CHARGE),
    "GET /api/videos/{video_id}/captions/{track_id}/cues": Asked(200),
    "PUT /api/videos/{video_id}/captions/{track_id}/cues": Asked(
        409, IN_CHARGE, json={"items": [CUE], "revision": "0" * 16}
    ),
    "PUT /api/videos/{video_id}/thumbnail": Asked(200, IN_CHARGE, files=_picture()),
    "POST /api/videos/{video_id}/thumbnail": Asked(
        202, IN_CHARGE, json={"at_seconds": 1}, unplayable=409
    ),
    "DELETE /api/videos/{video_id}/thumbnail": Asked(200, IN_CHARGE),
    "GET /api/videos/{video_id}/playlists": Asked(200),
    "POST /api/playlists": Asked(201, json={"title": "New", "video_id": "{video_id}"}),
    "PUT /api/playlists/{own_playlist_id}/items/{video_id}": Asked(204),
    "PUT /api/watch-later/{video_id}": Asked(204),
    "DELETE /api/watch-later/{video_id}": Asked(204, for_all=True),
    "POST /api/video-reactions": Asked(200, json={"video_id": "{video_id}", "type": "wow"}),
    "GET /api/videos/{video_id}/reactions": Asked(200),
    "GET /api/videos/{video_id}/comments": Asked(200),
    "POST /api/videos/{video_id}/comments": Asked(201, json=COMMENT),
    "GET /api/videos/{video_id}/comment-moments": Asked(200),
}
OF_A_COMMENT = {
    "GET /api/comments/{comment_id}": Asked(200),
    "PATCH /api/comments/{comment_id}": Asked(200, OWNER, json={"text": "New"}),
    "DELETE /api/comments/{comment_id}": Asked(204, MODERATING),
    "GET /api/comments/{comment_id}/replies": Asked(200),
    "POST /api/comments/{comment_id}/reactions": Asked(200, json={"type": "wow"}),
}
# What is asked about a playlist of the owner's; `video_id` is a video that everybody can see.
OF_A_PLAYLIST = {
    "GET /api/playlists/{playlist_id}": Asked(200),
    "PATCH /api/playlists/{playlist_id}": Asked(200, OWNER, json={"title": "New"}),
    "DELETE /api/playlists/{playlist_id}": Asked(204, MODERATING),
    "GET /api/playlists/{playlist_id}/items": Asked(200),
    "PUT /api/playlists/{playlist_id}/items/{video_id}": Asked(204, OWNER),
    "DELETE /api/playlists/{playlist_id}/items/{video_id}": Asked(204, OWNER),
    "PUT /api/playlists/{playlist_id}/items/{video_id}/position": Asked(
        204, OWNER, json={"after": None}
    ),
}
THE_ONE_TO_WATCH_LATER_STAYS = {
    "PATCH /api/playlists/{playlist_id}",
    "DELETE /api/playlists/{playlist_id}",
}


@pytest.fixture
async def stage(people: People, app_context: AppContext) -> Stage:
    stage = Stage(people, app_context)
    await stage.set_up()
    return stage


def names_of(stage: Stage, role: str, thing: Thing, playlist_id: object = None) -> dict[str, Any]:
    return {
        "video_id": thing.video_id,
        "short_id": thing.short_id,
        "track_id": thing.track_id,
        "comment_id": thing.comment_id,
        "own_playlist_id": stage.playlists.get(role),
        "playlist_id": playlist_id,
        "new_id": new_id(),
    }


async def knock(
    stage: Stage, role: str, address: str, asked: Asked, names: dict[str, Any]
) -> httpx.Response:
    body = {"files": asked.files, "data": asked.data} if asked.files else {}
    if asked.json is not None:
        body = {"json": filled(asked.json, names)}
    return await stage.ask(role, filled(address, names), **body)


def nothing_like(thing: Thing) -> Thing:
    """Return the names of a thing that never was."""
    ids = {name: new_id() for name in ("video_id", "asset_id", "comment_id", "track_id")}
    return Thing("unknown", "none", short_id="00000000", reply_id=new_id(), **ids)


def expected(role: str, asked: Asked, kind: str, seen_by: tuple[str, ...]) -> int:
    if role in OUTSIDE:
        return OUTSIDE[role]
    if asked.for_all:
        return asked.status
    if role not in seen_by:
        return 404
    return asked.of(kind) if role in asked.by else 403


@pytest.mark.parametrize("kind", SEES)
async def test_every_address_of_a_video_and_of_what_hangs_on_it(stage: Stage, kind: str) -> None:
    wrong = []
    hidden = await stage.add(kind)
    for role in (*SIGNED_IN, *OUTSIDE):
        for address, asked in (OF_A_VIDEO | OF_A_COMMENT).items():
            sees = role in SEES[kind]
            # Whoever sees a video may change it: the next one to ask gets another.
            thing = await stage.add(kind) if sees else hidden
            reply = await knock(stage, role, address, asked, names_of(stage, role, thing))
            wanted = expected(role, asked, kind, SEES[kind])
            if reply.status_code != wanted:
                wrong.append(f"{role}: {address}: {reply.status_code}, not {wanted}: {reply.text}")
            elif not sees:
                wrong += await _differs(stage, role, address, asked, hidden, reply)
    assert not wrong, "\n".join(wrong)
    if SEES[kind]:
        await _is_untouched(stage, hidden)


async def _differs(
    stage: Stage, role: str, address: str, asked: Asked, hidden: Thing, reply: httpx.Response
) -> list[str]:
    """Tell how the answer differs from that about a video which never was."""
    names = names_of(stage, role, nothing_like(hidden))
    other = await knock(stage, role, address, asked, names)
    if (reply.status_code, reply.content) == (other.status_code, other.content):
        return []
    return [f"{role}: {address}: {reply.text} gives away what {other.text} would not"]


async def _is_untouched(stage: Stage, thing: Thing) -> None:
    """Prove that those who were refused changed nothing."""
    owner = stage.browsers["owner"]
    video = (await owner.get(f"/api/videos/{thing.video_id}")).json()
    assert (video["title"], video["tags"]) == (f"The {thing.word}", [thing.word])
    reactions = (await owner.get(f"/api/videos/{thing.video_id}/reactions")).json()
    assert reactions["reaction_counts"] == {"like": len(stage.users)}
    comments = (await owner.get(f"/api/videos/{thing.video_id}/comments")).json()["items"]
    assert [(said["text"], said["reply_count"]) for said in comments] == [(f"Say {thing.word}", 1)]
    assert comments[0]["reaction_counts"] == {"like": len(stage.users)}


@pytest.mark.parametrize("kind", SEES_PLAYLIST)
async def test_every_address_of_a_playlist(stage: Stage, kind: str) -> None:
    wrong = []
    for role in (*SIGNED_IN, *OUTSIDE):
        for address, asked in OF_A_PLAYLIST.items():
            playlist_id = await _fresh_playlist(stage, kind)
            listed_in = None if kind == "deleted" else playlist_id
            thing = await stage.add("published", in_playlist=listed_in)
            names = names_of(stage, role, thing, playlist_id)
            reply = await knock(stage, role, address, asked, names)
            wanted = expected(role, asked, kind, SEES_PLAYLIST[kind])
            if kind == "watch_later" and address in THE_ONE_TO_WATCH_LATER_STAYS and wanted < 400:
                wanted = 409
            if reply.status_code != wanted:
                wrong.append(f"{role}: {address}: {reply.status_code}, not {wanted}: {reply.text}")
    assert not wrong, "\n".join(wrong)


async def _fresh_playlist(stage: Stage, kind: str) -> UUID | None:
    if kind != "watch_later":
        return await stage.add_playlist(kind)
    if kind not in stage.playlists:
        stage.playlists[kind] = await stage.add_playlist(kind)
    return stage.playlists[kind]
