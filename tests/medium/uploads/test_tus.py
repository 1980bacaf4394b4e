"""Every rule of tus 1.0.0, through the doors, on both databases."""

import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs.models import Job
from tests.medium.uploads.conftest import (
    BYTES,
    MP4,
    TUS,
    client_of,
    create,
    files_in,
    make_member,
    offset_of,
    send,
)

SIZE = len(MP4)


def b64(text: bytes) -> str:
    return base64.b64encode(text).decode()


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    """A body whose length is not said beforehand."""
    for each in data:
        yield each


async def only_upload(app: AppContext) -> Upload:
    async with app.database.read() as session:
        return (await session.scalars(select(Upload))).one()


async def stored(app: AppContext) -> bytes:
    """Return the source that the only asset has in the storage."""
    async with app.database.read() as session:
        asset = (await session.scalars(select(Asset))).one()
    assert (asset.status, asset.file_size_bytes) == (AssetStatus.QUEUED, SIZE)
    assert asset.source_key is not None
    return await app.storage.read_bytes(asset.source_key)


async def jobs(app: AppContext) -> int | None:
    async with app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Job))


async def test_a_file_goes_in_piece_by_piece(
    client: httpx.AsyncClient, app: AppContext, folder: Path
) -> None:
    url = await create(client, SIZE, **{"Upload-Metadata": f"filename {b64(b'talk.mp4')}"})
    first = await send(client, url, 0, MP4[:1000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert await offset_of(client, url) == 1000
    last = await send(client, url, 1000, MP4[1000:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(SIZE))
    assert await stored(app) == MP4
    assert files_in(folder) == []
    upload = await only_upload(app)
    assert (upload.status, upload.filename) == (UploadStatus.FINISHED, "talk.mp4")
    assert await jobs(app) == 1


async def test_every_answer_names_the_version(client: httpx.AsyncClient) -> None:
    url = await create(client, SIZE)
    replies = [
        await client.options("/api/uploads"),
        await client.post("/api/uploads", headers=TUS),
        await client.head(url, headers=TUS),
        await client.patch(url),
        await client.delete("/api/uploads/nothing", headers=TUS),
        await client.put(url, headers=TUS),
    ]
    assert {reply.headers["Tus-Resumable"] for reply in replies} == {"1.0.0"}


@pytest.mark.parametrize("version", [None, "0.2.2"])
async def test_another_version_does_nothing(
    client: httpx.AsyncClient, app: AppContext, version: str | None
) -> None:
    url = await create(client, SIZE)
    headers = {**BYTES, "Upload-Offset": "0"}
    del headers["Tus-Resumable"]
    reply = await client.patch(
        url, content=MP4, headers=headers | ({"Tus-Resumable": version} if version else {})
    )
    assert (reply.status_code, reply.headers["Tus-Version"]) == (412, "1.0.0")
    assert reply.json()["code"] == "tus_version_unsupported"
    assert await offset_of(client, url) == 0


async def test_options_tell_what_is_offered_to_anybody(web: FastAPI) -> None:
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as stranger:
        for path in ("/api/uploads", "/api/uploads/anything"):
            reply = await stranger.options(path, headers={"Tus-Resumable": "0.1"})
            assert reply.status_code == 204
            assert reply.headers["Tus-Version"] == "1.0.0"
            assert reply.headers["Tus-Max-Size"] == str(2 * 1024**3)
            assert "creation-with-upload" in reply.headers["Tus-Extension"]
            assert reply.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


async def test_a_method_can_be_named_in_a_header(client: httpx.AsyncClient) -> None:
    url = await create(client, SIZE)
    patch = BYTES | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert (await client.post(url, content=MP4[:5], headers=patch)).status_code == 204
    assert await offset_of(client, url) == 5
    delete = TUS | {"X-HTTP-Method-Override": "DELETE"}
    assert (await client.post(url, headers=delete)).status_code == 204
    assert (await client.head(url, headers=TUS)).status_code == 410


async def test_an_unknown_method_is_refused_with_those_that_are(client: httpx.AsyncClient) -> None:
    reply = await client.put("/api/uploads", headers=TUS)
    assert (reply.status_code, reply.headers["Allow"]) == (405, "OPTIONS, POST")


async def test_a_creation_answers_with_a_path_of_ours(client: httpx.AsyncClient) -> None:
    reply = await client.post(
        "/api/uploads",
        headers=TUS | {"Upload-Length": "5", "X-Forwarded-Host": "evil", "Host": "evil"},
    )
    assert reply.headers["Location"].startswith("/api/uploads/")
    assert "Upload-Expires" in reply.headers


async def test_metadata_comes_back_exactly_as_it_was_sent(client: httpx.AsyncClient) -> None:
    header = f"name {b64('Käse.mp4'.encode())},filetype {b64(b'video/mp4')}, Odd,empty"
    url = await create(client, SIZE, **{"Upload-Metadata": header})
    reply = await client.head(url, headers=TUS)
    assert reply.headers["Upload-Metadata"] == header
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Upload-Length"] == str(SIZE)


async def test_an_error_tells_no_place_and_no_offset(client: httpx.AsyncClient) -> None:
    # Some clients believe these headers whatever the status says.
    refused = await client.post("/api/uploads", headers=TUS | {"Upload-Length": "x"})
    assert (refused.status_code, "Location" in refused.headers) == (400, False)
    unknown = await client.head(f"/api/uploads/{'0' * 32}", headers=TUS)
    assert (unknown.status_code, "Upload-Offset" in unknown.headers) == (404, False)
    url = await create(client, SIZE)
    conflict = await send(client, url, 7, b"late")
    assert (conflict.status_code, "Upload-Offset" in conflict.headers) == (409, False)


async def test_the_wrong_offset_changes_nothing(client: httpx.AsyncClient, folder: Path) -> None:
    url = await create(client, SIZE)
    await send(client, url, 0, MP4[:100])
    for offset in (0, 99, 101, SIZE):
        assert (await send(client, url, offset, b"x")).status_code == 409
    assert await offset_of(client, url) == 100
    assert files_in(folder) == [MP4[:100]]


async def test_bytes_need_their_content_type(client: httpx.AsyncClient) -> None:
    url = await create(client, SIZE)
    reply = await client.patch(
        url, content=MP4, headers=TUS | {"Upload-Offset": "0", "Content-Type": "video/mp4"}
    )
    assert (reply.status_code, reply.json()["code"]) == (415, "tus_content_type_wrong")
    assert await offset_of(client, url) == 0


async def test_nobody_else_sees_an_upload(
    client: httpx.AsyncClient, web: FastAPI, app: AppContext
) -> None:
    url = await create(client, SIZE)
    async with client_of(web, await make_member(app)) as other:
        assert (await other.head(url, headers=TUS)).status_code == 404
        assert (await send(other, url, 0, MP4)).status_code == 404
        assert (await other.delete(url, headers=TUS)).status_code == 404
        assert (await other.get("/api/uploads")).json()["items"] == []
    assert await offset_of(client, url) == 0


async def test_strangers_are_asked_to_sign_in(client: httpx.AsyncClient) -> None:
    url = await create(client, SIZE)
    client.headers.pop("Authorization")
    creation = TUS | {"Upload-Length": "5"}
    assert (await client.post("/api/uploads", headers=creation)).status_code == 401
    assert (await client.head(url, headers=TUS)).status_code == 401
    assert (await send(client, url, 0, MP4)).status_code == 401


async def test_more_bytes_than_announced_are_refused_unread(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    url = await create(client, SIZE)
    reply = await send(client, url, 0, MP4 + b"x")
    assert (reply.status_code, reply.json()["code"]) == (413, "upload_length_exceeded")
    assert await offset_of(client, url) == 0
    await send(client, url, 0, MP4)
    assert await stored(app) == MP4


async def test_a_body_that_runs_over_is_dropped(client: httpx.AsyncClient, app: AppContext) -> None:
    url = await create(client, SIZE)
    await send(client, url, 0, MP4[:100])
    headers = BYTES | {"Upload-Offset": "100"}
    over = pieces(MP4[100:200], MP4[200:], b"x")
    assert (await client.patch(url, content=over, headers=headers)).status_code == 413
    assert await offset_of(client, url) == 100
    exact = pieces(MP4[100:200], MP4[200:])
    assert (await client.patch(url, content=exact, headers=headers)).status_code == 204
    assert await stored(app) == MP4


async def test_a_finished_upload_stays_finished(client: httpx.AsyncClient, app: AppContext) -> None:
    url = await create(client, SIZE)
    await send(client, url, 0, MP4)
    again = await send(client, url, SIZE, b"")
    assert (again.status_code, again.headers["Upload-Offset"]) == (204, str(SIZE))
    assert "Upload-Expires" not in again.headers
    assert await offset_of(client, url) == SIZE
    assert (await send(client, url, 0, MP4)).status_code == 409
    assert (await send(client, url, SIZE, b"x")).status_code == 413
    headers = BYTES | {"Upload-Offset": str(SIZE)}
    reply = await client.patch(url, content=pieces(b"x"), headers=headers)
    assert reply.status_code == 413
    assert (await client.delete(url, headers=TUS)).status_code == 204
    assert await stored(app) == MP4
    assert await jobs(app) == 1


async def test_a_creation_can_bring_all_bytes(client: httpx.AsyncClient, app: AppContext) -> None:
    reply = await client.post(
        "/api/uploads", content=MP4, headers=BYTES | {"Upload-Length": str(SIZE)}
    )
    assert (reply.status_code, reply.headers["Upload-Offset"]) == (201, str(SIZE))
    assert await stored(app) == MP4
    assert await jobs(app) == 1


async def test_a_creation_can_bring_the_first_bytes(client: httpx.AsyncClient) -> None:
    reply = await client.post(
        "/api/uploads", content=MP4[:50], headers=BYTES | {"Upload-Length": str(SIZE)}
    )
    assert (reply.status_code, reply.headers["Upload-Offset"]) == (201, "50")
    assert (await send(client, reply.headers["Location"], 50, MP4[50:])).status_code == 204


async def test_a_creation_with_too_many_bytes_makes_nothing(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    reply = await client.post("/api/uploads", content=MP4, headers=BYTES | {"Upload-Length": "5"})
    assert reply.status_code == 413
    assert "Location" not in reply.headers
    async with app.database.read() as session:
        assert (await session.scalars(select(Upload))).all() == []


async def test_no_bytes_at_all_are_whole_at_once(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    reply = await client.post("/api/uploads", headers=TUS | {"Upload-Length": "0"})
    assert (reply.status_code, reply.headers["Upload-Offset"]) == (201, "0")
    assert (await only_upload(app)).status is UploadStatus.FINISHED
    assert await offset_of(client, reply.headers["Location"]) == 0


async def test_the_length_can_come_later(client: httpx.AsyncClient, app: AppContext) -> None:
    url = await create(client, None)
    head = await client.head(url, headers=TUS)
    assert head.headers["Upload-Defer-Length"] == "1"
    assert "Upload-Length" not in head.headers
    await send(client, url, 0, MP4[:100])
    assert await offset_of(client, url) == 100
    reply = await send(client, url, 100, MP4[100:200], Upload_Length=str(SIZE))
    assert reply.status_code == 204
    head = await client.head(url, headers=TUS)
    assert head.headers["Upload-Length"] == str(SIZE)
    assert "Upload-Defer-Length" not in head.headers
    other = await send(client, url, 200, MP4[200:], Upload_Length=str(SIZE + 1))
    assert other.status_code == 400
    same = await send(client, url, 200, MP4[200:], Upload_Length=str(SIZE))
    assert same.status_code == 204
    assert await stored(app) == MP4


async def test_the_length_can_come_last_and_alone(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    url = await create(client, None)
    headers = BYTES | {"Upload-Offset": "0"}
    await client.patch(url, content=pieces(MP4[:100], MP4[100:]), headers=headers)
    short = await send(client, url, SIZE, b"", Upload_Length=str(SIZE - 1))
    assert short.status_code == 413
    assert (await send(client, url, SIZE, b"", Upload_Length=str(SIZE))).status_code == 204
    assert await stored(app) == MP4


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_checked_bytes_count_only_if_they_match(
    client: httpx.AsyncClient, app: AppContext, algorithm: str
) -> None:
    url = await create(client, SIZE)
    await send(client, url, 0, MP4[:10])
    right = b64(hashlib.new(algorithm, MP4[10:]).digest())
    wrong = await send(client, url, 10, MP4[11:] + b"x", Upload_Checksum=f"{algorithm} {right}")
    assert (wrong.status_code, wrong.json()["code"]) == (460, "checksum_mismatch")
    assert await offset_of(client, url) == 10
    reply = await send(client, url, 10, MP4[10:], Upload_Checksum=f"{algorithm} {right}")
    assert reply.status_code == 204
    assert await stored(app) == MP4


async def test_a_checksum_of_another_kind_is_refused(client: httpx.AsyncClient) -> None:
    url = await create(client, SIZE)
    digest = b64(hashlib.md5(MP4).digest())  # noqa: S324 Refused, which is the point.
    assert (await send(client, url, 0, MP4, Upload_Checksum=f"md5 {digest}")).status_code == 400
    assert await offset_of(client, url) == 0


async def test_an_upload_can_be_ended(
    client: httpx.AsyncClient, app: AppContext, folder: Path
) -> None:
    url = await create(client, SIZE)
    await send(client, url, 0, MP4[:100])
    assert (await client.delete(url, headers=TUS)).status_code == 204
    assert files_in(folder) == []
    for reply in (
        await client.head(url, headers=TUS),
        await send(client, url, 100, MP4[100:]),
        await client.delete(url, headers=TUS),
    ):
        assert reply.status_code == 410
        assert "Upload-Offset" not in reply.headers
    assert (await only_upload(app)).status is UploadStatus.CANCELLED


async def test_the_pages_find_unfinished_uploads_again(
    client: httpx.AsyncClient, member: Actor
) -> None:
    urls = [await create(client, SIZE) for _ in range(3)]
    await send(client, urls[1], 0, MP4[:10])
    await send(client, urls[2], 0, MP4)
    page = (await client.get("/api/uploads", params={"limit": 1})).json()
    assert [item["url"] for item in page["items"]] == [urls[1]]
    assert page["items"][0]["offset_bytes"] == 10
    rest = (await client.get("/api/uploads", params={"cursor": page["next_cursor"]})).json()
    assert [item["url"] for item in rest["items"]] == [urls[0]]
    assert rest["next_cursor"] is None
