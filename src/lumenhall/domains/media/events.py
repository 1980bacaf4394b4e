"""What happened to assets."""

import uuid
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class AssetQueued(Event):
    """All bytes of an asset are here, or it is to be processed again."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AssetProgressed(Event):
    """Processing has come further; announced at every report, for live pages."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AssetPlayable(Event):
    """An asset can be played for the first time; better pictures may follow."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AssetReady(Event):
    """Everything that is made from the source is there."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AssetFailed(Event):
    """Processing has given up; `error_message` is for people."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID
    error_code: str
    error_message: str


@dataclass(frozen=True, slots=True)
class AssetChanged(Event):
    """What a page shows of an asset has changed: its picture, its captions, its facts."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CaptionsChanged(Event):
    """The tracks of an asset, or the text of one, have changed; AssetChanged comes with it."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AssetDeleted(Event):
    """An asset is gone; its files follow after the commit."""

    asset_id: uuid.UUID
    owner_id: uuid.UUID
