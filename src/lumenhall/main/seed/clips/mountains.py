"""Paper mountains passing a window, each row at its own pace, while the light changes."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from lumenhall.main.seed.clips.paint import Colour, ease, glow, mix, put, sky
from lumenhall.main.seed.clips.stage import Scene

ROWS = 6
WAVES = 7


@dataclass(frozen=True, slots=True)
class Light:
    """The colours of an hour: three of the sky, the farthest and the nearest row, the sun."""

    sky: tuple[Colour, Colour, Colour]
    far: Colour
    near: Colour
    sun: Colour
    stars: int = 0


DAWN = (
    Light(
        ((18, 24, 62), (94, 62, 118), (214, 118, 116)),
        (128, 88, 132),
        (24, 18, 46),
        (255, 196, 130),
    ),
    Light(
        ((74, 148, 208), (246, 190, 150), (255, 226, 170)),
        (222, 160, 150),
        (46, 52, 78),
        (255, 240, 200),
    ),
)
NIGHT = (
    Light(
        ((4, 8, 28), (14, 30, 66), (38, 66, 104)), (40, 66, 102), (3, 6, 16), (226, 232, 255), 220
    ),
    Light(
        ((8, 14, 44), (26, 48, 92), (70, 96, 138)), (58, 86, 124), (5, 9, 22), (240, 244, 255), 220
    ),
)


def mountains(
    size: tuple[int, int], light: tuple[Light, Light], seconds: float, seed: int
) -> Scene:
    """Return the scene: it goes from the first light to the second in `seconds`."""
    width, height = size
    chance = random.Random(seed)
    skies = [_sky(size, hour, random.Random(seed)) for hour in light]
    sun = [glow(height * 9 // 10, hour.sun) for hour in light]
    ball = glow(height // 5, light[1].sun, 3)
    rows = [_row(size, number, chance) for number in range(ROWS)]

    def draw(moment: float) -> Image.Image:
        share = ease(moment / seconds)
        frame = Image.blend(skies[0], skies[1], share)
        middle = (width * 0.66, height * (0.62 - 0.26 * share))
        put(frame, sun[round(share)], middle)
        put(frame, ball, middle)
        for number, (mask, top) in enumerate(rows):
            depth = number / (ROWS - 1)
            far, near = (
                mix(getattr(light[0], name), getattr(light[1], name), share)
                for name in ("far", "near")
            )
            shift = round(moment * width * 0.006 * 1.9**number) % width
            view = mask.crop((shift, 0, shift + width, mask.height))
            frame.paste(mix(far, near, depth), (0, top), view)
        return frame

    return draw


def _sky(size: tuple[int, int], hour: Light, chance: random.Random) -> Image.Image:
    picture = sky(size, *hour.sky)
    canvas = ImageDraw.Draw(picture)
    for _ in range(hour.stars):
        x, y = chance.random() * size[0], chance.random() ** 1.5 * size[1] * 0.6
        brightness = chance.randint(90, 255)
        canvas.ellipse((x, y, x + size[0] / 640, y + size[0] / 640), (brightness, brightness, 255))
    return picture


def _row(size: tuple[int, int], number: int, chance: random.Random) -> tuple[Image.Image, int]:
    """Return a row's silhouette, two screens wide so that it wraps, and where its top is.

    It reaches down only as far as the row before it leaves open, which halves the work.
    """
    width, height = size
    base, reach = _place(height, number)
    waves = [
        (chance.random() * math.tau, 2**wave * (1 + number // 3), 0.55**wave)
        for wave in range(WAVES)
    ]
    total = sum(weight for _, _, weight in waves)

    def ridge(x: float) -> float:
        turn = x / width * math.tau
        wave = sum(_peak(turn * rate + phase) * weight for phase, rate, weight in waves)
        return base - reach * wave / total

    top = round(base - reach)
    bottom = height if number == ROWS - 1 else min(height, round(sum(_place(height, number + 1))))
    tall = bottom - top
    big = Image.new("L", (width * 2, tall * 2))
    points = [(x * 2.0, (ridge(x) - top) * 2) for x in range(0, width + 4, 4)]
    ImageDraw.Draw(big).polygon([(0, tall * 2), *points, (width * 2 + 8, tall * 2)], 255)
    one = big.reduce(2)
    mask = Image.new("L", (width * 2, tall))
    mask.paste(one, (0, 0))
    mask.paste(one, (width, 0))
    return mask, top


def _place(height: int, number: int) -> tuple[float, float]:
    """Return the middle of a row and how far its ridge goes above and below it."""
    return height * (0.50 + 0.085 * number), height * (0.16 - 0.012 * number)


def _peak(turn: float) -> float:
    """Return a wave between -1 and 1 with sharp crests, more rock than water."""
    return 1 - 2 * abs(math.sin(turn / 2))
