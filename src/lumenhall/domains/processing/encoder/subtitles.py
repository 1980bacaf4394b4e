"""Embedded subtitles of text become WebVTT; pictures of text can't."""

from dataclasses import dataclass
from pathlib import Path

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.probe import Probe, SubtitleStream
from lumenhall.domains.processing.encoder.runner import Limits, Source, open_source, run_ffmpeg

_MOST_TRACKS = 30

# Containers write ISO 639-2, browsers read BCP 47, which wants the shorter code where one is.
_SHORT_CODES = (
    "ara:ar ben:bn bul:bg cat:ca ces:cs chi:zh cze:cs dan:da deu:de dut:nl ell:el eng:en est:et "
    "eus:eu fas:fa fin:fi fra:fr fre:fr ger:de gle:ga glg:gl gre:el heb:he hin:hi hrv:hr hun:hu "
    "ice:is ind:id isl:is ita:it jpn:ja kor:ko lav:lv lit:lt may:ms msa:ms nld:nl nno:nn nob:nb "
    "nor:no per:fa pol:pl por:pt ron:ro rum:ro rus:ru slk:sk slo:sk slv:sl spa:es srp:sr swa:sw "
    "swe:sv tam:ta tel:te tha:th tur:tr ukr:uk urd:ur vie:vi zho:zh"
)
_LANGUAGES = dict(pair.split(":") for pair in _SHORT_CODES.split())


@dataclass(frozen=True, slots=True)
class ExtractedTrack:
    """One WebVTT file; `language` is BCP 47, "und" when the source does not say."""

    file_name: str
    language: str
    label: str
    forced: bool


def language_tag(code: str) -> str:
    """Return the BCP 47 tag for the language code of a container."""
    code = code.strip().lower().replace("_", "-")
    if not code.replace("-", "").isalnum() or not code[0].isalpha():
        return "und"
    return _LANGUAGES.get(code, code)


def text_streams(probe: Probe) -> list[SubtitleStream]:
    """Return the subtitles that can become WebVTT."""
    return [stream for stream in probe.subtitles if stream.is_text][:_MOST_TRACKS]


def subtitle_arguments(tools: Tools, source: Source, probe: Probe, folder: Path) -> list[str]:
    """Return the arguments that write every subtitle in one pass over the source."""
    arguments = source.arguments(tools)
    for stream in text_streams(probe):
        arguments += ["-map", f"0:{stream.index}", "-c:s", "webvtt", "-map_metadata", "-1"]
        arguments += ["-f", "webvtt", str(folder / _name(stream))]
    return arguments


async def extract_subtitles(
    tools: Tools, path: Path, probe: Probe, folder: Path, limits: Limits
) -> list[ExtractedTrack]:
    """Write each embedded subtitle to `folder`; empty ones are left out."""
    if not text_streams(probe):
        return []
    with open_source(path) as source:
        arguments = subtitle_arguments(tools, source, probe, folder)
        await run_ffmpeg(tools, arguments, limits, sources=[source])
    return [
        ExtractedTrack(_name(stream), language_tag(stream.language), stream.title, stream.forced)
        for stream in text_streams(probe)
        if _has_cues(folder / _name(stream))
    ]


def _name(stream: SubtitleStream) -> str:
    return f"subtitle-{stream.index}.vtt"


def _has_cues(path: Path) -> bool:
    return path.exists() and "-->" in path.read_text(errors="replace")
