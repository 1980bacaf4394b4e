from pathlib import Path

import pytest

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.instant import (
    can_copy,
    copy_arguments,
    preview_arguments,
)
from lumenhall.domains.processing.encoder.probe import Probe
from lumenhall.domains.processing.encoder.runner import Source
from tests.factories.probes import make_audio, make_probe, make_video

TOOLS = Tools(Path("ffmpeg"), Path("ffprobe"), "8.1", reads_handles=True, maps_tones="")
SOURCE = Source(Path("/x"), 3)


@pytest.mark.parametrize(
    "probe",
    [
        make_probe(),
        make_probe(audio=None),
        make_probe(container="mkv"),
        make_probe(audio=make_audio(codec="mp3")),
        make_probe(audio=make_audio(start=2.0)),
        make_probe(video=make_video(keyframe_gap=12.0)),
        make_probe(video=make_video(profile="Constrained Baseline")),
    ],
)
def test_ordinary_h264_is_copied(probe: Probe) -> None:
    assert can_copy(probe)


@pytest.mark.parametrize(
    "probe",
    [
        make_probe(container="avi"),
        make_probe(descriptions=2),
        make_probe(video=make_video(codec="hevc")),
        make_probe(video=make_video(codec="vp9")),
        make_probe(video=make_video(profile="High 10", pixel_format="yuv420p10le")),
        make_probe(video=make_video(pixel_format="yuv444p")),
        make_probe(video=make_video(interlaced=True)),
        make_probe(video=make_video(keyframe_gap=12.5)),
        make_probe(video=make_video(keyframe_gap=None)),
        make_probe(video=make_video(start=1.5)),
    ],
)
def test_what_players_could_not_start_is_not_copied(probe: Probe) -> None:
    assert not can_copy(probe)


def test_picture_and_sound_are_copied_into_playlists_of_their_own() -> None:
    command = " ".join(copy_arguments(TOOLS, SOURCE, make_probe(), Path("/out")))

    assert "-map 0:0 -c:v copy" in command
    assert "-map 0:1 -c:a copy" in command
    assert command.count("-hls_playlist_type event") == 2
    assert command.count("-avoid_negative_ts disabled") == 2


@pytest.mark.parametrize(
    "audio",
    [
        make_audio(codec="opus"),
        make_audio(profile="HE-AAC"),
        make_audio(start=0.2),
    ],
)
def test_sound_that_would_play_wrongly_is_encoded_anew(audio: object) -> None:
    command = " ".join(copy_arguments(TOOLS, SOURCE, make_probe(audio=audio), Path("/out")))

    assert "-c:v copy" in command
    assert "-af aresample=async=1:first_pts=0 -c:a aac" in command


def test_a_transport_stream_needs_its_sound_rewritten() -> None:
    command = copy_arguments(TOOLS, SOURCE, make_probe(container="ts"), Path("/out"))

    assert "aac_adtstoasc" in command


def test_a_silent_source_has_one_playlist() -> None:
    command = copy_arguments(TOOLS, SOURCE, make_probe(audio=None), Path("/out"))

    assert command.count("hls") == 1


def test_the_preview_is_one_small_rung_with_segments_of_two_seconds() -> None:
    probe = make_probe(video=make_video(codec="hevc"))
    command = " ".join(preview_arguments(TOOLS, SOURCE, probe, Path("/out")))

    assert "if(gte(iw,ih),-2,360)" in command
    assert command.count("-hls_time 2") == 2
    assert "(floor(prev_forced_t/2)+1)*2" in command
