from pathlib import Path

import pytest

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.ladder import (
    LadderPlan,
    Rung,
    choose_rungs,
    filter_graph,
    ladder_arguments,
)
from lumenhall.domains.processing.encoder.runner import Source
from tests.factories.probes import make_audio, make_probe, make_video

HEIGHTS = [1080, 720, 480, 360]
TOOLS = Tools(Path("ffmpeg"), Path("ffprobe"), "8.1", reads_handles=True, maps_tones="zscale")


def arguments(**facts: object) -> list[str]:
    probe = make_probe(**facts)
    plan = LadderPlan(probe, tuple(choose_rungs(probe.video, HEIGHTS)), "veryfast")
    return ladder_arguments(TOOLS, Source(Path("/x"), 3), plan, Path("/out"))


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1920, 1080, [1080, 720, 480, 360]),
        (3840, 2160, [1080, 720, 480, 360]),
        (1280, 720, [720, 480, 360]),
        (1080, 1920, [1080, 720, 480, 360]),
        (1919, 1079, [720, 480, 360]),
        (854, 480, [480, 360]),
        (640, 359, [358]),
        (33, 17, [16]),
    ],
)
def test_rungs_go_by_the_short_side_and_never_upscale(
    width: int, height: int, expected: list[int]
) -> None:
    rungs = choose_rungs(make_video(width=width, height=height), HEIGHTS)

    assert [rung.height for rung in rungs] == expected


def test_a_tiny_source_keeps_its_own_size() -> None:
    (rung,) = choose_rungs(make_video(width=98, height=75), HEIGHTS)

    assert rung == Rung(74, scaled=False)
    assert rung.filter == "scale=trunc(iw/2)*2:trunc(ih/2)*2"


def test_the_site_option_limits_the_ladder() -> None:
    assert [r.height for r in choose_rungs(make_video(), [480, 720, 240])] == [720, 480, 240]


@pytest.mark.parametrize(
    ("height", "kbits"),
    [(1080, 5000), (720, 2800), (480, 1400), (360, 800), (100, 400), (540, 2800)],
)
def test_each_rung_has_a_highest_rate(height: int, kbits: int) -> None:
    assert Rung(height).kbits == kbits


def test_one_command_decodes_once_and_writes_a_file_for_each_rung() -> None:
    command = arguments()

    assert command.count("-i") == 1
    assert "[0:0]split=4[s0][s1][s2][s3]" in command[command.index("-filter_complex") + 1]
    written = [part for part in command if part.startswith("/out/")]
    assert written == [
        "/out/v1080.mp4",
        "/out/v720.mp4",
        "/out/v480.mp4",
        "/out/v360.mp4",
        "/out/a.mp4",
    ]


def test_the_source_is_an_open_handle_and_nothing_else_may_be_opened() -> None:
    command = " ".join(arguments())

    assert "-protocol_whitelist fd -format_whitelist mov,matroska,webm,avi" in command
    assert "-max_streams 64 -max_pixels 35651584 -fd 3 -i fd:" in command


def test_keyframes_lie_on_a_grid_of_four_seconds_in_every_rung() -> None:
    command = arguments()

    grid = "expr:isnan(prev_forced_t)+gte(t,(floor(prev_forced_t/4)+1)*4)"
    assert command.count(grid) == 4
    assert command.count("vfr") == 4


def test_a_silent_source_gets_no_sound_file() -> None:
    assert not [part for part in arguments(audio=None) if part.endswith("a.mp4")]


def test_the_sound_is_the_chosen_track_and_starts_at_zero() -> None:
    command = arguments(audio=make_audio(index=3))

    assert command[command.index("-af") - 1] == "0:3"
    assert command[command.index("-af") + 1] == "aresample=async=1:first_pts=0"


def test_pixels_that_are_not_square_are_stretched_before_the_split() -> None:
    graph = filter_graph(make_probe(video=make_video(square_pixels=False)), [Rung(360)], "")

    assert graph.startswith("[0:0]scale=trunc(iw*sar/2)*2:ih,setsar=1,split=1")


def test_interlaced_pictures_are_woven_first() -> None:
    graph = filter_graph(make_probe(video=make_video(interlaced=True)), [Rung(360)], "")

    assert graph.startswith("[0:0]bwdif=deint=interlaced,split=1")


@pytest.mark.parametrize(
    ("fps", "dropped"), [(60.0, False), (60.4, False), (75.0, True), (240.0, True)]
)
def test_more_than_sixty_frames_a_second_are_dropped(fps: float, dropped: bool) -> None:
    graph = filter_graph(make_probe(video=make_video(fps=fps)), [Rung(360)], "")

    assert ("select=" in graph) is dropped


def test_hdr_is_mapped_once_at_the_largest_size() -> None:
    probe = make_probe(video=make_video(hdr=True))
    graph = filter_graph(probe, [Rung(1080), Rung(360)], "zscale")

    assert graph.count("tonemap") == 1
    assert graph.index("1080") < graph.index("tonemap") < graph.index("split=2")


def test_hdr_stays_as_it_is_where_the_build_can_not_map_it() -> None:
    graph = filter_graph(make_probe(video=make_video(hdr=True)), [Rung(1080)], "")

    assert graph.startswith("[0:0]split=1")


def test_a_late_picture_shows_its_first_frame_from_the_start() -> None:
    graph = filter_graph(make_probe(video=make_video(start=1.5)), [Rung(360)], "")

    assert "tpad=start_mode=clone:start_duration=1.500" in graph


def test_a_whole_file_that_starts_late_is_not_filled_up() -> None:
    probe = make_probe(video=make_video(start=1.42), audio=make_audio(start=1.4))

    assert "tpad" not in filter_graph(probe, [Rung(360)], "")


def test_an_old_ffmpeg_reads_the_file_by_its_absolute_path() -> None:
    old = Tools(Path("ffmpeg"), Path("ffprobe"), "5.1", reads_handles=False, maps_tones="")
    command = " ".join(Source(Path("/data/x"), 3).arguments(old))

    assert command.startswith("-protocol_whitelist file -format_whitelist mov,")
    assert command.endswith("-i file:/data/x")
