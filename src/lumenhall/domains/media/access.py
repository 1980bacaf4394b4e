"""Whether a playback address still works: the credential is live and the viewer may see.

The domains above know who may see what; they say so with `@allow`. Answers are remembered for
20 seconds in this process, because a player asks several times a second. What is heard of in
this process, a sign-out above all, is forgotten at once.
"""

import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.queries import credential_is_live
from lumenhall.domains.media import queries
from lumenhall.domains.media.errors import AssetNotFound, PlaybackEnded, PlaybackNotFound
from lumenhall.domains.media.grants import Grant
from lumenhall.domains.media.models import Asset
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock

AccessRule: TypeAlias = "Callable[[AsyncSession, uuid.UUID, uuid.UUID], Awaitable[bool]]"

REMEMBERED_FOR = timedelta(seconds=20)
_MOST_REMEMBERED = 20_000
_rules: list[AccessRule] = []


def allow(rule: AccessRule) -> AccessRule:
    """Register `rule(session, asset_id, user_id)`; one that says yes is enough.

    Owners need no rule.
    """
    if rule not in _rules:
        _rules.append(rule)
    return rule


async def may_play(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Say whether a person may play an asset, and so hear what becomes of it."""
    try:
        asset = await _find(session, asset_id)
    except PlaybackNotFound:
        return False
    return await _is_allowed(session, asset, user_id)


class Admissions:
    """Who was let in to what, for a little while, and assets as they were when last read."""

    def __init__(self) -> None:
        self._admitted: dict[tuple[uuid.UUID, uuid.UUID, uuid.UUID], datetime] = {}
        self._assets: dict[uuid.UUID, tuple[datetime, Asset]] = {}
        self._forgotten = 0

    async def admit(
        self, database: Database, grant: Grant, asset_id: uuid.UUID, *, fresh: bool = False
    ) -> Asset:
        """Return the asset if the grant still counts; `fresh` reads it anew.

        Raises PlaybackEnded when the credential is no longer live, and PlaybackNotFound when
        the asset is gone or the viewer may not see it.
        """
        now, viewer = clock.now(), (grant.user_id, grant.credential_id, asset_id)
        is_admitted = self._admitted.get(viewer, now) > now
        until, known = self._assets.get(asset_id, (now, None))
        if known and is_admitted and until > now and not fresh:
            return known
        forgotten = self._forgotten
        async with database.read() as session:
            asset = await _find(session, asset_id)
            if not is_admitted:
                await _demand_access(session, grant, asset)
        # What was forgotten while this was being read must not be remembered after all.
        if forgotten == self._forgotten:
            self._make_room(now)
            self._assets[asset_id] = (now + REMEMBERED_FOR, asset)
            if not is_admitted:
                self._admitted[viewer] = now + REMEMBERED_FOR
        return asset

    def forget(self, *, person: uuid.UUID, credential: uuid.UUID | None = None) -> None:
        """Ask anew at the next request of this person, or only with this session or token."""
        self._forgotten += 1
        for viewer in list(self._admitted):
            if viewer[0] == person and credential in {None, viewer[1]}:
                del self._admitted[viewer]

    def forget_asset(self, asset_id: uuid.UUID) -> None:
        """Read the asset, and ask who may see it, anew at the next request."""
        self._forgotten += 1
        self._assets.pop(asset_id, None)
        for viewer in [viewer for viewer in self._admitted if viewer[2] == asset_id]:
            del self._admitted[viewer]

    def _make_room(self, now: datetime) -> None:
        if len(self._admitted) + len(self._assets) < _MOST_REMEMBERED:
            return
        self._admitted = {key: until for key, until in self._admitted.items() if until > now}
        self._assets = {key: held for key, held in self._assets.items() if held[0] > now}
        if len(self._admitted) + len(self._assets) >= _MOST_REMEMBERED:
            self._admitted.clear()
            self._assets.clear()


admissions = Admissions()


async def _find(session: AsyncSession, asset_id: uuid.UUID) -> Asset:
    try:
        return await queries.get_asset(session, asset_id)
    except AssetNotFound:
        raise PlaybackNotFound from None


async def _demand_access(session: AsyncSession, grant: Grant, asset: Asset) -> None:
    if not await credential_is_live(session, grant.credential_id, grant.user_id):
        raise PlaybackEnded
    if not await _is_allowed(session, asset, grant.user_id):
        raise PlaybackNotFound


async def _is_allowed(session: AsyncSession, asset: Asset, user_id: uuid.UUID) -> bool:
    if asset.owner_id == user_id:
        return True
    for rule in _rules:
        if await rule(session, asset.id, user_id):
            return True
    return False
