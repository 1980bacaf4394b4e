"""The Python client of the makers of tus, against a real server."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.uploader.uploader import Uploader

from tests.contract.tus.conftest import MEGABYTE, Home, digest

CHUNK = 3 * MEGABYTE


@pytest.fixture
def file(clip: Path) -> Iterator[IO[bytes]]:
    """The clip, opened; the client never closes what it opens itself."""
    with clip.open("rb") as file:
        yield file


def uploader(home: Home, file: IO[bytes], **options: object) -> Uploader:
    client = TusClient(home.endpoint, headers=home.headers)
    metadata = {"filename": "talk.mp4", "empty": ""}
    return client.uploader(file_stream=file, metadata=metadata, **options)


@pytest.mark.parametrize("chunk", [CHUNK, 100 * MEGABYTE])
def test_a_file_arrives_whole(home: Home, clip: Path, file: IO[bytes], chunk: int) -> None:
    sending = uploader(home, file, chunk_size=chunk)
    sending.upload()
    assert home.stored(str(sending.url)) == digest(clip)


def test_every_chunk_may_have_a_checksum(home: Home, clip: Path, file: IO[bytes]) -> None:
    sending = uploader(home, file, chunk_size=CHUNK, upload_checksum=True)
    sending.upload()
    assert home.stored(str(sending.url)) == digest(clip)


def test_an_upload_goes_on_where_it_stopped(home: Home, clip: Path, file: IO[bytes]) -> None:
    sending = uploader(home, file, chunk_size=CHUNK)
    sending.upload(stop_at=CHUNK)
    client = TusClient("http://unused.invalid", headers=home.headers)
    resumed = client.uploader(file_stream=file, url=str(sending.url), chunk_size=CHUNK)
    assert resumed.offset == CHUNK
    resumed.upload()
    assert home.stored(str(resumed.url)) == digest(clip)


def test_without_a_key_nothing_is_made(home: Home, file: IO[bytes]) -> None:
    with pytest.raises(TusCommunicationError) as error:
        TusClient(home.endpoint).uploader(file_stream=file).upload()
    assert error.value.status_code == 401


def test_what_is_no_video_is_refused(home: Home) -> None:
    script = BytesIO(b"#!/bin/sh\n" + os.urandom(MEGABYTE))
    with pytest.raises(TusUploadFailed) as error:
        uploader(home, script).upload()
    assert error.value.status_code == 415
    assert b"unsupported_format" in error.value.response_content
