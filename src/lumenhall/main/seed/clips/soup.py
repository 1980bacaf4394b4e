"""A pot of tomato soup from above, stirred with patience."""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from lumenhall.main.seed.clips.paint import disc, glow, mix, put, shape
from lumenhall.main.seed.clips.stage import Scene

SIZE = (1280, 720)
MIDDLE = (600, 372)
POT = 600
PUFFS = 14


def soup(*, seed: int) -> Scene:
    """Return the scene."""
    chance = random.Random(seed)
    table = _table(chance)
    liquid = _liquid(POT - 70)
    leaf = _leaf()
    leaves = [
        (chance.uniform(70, 215), chance.random() * 360, chance.uniform(14, 26)) for _ in range(9)
    ]
    spoon = _spoon()
    steam = glow(260, (255, 255, 255), 0.16)
    puffs = [
        (chance.uniform(-170, 170), chance.random(), chance.uniform(0.7, 1.3)) for _ in range(PUFFS)
    ]

    def draw(moment: float) -> Image.Image:
        frame = table.copy()
        put(frame, liquid.rotate(-moment * 22, Image.Resampling.BILINEAR), MIDDLE)
        for radius, start, speed in leaves:
            turn = math.radians(start + moment * speed)
            at = (MIDDLE[0] + math.cos(turn) * radius, MIDDLE[1] + math.sin(turn) * radius)
            put(frame, leaf.rotate(-start * 3 - moment * 30, Image.Resampling.BICUBIC), at)
        stir = moment * 1.5
        put(
            frame,
            spoon,
            (MIDDLE[0] + math.cos(stir) * 120 + 190, MIDDLE[1] + math.sin(stir) * 90 - 150),
        )
        for x, start, speed in puffs:
            risen = (start + moment * 0.16 * speed) % 1
            if math.sin(risen * math.pi) > 0.25:
                drift = math.sin(moment + start * 9) * 30
                put(frame, steam, (MIDDLE[0] + x + drift, MIDDLE[1] + 140 - risen * 460))
        return frame

    return draw


def _table(chance: random.Random) -> Image.Image:
    picture = Image.new("RGB", SIZE)
    canvas = ImageDraw.Draw(picture)
    for plank in range(6):
        colour = mix((112, 74, 48), (140, 96, 62), chance.random())
        canvas.rectangle((0, plank * 120, SIZE[0], plank * 120 + 118), colour)
        for _ in range(26):
            y, x = plank * 120 + chance.uniform(4, 114), chance.uniform(-200, 1200)
            grain = mix(colour, (70, 44, 28), chance.uniform(0.1, 0.45))
            canvas.line((x, y, x + chance.uniform(120, 700), y + chance.uniform(-2, 2)), grain, 2)
        canvas.line((0, plank * 120 + 118, SIZE[0], plank * 120 + 118), (58, 36, 24), 3)
    picture = picture.filter(ImageFilter.GaussianBlur(1.2))
    put(picture, glow(POT + 210, (20, 10, 6), 0.9), (MIDDLE[0] + 14, MIDDLE[1] + 22))
    put(picture, disc(POT, (206, 212, 216), (150, 158, 166)), MIDDLE)
    put(picture, disc(POT - 44, (122, 128, 134)), MIDDLE)
    board = shape(
        (250, 380),
        lambda canvas, scale: canvas.rounded_rectangle(
            (0, 0, 250 * scale - 1, 380 * scale - 1), 26 * scale, (196, 150, 98)
        ),
    )
    put(picture, board, (1110, 430))
    for x, y in ((1060, 340), (1150, 400), (1085, 490)):
        put(picture, _tomato(), (x, y))
    for x, y, turn in ((1150, 540, 20), (1190, 505, 80), (1172, 300, 140)):
        put(picture, _leaf().rotate(turn, Image.Resampling.BICUBIC, expand=True), (x, y))
    return picture


def _liquid(diameter: int) -> Image.Image:
    """Return the soup: a red disc with a spiral of cream."""

    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        size = diameter * scale
        canvas.ellipse((0, 0, size - 1, size - 1), (196, 62, 30))
        canvas.ellipse((size * 0.04, size * 0.04, size * 0.94, size * 0.94), (214, 74, 36))
        for arm in range(2):
            points = []
            for step in range(150):
                turn = step / 150 * math.tau * 2.1 + arm * math.pi
                radius = size * (0.05 + 0.36 * step / 150)
                points.append(
                    (size / 2 + math.cos(turn) * radius, size / 2 + math.sin(turn) * radius)
                )
            for width, colour in ((26, (232, 130, 84)), (14, (247, 208, 170))):
                canvas.line(points, colour, width * scale // 2, "curve")

    return shape((diameter, diameter), draw).filter(ImageFilter.GaussianBlur(2))


def _leaf() -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        canvas.pieslice((4 * scale, -30 * scale, 66 * scale, 42 * scale), 30, 150, (58, 128, 52))
        canvas.pieslice((4 * scale, 0, 66 * scale, 72 * scale), 210, 330, (74, 150, 62))
        canvas.line((8 * scale, 21 * scale, 64 * scale, 21 * scale), (150, 196, 120), scale)

    return shape((70, 44), draw)


def _tomato() -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        canvas.ellipse((0, 0, 92 * scale, 92 * scale), (196, 40, 32))
        canvas.ellipse((6 * scale, 4 * scale, 80 * scale, 78 * scale), (222, 58, 44))
        canvas.ellipse((18 * scale, 14 * scale, 40 * scale, 32 * scale), (246, 132, 112))
        for turn in range(0, 360, 72):
            tip = math.radians(turn)
            canvas.line(
                (
                    46 * scale,
                    46 * scale,
                    (46 + math.cos(tip) * 26) * scale,
                    (46 + math.sin(tip) * 26) * scale,
                ),
                (70, 132, 58),
                7 * scale,
            )

    return shape((93, 93), draw)


def _spoon() -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        canvas.line((60 * scale, 400 * scale, 440 * scale, 20 * scale), (150, 104, 62), 26 * scale)
        canvas.line((62 * scale, 392 * scale, 432 * scale, 22 * scale), (186, 136, 86), 9 * scale)
        canvas.ellipse((4 * scale, 340 * scale, 120 * scale, 456 * scale), (150, 104, 62))
        canvas.ellipse((16 * scale, 352 * scale, 108 * scale, 444 * scale), (178, 70, 40))

    return shape((460, 460), draw)
