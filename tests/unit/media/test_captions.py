import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumenhall.domains.media.captions import MAX_BYTES, MAX_CUES, Cue, parse, write
from lumenhall.domains.media.errors import CaptionsInvalid, CaptionsTooLarge

SRT = """1
00:00:01,500 --> 00:00:04,000
Hello <font color="red">there</font>

2
00:01:00,000 --> 00:01:02,250 X1:10 Y1:20
{\\an8}Tom & <i>Jerry</i>
second line
"""
ALLOWED = re.compile(r"</?(?:b|i|u|ruby|rt|v)>|<v [^<>&\n]+>")


def test_srt_becomes_webvtt() -> None:
    assert write(parse(SRT.encode())) == (
        "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\nHello there\n\n"
        "00:01:00.000 --> 00:01:02.250\nTom &amp; <i>Jerry</i>\nsecond line\n"
    )


def test_webvtt_keeps_cues_and_places_and_drops_the_rest() -> None:
    given = (
        "WEBVTT - a film\nKind: captions\n\nSTYLE\n::cue { background: url(http://x) }\n\n"
        "REGION\nid:r\n\nNOTE a remark\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start line:0 region:r\n"
        "<v Ann>Hi <c.loud>you</c> &lt;3 <00:01.500>now\n"
    )
    assert parse(given.encode()) == [
        Cue(1000, 2000, "<v Ann>Hi you &lt;3 now", "align:start line:0")
    ]


def test_cues_come_in_order_of_time() -> None:
    given = "WEBVTT\n\n00:05.000 --> 00:06.000\nlate\n\n00:01.000 --> 00:09.000\nearly\n"
    assert [cue.text for cue in parse(given.encode())] == ["early", "late"]


def test_a_cue_right_below_the_header_is_not_lost() -> None:
    assert len(parse(b"WEBVTT\n00:01.000 --> 00:02.000\nfirst\n")) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(newline: str) -> None:
    assert len(parse(SRT.replace("\n", newline).encode())) == 2


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(coding: str) -> None:
    given = "1\n00:00:01,000 --> 00:00:02,000\n¿Qué? 你好\n"
    assert parse(given.encode(coding))[0].text == "¿Qué? 你好"


def test_text_that_is_not_unicode_is_read_as_western() -> None:
    given = "1\n00:00:01,000 --> 00:00:02,000\n“Déjà vu”\n"
    assert parse(given.encode("cp1252"))[0].text == "“Déjà vu”"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("1\n00:00:01,000 -> 00:00:02,000\nx", 2, "expected"),
        ("1\n00:00:01,000 --> 00:00:0x,000\nx", 2, "“00:00:0x,000” is not a time"),
        ("1\n00:00:05,000 --> 00:00:02,000\nx", 2, "must come after"),
        ("1\n00:61:05,000 --> 01:00:02,000\nx", 2, "more than 59"),
        ("1\n00:00:01,000 -->\nx", 2, "“” is not a time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nok\n\n\nstray text", 7, "expected"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nok\n\nid\n00:03 --> 00:04\nx", 7, "00:03"),
    ],
)
def test_an_error_names_the_line(text: str, line: int, says: str) -> None:
    with pytest.raises(CaptionsInvalid, match=f"Line {line}: .*{re.escape(says)}") as caught:
        parse(text.encode())
    assert caught.value.fields == {"line": line}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"WEBVTT", b"WEBVTT\n\nNOTE x\n", b"\x00"])
def test_a_file_without_captions_is_refused(data: bytes) -> None:
    with pytest.raises(CaptionsInvalid):
        parse(data)


def test_size_and_number_are_limited() -> None:
    with pytest.raises(CaptionsTooLarge):
        parse(b" " * (MAX_BYTES + 1))
    with pytest.raises(CaptionsTooLarge) as caught:
        parse(b"0:01.0-->0:02.0\nx\n\n" * (MAX_CUES + 1))
    assert caught.value.fields["line"] == MAX_CUES * 3 + 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=x>bold",
        "<<b>script>",
        "<scr<i>ipt>",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "a --> b",
        "<v Bob&lt;script&gt;>",
    ],
)
def test_no_tag_but_the_harmless_ones_comes_out(text: str) -> None:
    given = f"1\n00:00:01,000 --> 00:00:02,000\n{text}\nend\n"
    (cue,) = parse(given.encode())
    assert "<" not in ALLOWED.sub("", cue.text)
    assert ">" not in ALLOWED.sub("", cue.text)


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_whatever_bytes_come_they_are_read_or_refused(data: bytes) -> None:
    for given_data in (data, b"WEBVTT\n\n" + data, b"0:01.0 --> 0:02.0\n" + data):
        try:
            cues = parse(given_data)
        except CaptionsInvalid:
            continue
        assert parse(write(cues).encode()) == cues


TAGS = ("<b>", "</b>", "<script>", "<v A>", "<", "-->", "{\\an8}", "{", "}", "\\")
TEXT = ("&amp;", "&lt;", "&#123;", "&nbsp;", "&#10;", "&#x1;", "&", "x", " ", "NOTE", "WEBVTT")
LINES = st.sampled_from((*TAGS, *TEXT, "\u2028", "\xa0", "\x85"))


@given(st.lists(st.lists(LINES, max_size=6).map("".join), max_size=4), st.booleans())
@settings(max_examples=500)
def test_what_was_written_reads_back_the_same(lines: list[str], webvtt: bool) -> None:
    head = "WEBVTT\n\n" if webvtt else ""
    given_text = (
        head
        + "00:01.000 --> 00:02.000\nstart\n"
        + "\n".join(line for line in lines if line.strip())
    )
    cues = parse(given_text.encode())
    assert parse(write(cues).encode()) == cues
    bare = ALLOWED.sub("", cues[0].text)
    assert "<" not in bare
    assert ">" not in bare
