import pytest

from lumenhall.domains.processing.encoder.failures import REASONS, EncodingFailed, explain, failure


@pytest.mark.parametrize(
    ("return_code", "said", "code"),
    [
        (183, "[mov] moov atom not found", "damaged"),
        (1, "fd:: Invalid data found when processing input", "damaged"),
        (234, "Format not on whitelist 'mov,matroska'", "not_a_video"),
        (1, "Protocol 'file' not on whitelist 'fd'!", "not_a_video"),
        (228, "Error writing trailer: No space left on device", "disk_full"),
        (
            69,
            "Picture size 8192x8192 exceeds specified max pixel count 35651584",
            "picture_too_large",
        ),
        (69, "[h264] get_buffer() failed: Cannot allocate memory", "out_of_memory"),
        (1, "Decoder (codec hap) not found for input stream #0:0", "codec_unknown"),
        (-25, "", "output_too_large"),
        (-24, "", "timed_out"),
        (-9, "", "out_of_memory"),
        (-11, "", "encoder_failed"),
        (1, "Conversion failed!", "encoder_failed"),
    ],
)
def test_what_ffmpeg_says_becomes_a_reason(return_code: int, said: str, code: str) -> None:
    assert explain(return_code, said).code == code


def test_success_with_half_an_output_is_a_failure() -> None:
    failed = failure(0, "Error during demuxing: Out of memory")

    assert failed is not None
    assert failed.code == "out_of_memory"


def test_success_with_grumbling_is_a_success() -> None:
    assert failure(0, "[h264] Invalid data found when processing input") is None


def test_a_full_disk_matters_more_than_what_follows_from_it() -> None:
    said = "Error: No space left on device\nInvalid data found when processing input"

    assert explain(1, said).code == "disk_full"


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_a_sentence_for_people(code: str) -> None:
    failed = EncodingFailed(code, "ffmpeg log", container="ts", accepted="mp4, mov")

    assert failed.message.endswith(".")
    assert "{" not in failed.message
    assert "ffmpeg" not in failed.message.lower()


def test_a_broken_file_is_not_tried_again_but_a_full_disk_is() -> None:
    assert EncodingFailed("damaged").permanent
    assert not EncodingFailed("disk_full").permanent
