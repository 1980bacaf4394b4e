"""Choosing the store from the settings."""

from lumenhall.platform.settings import Settings
from lumenhall.platform.storage.folder import FolderStorage
from lumenhall.platform.storage.port import Storage
from lumenhall.platform.storage.s3 import S3Storage


def make_storage(settings: Settings) -> Storage:
    """Return the store that the settings name: a bucket, or the folder `media` of the data."""
    if settings.storage_url:
        return S3Storage(settings.storage_url, settings.temp_folder)
    return FolderStorage(settings.data_path / "media")
