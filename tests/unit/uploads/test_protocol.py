import base64
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.uploads.errors import (
    TusContentTypeWrong,
    TusHeaderInvalid,
    TusVersionUnsupported,
)
from lumenhall.domains.uploads.schemas import Checksum, Chunk
from lumenhall.domains.uploads.tus import protocol

OFFSET = {"content-type": protocol.CONTENT_TYPE, "upload-offset": "5"}
KEYS = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=", "), min_size=1
)


def test_the_override_names_the_method_that_is_meant() -> None:
    assert protocol.method_of("POST", {"x-http-method-override": "patch"}) == "PATCH"
    assert protocol.method_of("POST", {}) == "POST"


def test_a_harmless_method_can_not_be_turned_into_another() -> None:
    assert protocol.method_of("GET", {"x-http-method-override": "DELETE"}) == "GET"


@pytest.mark.parametrize("version", [None, "", "0.2.2", "1.0.1"])
def test_other_versions_are_refused(version: str | None) -> None:
    with pytest.raises(TusVersionUnsupported):
        protocol.check_version({} if version is None else {"tus-resumable": version})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"upload-length": "5", "upload-defer-length": "1"},
        {"upload-defer-length": "0"},
        {"upload-defer-length": "yes"},
        {"upload-length": "-1"},
        {"upload-length": "+5"},
        {"upload-length": "5.0"},
        {"upload-length": "٣"},
        {"upload-length": "1" * 19},
        {"upload-length": ""},
    ],
)
def test_a_creation_says_its_length_exactly_once(headers: dict[str, str]) -> None:
    with pytest.raises(TusHeaderInvalid):
        protocol.read_creation(headers)


def test_a_creation_without_bytes() -> None:
    creation = protocol.read_creation({"upload-length": "0", "content-length": "0"})
    assert (creation.size, creation.with_upload) == (0, False)


def test_a_creation_with_bytes_needs_their_type() -> None:
    headers = {"upload-length": "5", "content-length": "5"}
    with pytest.raises(TusContentTypeWrong):
        protocol.read_creation(headers)
    creation = protocol.read_creation(headers | {"content-type": protocol.CONTENT_TYPE})
    assert creation.with_upload


def test_a_body_of_unknown_length_needs_its_type_as_well() -> None:
    with pytest.raises(TusContentTypeWrong):
        protocol.read_creation({"upload-length": "5", "transfer-encoding": "chunked"})


def test_metadata_is_kept_as_it_was_sent() -> None:
    header = "FileName dGFsay5tcDQ=, is_confidential,empty "
    creation = protocol.read_creation({"upload-defer-length": "1", "upload-metadata": header})
    assert creation.metadata_header == header
    assert creation.metadata == {"filename": "talk.mp4", "is_confidential": "", "empty": ""}


@pytest.mark.parametrize("header", [",", "a b c", "a YQ==,a YQ==", "a YQ==,A YQ==", "a Y"])
def test_broken_metadata_is_refused(header: str) -> None:
    with pytest.raises(TusHeaderInvalid):
        protocol.read_metadata(header)


def test_metadata_that_is_not_text_does_no_harm() -> None:
    header = "name " + base64.b64encode(b"\xff\xfe").decode()
    assert protocol.read_metadata(header)["name"] == "\ufffd\ufffd"


@given(st.dictionaries(KEYS.map(str.lower), st.text(st.characters(codec="utf-8"))))
def test_metadata_that_was_written_reads_the_same(metadata: dict[str, str]) -> None:
    assert protocol.read_metadata(protocol.write_metadata(metadata)) == metadata


@given(st.text(st.characters(max_codepoint=255)))
def test_no_metadata_header_breaks_anything_else(header: str) -> None:
    with suppress(TusHeaderInvalid):
        protocol.read_metadata(header)


@pytest.mark.parametrize("kind", [None, "", "application/json", "application/octet-stream"])
def test_bytes_of_another_type_are_refused(kind: str | None) -> None:
    headers = {"upload-offset": "0"} | ({} if kind is None else {"content-type": kind})
    with pytest.raises(TusContentTypeWrong):
        protocol.read_patch(headers)


@pytest.mark.parametrize("offset", [None, "", "-1", "a", "1e3"])
def test_bytes_without_a_place_are_refused(offset: str | None) -> None:
    headers = {"content-type": protocol.CONTENT_TYPE}
    with pytest.raises(TusHeaderInvalid):
        protocol.read_patch(headers if offset is None else headers | {"upload-offset": offset})


def test_a_patch_with_everything() -> None:
    digest = base64.b64encode(b"\x01" * 20).decode()
    headers = OFFSET | {
        "upload-length": "9",
        "content-length": "4",
        "upload-checksum": f"sha1 {digest}",
    }
    expected = Chunk(5, 9, 4, Checksum("sha1", b"\x01" * 20))
    assert protocol.read_patch(headers) == expected


@pytest.mark.parametrize("value", ["md5 YQ==", "crc32 YQ==", "sha1 !", "", "SHA1 YQ=="])
def test_checksums_that_we_do_not_make_are_refused(value: str) -> None:
    with pytest.raises(TusHeaderInvalid):
        protocol.read_patch(OFFSET | {"upload-checksum": value})


def test_moments_are_written_as_http_does() -> None:
    moment = datetime(2026, 11, 21, 9, 5, 3, tzinfo=UTC)
    assert protocol.http_date(moment) == "Sat, 21 Nov 2026 09:05:03 GMT"
    assert parsedate_to_datetime(protocol.http_date(moment)) == moment
