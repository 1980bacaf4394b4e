"""Captions: WebVTT or SRT in, WebVTT out, checked line by line.

What comes out holds cues only, each with text, the harmless tags of WebVTT and its place on
the screen. Styles, regions, notes and every other tag of a file are dropped; what a person
typed into the editor is kept as text instead.
"""

import codecs
import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lumenhall.domains.media.errors import CaptionsInvalid, CaptionsTooLarge

MAX_BYTES = 2 * 1024 * 1024
MAX_CUES = 20_000
MAX_MS = 10_000 * 60 * 60 * 1000 - 1  # Four digits of hours.
_MAX_SHOWN = 60
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})", re.ASCII)
_CUE_SETTING = re.compile(
    r"(?:vertical:(?:rl|lr)|align:(?:start|center|end|left|right)|size:\d{1,3}(?:\.\d+)?%"
    r"|line:-?\d{1,3}(?:\.\d+)?%?(?:,(?:start|center|end))?"
    r"|position:\d{1,3}(?:\.\d+)?%(?:,(?:line-left|center|line-right))?)",
    re.ASCII,
)
_TAG = re.compile(r"<[^<>\n]{0,200}>")
_KEPT_TAG = re.compile(r"(?:/?(?:b|i|u|ruby|rt)|/v|v [^<>&\n]{1,80})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_SUBSTATION = re.compile(r"\{\\[^{}\n]{0,80}\}")
# A line without any of these is payload as it stands, and nearly all are.
_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff<>&]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SECONDS_IN_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption; times in milliseconds, `text` as WebVTT payload, escaped."""

    start: int
    end: int
    text: str
    settings: str = ""


def parse(data: bytes, most_bytes: int = MAX_BYTES) -> list[Cue]:
    """Read a WebVTT or SRT file into cues in order of time.

    Raises CaptionsInvalid, which names the line, or CaptionsTooLarge.
    """
    if len(data) > most_bytes:
        raise CaptionsTooLarge(f"Captions may have at most {most_bytes // 1024**2} MB.")
    cues = read(_decode(data))
    if not cues:
        raise CaptionsInvalid("There are no captions in this file.", problem="empty")
    return cues


def read(text: str) -> list[Cue]:
    """Read the text of a WebVTT or SRT file, of any size, into cues in order of time."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_webvtt = re.match(r"WEBVTT(?:[ \t]|$)", lines[0]) is not None
    cues: list[Cue] = []
    for number, block in _blocks(lines, _header_size(lines) if is_webvtt else 0):
        cue = _cue(number, block, is_webvtt=is_webvtt)
        if cue:
            cues.append(cue)
        if len(cues) > MAX_CUES:
            raise CaptionsTooLarge(f"Captions may have at most {MAX_CUES} entries.", line=number)
    return sorted(cues, key=lambda cue: cue.start)


def check(typed: Iterable[Cue]) -> list[Cue]:
    """Return cues from the editor in order of time, their text as payload.

    Raises CaptionsInvalid, which names the entry, counted from 1 as they came.
    """
    cues = [_checked(number, cue) for number, cue in enumerate(typed, 1)]
    if not cues:
        raise CaptionsInvalid("There are no captions.", problem="empty")
    return sorted(cues, key=lambda cue: cue.start)


def editable(payload: str) -> str:
    """Return a payload as a person edits it: `&` for `&amp;`, unless that would be misread."""
    if "&" not in payload:
        return payload
    plain = html.unescape(payload)
    return plain if _payload(plain.split("\n"), _escape) == payload else payload


def plain(payload: str) -> str:
    """Return the words of a payload alone, in one line."""
    return " ".join(html.unescape(_TAG.sub("", payload)).split())


def write(cues: list[Cue]) -> str:
    """Return the cues as a WebVTT file."""
    blocks = ["WEBVTT"]
    for cue in cues:
        timing = f"{_clock(cue.start)} --> {_clock(cue.end)} {cue.settings}".rstrip()
        blocks.append(f"{timing}\n{cue.text}")
    return "\n\n".join(blocks) + "\n"


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    nulls = (data[0:200:2].count(0), data[1:200:2].count(0))
    if max(nulls) > len(data[:200]) // 4:
        return data.decode("utf-16-be" if nulls[0] > nulls[1] else "utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What calls itself Latin-1 nearly always has the quotation marks of Windows.
        return data.decode("cp1252", "replace")


def _header_size(lines: list[str]) -> int:
    ends = (row for row, line in enumerate(lines) if not line.strip() or "-->" in line)
    return next(ends, len(lines))


def _blocks(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between empty lines, with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines[start:], ""], start + 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str], *, is_webvtt: bool) -> Cue | None:
    if is_webvtt and re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", block[0]):
        return None
    # The line above the times is the entry's number or name; nobody sees it.
    row = 0 if "-->" in block[0] or len(block) == 1 else 1
    number += row
    start_text, arrow, rest = block[row].partition("-->")
    if not arrow:
        found = _shown(block[row])
        problem = f"expected 00:00:01.500 --> 00:00:04.000 or so, found “{found}”"
        raise _wrong(number, "times_missing", problem, found)
    end_text, *settings = rest.split() or [""]
    start, end = _milliseconds(number, start_text), _milliseconds(number, end_text)
    if end <= start:
        raise _wrong(
            number, "end_before_start", f"the end, {end_text}, must come after the start", end_text
        )
    lines = block[row + 1 :]
    if not is_webvtt:
        lines = [_SUBSTATION.sub("", line) for line in lines]
    text = _payload(lines, _drop)
    return Cue(start, end, text, _settings(settings) if is_webvtt else "") if text else None


def _checked(number: int, cue: Cue) -> Cue:
    if cue.end <= cue.start:
        raise _wrong_entry(number, "end_before_start", "the end must come after the start")
    text = _payload(re.split(r"\r\n|[\r\n]", cue.text), _escape)
    if not text:
        raise _wrong_entry(number, "text_missing", "there is no text")
    return Cue(cue.start, cue.end, text, _settings(cue.settings.split()))


def _settings(items: Iterable[str]) -> str:
    return " ".join(item for item in items if _CUE_SETTING.fullmatch(item))


def _milliseconds(number: int, text: str) -> int:
    found, shown = _TIME.fullmatch(text.strip()), _shown(text)
    if not found:
        problem = f"“{shown}” is not a time. Write it as 00:01:02.500"
        raise _wrong(number, "time_invalid", problem, shown)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if minutes >= _SECONDS_IN_MINUTE or seconds >= _SECONDS_IN_MINUTE:
        problem = f"“{shown}” has more than 59 minutes or seconds"
        raise _wrong(number, "time_too_large", problem, shown)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(found[4].ljust(3, "0"))


def _payload(lines: Iterable[str], on_tag: Callable[[str], str]) -> str:
    return "\n".join(filter(None, (_clean(line, on_tag) for line in lines)))


def _clean(line: str, on_tag: Callable[[str], str]) -> str:
    """Return a line as safe payload: harmless tags stay, `on_tag` says what becomes of others."""
    if not _SPECIAL.search(line):
        return line.strip()
    line = _INVISIBLE.sub("", line)
    pieces, end = [], 0
    for tag in _TAG.finditer(line):
        pieces.append(_escape(line[end : tag.start()]))
        pieces.append(tag[0] if _KEPT_TAG.fullmatch(tag[0][1:-1]) else on_tag(tag[0]))
        end = tag.end()
    return "".join([*pieces, _escape(line[end:])]).strip()


def _drop(tag: str) -> str:
    return ""


def _escape(text: str) -> str:
    plain = _INVISIBLE.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]), text))
    return html.escape(plain.replace("\n", " "), quote=False)


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def _wrong(number: int, problem: str, detail: str, found: str) -> CaptionsInvalid:
    return CaptionsInvalid(f"Line {number}: {detail}.", line=number, problem=problem, found=found)


def _wrong_entry(number: int, problem: str, detail: str) -> CaptionsInvalid:
    return CaptionsInvalid(f"Entry {number}: {detail}.", entry=number, problem=problem)
