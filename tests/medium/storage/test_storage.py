"""Every store keeps the same promises: folder, memory, and S3 over HTTP."""

import asyncio
import os
from pathlib import Path

import httpx
import pytest

from lumenhall.platform.storage import FolderStorage, KeyRefused, S3Storage, Storage
from tests.fixtures.services import S3

BIG = 20 * 1024 * 1024


async def test_what_is_put_is_read_back(storage: Storage) -> None:
    await storage.put_bytes("a/b.txt", b"hello")
    assert await storage.read_bytes("a/b.txt") == b"hello"
    assert await storage.size("a/b.txt") == 5
    assert await storage.exists("a/b.txt")


async def test_putting_again_replaces(storage: Storage) -> None:
    await storage.put_bytes("a.txt", b"first")
    await storage.put_bytes("a.txt", b"second")
    assert await storage.read_bytes("a.txt") == b"second"


async def test_a_file_of_many_parts_is_stored_whole(storage: Storage, tmp_path: Path) -> None:
    content = os.urandom(BIG + 7)
    source = tmp_path / "source"
    source.write_bytes(content)
    await storage.put_file("big.mp4", source)
    assert source.exists()
    assert await storage.read_bytes("big.mp4") == content


async def test_moving_in_leaves_nothing_behind(storage: Storage, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"content")
    await storage.move_in(source, "assets/1/source.mp4")
    assert not source.exists()
    assert await storage.read_bytes("assets/1/source.mp4") == b"content"


async def test_an_empty_file_can_be_stored(storage: Storage, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.touch()
    await storage.put_file("empty", source)
    assert await storage.size("empty") == 0


@pytest.mark.parametrize(("start", "end"), [(0, 5), (3, 9), (8, 99), (5, 5)])
async def test_a_range_holds_exactly_its_bytes(storage: Storage, start: int, end: int) -> None:
    await storage.put_bytes("digits", b"0123456789")
    chunks = [chunk async for chunk in storage.open_range("digits", start, end)]
    assert b"".join(chunks) == b"0123456789"[start:end]


async def test_what_is_not_there_is_said_so(storage: Storage) -> None:
    assert await storage.size("none") is None
    assert not await storage.exists("none")
    with pytest.raises(FileNotFoundError):
        await storage.read_bytes("none")
    with pytest.raises(FileNotFoundError):
        async with storage.as_local_file("none"):
            pass


async def test_deleting_is_safe_to_repeat(storage: Storage) -> None:
    await storage.put_bytes("a", b"1")
    await storage.delete("a")
    await storage.delete("a")
    await storage.delete_prefix("nothing/here")
    assert not await storage.exists("a")


async def test_a_prefix_covers_whole_names_only(storage: Storage) -> None:
    for key in ("assets/1/a", "assets/1/b/c", "assets/10/a", "other"):
        await storage.put_bytes(key, b"x")
    assert await storage.list_prefix("assets/1") == ["assets/1/a", "assets/1/b/c"]
    assert await storage.list_folders("assets") == ["1", "10"]
    await storage.delete_prefix("assets/1")
    assert await storage.list_prefix("assets") == ["assets/10/a"]
    assert await storage.list_folders("nothing") == []


async def test_a_local_file_can_be_had_of_anything(storage: Storage) -> None:
    await storage.put_bytes("a/clip.mp4", b"content")
    async with storage.as_local_file("a/clip.mp4") as path:
        assert await asyncio.to_thread(path.read_bytes) == b"content"
    assert await storage.exists("a/clip.mp4")


async def test_a_bad_key_is_refused_everywhere(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(KeyRefused):
        await storage.put_bytes("../out", b"x")
    with pytest.raises(KeyRefused):
        storage.local_path("/etc/passwd")
    with pytest.raises(KeyRefused):
        await storage.list_prefix("")


async def test_a_folder_keeps_no_half_written_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = FolderStorage(tmp_path)
    await folder.put_bytes("a/b", b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        await folder.put_bytes("a/b", b"new")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert await folder.read_bytes("a/b") == b"old"


async def test_a_folder_moves_by_renaming(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")
    number = source.stat().st_ino
    folder = FolderStorage(tmp_path / "store")
    await folder.move_in(source, "a")
    assert (tmp_path / "store" / "a").stat().st_ino == number


async def test_a_fetched_file_is_gone_after_use(s3_storage: S3Storage, tmp_path: Path) -> None:
    await s3_storage.put_bytes("a", b"x")
    async with s3_storage.as_local_file("a"):
        assert list((tmp_path / "fetched").iterdir())
    assert not list((tmp_path / "fetched").iterdir())


async def test_a_presigned_address_reads_ranges_with_the_right_headers(
    s3_storage: S3Storage,
) -> None:
    await s3_storage.put_bytes("v/seg.m4s", b"0123456789")
    address = await s3_storage.presigned_url("v/seg.m4s", 60)
    assert address is not None
    assert address.startswith(str(s3_storage.public_origin))
    async with httpx.AsyncClient() as client:
        reply = await client.get(address, headers={"Range": "bytes=2-4"})
    assert (reply.status_code, reply.content) == (206, b"234")
    assert reply.headers["content-type"] == "video/iso.segment"
    assert "immutable" in reply.headers["cache-control"]


async def test_a_presigned_address_names_the_file_to_save(s3_storage: S3Storage) -> None:
    await s3_storage.put_bytes("v/download.mp4", b"whole")
    disposition = "attachment; filename=\"a b.mp4\"; filename*=UTF-8''%C3%A9%26b.mp4"
    address = await s3_storage.presigned_url("v/download.mp4", 60, disposition)
    assert address is not None
    async with httpx.AsyncClient() as client:
        reply = await client.get(address)
    assert (reply.status_code, reply.content) == (200, b"whole")
    assert reply.headers["content-disposition"] == disposition


async def test_a_cancelled_put_leaves_no_open_upload(
    s3_storage: S3Storage, s3: S3, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(bytes(64 * 1024 * 1024))
    put = asyncio.create_task(s3_storage.put_file("big.mp4", source))
    async with httpx.AsyncClient() as client:
        for _ in range(500):
            if "<UploadId>" in (await client.get(f"{s3.endpoint}/{s3.bucket}?uploads")).text:
                break
            await asyncio.sleep(0.01)
        put.cancel()
        with pytest.raises(asyncio.CancelledError):
            await put
        assert "<UploadId>" not in (await client.get(f"{s3.endpoint}/{s3.bucket}?uploads")).text
    assert not await s3_storage.exists("big.mp4")
