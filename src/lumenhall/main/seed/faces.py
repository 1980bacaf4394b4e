"""Portraits of people who do not exist: a few round shapes in flat colours."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

SIDE = 512
SCALE = 2
FEATURES = "#221a16"
FRAMES = "#30343a"


@dataclass(frozen=True, slots=True)
class Face:
    """What somebody looks like; colours as in HTML."""

    skin: str
    hair: str
    shirt: str
    backdrop: str
    has_long_hair: bool = False
    has_beard: bool = False
    has_glasses: bool = False


def draw_face(face: Face) -> bytes:
    """Return a portrait as PNG."""
    big = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), face.backdrop)
    canvas = ImageDraw.Draw(big)
    if face.has_long_hair:
        _round(canvas, (126, 100, 386, 430), face.hair, 120)
    _round(canvas, (70, 400, 442, 640), face.shirt, 120)
    _round(canvas, (216, 330, 296, 440), face.skin, 36)
    canvas.ellipse(_scaled((146, 110, 366, 374)), face.skin)
    canvas.pieslice(_scaled((136, 84, 376, 330)), 180, 360, face.hair)
    if face.has_beard:
        canvas.chord(_scaled((150, 200, 362, 384)), 20, 160, face.hair)
    for x in (208, 304):
        canvas.ellipse(_scaled((x - 11, 228, x + 11, 254)), FEATURES)
        if face.has_glasses:
            canvas.ellipse(_scaled((x - 38, 204, x + 38, 280)), None, FRAMES, 7 * SCALE)
    if face.has_glasses:
        canvas.line(_scaled((246, 240, 266, 240)), FRAMES, 7 * SCALE)
    canvas.arc(_scaled((214, 252, 298, 326)), 25, 155, "#7a2f2a", 8 * SCALE)
    file = io.BytesIO()
    big.reduce(SCALE).save(file, "PNG")
    return file.getvalue()


def _round(
    canvas: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str, radius: int
) -> None:
    canvas.rounded_rectangle(_scaled(box), radius * SCALE, colour)


def _scaled(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (value * SCALE for value in box)
    return left, top, right, bottom
