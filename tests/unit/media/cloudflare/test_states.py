from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.media.cloudflare.states import Report, read_report
from lumenhall.domains.media.models import MESSAGE_LENGTH, AssetStatus

WHOLE = {
    "uid": "3f0c",
    "readyToStream": True,
    "status": {
        "state": "ready",
        "pctComplete": "100.000000",
        "errorReasonCode": "",
        "errorReasonText": "",
    },
    "size": 1048576,
    "duration": 5.5,
    "input": {"width": 1280, "height": 720},
    "playback": {"hls": "https://v.example/3f0c/manifest/video.m3u8"},
}


def report(**status: Any) -> Report:
    found = read_report({"uid": "3f0c", "status": status})
    assert found
    return found


def test_a_whole_video_object_is_read() -> None:
    assert read_report(WHOLE) == Report(
        uid="3f0c",
        status=AssetStatus.READY,
        percent=100,
        streamable=True,
        duration_ms=5500,
        width=1280,
        height=720,
        size_bytes=1048576,
        hls_url="https://v.example/3f0c/manifest/video.m3u8",
    )


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("pendingupload", AssetStatus.PENDING_UPLOAD),
        ("downloading", AssetStatus.QUEUED),
        ("queued", AssetStatus.QUEUED),
        ("inprogress", AssetStatus.IN_PROGRESS),
        ("ready", AssetStatus.READY),
        ("error", AssetStatus.ERROR),
        ("live-inprogress", AssetStatus.IN_PROGRESS),
        ("what comes next year", AssetStatus.IN_PROGRESS),
        (None, AssetStatus.IN_PROGRESS),
    ],
)
def test_each_state_has_one_of_ours(state: str | None, status: AssetStatus) -> None:
    assert report(state=state).status is status


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("", 0),
        (None, 0),
        ("0.000000", 0),
        ("39.999", 39),
        ("100.000000", 100),
        (57.3, 57),
        ("250", 100),
        ("-3", 0),
        ("nan", 0),
        ("inf", 0),
        ("half", 0),
    ],
)
def test_a_percentage_is_a_float_in_a_text_that_may_be_empty(said: Any, percent: int) -> None:
    assert report(state="inprogress", pctComplete=said).percent == percent


@pytest.mark.parametrize("spelling", ["error", "err"])
def test_both_spellings_of_an_error_are_read(spelling: str) -> None:
    code, text = f"{spelling}ReasonCode", f"{spelling}ReasonText"
    found = report(state="error", **{code: "ERR_NON_VIDEO", text: "The file was not recognized"})
    assert (found.error_code, found.error_message) == ("not_a_video", "This file is not a video.")
    found = report(state="error", **{code: "ERR_NEW", text: "Something\nnew"})
    assert (found.error_code, found.error_message) == ("stream_said", "Something new")


def test_an_error_without_a_reason_still_says_something() -> None:
    found = report(state="error")
    assert found.error_code == "stream_failed"
    assert found.error_message == "Cloudflare Stream could not process this video."


def test_what_is_not_known_yet_is_left_out() -> None:
    found = read_report(
        {"uid": "3f0c", "duration": -1, "size": 0, "input": {"width": -1, "height": -1}}
    )
    assert found
    assert (found.duration_ms, found.size_bytes, found.width, found.height) == (None,) * 4
    assert not found.streamable


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


PARTS = ("uid", "status", "input", "duration", "size", "playback", "readyToStream")
SAID = ("state", "pctComplete", "step", "errorReasonCode", "errReasonText")


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, ANYTHING)) | ANYTHING,
    st.fixed_dictionaries({}, optional=dict.fromkeys(SAID, ANYTHING)),
)
def test_nothing_that_comes_over_the_wire_breaks_the_reader(video: Any, status: Any) -> None:
    if isinstance(video, dict):
        video = {**video, "status": status}
    found = read_report(video)
    if found is not None:
        assert found.uid
        assert 0 <= found.percent <= 100
        assert len(found.error_message or "") <= MESSAGE_LENGTH
