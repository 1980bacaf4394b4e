"""Free disk, looked at before an upload is promised room."""

import shutil
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import DiskFull
from lumenhall.domains.uploads.policy import disk_needed
from lumenhall.domains.uploads.service.parts import in_thread
from lumenhall.platform.context import AppContext


async def check_disk(session: AsyncSession, app: AppContext, more_bytes: int) -> None:
    """Raise DiskFull unless `more_bytes` and all that uploads under way still lack fit.

    Their renditions and the operator's reserve must fit as well; where the storage is not on
    this machine, only the part files count.
    """
    needed = more_bytes + await queries.pending_bytes(session)
    parts = app.settings.temp_folder
    media = app.storage.local_path("assets")
    reserve = app.settings.disk_reserve_bytes
    if not await in_thread(_fits, parts, media, needed, reserve):
        raise DiskFull("There is no room for a file of this size. Please tell an admin.")


def _fits(parts: Path, media: Path | None, needed: int, reserve: int) -> bool:
    if media is None:
        return _free(parts) >= needed + reserve
    if _device(parts) == _device(media):
        return _free(parts) >= disk_needed(needed) + reserve
    return _free(parts) >= needed + reserve and _free(media) >= disk_needed(needed) + reserve


def _free(path: Path) -> int:
    return shutil.disk_usage(_existing(path)).free


def _device(path: Path) -> int:
    return _existing(path).stat().st_dev


def _existing(path: Path) -> Path:
    # Folders are made when the first file comes; until then their parent tells the disk.
    return next(each for each in (path, *path.parents) if each.exists())
