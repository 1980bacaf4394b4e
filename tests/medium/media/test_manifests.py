"""Manifests over files that ffmpeg really made, and that it plays again."""

import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lumenhall.domains.media.manifests import NotFragmented, read_track, write_manifests
from tests.factories.clips import make_clip
from tests.medium.media.conftest import encode_ladder, run_ffmpeg

Ladder = Callable[[str, bool], Path]
NS = {"d": "urn:mpeg:dash:schema:mpd:2011"}


@pytest.fixture
def with_sound(ladder: Ladder, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ladder("normal", True), tmp_path / "out"))
    write_manifests(folder, ["v180.mp4", "v90.mp4"], "a.mp4")
    return folder


def frames(path: Path, stream: str = "v:0") -> list[str]:
    hashes = run_ffmpeg("-i", str(path), "-map", f"0:{stream}", "-f", "framemd5", "-").decode()
    return [line.rsplit(",", 1)[1] for line in hashes.splitlines() if not line.startswith("#")]


def test_a_track_is_read_as_ffmpeg_wrote_it(with_sound: Path) -> None:
    video, audio = read_track(with_sound / "v180.mp4"), read_track(with_sound / "a.mp4")
    assert re.fullmatch(r"avc1\.[0-9A-F]{6}", video.format.codec)
    assert (video.format.width, video.format.height) == (320, 180)
    assert video.frame_rate == 25
    assert video.seconds == 6
    assert [part.duration for part in video.segments] == [2 * video.timescale] * 3
    assert [part.samples for part in video.segments] == [50, 50, 50]
    assert (audio.format.codec, audio.format.channels) == ("mp4a.40.2", 2)
    assert abs(audio.seconds - 6) < Fraction(1, 10)


def test_the_ranges_cover_the_file_without_gap_or_overlap(with_sound: Path) -> None:
    for name in ("v180.mp4", "v90.mp4", "a.mp4"):
        track = read_track(with_sound / name)
        end = track.init_size + track.index_size
        for part in track.segments:
            assert part.offset == end
            end += part.size
        assert end == (with_sound / name).stat().st_size


def test_hls_plays_every_frame_of_every_rung(with_sound: Path) -> None:
    for name in ("v180", "v90"):
        assert frames(with_sound / f"{name}.m3u8") == frames(with_sound / f"{name}.mp4")
    assert frames(with_sound / "a.m3u8", "a:0") == frames(with_sound / "a.mp4", "a:0")
    assert len(frames(with_sound / "v180.m3u8")) == 150


def test_the_master_playlist_plays_picture_and_sound(ladder: Ladder, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ladder("normal", True), tmp_path / "out"))
    write_manifests(folder, ["v180.mp4"], "a.mp4")
    streams = ("-map", "0:v:0", "-map", "0:a:0", "-f", "framemd5", "-")
    both = run_ffmpeg("-i", str(folder / "master.m3u8"), *streams)
    lines = both.decode().splitlines()
    for number, name, stream in ((0, "v180.mp4", "v:0"), (1, "a.mp4", "a:0")):
        played = [line.rsplit(",", 1)[1] for line in lines if line.startswith(f"{number},")]
        assert played == frames(folder / name, stream)


def test_the_master_playlist_announces_what_is_there(with_sound: Path) -> None:
    master = (with_sound / "master.m3u8").read_text()
    lines = master.splitlines()
    assert lines[:3] == ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    assert (
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,'
        'CHANNELS="2",URI="a.m3u8"'
    ) in lines
    assert [line for line in lines if not line.startswith("#")] == ["v180.m3u8", "v90.m3u8"]
    first = next(line for line in lines if line.startswith("#EXT-X-STREAM-INF"))
    assert "RESOLUTION=320x180,FRAME-RATE=25.000," in first
    assert first.endswith(',mp4a.40.2",AUDIO="audio"')


def test_the_bandwidth_is_the_peak_of_picture_and_sound(with_sound: Path) -> None:
    video, audio = read_track(with_sound / "v180.mp4"), read_track(with_sound / "a.mp4")
    master = (with_sound / "master.m3u8").read_text()
    said = re.search(r"BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+)", master)
    assert said
    peak = average = Fraction(0)
    for track in (video, audio):
        whole = [part for part in track.segments if part.duration >= track.timescale]
        peak += max(Fraction(p.size * 8 * track.timescale, p.duration) for p in whole)
        average += sum(part.size for part in track.segments) * 8 / track.seconds
    assert abs(int(said[1]) - peak) <= 1
    assert abs(int(said[2]) - average) <= 1


def test_media_playlists_hold_ranges_and_an_end(with_sound: Path) -> None:
    lines = (with_sound / "v180.m3u8").read_text().splitlines()
    track = read_track(with_sound / "v180.mp4")
    assert "#EXT-X-TARGETDURATION:2" in lines
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in lines
    assert f'#EXT-X-MAP:URI="v180.mp4",BYTERANGE="{track.init_size}@0"' in lines
    assert lines.count("#EXTINF:2.000000,") == 3
    first = track.segments[0]
    assert f"#EXT-X-BYTERANGE:{first.size}@{first.offset}" in lines
    assert lines[-1] == "#EXT-X-ENDLIST"


def test_dash_names_the_same_bytes_and_they_play(with_sound: Path, tmp_path: Path) -> None:
    root = ET.parse(with_sound / "manifest.mpd").getroot()  # noqa: S314 Our own file.
    assert root.get("profiles") == "urn:mpeg:dash:profile:isoff-on-demand:2011"
    assert root.get("type") == "static"
    assert str(root.get("mediaPresentationDuration")).startswith("PT6.0")
    found = root.findall(".//d:Representation", NS)
    assert [item.get("id") for item in found] == ["v180", "v90", "a"]
    assert found[0].get("frameRate") == "25"
    for item in found:
        name = item.findtext("d:BaseURL", None, NS)
        data = (with_sound / str(name)).read_bytes()
        base = item.find("d:SegmentBase", NS)
        init = item.find(".//d:Initialization", NS)
        assert base is not None
        assert init is not None
        index_start, index_end = map(int, str(base.get("indexRange")).split("-"))
        init_start, init_end = map(int, str(init.get("range")).split("-"))
        assert data[index_start + 4 : index_start + 8] == b"sidx"
        assert data[index_end + 5 : index_end + 9] == b"moof"
        assert init_end + 1 == index_start
        played = tmp_path / "played.mp4"
        played.write_bytes(data[init_start : init_end + 1] + data[index_end + 1 :])
        stream = "a:0" if name == "a.mp4" else "v:0"
        assert frames(played, stream) == frames(with_sound / str(name), stream)


def test_a_silent_video_has_no_audio_group(ladder: Ladder, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ladder("silent", False), tmp_path / "out"))
    write_manifests(folder, ["v180.mp4", "v90.mp4"])
    master = (folder / "master.m3u8").read_text()
    assert "AUDIO" not in master
    assert "mp4a" not in master
    assert (folder / "manifest.mpd").read_text().count("<AdaptationSet") == 1
    assert len(frames(folder / "v180.m3u8")) == 50


@pytest.mark.parametrize("clip", ["one_frame", "variable_rate", "fifth_of_a_second", "portrait"])
def test_odd_lengths_and_rates_still_play(clip: str, tmp_path: Path) -> None:
    encode_ladder(clip, tmp_path, heights=(90,), audio=False)
    (track,) = write_manifests(tmp_path, ["v90.mp4"])
    assert frames(tmp_path / "v90.m3u8") == frames(tmp_path / "v90.mp4")
    assert track.seconds > 0
    assert track.frame_rate > 0


def test_wide_pixels_are_announced_as_displayed(tmp_path: Path) -> None:
    encode_ladder("wide_pixels", tmp_path, heights=(288,), audio=False)
    (track,) = write_manifests(tmp_path, ["v288.mp4"])
    assert (track.format.width, track.format.height) == (512, 288)


@pytest.mark.parametrize("clip", ["normal", "text", "empty", "truncated", "matroska"])
def test_files_of_another_shape_are_refused(clip: str) -> None:
    with pytest.raises(NotFragmented):
        read_track(make_clip(clip))


def test_a_file_that_was_cut_short_is_refused(ladder: Ladder, tmp_path: Path) -> None:
    whole = (ladder("normal", True) / "v180.mp4").read_bytes()
    for kept in (len(whole) - 1, len(whole) // 2, 1000, 40, 3):
        cut = tmp_path / "cut.mp4"
        cut.write_bytes(whole[:kept])
        with pytest.raises(NotFragmented):
            read_track(cut)
