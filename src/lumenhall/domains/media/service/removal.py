"""Files go after the commit of what made them superfluous, and never before."""

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import queries
from lumenhall.domains.media.events import AssetDeleted
from lumenhall.domains.media.holders import is_held
from lumenhall.domains.media.models import Asset, RemoteCopy
from lumenhall.platform import jobs
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.outbox import after_commit_send, deliverer
from lumenhall.platform.storage import check_key

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext

ASSETS = "assets"
TEND_REMOTE = "media.tend_remote"
_BATCH = 500


async def delete_asset(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Delete an asset with its tracks; all its files, and its remote copy, follow the commit.

    One that something else still holds stays (see `holders`).
    """
    copy = await queries.find_copy_of_asset(session, asset_id)
    asset = await queries.get_asset_for_change(session, asset_id)
    if await is_held(session, asset_id):
        return
    if copy is not None:
        await _let_go(session, copy)
    await session.delete(asset)
    await session.flush()
    await remove_folder(session, asset.folder)
    await announce(session, AssetDeleted(asset.id, asset.owner_id))


async def _let_go(session: AsyncSession, copy: RemoteCopy) -> None:
    """Have a remote copy deleted as well: it stays noted until its provider confirms that."""
    copy.asset_id, copy.look_at, copy.looks = None, clock.now(), 0
    await session.flush()
    await jobs.enqueue(session, TEND_REMOTE, uid=copy.uid)


def demand_own(asset: Asset, key: str) -> None:
    """Raise ValueError for a key outside the folder of the asset: that is a mistake of ours."""
    if not check_key(key).startswith(f"{asset.folder}/"):
        message = f"{key} lies outside {asset.folder}."
        raise ValueError(message)


async def remove_file(session: AsyncSession, key: str) -> None:
    """Remove one file once the session's work is committed."""
    await after_commit_send(session, "media.remove_file", {"key": key})


async def remove_folder(session: AsyncSession, prefix: str) -> None:
    """Remove everything below `prefix` once the session's work is committed."""
    await after_commit_send(session, "media.remove_folder", {"prefix": prefix})


async def remove_orphans(app: "AppContext") -> list[str]:
    """Remove folders of assets that are no more and return their names.

    A process that was still writing when its asset was deleted leaves such a folder. The
    folders are listed first: an asset's row is always there before its first file.
    """
    names = await app.storage.list_folders(ASSETS)
    removed = []
    for start in range(0, len(names), _BATCH):
        ids = {name: uuid.UUID(name) for name in names[start : start + _BATCH] if _is_id(name)}
        async with app.database.read() as session:
            known = await queries.find_known_ids(session, ids.values())
        removed += [name for name, asset_id in ids.items() if asset_id not in known]
    for name in removed:
        await app.storage.delete_prefix(f"{ASSETS}/{name}")
    return removed


def _is_id(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False


@deliverer("media.remove_file")
async def _remove_file(app: "AppContext", payload: dict[str, Any]) -> None:
    await app.storage.delete(payload["key"])


@deliverer("media.remove_folder")
async def _remove_folder(app: "AppContext", payload: dict[str, Any]) -> None:
    await app.storage.delete_prefix(payload["prefix"])
