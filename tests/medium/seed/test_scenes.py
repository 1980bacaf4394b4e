"""The films of the demo community are drawn the same every time, and something moves in them."""

import hashlib
import wave
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from lumenhall.main.seed.catalogue import FAILED, READY, WAITING
from lumenhall.main.seed.clips.music import CALM, RATE, play
from lumenhall.main.seed.faces import draw_face
from lumenhall.main.seed.films import FILMS
from lumenhall.main.seed.people import PEOPLE

DRAWN = [name for name, film in FILMS.items() if name not in {"fractal", "life"}]


def scene_of(name: str) -> tuple[Image.Image, Image.Image]:
    film = FILMS[name]()
    assert film.scene
    return film.scene(0.5).copy(), film.scene(film.seconds - 0.1)


@pytest.mark.parametrize("name", DRAWN)
def test_a_scene_moves_and_is_the_same_every_time(name: str) -> None:
    early, late = scene_of(name)
    assert early.mode == "RGB"
    assert early.size in {(1280, 720), (1920, 1080)}
    assert ImageChops.difference(early, late).getbbox()
    again, _ = scene_of(name)
    assert not ImageChops.difference(early, again).getbbox()


def test_a_tune_is_as_long_as_asked_and_the_same_every_time(tmp_path: Path) -> None:
    digests = set()
    for name in ("a.wav", "b.wav"):
        play(CALM, 2, tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
        with wave.open(str(tmp_path / name)) as file:
            assert file.getnframes() == 2 * RATE
    assert len(digests) == 1


def test_everybody_looks_like_themselves() -> None:
    faces = [draw_face(neighbour.face) for neighbour in PEOPLE if neighbour.face]
    assert len(faces) == len(set(faces)) >= 8


def test_the_catalogue_is_what_was_promised() -> None:
    everything = [*READY, *FAILED, *WAITING]
    assert (len(READY), len(FAILED), len(WAITING)) == (9, 5, 6)
    assert len({entry.title for entry in everything}) == len(everything) == 20
    assert {entry.owner for entry in everything} <= {neighbour.username for neighbour in PEOPLE}
    assert all(0 <= entry.days < 30 and 0 <= entry.views <= 500 for entry in everything)
    assert any(not entry.description for entry in READY)
    assert sum(entry.is_hero for entry in everything) == 1
    assert {entry.category for entry in READY} == {
        "Gaming",
        "Tutorials",
        "Vlogs",
        "Music",
        "Sports",
        "Cooking",
    }
