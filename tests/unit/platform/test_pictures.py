"""Pictures are what their content says, and cost little, whoever sends them."""

import io
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from lumenhall.platform.errors import AppError
from lumenhall.platform.kit.pictures import (
    PictureNotReadable,
    PictureTooLarge,
    make_jpeg,
    make_webp,
)


def picture(kind: str = "JPEG", size: tuple[int, int] = (90, 60), mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind)
    return target.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + check


def png_that_claims(width: int, height: int) -> bytes:
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress(bytes(1_000_000))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("square", [True, False])
async def test_each_kind_becomes_webp(kind: str, square: bool) -> None:
    webp = await make_webp(picture(kind), 512, square=square)

    with Image.open(io.BytesIO(webp)) as image:
        assert image.format == "WEBP"
        assert image.size == ((512, 512) if square else (90, 60))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
async def test_every_way_to_hold_colours_is_read(mode: str) -> None:
    await make_webp(picture("PNG", mode=mode), 512, square=True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
async def test_every_way_to_hold_colours_becomes_jpeg(mode: str) -> None:
    with Image.open(io.BytesIO(await make_jpeg(picture("PNG", mode=mode), 1280))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (90, 60))


async def test_a_large_picture_becomes_small_and_keeps_its_shape() -> None:
    with Image.open(io.BytesIO(await make_jpeg(picture(size=(4000, 1000)), 1280))) as image:
        assert image.size == (1280, 320)


async def test_what_is_see_through_becomes_black() -> None:
    with Image.open(io.BytesIO(await make_jpeg(picture("PNG", mode="RGBA"), 1280))) as image:
        assert image.getpixel((5, 5)) == (0, 0, 0)


async def test_nothing_but_the_picture_itself_is_kept() -> None:
    marks = Image.Exif()
    marks[Base.Orientation] = 6  # To be turned by a quarter.
    marks[Base.Artist] = "Ann of Elsewhere"
    marks.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (52.0, 22.0, 12.0)
    notes = PngInfo()
    notes.add_text("Comment", "Ann of Elsewhere")
    photograph, drawing = io.BytesIO(), io.BytesIO()
    plain = Image.new("RGB", (90, 60))
    plain.save(photograph, "JPEG", exif=marks, icc_profile=b"Ann of Elsewhere", comment=b"Ann of")
    plain.save(drawing, "PNG", exif=marks, pnginfo=notes, icc_profile=b"Ann of Elsewhere")
    for file in (photograph, drawing):
        assert b"Ann of" in file.getvalue()
        made = [
            await make_jpeg(file.getvalue(), 1280),
            await make_webp(file.getvalue(), 512, square=False),
        ]
        for data in made:
            assert b"Ann of" not in data
            with Image.open(io.BytesIO(data)) as image:
                assert image.size == (60, 90)
                assert not image.getexif()
                assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)


async def test_a_cmyk_photograph_is_read() -> None:
    await make_webp(picture("JPEG", mode="CMYK"), 512, square=True)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (png_that_claims(60_000, 60_000), PictureTooLarge),
        (png_that_claims(10_000, 10_000), PictureTooLarge),
        (png_that_claims(5_000, 5_000), PictureTooLarge),
        (picture() + bytes(10 * 1024 * 1024), PictureTooLarge),
        (png_that_claims(500, 500)[:200], PictureNotReadable),
        (b"", PictureNotReadable),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureNotReadable),
        (b"%!PS-Adobe-3.0 EPSF-3.0", PictureNotReadable),
        (picture()[:300], PictureNotReadable),
        (picture("BMP"), PictureNotReadable),
        (picture("TIFF"), PictureNotReadable),
    ],
    ids=[
        "bomb",
        "big",
        "quite big",
        "heavy",
        "torn png",
        "empty",
        "svg",
        "eps",
        "torn",
        "bmp",
        "tiff",
    ],
)
async def test_hostile_pictures_are_refused(data: bytes, error: type[AppError]) -> None:
    with pytest.raises(error):
        await make_webp(data, 512, square=True)
    with pytest.raises(error):
        await make_jpeg(data, 1280)
