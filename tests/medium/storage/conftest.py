from pathlib import Path

import pytest

from lumenhall.platform.storage import FolderStorage, MemoryStorage, S3Storage, Storage
from tests.fixtures.services import S3


@pytest.fixture
def s3_storage(s3: S3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> S3Storage:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3.secret_key)
    return S3Storage(f"s3://{s3.bucket}/some/prefix?endpoint={s3.endpoint}", tmp_path / "fetched")


@pytest.fixture(params=["folder", "memory", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return FolderStorage(tmp_path / "store")
    if request.param == "memory":
        return MemoryStorage()
    bucket: S3Storage = request.getfixturevalue("s3_storage")
    return bucket
