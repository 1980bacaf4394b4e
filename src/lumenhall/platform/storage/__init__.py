"""Where files are kept: a folder, or an S3-compatible store. No other package knows which."""

from lumenhall.platform.storage.choosing import make_storage
from lumenhall.platform.storage.folder import FolderStorage
from lumenhall.platform.storage.memory import MemoryStorage
from lumenhall.platform.storage.port import KeyRefused, Storage, check_key, content_type
from lumenhall.platform.storage.s3 import S3Storage

__all__ = [
    "FolderStorage",
    "KeyRefused",
    "MemoryStorage",
    "S3Storage",
    "Storage",
    "check_key",
    "content_type",
    "make_storage",
]
