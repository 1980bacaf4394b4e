"""A game of snake, played by the shortest safe way."""

import random
from collections import deque

from PIL import Image, ImageDraw

from lumenhall.main.seed.clips.paint import disc, font, glow, mix, put, shape
from lumenhall.main.seed.clips.stage import Scene

CELL = 40
COLUMNS, ROWS = 32, 17
TOP = 40
SIZE = (COLUMNS * CELL, ROWS * CELL + TOP)
STEPS_PER_SECOND = 14
FIRST_LENGTH = 6
# The film begins in the middle of the game, when the snake is long.
STEPS_BEFORE = 420

Cell = tuple[int, int]


def snake(seconds: float, *, seed: int) -> Scene:
    """Return the scene: `seconds` of a game that is played in advance."""
    board = _board()
    game = _play(random.Random(seed), STEPS_BEFORE + round(seconds * STEPS_PER_SECOND) + 2)
    food = glow(90, (255, 120, 90), 0.9)
    food.alpha_composite(disc(28, (255, 92, 80), (255, 190, 160)), (31, 31))
    eye = disc(9, (12, 20, 30))
    parts = [_part(mix((120, 240, 150), (24, 120, 130), share / 15)) for share in range(16)]

    def draw(moment: float) -> Image.Image:
        frame = board.copy()
        number = int(moment * STEPS_PER_SECOND)
        share = moment * STEPS_PER_SECOND - number
        body, at, score = game[STEPS_BEFORE + number]
        after = game[STEPS_BEFORE + number + 1][0]
        put(frame, food, _middle(at))
        for index in reversed(range(len(body))):
            x, y = _middle(body[index])
            to_x, to_y = _middle(after[min(index, len(after) - 1)])
            place = (x + (to_x - x) * share, y + (to_y - y) * share)
            put(frame, parts[min(15, index * 16 // max(len(body), 24))], place)
            if index == 0:
                put(frame, eye, (place[0] - 7, place[1] - 5))
                put(frame, eye, (place[0] + 7, place[1] - 5))
        ImageDraw.Draw(frame).text(
            (SIZE[0] - 24, 21), f"{score:04}", (170, 230, 240), font(26), anchor="rm"
        )
        return frame

    return draw


def _play(chance: random.Random, steps: int) -> list[tuple[list[Cell], Cell, int]]:
    body = [(8 - index, ROWS // 2) for index in range(FIRST_LENGTH)]
    food, score = (24, 4), 0
    history = []
    for _ in range(steps):
        history.append((list(body), food, score))
        head = _next_step(body, food)
        body.insert(0, head)
        if head == food:
            score += 10
            free = [(x, y) for x in range(COLUMNS) for y in range(ROWS) if (x, y) not in body]
            food = chance.choice(free)
        else:
            body.pop()
    return history


def _next_step(body: list[Cell], food: Cell) -> Cell:
    """Return the first cell of the shortest way to the food, or any free one."""
    taken = set(body[:-1])
    came: dict[Cell, Cell] = {food: food}
    waiting = deque([food])
    while waiting:
        cell = waiting.popleft()
        for near in _around(cell):
            if near == body[0]:
                return cell
            if near not in taken and near not in came:
                came[near] = cell
                waiting.append(near)
    return next((cell for cell in _around(body[0]) if cell not in taken), body[0])


def _around(cell: Cell) -> list[Cell]:
    x, y = cell
    near = ((x + 1, y), (x, y + 1), (x - 1, y), (x, y - 1))
    return [(a, b) for a, b in near if 0 <= a < COLUMNS and 0 <= b < ROWS]


def _middle(cell: Cell) -> tuple[float, float]:
    return cell[0] * CELL + CELL / 2, cell[1] * CELL + CELL / 2 + TOP


def _part(colour: tuple[int, int, int]) -> Image.Image:
    def draw(canvas: ImageDraw.ImageDraw, scale: int) -> None:
        canvas.rounded_rectangle((0, 0, 36 * scale - 1, 36 * scale - 1), 13 * scale, colour)

    return shape((36, 36), draw)


def _board() -> Image.Image:
    picture = Image.new("RGB", SIZE, (14, 24, 38))
    canvas = ImageDraw.Draw(picture)
    for x in range(COLUMNS):
        for y in range(ROWS):
            if (x + y) % 2:
                left, top = x * CELL, y * CELL + TOP
                canvas.rectangle((left, top, left + CELL - 1, top + CELL - 1), (18, 31, 48))
    canvas.rectangle((0, 0, SIZE[0], TOP), (9, 16, 27))
    canvas.text((24, 21), "SNAKE", (120, 240, 150), font(26), anchor="lm")
    return picture
