"""Clearing away what uploads leave behind."""

import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete

from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.service.ending import abandon_upload, discard_part
from lumenhall.domains.uploads.service.parts import in_thread, parts_folder
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock

# Rows of ended uploads tell the usage of the week and are of no use long after.
ROWS_KEPT = timedelta(days=30)
# A part file without an upload may belong to one that is being committed right now.
ORPHAN_SECONDS = 3600.0
_BATCH = 100


async def expire_uploads(app: AppContext) -> int:
    """End uploads that nobody went on with for a day, and return how many."""
    ended = 0
    while True:
        async with app.database.read() as session:
            ids = await queries.list_expired_ids(session, _BATCH)
        for upload_id in ids:
            async with app.database.write() as session:
                ended += await abandon_upload(session, upload_id, UploadStatus.EXPIRED)
            await discard_part(app, upload_id)
        if len(ids) < _BATCH:
            return ended


async def remove_orphans(app: AppContext) -> int:
    """Delete part files that no active upload owns, and return how many."""
    folder = parts_folder(app.settings.temp_folder)
    # Listed before the uploads are read: a part file is made after its upload.
    names = await in_thread(_names, folder)
    async with app.database.read() as session:
        active = {str(upload_id) for upload_id in await queries.list_active_ids(session)}
    orphans = [name for name in names if name.partition(".")[0] not in active]
    await in_thread(_remove, folder, orphans)
    return len(orphans)


async def forget_old_uploads(app: AppContext) -> None:
    """Delete the rows of uploads that ended long ago."""
    async with app.database.write() as session:
        await session.execute(
            delete(Upload).where(
                Upload.status != UploadStatus.ACTIVE,
                Upload.updated_at < clock.now() - ROWS_KEPT,
            )
        )


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    before = time.time() - ORPHAN_SECONDS
    return [path.name for path in folder.iterdir() if path.stat().st_mtime < before]


def _remove(folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)
