"""Brushes that the scenes share: skies, glows, soft shapes."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont, ImageOps

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]
SMOOTHING = 3


def sky(size: tuple[int, int], top: Colour, middle: Colour, bottom: Colour) -> Image.Image:
    """Return a vertical gradient through three colours."""
    grey = Image.linear_gradient("L").resize(size)
    return ImageOps.colorize(grey, top, bottom, mid=middle)


def glow(diameter: int, colour: Colour, strength: float = 1.0) -> Image.Image:
    """Return a round light that fades to nothing at its rim."""
    fall = ImageOps.invert(Image.radial_gradient("L")).point(
        lambda value: max(0, value - 75) ** 2 / 180**2 * 255 * strength
    )
    light = Image.new("RGBA", (diameter, diameter), (*colour, 0))
    light.putalpha(fall.resize((diameter, diameter)))
    return light


def shape(size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw, int], object]) -> Image.Image:
    """Return a transparent picture with smooth edges.

    `draw` gets a canvas that is `SMOOTHING` times as large.
    """
    big = Image.new("RGBA", (size[0] * SMOOTHING, size[1] * SMOOTHING))
    draw(ImageDraw.Draw(big), SMOOTHING)
    return big.reduce(SMOOTHING)


def disc(diameter: int, colour: Colour, rim: Colour | None = None) -> Image.Image:
    """Return a filled circle, with a rim when asked."""

    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        width = max(1, diameter * scale // 12) if rim else 0
        canvas.ellipse((0, 0, diameter * scale - 1, diameter * scale - 1), colour, rim, width)

    return shape((diameter, diameter), draw)


def put(canvas: Image.Image, sprite: Image.Image, centre: Point) -> None:
    """Lay a sprite over the canvas with its middle at `centre`; what sticks out is cut off."""
    canvas.paste(
        sprite, (round(centre[0] - sprite.width / 2), round(centre[1] - sprite.height / 2)), sprite
    )


@lru_cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return Pillow's own typeface, so no font of the machine is needed."""
    return ImageFont.load_default(size)


def mix(one: Sequence[int], other: Sequence[int], share: float) -> Colour:
    """Return the colour that is `share` of the way from one to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ease(share: float) -> float:
    """Return a share of the way that starts and ends gently."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)
