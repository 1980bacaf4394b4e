"""Pictures of a video: of any moment, in any size."""

import asyncio
import io
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageOps
from starlette.responses import Response

from lumenhall.domains.media.errors import PlaybackNotFound
from lumenhall.domains.processing import service as processing
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.surfaces.stream_api.viewing import Asked

_SIDE, _LARGEST = 640, 2000
_MOMENT = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,7}(?:\.\d{1,3})?)s?)?", re.ASCII)
_KEPT_SECONDS = 3600
_MOST_FRAMES = 200

_frames: OrderedDict[tuple[str, float], bytes] = OrderedDict()
# A frame costs a run of ffmpeg, and the address is open to everybody.
_drawing: "asyncio.Semaphore | None" = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The size of a picture; a side that is None follows from the other one."""

    width: int | None
    height: int | None
    fit: str


def _shrink(image: Image.Image, room: tuple[int, int]) -> Image.Image:
    image.thumbnail(room)
    return image


_FITS: dict[str, Callable[[Image.Image, tuple[int, int]], Image.Image]] = {
    "crop": ImageOps.fit,
    "clip": _shrink,
    "scale": Image.Image.resize,
    "fill": ImageOps.pad,
}


async def send_thumbnail(asked: Asked) -> Response:
    """Return the picture that the query asks for."""
    query = asked.request.query_params
    wanted = Wanted(_side(query.get("width")), _side(query.get("height")), query.get("fit", ""))
    seconds = read_seconds(query.get("time", ""))
    frame = await _poster(asked) if seconds is None else await _frame(asked, seconds)
    picture = await asyncio.to_thread(resize, frame, wanted)
    headers = {"Cache-Control": f"private, max-age={_KEPT_SECONDS}"}
    return Response(picture, headers=headers, media_type="image/jpeg")


def read_seconds(text: str) -> float | None:
    """Return the seconds that a moment such as `5m2s` names; None for what is none."""
    found = _MOMENT.fullmatch(text.strip())
    if not text.strip() or found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)


def resize(picture: bytes, wanted: Wanted) -> bytes:
    """Return a JPEG in the size that is wanted; without one, within the usual square."""
    with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
        fit = _FITS.get(wanted.fit, ImageOps.fit)
        if wanted.width is None or wanted.height is None:
            fit = _shrink
        room = (wanted.width or _LARGEST, wanted.height or _LARGEST)
        if wanted.width is None and wanted.height is None:
            room = (_SIDE, _SIDE)
        made = fit(image.convert("RGB"), room)
    target = io.BytesIO()
    made.save(target, "JPEG", quality=85)
    return target.getvalue()


async def _poster(asked: Asked) -> bytes:
    key = asked.asset.thumbnail_key
    if key is None:
        return await _frame(asked, 0.0)
    try:
        return await asked.app.storage.read_bytes(key)
    except FileNotFoundError as error:
        raise PlaybackNotFound from error


async def _frame(asked: Asked, seconds: float) -> bytes:
    global _drawing  # noqa: PLW0603 It belongs to the loop, which is not there at import.
    _drawing = _drawing or asyncio.Semaphore(2)
    asset = asked.asset
    # The last frame begins before the end; tenths are as fine as anybody looks.
    at = round(min(seconds, max((asset.duration_ms or 0) / 1000 - 0.1, 0.0)), 1)
    key = (str(asset.current_prefix), at)
    async with _drawing:
        if key not in _frames:
            try:
                _frames[key] = await processing.frame_of(asked.app, asset, at)
            except EncodingFailed as error:
                raise PlaybackNotFound from error
    _frames.move_to_end(key)
    while len(_frames) > _MOST_FRAMES:
        _frames.popitem(last=False)
    return _frames[key]


def _side(text: str | None) -> int | None:
    if not text or not text.isdecimal() or len(text) > 4:  # noqa: PLR2004 As many digits.
        return None
    return min(max(int(text), 10), _LARGEST)
