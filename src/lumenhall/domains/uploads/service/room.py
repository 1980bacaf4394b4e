"""Free disk, looked at before an upload is promised room."""

import shutil
import uuid
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import DiskFull
from lumenhall.domains.uploads.policy import Room, room_for
from lumenhall.domains.uploads.service.parts import in_thread
from lumenhall.platform.context import AppContext


async def check_disk(
    session: AsyncSession, app: AppContext, asset_id: uuid.UUID | None, more_bytes: int
) -> None:
    """Raise DiskFull unless `more_bytes` for an asset fit, with all that is promised already.

    What will be made of them and the operator's reserve must fit as well; where the storage
    is not on this machine, only the part files count.
    """
    with_download = await queries.offers_download(session, asset_id)
    more = room_for(more_bytes, more_bytes, with_download=with_download)
    room = more + await queries.room_promised(session)
    parts = app.settings.temp_folder
    media = app.storage.local_path("assets")
    reserve = app.settings.disk_reserve_bytes
    if not await in_thread(_fits, parts, media, room, reserve):
        raise DiskFull("There is no room for a file of this size. Please tell an admin.")


def _fits(parts: Path, media: Path | None, room: Room, reserve: int) -> bool:
    if media is not None and _device(parts) == _device(media):
        # A finished part file becomes the source without being copied.
        return _free(parts) >= room.arriving + room.made + reserve
    fits_media = media is None or _free(media) >= room.sources + room.made + reserve
    return fits_media and _free(parts) >= room.arriving + reserve


def _free(path: Path) -> int:
    return shutil.disk_usage(_existing(path)).free


def _device(path: Path) -> int:
    return _existing(path).stat().st_dev


def _existing(path: Path) -> Path:
    # Folders are made when the first file comes; until then their parent tells the disk.
    return next(each for each in (path, *path.parents) if each.exists())
