"""A drive over a neon grid towards a sun that never sets."""

import random

from PIL import Image, ImageDraw

from lumenhall.main.seed.clips.paint import glow, put, sky
from lumenhall.main.seed.clips.stage import Scene

SIZE = (1280, 720)
HORIZON = 400
LANES = 24
ROWS = 18
SPEED = 1.6
PINK = (255, 79, 163)
CYAN = (86, 219, 255)


def neon(*, seed: int) -> Scene:
    """Return the scene."""
    backdrop = _backdrop(random.Random(seed))
    light = glow(900, (255, 90, 160), 0.7)
    put(backdrop, light, (640, HORIZON))
    floor = sky((SIZE[0], SIZE[1] - HORIZON), (52, 8, 70), (24, 6, 48), (8, 4, 24))

    def draw(moment: float) -> Image.Image:
        frame = backdrop.copy()
        big = floor.resize((floor.width * 2, floor.height * 2), Image.Resampling.NEAREST)
        _grid(ImageDraw.Draw(big), big.size, moment)
        frame.paste(big.reduce(2), (0, HORIZON))
        return frame

    return draw


def _backdrop(chance: random.Random) -> Image.Image:
    picture = sky(SIZE, (8, 6, 34), (66, 18, 92), (255, 96, 130))
    canvas = ImageDraw.Draw(picture)
    for _ in range(160):
        x, y, light = chance.random() * SIZE[0], chance.random() * 300, chance.randint(80, 255)
        canvas.ellipse((x, y, x + 2, y + 2), (light, light, 255))
    put(picture, _sun(340), (640, HORIZON - 110))
    ridge = [(x, HORIZON - _height(x, chance)) for x in range(0, SIZE[0] + 40, 40)]
    canvas.polygon([(0, HORIZON), *ridge, (SIZE[0], HORIZON)], (26, 8, 52))
    canvas.line(ridge, CYAN, 2)
    return picture


def _height(x: int, chance: random.Random) -> float:
    """Return how high the mountains stand: tall at the sides, open in the middle."""
    away = abs(x - SIZE[0] / 2) / (SIZE[0] / 2)
    return max(0.0, away - 0.28) * 190 * chance.uniform(0.5, 1.2)


def _sun(diameter: int) -> Image.Image:
    disc = sky((diameter, diameter), (255, 226, 120), (255, 138, 112), (255, 60, 150))
    mask = Image.new("L", (diameter * 2, diameter * 2))
    canvas = ImageDraw.Draw(mask)
    canvas.ellipse((0, 0, diameter * 2 - 1, diameter * 2 - 1), 255)
    for stripe in range(7):
        top = diameter * (1.02 + stripe * 0.14)
        canvas.rectangle((0, top, diameter * 2, top + 6 + stripe * 5), 0)
    disc.putalpha(mask.reduce(2))
    return disc


def _grid(canvas: ImageDraw.ImageDraw, size: tuple[int, int], moment: float) -> None:
    width, height = size
    for lane in range(-LANES, LANES + 1):
        canvas.line((width / 2 + lane * 40, 0, width / 2 + lane * 420, height), PINK, 3)
    for row in range(ROWS):
        distance = (row + 1 - moment * SPEED % 1) / ROWS
        y = height * (0.03 / max(distance, 0.03)) ** 1.0 * 1.02 - height * 0.03
        canvas.line((0, y, width, y), PINK, max(2, round(7 * y / height)))
    canvas.line((0, 1, width, 1), CYAN, 4)
