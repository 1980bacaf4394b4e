"""The real ffmpeg over tiny clips of every kind."""

import json
import subprocess
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.hls import Growing
from lumenhall.domains.processing.encoder.instant import can_copy, publish_copy, publish_preview
from lumenhall.domains.processing.encoder.ladder import LadderPlan, choose_rungs, encode_ladder
from lumenhall.domains.processing.encoder.packaging import package_ladder
from lumenhall.domains.processing.encoder.poster import make_poster
from lumenhall.domains.processing.encoder.probe import Probe, measure_duration, probe_file
from lumenhall.domains.processing.encoder.progress import Progress
from lumenhall.domains.processing.encoder.progressive import make_progressive
from lumenhall.domains.processing.encoder.runner import GLANCE, encoding_limits
from lumenhall.domains.processing.encoder.storyboard import make_storyboard
from lumenhall.domains.processing.encoder.subtitles import extract_subtitles
from tests.factories.clips import make_clip, samples

Ask = Callable[[str], Awaitable[tuple[Path, Probe]]]

COPIED = [
    *("normal", "index_last", "matroska", "quicktime", "fragmented", "silent", "portrait"),
    *("tiny", "wide_pixels", "sixty", "hundred_twenty", "variable_rate", "rotated", "one_frame"),
    *("fifth_of_a_second", "ten_second_gop", "late_sound", "mp3_sound", "pcm_sound"),
    *("two_languages", "subtitles", "time_gap"),
]
ENCODED_AHEAD = [
    *("avi", "odd_size", "interlaced", "ten_bit", "hevc", "hdr", "vp9", "unknown_length"),
    *("long_gop", "late_picture"),
]
REFUSED = {
    "empty": "empty_file",
    "text": "not_a_video",
    "dash_manifest": "playlist",
    "hls_playlist": "playlist",
    "sound_only": "no_picture",
    "sound_with_cover": "no_picture",
    "many_tracks": "too_many_streams",
    "huge_picture": "picture_too_large",
    "truncated": "damaged",
    "truncated_matroska": "damaged",
    "without_index": "damaged",
    "lying_index": "damaged",
    "transport_stream": "format_not_accepted",
}


def look(tools: Tools, path: Path, *entries: str) -> dict[str, Any]:
    command = [str(tools.ffprobe), "-v", "error", "-of", "json", *entries, str(path)]
    answer: dict[str, Any] = json.loads(subprocess.check_output(command))
    return answer


def first_times(tools: Tools, folder: Path) -> list[float]:
    """Return when picture and sound of a published folder begin, as their own playlists say."""
    times = []
    for name in ("v", "a"):
        if (folder / f"{name}.m3u8").exists():
            whole = folder / f"{name}-whole.mp4"
            parts = [folder / f"{name}_init.mp4", *sorted(folder.glob(f"{name}_*.m4s"))]
            whole.write_bytes(b"".join(part.read_bytes() for part in parts))
            packets = look(tools, whole, "-show_entries", "packet=pts_time")["packets"]
            times.append(min(float(packet["pts_time"]) for packet in packets))
    return times


async def nothing(progress: Progress) -> None:
    pass


@pytest.mark.parametrize("name", REFUSED)
async def test_hostile_files_are_refused_with_their_reason(tools: Tools, name: str) -> None:
    with pytest.raises(EncodingFailed) as caught:
        await probe_file(tools, make_clip(name), ("mp4", "mov", "avi", "mkv", "webm"))

    assert caught.value.code == REFUSED[name]
    assert caught.value.permanent


@pytest.mark.parametrize("name", [*COPIED, *ENCODED_AHEAD])
async def test_playing_starts_before_the_ladder(
    tools: Tools, probe: Ask, tmp_path: Path, name: str
) -> None:
    path, facts = await probe(name)
    playable: list[str] = []

    async def on_playable(master: str) -> None:
        playable.append(master)

    assert can_copy(facts) is (name in COPIED)
    publish = publish_copy if can_copy(facts) else publish_preview
    limits = encoding_limits(facts.duration, facts.size, least_seconds=60)
    await publish(tools, path, Growing(tmp_path, facts, on_playable), limits, nothing)

    assert playable == ["master.m3u8"]
    assert "#EXT-X-ENDLIST" in (tmp_path / "v.m3u8").read_text()
    assert first_times(tools, tmp_path) == pytest.approx(
        [0.0] * (2 if facts.audio else 1), abs=0.06
    )


@pytest.mark.parametrize("name", [*COPIED, *ENCODED_AHEAD])
async def test_every_kind_of_clip_becomes_a_ladder(
    tools: Tools, probe: Ask, tmp_path: Path, name: str
) -> None:
    path, facts = await probe(name)
    if facts.duration is None:
        seconds = await measure_duration(tools, path, GLANCE)
        facts = facts.model_copy(update={"duration": seconds})
    plan = LadderPlan(facts, tuple(choose_rungs(facts.video, [720, 360])), "ultrafast")
    seen: list[float] = []

    async def on_progress(progress: Progress) -> None:
        seen.append(progress.percent)

    limits = encoding_limits(facts.duration, facts.size, least_seconds=60)
    await encode_ladder(tools, path, plan, tmp_path, limits, on_progress)
    tracks = package_ladder(tmp_path, plan)

    seconds = float(max(track.seconds for track in tracks))
    assert seconds == pytest.approx(facts.duration, abs=0.2)
    assert seen == sorted(seen)
    top = look(tools, tmp_path / plan.rungs[0].file_name, "-show_streams")["streams"][0]
    assert (top["codec_name"], top["pix_fmt"]) == ("h264", "yuv420p")
    assert float(top["start_time"]) == pytest.approx(0, abs=0.01)
    assert (top["width"] > top["height"]) is (facts.video.width > facts.video.height)
    assert (tmp_path / "master.m3u8").exists()
    assert (tmp_path / "manifest.mpd").exists()
    assert (tmp_path / "a.mp4").exists() is (facts.audio is not None)


async def test_a_gap_of_hours_does_not_fill_the_disk(
    tools: Tools, probe: Ask, tmp_path: Path
) -> None:
    path, facts = await probe("time_gap")
    plan = LadderPlan(facts, tuple(choose_rungs(facts.video, [360])), "ultrafast")
    await encode_ladder(
        tools, path, plan, tmp_path, encoding_limits(60, facts.size, least_seconds=60)
    )

    packets = look(tools, tmp_path / "v180.mp4", "-show_packets")["packets"]
    assert len(packets) == 50
    assert sum("K" in packet["flags"] for packet in packets) < 5


async def test_a_source_that_breaks_off_is_not_published(
    tools: Tools, probe: Ask, tmp_path: Path
) -> None:
    path, facts = await probe("normal")
    longer = facts.model_copy(update={"duration": 60.0})
    plan = LadderPlan(longer, tuple(choose_rungs(facts.video, [360])), "ultrafast")
    await encode_ladder(
        tools, path, plan, tmp_path, encoding_limits(60, facts.size, least_seconds=60)
    )

    with pytest.raises(EncodingFailed) as caught:
        package_ladder(tmp_path, plan)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("name", ["normal", "one_frame", "rotated", "wide_pixels", "hdr", "vp9"])
async def test_the_poster_is_upright_and_has_the_shape_of_the_picture(
    tools: Tools, probe: Ask, tmp_path: Path, name: str
) -> None:
    path, facts = await probe(name)
    await make_poster(tools, path, facts, tmp_path / "poster.jpg")

    with Image.open(tmp_path / "poster.jpg") as picture:
        shape = facts.video.width / facts.video.height
        assert picture.width / picture.height == pytest.approx(shape, rel=0.02)


async def test_the_poster_is_the_frame_that_shows_at_a_moment(
    tools: Tools, probe: Ask, tmp_path: Path
) -> None:
    path, facts = await probe("brightening")
    moments = [0, 1.02, 4.999, 5, 8.3, 9.96, 10]
    levels = []
    for number, moment in enumerate(moments):
        target = tmp_path / f"{number}.jpg"
        await make_poster(tools, path, facts, target, at=moment)
        with Image.open(target) as picture:
            levels.append(float(str(picture.convert("L").getpixel((80, 45)))))
    assert levels == sorted(levels)
    assert levels[0] < levels[1] < levels[3] < levels[-1]


async def test_each_storyboard_picture_shows_its_second(tools: Tools, tmp_path: Path) -> None:
    names = await make_storyboard(tools, make_clip("brightening"), 10.0, tmp_path)

    assert names == ["storyboard.vtt", "storyboard-000.jpg"]
    cues = (tmp_path / "storyboard.vtt").read_text().split("\n\n")[1:]
    assert cues[9] == "00:00:09.000 --> 00:00:10.000\nstoryboard-000.jpg#xywh=1440,0,160,90\n"
    with Image.open(tmp_path / "storyboard-000.jpg") as sheet:
        grey = sheet.convert("L")
        levels = [float(str(grey.getpixel((160 * tile + 80, 45)))) for tile in range(10)]
    assert levels == sorted(levels)
    assert all(later - earlier > 10 for earlier, later in pairwise(levels))


async def test_embedded_subtitles_become_webvtt(tools: Tools, probe: Ask, tmp_path: Path) -> None:
    path, facts = await probe("subtitles")
    english, spanish = await extract_subtitles(tools, path, facts, tmp_path, GLANCE)

    assert (english.language, english.label, english.forced) == ("en", "", False)
    assert (spanish.language, spanish.label) == ("es", "Castellano")
    text = (tmp_path / english.file_name).read_text()
    assert text.startswith("WEBVTT")
    assert "Hello <i>there</i>" in text


async def test_the_download_has_its_index_in_front(
    tools: Tools, probe: Ask, tmp_path: Path
) -> None:
    path, facts = await probe("normal")
    plan = LadderPlan(facts, tuple(choose_rungs(facts.video, [360])), "ultrafast")
    limits = encoding_limits(facts.duration, facts.size, least_seconds=60)
    await encode_ladder(tools, path, plan, tmp_path, limits)
    target = tmp_path / "download.mp4"
    await make_progressive(
        tools, tmp_path / "v180.mp4", tmp_path / "a.mp4", target, least_seconds=60
    )

    content = target.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    kinds = [s["codec_type"] for s in look(tools, target, "-show_streams")["streams"]]
    assert kinds == ["video", "audio"]


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
async def test_real_clips_are_copied(tools: Tools, tmp_path: Path, path: Path) -> None:
    facts = await probe_file(tools, path, ("mp4",))
    playable: list[str] = []

    async def on_playable(master: str) -> None:
        playable.append(master)

    await publish_copy(tools, path, Growing(tmp_path, facts, on_playable), GLANCE, nothing)

    assert playable
