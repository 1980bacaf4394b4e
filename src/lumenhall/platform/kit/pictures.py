"""Pictures that people send: known by their content, made small, without metadata."""

import asyncio
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from lumenhall.platform.errors import TooLarge, UnsupportedType

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 16_000_000
# Photographs may have more: JPEG is decoded at a fraction of its size.
MAX_JPEG_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class PictureTooLarge(TooLarge):
    """Carries `max_bytes`."""

    code = "picture_too_large"
    title = "This picture is too large."


class PictureNotReadable(UnsupportedType):
    code = "picture_not_readable"
    title = "This is not a picture we can read. Please use JPEG, PNG, WebP or GIF."


async def make_webp(data: bytes, side: int, *, square: bool) -> bytes:
    """Return the picture in `data` as WebP, cut to `side` × `side` or at most that.

    What it is, its content says, never its name. Raises PictureTooLarge or PictureNotReadable.
    """
    return await asyncio.to_thread(_make_webp, data, side, square)


async def make_jpeg(data: bytes, side: int) -> bytes:
    """Return the picture in `data` as JPEG of at most `side` × `side`; raises as `make_webp`.

    What is see-through becomes black.
    """
    return await asyncio.to_thread(_make_jpeg, data, side)


def _make_webp(data: bytes, side: int, square: bool) -> bytes:
    image = _read(data, side)
    if square:
        image = ImageOps.fit(image, (side, side))
    else:
        image.thumbnail((side, side))
    target = io.BytesIO()
    # The encoder writes only what it is given: neither EXIF nor XMP nor a colour profile.
    image.save(target, "WEBP", quality=82, method=4)
    return target.getvalue()


def _make_jpeg(data: bytes, side: int) -> bytes:
    image = _read(data, side)
    image.thumbnail((side, side))
    plain = Image.new("RGB", image.size)
    plain.paste(image, mask=image if image.mode == "RGBA" else None)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=86, optimize=True)
    return target.getvalue()


def _read(data: bytes, side: int) -> Image.Image:
    """Return the picture upright, as RGB or RGBA, not smaller than it need be for `side`."""
    if len(data) > MAX_BYTES:
        raise PictureTooLarge(max_bytes=MAX_BYTES)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            most = MAX_JPEG_PIXELS if image.format == "JPEG" else MAX_PIXELS
            if image.width * image.height > most:
                raise PictureTooLarge(max_bytes=MAX_BYTES)
            image.draft("RGB", (2 * side, 2 * side))
            upright = ImageOps.exif_transpose(image)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(max_bytes=MAX_BYTES) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureNotReadable from error
