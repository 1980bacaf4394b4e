"""Pictures are what their content says, and cost little, whoever sends them."""

import io
import zlib

import pytest
from PIL import Image

from lumenhall.domains.identity.errors import PictureNotReadable, PictureTooLarge
from lumenhall.domains.identity.service.pictures import encode_picture
from lumenhall.platform.errors import AppError


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
    webp = await encode_picture(picture(kind), square=square)

    with Image.open(io.BytesIO(webp)) as image:
        assert image.format == "WEBP"
        assert image.size == ((512, 512) if square else (90, 60))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
async def test_every_way_to_hold_colours_is_read(mode: str) -> None:
    await encode_picture(picture("PNG", mode=mode), square=True)


async def test_a_cmyk_photograph_is_read() -> None:
    await encode_picture(picture("JPEG", mode="CMYK"), square=True)


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
        await encode_picture(data, square=True)
