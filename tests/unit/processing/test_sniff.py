import pytest

from lumenhall.domains.processing.encoder.sniff import container_of, is_playlist


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "mp4"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00", "mov"),
        (b"\x00\x00\x00\x08wide\x00\x00\x10\x00mdat", "mov"),
        (b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska", "mkv"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "webm"),
        (b"RIFF\x00\x10\x00\x00AVI LIST", "avi"),
        (b"FLV\x01\x05", "flv"),
        ((b"\x47" + bytes(187)) * 4, "ts"),
        ((bytes(4) + b"\x47" + bytes(187)) * 4, "ts"),
        (b"RIFF\x00\x10\x00\x00WAVEfmt ", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"GIF89a", None),
        (b"I am not a video.\n", None),
        (b"", None),
    ],
)
def test_the_content_decides_what_a_file_is(head: bytes, container: str | None) -> None:
    assert container_of(head) == container


@pytest.mark.parametrize(
    "head",
    [
        b"#EXTM3U\n#EXTINF:6,\nfile:///etc/passwd\n",
        b"\xef\xbb\xbf#EXTM3U\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b'<?xml version="1.0"?>\n<MPD type="static">',
    ],
)
def test_lists_that_point_elsewhere_are_known_as_such(head: bytes) -> None:
    assert is_playlist(head)


def test_other_text_is_no_playlist() -> None:
    assert not is_playlist(b"<html>hello</html>")
