"""Names of files that people save."""

from urllib.parse import unquote

import pytest

from lumenhall.domains.media.naming import attachment, file_name


@pytest.mark.parametrize(
    ("title", "plain", "whole"),
    [
        ("A walk", "A walk", "A%20walk"),
        ("Fête d'été", "Fete d'ete", "F%C3%AAte%20d%27%C3%A9t%C3%A9"),
        ("東京の夜", "video", "%E6%9D%B1%E4%BA%AC%E3%81%AE%E5%A4%9C"),
        ('a "b" \\ c', "a b c", "a%20b%20c"),
        ("100 % sure; really", "100 - sure; really", "100%20%25%20sure%3B%20really"),
    ],
)
def test_a_name_goes_out_in_ascii_and_whole(title: str, plain: str, whole: str) -> None:
    expected = f"attachment; filename=\"{plain}.mp4\"; filename*=UTF-8''{whole}.mp4"
    assert attachment(title, ".mp4") == expected


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Windows\\x", "C Windows x"),
        ("what? *really* <this|that>", "what really this that"),
        ("line\r\nSet-Cookie: a=b", "line Set-Cookie a=b"),
        ("\u202efdp.exe", "fdp.exe"),
        ("...", "video"),
        ("   ", "video"),
        ("🏔", "🏔"),
    ],
)
def test_a_name_holds_nothing_that_a_file_system_refuses(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize("title", ["a" * 1000, "é" * 1000, "🏔" * 1000])
def test_a_long_title_is_cut_between_letters(title: str) -> None:
    name = file_name(title)
    assert title.startswith(name)
    assert 190 < len(name.encode()) <= 200
    assert unquote(attachment(title, ".mp4")).endswith(f"{name}.mp4")
