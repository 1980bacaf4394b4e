from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import (
    FolderStorage,
    KeyRefused,
    S3Storage,
    check_key,
    content_type,
    make_storage,
)

BAD_KEYS = (
    *("", "/", "/etc/passwd", "a//b", "a/", "../a", "a/..", "a/./b", ".hidden", "a/.b", "a\\b"),
    *("a b", "a\n", "a\x00", "é", "-rf", "a" * 501),
)


@pytest.mark.parametrize("key", BAD_KEYS)
def test_a_key_that_is_more_than_plain_names_is_refused(key: str) -> None:
    with pytest.raises(KeyRefused):
        check_key(key)


@given(st.text(max_size=60))
def test_no_key_that_passes_leads_out_of_the_folder(key: str) -> None:
    root = Path("/store")
    try:
        path = (root / check_key(key)).resolve()
    except KeyRefused:
        return
    assert path != root
    assert path.is_relative_to(root)


def test_content_types_follow_the_suffix() -> None:
    assert content_type("a/master.m3u8") == "application/vnd.apple.mpegurl"
    assert content_type("a/v1080.mp4") == "video/mp4"
    assert content_type("a/unknown.bin") == "application/octet-stream"


def test_the_settings_choose_the_store(tmp_path: Path) -> None:
    folder = make_storage(Settings(data_path=tmp_path, storage_url=""))
    assert isinstance(folder, FolderStorage)
    assert folder.local_path("a/b") == tmp_path / "media" / "a" / "b"
    address = "s3://videos/home?endpoint=http://10.0.0.2:9000&public_endpoint=https://m.example.org"
    bucket = make_storage(Settings(data_path=tmp_path, storage_url=address))
    assert isinstance(bucket, S3Storage)
    assert bucket.public_origin == "https://m.example.org"


@pytest.mark.parametrize("address", ["https://host/bucket", "s3://", "s3://bucket?endpiont=x"])
def test_an_address_that_is_not_understood_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Not an address of a store"):
        S3Storage(address, tmp_path)
