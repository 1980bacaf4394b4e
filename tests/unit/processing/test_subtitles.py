import pytest

from lumenhall.domains.processing.encoder.probe import SubtitleStream
from lumenhall.domains.processing.encoder.subtitles import language_tag, text_streams
from tests.factories.probes import make_probe


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("eng", "en"),
        ("spa", "es"),
        ("ger", "de"),
        ("deu", "de"),
        ("en", "en"),
        ("pt_BR", "pt-br"),
        ("haw", "haw"),
        ("und", "und"),
        ("", "und"),
        ("<b>", "und"),
        ("1", "und"),
    ],
)
def test_languages_of_containers_become_those_of_browsers(code: str, tag: str) -> None:
    assert language_tag(code) == tag


def test_pictures_of_text_are_left_out() -> None:
    def stream(index: int, codec: str, is_text: bool) -> SubtitleStream:
        return SubtitleStream(
            index=index,
            codec=codec,
            language="eng",
            title="",
            default=False,
            forced=False,
            is_text=is_text,
        )

    probe = make_probe(subtitles=(stream(2, "hdmv_pgs_subtitle", False), stream(3, "subrip", True)))

    assert [stream.index for stream in text_streams(probe)] == [3]
