from lumenhall.domains.media.cloudflare.playlists import rewrite

PREFIX = "https://customer-x.example"
FOLDER = "/media/grant/asset/remote"
URL = f"{PREFIX}/3f0c/manifest/video.m3u8"


def led_back(text: str, url: str = URL) -> str:
    return rewrite(text, url, PREFIX, FOLDER)


def test_what_leaves_the_folder_of_the_video_is_led_below_ours() -> None:
    text = (
        "#EXTM3U\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="../../eyJ.token.x/audio/a.m3u8?p=1&s=2"\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=1\n"
        "../../3f0c/video/480/v.m3u8?p=a/b%2Fc\n"
        "/3f0c/video/720/v.m3u8\n"
        f"{PREFIX}/3f0c/video/1080/v.m3u8\n"
    )
    assert led_back(text) == (
        "#EXTM3U\n"
        f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="{FOLDER}/audio/a.m3u8?p=1&s=2"\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=1\n"
        f"{FOLDER}/video/480/v.m3u8?p=a/b%2Fc\n"
        f"{FOLDER}/video/720/v.m3u8\n"
        f"{FOLDER}/video/1080/v.m3u8\n"
    )


def test_what_lies_beside_a_playlist_stays_as_it_is() -> None:
    text = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4",BYTERANGE="9@0"\n\n#EXTINF:2,\nseg_1.m4s?s=1\n'
    assert led_back(text) == text


def test_what_lies_elsewhere_stays_as_it_is() -> None:
    for address in (
        "https://other.example/3f0c/seg.ts",
        "https://customer-x.example.evil.test/3f0c/seg.ts",
        "//other.example/3f0c/seg.ts",
    ):
        assert "/media/" not in led_back(f"#EXTM3U\n{address}\n")


def test_captions_come_from_us_alone() -> None:
    text = (
        "#EXTM3U\n"
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="es",URI="es.m3u8"\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES="subs",AUDIO="a"\n'
        "v.m3u8\n"
    )
    assert led_back(text) == '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'


def test_a_dash_manifest_is_led_back_too_and_stays_xml() -> None:
    text = (
        "<MPD><Period><BaseURL>v1080.mp4</BaseURL><BaseURL>../../tok/v.mp4</BaseURL>"
        '<SegmentTemplate initialization="../../tok/video/init.mp4?p=1&amp;s=2" '
        'media="../../tok/video/seg_$Number$.mp4?p=1&amp;s=2"/></Period></MPD>'
    )
    assert led_back(text, f"{PREFIX}/3f0c/manifest/video.mpd") == (
        f"<MPD><Period><BaseURL>v1080.mp4</BaseURL><BaseURL>{FOLDER}/v.mp4</BaseURL>"
        f'<SegmentTemplate initialization="{FOLDER}/video/init.mp4?p=1&amp;s=2" '
        f'media="{FOLDER}/video/seg_$Number$.mp4?p=1&amp;s=2"/></Period></MPD>'
    )


def test_the_address_may_have_a_path_before_the_token() -> None:
    prefix = "https://host.example/stream"
    text = rewrite(
        "#EXTM3U\n../../tok/v.m3u8\n", f"{prefix}/3f0c/manifest/video.m3u8", prefix, "/m"
    )
    assert text == "#EXTM3U\n/m/v.m3u8\n"
