"""A small site with one asset, for what players get of it."""

import uuid
from pathlib import Path

import httpx

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import queries, service
from lumenhall.domains.media.models import Asset
from lumenhall.domains.media.schemas import Playback
from lumenhall.platform.db import Database
from lumenhall.platform.storage import Storage

KEY = b"a signing key"
STORYBOARD = "WEBVTT\n\n00:00.000 --> 00:02.000\nsprite-1.jpg#xywh=0,0,160,90\n"


class Place:
    """A small site with one asset whose owner is signed in."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self.database, self.storage = database, storage
        self.owner: Actor
        self.asset_id: uuid.UUID
        self.client: httpx.AsyncClient

    async def asset(self) -> Asset:
        async with self.database.read() as session:
            return await queries.get_asset(session, self.asset_id)

    async def playback(self, actor: Actor | None = None) -> Playback:
        async with self.database.read() as session:
            asset = await queries.get_asset(session, self.asset_id)
            tracks = await queries.list_tracks(session, self.asset_id)
            return service.playback(asset, tracks, actor or self.owner, KEY)

    async def preview(self, *, growing: bool) -> None:
        folder = f"assets/{self.asset_id}/1"
        end = "" if growing else "#EXT-X-ENDLIST\n"
        await self.storage.put_bytes(f"{folder}/master.m3u8", b"#EXTM3U\nv.m3u8\n")
        text = f"#EXTM3U\n#EXTINF:2,\nv_00000.m4s\n{end}"
        await self.storage.put_bytes(f"{folder}/v.m3u8", text.encode())
        await self.storage.put_bytes(f"{folder}/v_00000.m4s", b"segment")
        async with self.database.write() as session:
            await service.mark_playable(session, self.asset_id, folder)

    async def publish(self, made: Path, version: str = "2") -> None:
        folder = f"assets/{self.asset_id}/{version}"
        for path in sorted(made.glob("*")):  # noqa: ASYNC240 A few names.
            await self.storage.put_file(f"{folder}/{path.name}", path)
        await self.storage.put_bytes(f"{folder}/storyboard.vtt", STORYBOARD.encode())
        await self.storage.put_bytes(f"{folder}/sprite-1.jpg", b"picture")
        await self.storage.put_bytes(f"{folder}/download.mp4", b"whole video")
        async with self.database.write() as session:
            await service.publish_outputs(
                session, self.asset_id, folder, has_storyboard=True, has_download=True
            )
