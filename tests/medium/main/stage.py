"""A community with one of everything that some people may know of and others may not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from lumenhall.domains.engagement.models import (
    Comment,
    CommentReaction,
    ReactionType,
    VideoReaction,
    WatchProgress,
)
from lumenhall.domains.identity.models import Role, Scope, User
from lumenhall.domains.library import service as library
from lumenhall.domains.library.models import (
    Category,
    Playlist,
    PlaylistItem,
    PlaylistKind,
    Video,
)
from lumenhall.domains.media.models import AssetStatus, Track, TrackKind, TrackSource
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from tests.factories.people import People, add_token
from tests.factories.videos import add_category, add_video, make_asset

PICTURE = b"\xff\xd8 a picture"
CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n{words}\n"


@dataclass(frozen=True, slots=True)
class Thing:
    """A video, what hangs on it, and the word by which it gives itself away wherever it shows."""

    kind: str
    word: str
    video_id: UUID
    asset_id: UUID
    short_id: str
    comment_id: UUID
    reply_id: UUID
    track_id: UUID

    @property
    def traces(self) -> tuple[str, ...]:
        """Return what of it must not be in any reply to somebody who may not know of it."""
        ids = (self.video_id, self.asset_id, self.short_id, self.comment_id, self.track_id)
        return (self.word, *map(str, ids))


class Stage:
    """People in their roles, each with a browser, and the things between them."""

    def __init__(self, people: People, app_context: AppContext) -> None:
        self.people = people
        self.app_context = app_context
        self.users: dict[str, User] = {}
        self.browsers: dict[str, httpx.AsyncClient] = {"stranger": people.browser()}
        self.playlists: dict[str, UUID] = {}
        self._added = 0
        self.media: dict[str, list[str]] = {}
        self.category: Category

    async def set_up(self) -> None:
        """Add the people, a category, and for everybody a playlist of their own."""
        for name, role in (
            ("member", Role.MEMBER),
            ("owner", Role.MEMBER),
            ("moderator", Role.MODERATOR),
            ("admin", Role.ADMIN),
            ("disabled", Role.ADMIN),
        ):
            self.users[name], self.browsers[name] = await self.people.add(name, role)
        async with self.app_context.database.write() as session:
            disabled = await session.get_one(User, self.users["disabled"].id)
            disabled.disabled_at = clock.now()
            scoped = await add_token(session, self.users["admin"], Scope.UPLOAD)
            reading = await add_token(session, self.users["member"], Scope.READ, Scope.WRITE)
            self.category = await add_category(session)
            for name in self.users:
                self.playlists[name] = (await self.make_playlist(session, name, name)).id
        self.playlists["token of the member"] = self.playlists["member"]
        for name, token in (
            ("token without scope", scoped),
            ("token of the member", reading),
        ):
            self.browsers[name] = self.people.browser(authorization=f"Bearer {token}")

    async def add(self, kind: str, *, in_playlist: UUID | None = None) -> Thing:
        """Add a video of a kind that everybody has watched, reacted to and spoken about."""
        owner, now = self.users["owner"], clock.now()
        self._added += 1
        place = 1000 - self._added  # The newest comes first in all playlists.
        word = f"{kind}{new_id().hex[-10:]}"
        unplayable = kind == "unplayable"
        status = AssetStatus.IN_PROGRESS if unplayable else AssetStatus.READY
        asset = make_asset(owner, playable=not unplayable, status=status, allow_download=True)
        asset.thumbnail_key = f"{asset.folder}/poster-1.jpg"
        await self.app_context.storage.put_bytes(asset.thumbnail_key, PICTURE)
        states: dict[str, dict[str, Any]] = {
            "draft": {"published": False},
            "future": {"published_at": now + timedelta(days=1)},
            "withdrawn": {"published": False, "withdrawn_at": now},
        }
        async with self.app_context.database.write() as session:
            video = await add_video(
                session,
                owner,
                f"The {word}",
                asset=asset,
                tags=(word,),
                description=f"About the {word}",
                category_id=self.category.id,
                **states.get(kind, {}),
            )
            track = Track(
                asset_id=asset.id,
                language="en",
                kind=TrackKind.SUBTITLES,
                label=word,
                source=TrackSource.UPLOADED,
                body=CAPTIONS.format(words=word),
            )
            comment = _comment(video, owner, f"Say {word}")
            session.add_all([track, comment])
            await session.flush()
            reply = _comment(video, owner, f"Yes, {word}", parent_id=comment.id)
            session.add(reply)
            await session.flush()
            for user in self.users.values():
                session.add_all(_left_behind(user, video, comment))
            for playlist_id in {*self.playlists.values(), *filter(None, [in_playlist])}:
                await session.merge(
                    PlaylistItem(playlist_id=playlist_id, video_id=video.id, position=place)
                )
            await session.flush()
            await library.index_video(session, video.id)
        thing = Thing(
            kind, word, video.id, asset.id, video.short_id, comment.id, reply.id, track.id
        )
        if kind == "deleted":
            reply_ = await self.browsers["owner"].delete(f"/api/videos/{video.id}")
            assert reply_.status_code == 204, reply_.text
        return thing

    async def add_playlist(self, kind: str) -> UUID:
        """Add a playlist of the owner's: public, private, watch_later or deleted."""
        async with self.app_context.database.write() as session:
            playlist = await self.make_playlist(
                session,
                "owner",
                f"{kind} list",
                is_public=kind == "public",
                kind=PlaylistKind.WATCH_LATER if kind == "watch_later" else PlaylistKind.NORMAL,
            )
        if kind == "deleted":
            reply = await self.browsers["owner"].delete(f"/api/playlists/{playlist.id}")
            assert reply.status_code == 204, reply.text
        return playlist.id

    async def ask(self, role: str, address: str, **body: Any) -> httpx.Response:
        """Send a request in a role; `address` is a method and a path."""
        method, path = address.split(" ", 1)
        return await self.browsers[role].request(method, path, **body)

    async def make_playlist(
        self, session: WriteSession, owner: str, title: str, **values: Any
    ) -> Playlist:
        """Add an empty playlist."""
        playlist = Playlist(owner_id=self.users[owner].id, title=title, **values)
        session.add(playlist)
        await session.flush()
        return playlist


def filled(template: Any, names: Mapping[str, object]) -> Any:
    """Return a path or a body with its `{name}`s filled in."""
    text = json.dumps(template)
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", str(value))
    return json.loads(text)


def _comment(video: Video, author: User, text: str, **values: Any) -> Comment:
    return Comment(
        id=new_id(),
        video_id=video.id,
        author_id=author.id,
        client_id=new_id(),
        text=text,
        moment_seconds=1,
        **values,
    )


def _left_behind(user: User, video: Video, comment: Comment) -> list[object]:
    """Return what somebody leaves who watches a video and likes it and what is said about it."""
    like = ReactionType.LIKE
    return [
        WatchProgress(
            user_id=user.id,
            video_id=video.id,
            watched_seconds=10,
            last_position=10,
            duration_seconds=100,
            completed=False,
            spans=[[0, 10]],
            view_spans=[[0, 10]],
            view_counted_at=None,
            position_at=clock.now(),
            revision=1,
        ),
        VideoReaction(user_id=user.id, video_id=video.id, type=like),
        CommentReaction(user_id=user.id, comment_id=comment.id, type=like),
    ]
