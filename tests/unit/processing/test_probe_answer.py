from typing import Any

import pytest

from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.probe import Probe, read_answer

PICTURE = {
    "index": 0,
    "codec_type": "video",
    "codec_name": "h264",
    "profile": "High",
    "pix_fmt": "yuv420p",
    "width": 1920,
    "height": 1080,
    "r_frame_rate": "25/1",
    "avg_frame_rate": "25/1",
}
SOUND = {"index": 1, "codec_type": "audio", "codec_name": "aac", "profile": "LC", "channels": 2}


def read(*streams: dict[str, Any], packets: list[dict[str, Any]] | None = None) -> Probe:
    answer = {"format": {"duration": "60.0"}, "streams": list(streams), "packets": packets or []}
    return read_answer(answer, "mp4", 1000, 1)


def refuse(*streams: dict[str, Any]) -> str:
    with pytest.raises(EncodingFailed) as caught:
        read(*streams)
    return caught.value.code


def test_the_facts_come_from_the_streams() -> None:
    probe = read(PICTURE, SOUND)

    assert (probe.duration, probe.video.width, probe.video.height) == (60.0, 1920, 1080)
    assert probe.audio is not None
    assert Probe.model_validate(probe.model_dump(mode="json")) == probe


@pytest.mark.parametrize(
    ("rotation", "size"), [(90, (1080, 1920)), (-90, (1080, 1920)), (180, (1920, 1080))]
)
def test_a_turned_picture_has_its_sides_as_shown(rotation: int, size: tuple[int, int]) -> None:
    video = read(PICTURE | {"side_data_list": [{"rotation": rotation}]}).video

    assert (video.width, video.height) == size


def test_wide_pixels_make_a_wider_picture() -> None:
    video = read(PICTURE | {"width": 720, "height": 576, "sample_aspect_ratio": "64:45"}).video

    assert (video.width, video.square_pixels) == (1024, False)


@pytest.mark.parametrize("ratio", ["0:1", "N/A", "1:1"])
def test_a_senseless_shape_of_pixels_is_square(ratio: str) -> None:
    assert read(PICTURE | {"sample_aspect_ratio": ratio}).video.square_pixels


def test_the_default_sound_is_taken_before_the_first() -> None:
    second = SOUND | {"index": 2, "disposition": {"default": 1}}
    probe = read(PICTURE, SOUND, second)

    assert probe.audio is not None
    assert probe.audio.index == 2


def test_a_cover_picture_is_no_video() -> None:
    assert refuse(SOUND, PICTURE | {"disposition": {"attached_pic": 1}}) == "no_picture"


def test_sound_that_nobody_can_decode_is_left_out() -> None:
    assert read(PICTURE, SOUND | {"codec_name": "unknown"}).audio is None


def test_a_protected_track_is_refused() -> None:
    assert refuse(PICTURE | {"codec_tag_string": "encv"}) == "protected"


def test_an_unknown_coding_is_refused() -> None:
    nameless = {key: value for key, value in PICTURE.items() if key != "codec_name"}

    assert refuse(nameless) == "codec_unknown"


def test_too_many_tracks_are_refused() -> None:
    assert refuse(PICTURE, *[SOUND] * 63) == "too_many_streams"


def test_too_many_pixels_are_refused() -> None:
    assert refuse(PICTURE | {"width": 8192, "height": 8192}) == "picture_too_large"


def test_a_day_is_the_longest() -> None:
    answer = {"format": {"duration": "90000"}, "streams": [PICTURE]}
    with pytest.raises(EncodingFailed) as caught:
        read_answer(answer, "mp4", 1000, 1)

    assert caught.value.code == "too_long"


def test_a_length_that_nothing_tells_is_unknown() -> None:
    assert read_answer({"streams": [PICTURE]}, "webm", 1000, 1).duration is None


def packet(second: float, flags: str = "___") -> dict[str, Any]:
    return {"stream_index": 0, "pts_time": str(second), "flags": flags}


@pytest.mark.parametrize(
    ("packets", "gap"),
    [
        ([packet(0, "K__"), packet(1), packet(2, "K__"), packet(3)], 2.0),
        ([packet(0, "K__"), packet(5), packet(15)], 15.0),
        ([{"stream_index": 0, "flags": "K__"}], None),
        ([packet(1)], None),
        ([], None),
    ],
)
def test_the_distance_of_keyframes_is_read_from_the_first_packets(
    packets: list[dict[str, Any]], gap: float | None
) -> None:
    assert read(PICTURE, packets=packets).video.keyframe_gap == gap
