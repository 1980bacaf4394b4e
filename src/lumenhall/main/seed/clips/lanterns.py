"""Paper lanterns let go over a river at night, and their lights in the water."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageEnhance

from lumenhall.main.seed.clips.paint import glow, put, shape, sky
from lumenhall.main.seed.clips.stage import Scene

SIZE = (1280, 720)
SHORE = 470
LANTERNS = 64
CYCLE_SECONDS = 26.0


@dataclass(frozen=True, slots=True)
class Lantern:
    """Where one starts, how near it is (0 to 1), and how it sways."""

    x: float
    nearness: float
    phase: float
    start: float


def lanterns(*, seed: int) -> Scene:
    """Return the scene."""
    chance = random.Random(seed)
    backdrop = _backdrop(chance)
    flying = sorted(
        (
            Lantern(
                chance.uniform(-60, 1340),
                chance.random() ** 1.6,
                chance.random() * math.tau,
                chance.random(),
            )
            for _ in range(LANTERNS)
        ),
        key=lambda lantern: lantern.nearness,
    )
    sprites = [_lantern(round(14 + step * 9)) for step in range(8)]

    def draw(moment: float) -> Image.Image:
        air = backdrop.copy()
        for one in flying:
            sprite = sprites[min(7, int(one.nearness * 8))]
            risen = (one.start + moment / CYCLE_SECONDS * (0.55 + one.nearness)) % 1
            sway = math.sin(moment * 0.9 + one.phase) * (6 + 16 * one.nearness)
            put(air, sprite, (one.x + sway + moment * 6, SHORE + 70 - risen * (SHORE + 190)))
        return _with_water(air, moment)

    return draw


def _backdrop(chance: random.Random) -> Image.Image:
    picture = sky((SIZE[0], SHORE), (5, 8, 28), (22, 24, 66), (92, 58, 96))
    canvas = ImageDraw.Draw(picture)
    for _ in range(180):
        x, y, light = chance.random() * SIZE[0], chance.random() * 260, chance.randint(70, 230)
        canvas.ellipse((x, y, x + 1.6, y + 1.6), (light, light, 240))
    put(picture, glow(330, (210, 220, 255), 0.8), (1010, 120))
    put(picture, glow(90, (250, 250, 255), 4), (1010, 120))
    for depth, colour in ((70, (34, 30, 66)), (40, (18, 16, 40))):
        hills = [
            (x, SHORE - depth * (0.6 + 0.5 * math.sin(x / 130 + depth) + 0.22 * math.sin(x / 37)))
            for x in range(0, SIZE[0] + 20, 20)
        ]
        canvas.polygon([(0, SHORE), *hills, (SIZE[0], SHORE)], colour)
    return picture


def _lantern(tall: int) -> Image.Image:
    """Return a lit lantern with its glow."""
    wide = tall * 3 // 4

    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        w, h = wide * scale, tall * scale
        canvas.polygon(
            [
                (w * 0.14, 0),
                (w * 0.86, 0),
                (w, h * 0.86),
                (w * 0.82, h),
                (w * 0.18, h),
                (0, h * 0.86),
            ],
            (255, 150, 62, 245),
        )
        canvas.ellipse((w * 0.2, h * 0.45, w * 0.8, h * 1.0), (255, 214, 120, 255))
        canvas.rectangle((w * 0.3, h * 0.94, w * 0.7, h), (255, 246, 206, 255))

    sprite = glow(tall * 4, (255, 140, 50), 0.55)
    paper = shape((wide, tall), draw)
    sprite.alpha_composite(paper, ((sprite.width - wide) // 2, (sprite.height - tall) // 2))
    return sprite


def _with_water(air: Image.Image, moment: float) -> Image.Image:
    frame = Image.new("RGB", SIZE)
    frame.paste(air, (0, 0))
    depth = SIZE[1] - SHORE
    mirrored = air.crop((0, SHORE - depth, SIZE[0], SHORE)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    water = ImageEnhance.Brightness(mirrored).enhance(0.62)
    for top in range(0, depth, 5):
        nearness = top / depth
        shift = round(math.sin(top * 0.45 - moment * 2.2) * (1 + 7 * nearness))
        strip = ImageChops.offset(water.crop((0, top, SIZE[0], top + 5)), shift, 0)
        frame.paste(strip, (0, SHORE + top))
    return frame
