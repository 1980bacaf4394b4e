from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.storage import FolderStorage, MemoryStorage, S3Storage, Storage


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    name = f"bucket-{new_id().hex}"
    httpx.put(f"{s3_endpoint}/{name}").raise_for_status()
    return name


@pytest.fixture
def s3(s3_endpoint: str, bucket: str, tmp_path: Path) -> S3Storage:
    return S3Storage(f"s3://{bucket}/some/prefix?endpoint={s3_endpoint}", tmp_path / "fetched")


@pytest.fixture(params=["folder", "memory", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return FolderStorage(tmp_path / "store")
    if request.param == "memory":
        return MemoryStorage()
    s3: S3Storage = request.getfixturevalue("s3")
    return s3
