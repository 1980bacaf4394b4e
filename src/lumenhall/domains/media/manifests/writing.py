"""Writes HLS and DASH manifests that share the same byte ranges of the same files."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

from lumenhall.domains.media.manifests.boxes import Format, Track, read_track

MASTER = "master.m3u8"
DASH = "manifest.mpd"
_AUDIO_GROUP = "audio"


@dataclass(frozen=True, slots=True)
class Stream:
    """A media playlist as the master playlist announces it; bandwidths are bits per second."""

    uri: str
    format: Format
    bandwidth: int
    average_bandwidth: int
    frame_rate: Fraction = Fraction(0)


def write_manifests(folder: Path, videos: Sequence[str], audio: str | None = None) -> list[Track]:
    """Write the manifests for the named MP4 files beside them, and return what the files hold.

    `master.m3u8` and `manifest.mpd` offer every file, best first as given; each file gets a
    media playlist of its own name. Raises NotFragmented when a file has another shape.
    """
    tracks = [read_track(folder / name) for name in videos]
    sound = read_track(folder / audio) if audio else None
    everything = [*tracks, *([sound] if sound else [])]
    for track in everything:
        (folder / _playlist_name(track)).write_text(media_playlist(track))
    master = master_playlist([_stream(t) for t in tracks], _stream(sound) if sound else None)
    (folder / MASTER).write_text(master)
    (folder / DASH).write_text(dash_manifest(tracks, sound))
    return everything


def master_playlist(videos: Sequence[Stream], audio: Stream | None = None) -> str:
    """Return the HLS master playlist."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if audio:
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{_AUDIO_GROUP}",NAME="Audio",DEFAULT=YES,'
            f'AUTOSELECT=YES,CHANNELS="{audio.format.channels}",URI="{audio.uri}"'
        )
    for video in videos:
        together = [video, *([audio] if audio else [])]
        attributes = [
            f"BANDWIDTH={sum(part.bandwidth for part in together)}",
            f"AVERAGE-BANDWIDTH={sum(part.average_bandwidth for part in together)}",
            f"RESOLUTION={video.format.width}x{video.format.height}",
            *([f"FRAME-RATE={float(video.frame_rate):.3f}"] if video.frame_rate else []),
            f'CODECS="{",".join(part.format.codec for part in together)}"',
            *([f'AUDIO="{_AUDIO_GROUP}"'] if audio else []),
        ]
        lines += [f"#EXT-X-STREAM-INF:{','.join(attributes)}", video.uri]
    return "\n".join(lines) + "\n"


def media_playlist(track: Track) -> str:
    """Return the HLS media playlist of one file, by byte ranges."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{_target(track)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        f'#EXT-X-MAP:URI="{track.name}",BYTERANGE="{track.init_size}@0"',
    ]
    for part in track.segments:
        lines += [
            f"#EXTINF:{part.duration / track.timescale:.6f},",
            f"#EXT-X-BYTERANGE:{part.size}@{part.offset}",
            track.name,
        ]
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def dash_manifest(videos: Sequence[Track], audio: Track | None = None) -> str:
    """Return the DASH manifest of the on-demand profile."""
    everything = [*videos, *([audio] if audio else [])]
    root = ET.Element(
        "MPD",
        {
            "xmlns": "urn:mpeg:dash:schema:mpd:2011",
            "profiles": "urn:mpeg:dash:profile:isoff-on-demand:2011",
            "type": "static",
            "mediaPresentationDuration": _iso(max(track.seconds for track in everything)),
            "minBufferTime": f"PT{max(_target(track) for track in everything)}S",
        },
    )
    period = ET.SubElement(root, "Period", {"id": "0"})
    video_set = _adaptation_set(period, "video")
    for track in videos:
        size = {"width": str(track.format.width), "height": str(track.format.height)}
        _representation(video_set, track, size | {"frameRate": str(track.frame_rate)})
    if audio:
        scheme = "urn:mpeg:dash:23003:3:audio_channel_configuration:2011"
        representation = _representation(_adaptation_set(period, "audio"), audio, {})
        configuration = {"schemeIdUri": scheme, "value": str(audio.format.channels)}
        representation.insert(0, ET.Element("AudioChannelConfiguration", configuration))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _adaptation_set(period: ET.Element, kind: str) -> ET.Element:
    attributes = {
        "contentType": kind,
        "mimeType": f"{kind}/mp4",
        "subsegmentAlignment": "true",
        "startWithSAP": "1",
        "subsegmentStartsWithSAP": "1",
    }
    return ET.SubElement(period, "AdaptationSet", attributes)


def _representation(parent: ET.Element, track: Track, more: dict[str, str]) -> ET.Element:
    attributes = {
        "id": Path(track.name).stem,
        "codecs": track.format.codec,
        "bandwidth": str(_peak(track)),
    }
    representation = ET.SubElement(parent, "Representation", attributes | more)
    ET.SubElement(representation, "BaseURL").text = track.name
    index_end = track.init_size + track.index_size - 1
    base = {
        "indexRange": f"{track.init_size}-{index_end}",
        "indexRangeExact": "true",
        "timescale": str(track.timescale),
    }
    segments = ET.SubElement(representation, "SegmentBase", base)
    ET.SubElement(segments, "Initialization", {"range": f"0-{track.init_size - 1}"})
    return representation


def _stream(track: Track) -> Stream:
    average = _rate(sum(part.size for part in track.segments), track.seconds)
    frame_rate = track.frame_rate if track.format.is_video else Fraction(0)
    return Stream(_playlist_name(track), track.format, _peak(track), average, frame_rate)


def _playlist_name(track: Track) -> str:
    return f"{Path(track.name).stem}.m3u8"


def _peak(track: Track) -> int:
    # RFC 8216 leaves out segments shorter than half the target: a last one of a single key
    # frame would otherwise ask for many times the bandwidth that playing needs.
    lengths = [(part.size, Fraction(part.duration, track.timescale)) for part in track.segments]
    long_enough = [pair for pair in lengths if pair[1] * 2 >= _target(track)]
    whole = (sum(size for size, _ in lengths), track.seconds)
    return max(_rate(size, seconds) for size, seconds in [*long_enough, whole])


def _rate(size: int, seconds: Fraction) -> int:
    return round(size * 8 / seconds)


def _target(track: Track) -> int:
    longest = max(part.duration for part in track.segments)
    return max(1, (2 * longest + track.timescale) // (2 * track.timescale))


def _iso(seconds: Fraction) -> str:
    return f"PT{float(seconds):.3f}S"
