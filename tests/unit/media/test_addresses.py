import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.media.addresses import Captions, Named, Output, read_name, served_prefix
from lumenhall.domains.media.delivery import below, cues_below, playlist_cache
from lumenhall.domains.media.models import Asset

TRACK = uuid.UUID("0193a1b2-0000-7000-8000-000000000001")
BAD_NAMES = (
    *("", "/", "source", "source.mp4", "video.mp4", "manifest.mpd", "storyboard.vtt", "v1/"),
    *("../secret.mp4", "v1/../source/x.mp4", "v1//a.mp4", "/v1/a.mp4", "v1/a.mp4/", "v1/.a.mp4"),
    *("v1/a.mp4\n", "v1/a.exe", "v1/a.html", "v1/a", "v1/a.mp4.exe", "v1/download.mp4"),
    *(f"captions/{TRACK}.srt", "a/b/c/d/e.mp4", "v1/a b.mp4", "v1/é.mp4"),
)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("master.m3u8", Named("master.m3u8")),
        ("poster.jpg", Named("poster.jpg")),
        ("download.mp4", Named("download.mp4")),
        (f"captions/{TRACK}.vtt", Captions(TRACK)),
        ("1-abc/v1080.mp4", Output("1-abc", "v1080.mp4")),
        ("1/copy/v_00001.m4s", Output("1/copy", "v_00001.m4s")),
        ("1/storyboard.vtt", Output("1", "storyboard.vtt")),
    ],
)
def test_names_on_the_list_are_known(name: str, meant: object) -> None:
    assert read_name(name) == meant


@pytest.mark.parametrize("name", BAD_NAMES)
def test_everything_else_is_not(name: str) -> None:
    assert read_name(name) is None


@given(st.text(alphabet="a1./\\_-%\n é", max_size=20))
def test_no_name_climbs_out(name: str) -> None:
    meant = read_name(name)
    if isinstance(meant, Output):
        assert ".." not in meant.version + meant.file
        assert not meant.version.startswith("/")


def test_only_what_players_were_given_is_served() -> None:
    asset = Asset(id=TRACK, retired_prefixes=[f"assets/{TRACK}/old"])
    asset.published_prefix = f"assets/{TRACK}/new"
    asset.source_key = f"assets/{TRACK}/source/1"
    assert served_prefix(asset, "new") == asset.published_prefix
    assert served_prefix(asset, "old") == f"assets/{TRACK}/old"
    for version in ("source", "half-made", "", "new/deeper"):
        assert served_prefix(asset, version) is None


def test_a_master_playlist_is_led_into_its_version() -> None:
    playlist = '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8",NAME="x"\n#EXT-X-Y\nv1.m3u8\n'
    assert below(playlist, "7") == (
        '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI="7/a.m3u8",NAME="x"\n#EXT-X-Y\n7/v1.m3u8\n'
    )


def test_a_storyboard_is_led_to_absolute_addresses() -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\nsprite-1.jpg#xywh=0,0,160,90\n"
    assert "\n/media/g/a/7/sprite-1.jpg#xywh=0,0,160,90\n" in cues_below(vtt, "/media/g/a/7")


def test_a_playlist_is_kept_once_it_has_an_end() -> None:
    assert "no-cache" in playlist_cache("#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n")
    assert "immutable" in playlist_cache("#EXTM3U\n#EXT-X-ENDLIST\n")
