"""Tunes for the clips: plucked strings, computed sample by sample."""

import random
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 22050
LOUDEST = 0.85 * 32767
DAMPING = 0.996
RING_SECONDS = 2.4
FADE_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Tune:
    """Chords as MIDI notes, one per bar, played as arpeggios in `pattern`, over and over."""

    chords: tuple[tuple[int, ...], ...]
    pattern: tuple[int, ...]
    notes_per_second: float


CALM = Tune(
    ((57, 64, 69, 72), (53, 60, 65, 69), (48, 55, 60, 64), (55, 62, 67, 71)), (0, 2, 1, 3, 2, 1), 4
)
BRIGHT = Tune(
    ((60, 64, 67, 72), (65, 69, 72, 77), (67, 71, 74, 79), (60, 67, 72, 76)), (0, 1, 2, 3), 6
)
NIGHT_RIDE = Tune(
    ((45, 57, 60, 64), (41, 53, 57, 60), (43, 55, 59, 62), (40, 52, 55, 59)), (0, 1, 0, 2, 0, 3), 7
)
DREAM = Tune(
    ((50, 57, 62, 66), (47, 54, 59, 62), (43, 50, 55, 59), (45, 52, 57, 61)), (0, 1, 2, 3, 2, 1), 3
)


def play(tune: Tune, seconds: float, path: Path) -> None:
    """Write the tune as a mono WAV file of the given length."""
    chance = random.Random(str(tune))
    samples = array("f", bytes(4 * round(seconds * RATE)))
    beat = RATE / tune.notes_per_second
    plucked: dict[int, array[float]] = {}
    for number in range(int(seconds * tune.notes_per_second)):
        bar, place = divmod(number, len(tune.pattern) * 2)
        note = tune.chords[bar % len(tune.chords)][tune.pattern[place % len(tune.pattern)]]
        if note not in plucked:
            plucked[note] = _pluck(note, chance)
        _mix(samples, plucked[note], round(number * beat))
    _fade(samples)
    loudest = max(map(abs, samples)) or 1.0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", (int(s / loudest * LOUDEST) for s in samples)).tobytes())


def _pluck(note: int, chance: random.Random) -> "array[float]":
    """Return one string's sound by the Karplus-Strong method: noise that rings itself smooth."""
    length = round(RATE / (440 * 2 ** ((note - 69) / 12)))
    sound = array("f", (chance.uniform(-1, 1) for _ in range(length)))
    for at in range(length, round(RING_SECONDS * RATE)):
        sound.append(DAMPING * 0.5 * (sound[at - length] + sound[at - length + 1]))
    return sound


def _mix(samples: "array[float]", sound: "array[float]", start: int) -> None:
    for at in range(start, min(start + len(sound), len(samples))):
        samples[at] += sound[at - start]


def _fade(samples: "array[float]") -> None:
    length = min(round(FADE_SECONDS * RATE), len(samples) // 2)
    for at in range(length):
        samples[at] *= at / length
        samples[-1 - at] *= at / length
