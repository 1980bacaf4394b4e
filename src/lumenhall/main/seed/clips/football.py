"""A tactics board: the one-two that won the match, as dots on a pitch."""

from itertools import pairwise

from PIL import Image, ImageDraw

from lumenhall.main.seed.clips.paint import Point, disc, ease, font, mix, put
from lumenhall.main.seed.clips.stage import Scene

SIZE = (1280, 720)
WHITE = (236, 244, 236)
HOME = (232, 64, 64)
AWAY = (56, 108, 220)
PASS_SECONDS = 0.7
GOAL_AT = 10.6

# Where each player runs: (second, x, y); between two places the way is smooth.
Run = tuple[tuple[float, float, float], ...]
REDS: tuple[Run, ...] = (
    ((0, 90, 360),),
    ((0, 330, 180), (6, 470, 190), (12, 700, 170)),
    ((0, 330, 540), (6, 520, 560), (12, 760, 540)),
    ((0, 520, 360), (3.4, 610, 380), (7.5, 840, 330), (9.6, 985, 330), (13, 1010, 250)),
    ((0, 700, 220), (3.0, 720, 230), (5.6, 760, 250), (9.0, 905, 190), (13, 990, 230)),
)
BLUES: tuple[Run, ...] = (
    ((0, 1190, 360), (8, 1186, 352), (10.6, 1180, 330), (13, 1182, 350)),
    ((0, 900, 250), (4, 850, 262), (8, 940, 268), (13, 1000, 290)),
    ((0, 900, 480), (4, 840, 430), (8, 930, 410), (13, 1010, 400)),
    ((0, 720, 420), (3.4, 690, 400), (8, 800, 380), (13, 930, 380)),
    ((0, 600, 250), (5, 660, 300), (13, 820, 300)),
)
# Who has the ball from which second on.
PASSES = ((0.0, 1), (1.6, 3), (4.0, 4), (6.0, 3), (9.6, 3))


def football() -> Scene:
    """Return the scene."""
    pitch = _pitch()
    reds = [_player(number + 1, HOME) for number in range(5)]
    blues = [_player(number + 1, AWAY) for number in range(5)]
    ball = disc(24, (250, 250, 250), (40, 40, 40))

    def draw(moment: float) -> Image.Image:
        frame = pitch.copy()
        canvas = ImageDraw.Draw(frame)
        for step in range(60):
            before = moment - step / 20
            if before >= 0:
                x, y = _ball(before)
                size = 5 - step / 15
                canvas.ellipse(
                    (x - size, y - size, x + size, y + size),
                    mix((255, 236, 120), (60, 150, 74), step / 60),
                )
        for sprites, runs in ((blues, BLUES), (reds, REDS)):
            for sprite, run in zip(sprites, runs, strict=True):
                put(frame, sprite, _along(run, moment))
        put(frame, ball, _ball(moment))
        _score(canvas, moment)
        return frame

    return draw


def _ball(moment: float) -> Point:
    if moment >= GOAL_AT - 0.6:
        share = ease((moment - GOAL_AT + 0.6) / 0.6)
        x, y = _along(REDS[3], GOAL_AT - 0.6)
        return x + (1236 - x) * share, y + (392 - y) * share
    number = max(index for index, (start, _) in enumerate(PASSES) if start <= moment)
    start, owner = PASSES[number]
    x, y = _along(REDS[owner], moment)
    share = ease((moment - start) / PASS_SECONDS)
    if number and share < 1:
        from_x, from_y = _along(REDS[PASSES[number - 1][1]], start)
        return from_x + (x + 22 - from_x) * share, from_y + (y - from_y) * share
    return x + 22, y


def _along(run: Run, moment: float) -> Point:
    for (start, x, y), (end, to_x, to_y) in pairwise(run):
        if moment < end:
            share = ease((moment - start) / (end - start))
            return x + (to_x - x) * share, y + (to_y - y) * share
    return run[-1][1], run[-1][2]


def _player(number: int, colour: tuple[int, int, int]) -> Image.Image:
    sprite = disc(48, colour, (250, 250, 250))
    ImageDraw.Draw(sprite).text((24, 24), str(number), (255, 255, 255), font(24), anchor="mm")
    return sprite


def _pitch() -> Image.Image:
    big = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), (46, 128, 62))
    canvas = ImageDraw.Draw(big)
    for stripe in range(0, 20, 2):
        canvas.rectangle((stripe * 128, 0, stripe * 128 + 127, SIZE[1] * 2), (52, 138, 68))
    canvas.rectangle((80, 120, 2480, 1320), None, WHITE, 6)
    canvas.line((1280, 120, 1280, 1320), WHITE, 6)
    canvas.ellipse((1100, 540, 1460, 900), None, WHITE, 6)
    for left, right, goal in ((80, 420, (30, 80)), (2140, 2480, (2480, 2530))):
        canvas.rectangle((left, 400, right, 1040), None, WHITE, 6)
        canvas.rectangle((goal[0], 580, goal[1], 860), (70, 150, 88), WHITE, 6)
    return big.reduce(2)


def _score(canvas: ImageDraw.ImageDraw, moment: float) -> None:
    score = "4 : 3" if moment >= GOAL_AT else "3 : 3"
    canvas.rounded_rectangle((520, 8, 760, 54), 12, (18, 30, 22))
    canvas.text(
        (640, 31),
        f"{score}   {58 + int(moment / 60)}:{int(moment) % 60:02}",
        WHITE,
        font(28),
        anchor="mm",
    )
    if moment >= GOAL_AT:
        canvas.text(
            (640, 360), "GOAL", WHITE, font(round(60 + 60 * ease(moment - GOAL_AT))), anchor="mm"
        )
