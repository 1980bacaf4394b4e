import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumenhall.domains.media.captions import (
    MAX_BYTES,
    MAX_CUES,
    MAX_MS,
    Cue,
    check,
    editable,
    parse,
    plain,
    read,
    write,
)
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
    ("text", "line", "problem", "found"),
    [
        ("1\n00:00:01,000 -> 2\nx", 2, "times_missing", "00:00:01,000 -> 2"),
        ("1\n00:00:01,000 --> 00:00:0x,000\nx", 2, "time_invalid", "00:00:0x,000"),
        ("1\n00:00:05,000 --> 00:00:02,000\nx", 2, "end_before_start", "00:00:02,000"),
        ("1\n00:61:05,000 --> 01:00:02,000\nx", 2, "time_too_large", "00:61:05,000"),
        ("1\n00:00:01,000 -->\nx", 2, "time_invalid", ""),
        ("WEBVTT\n\n0:01.0 --> 0:02.0\nok\n\n\nstray text", 7, "times_missing", "stray text"),
        ("WEBVTT\n\n0:01.0 --> 0:02.0\nok\n\nid\n0:03 --> 0:04\nx", 7, "time_invalid", "0:03"),
    ],
)
def test_an_error_names_the_line(text: str, line: int, problem: str, found: str) -> None:
    with pytest.raises(CaptionsInvalid, match=f"Line {line}: .*{re.escape(found)}") as caught:
        parse(text.encode())
    assert caught.value.fields == {"line": line, "problem": problem, "found": found}


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


def typed(text: str, start: int = 0, end: int = 1000) -> Cue:
    return Cue(start, end, text)


def test_what_is_typed_is_text_but_for_the_harmless_tags() -> None:
    (cue,) = check([typed("Tom & <i>Jerry</i>\r\n\n I <think> so <3 \x00<b onclick=x>")])
    assert cue.text == "Tom &amp; <i>Jerry</i>\nI &lt;think&gt; so &lt;3 &lt;b onclick=x&gt;"
    assert editable(cue.text) == "Tom & <i>Jerry</i>\nI <think> so <3 <b onclick=x>"


def test_a_payload_that_would_be_misread_is_edited_as_it_is() -> None:
    for payload in ("&lt;i&gt;", "&amp;lt;", "&amp;amp;"):
        assert editable(payload) == payload
        assert check([typed(editable(payload))])[0].text == payload


@pytest.mark.parametrize(
    ("cues", "entry", "problem"),
    [
        ([typed("a"), typed("b", 5, 5)], 2, "end_before_start"),
        ([typed("a", 9, 1)], 1, "end_before_start"),
        ([typed("a"), typed(" \n\x00 ")], 2, "text_missing"),
    ],
)
def test_an_error_in_what_is_typed_names_the_entry(
    cues: list[Cue], entry: int, problem: str
) -> None:
    with pytest.raises(CaptionsInvalid, match=f"Entry {entry}: ") as caught:
        check(cues)
    assert caught.value.fields == {"entry": entry, "problem": problem}


def test_without_an_entry_there_are_no_captions() -> None:
    with pytest.raises(CaptionsInvalid):
        check([])


def test_only_known_places_on_the_screen_are_kept() -> None:
    (cue,) = check([Cue(0, 1, "x", "align:start evil:1 line:0 --> \n\nline:2 align:start;x")])
    assert cue.settings == "align:start line:0 line:2"


def test_the_words_of_a_caption() -> None:
    assert plain("<v Ann>Tom &amp;\n <i>Jerry</i> &lt;3") == "Tom & Jerry <3"


TYPED = st.builds(
    lambda start, length, text, settings: Cue(start, min(start + length, MAX_MS), text, settings),
    st.integers(0, MAX_MS - 1),
    st.integers(1, MAX_MS),
    st.one_of(st.text(max_size=30), st.lists(LINES, max_size=8).map("".join)).map("x".__add__),
    st.sampled_from(["", "align:start", "line:-1 position:5%,center", "x", "a\nb --> c"]),
)


@given(st.lists(TYPED, min_size=1, max_size=6))
@settings(max_examples=500)
def test_what_was_typed_reads_back_the_same_and_in_order(cues: list[Cue]) -> None:
    checked = check(cues)
    assert read(write(checked)) == checked
    assert check([replace(cue, text=editable(cue.text)) for cue in checked]) == checked
    assert [cue.start for cue in checked] == sorted(cue.start for cue in cues)
    bare = ALLOWED.sub("", "".join(cue.text for cue in checked))
    assert "<" not in bare
    assert ">" not in bare
