"""What the demo community has: its categories and its twenty videos."""

from dataclasses import dataclass

SITE_NAME = "Harbour Lane"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A video: whose it is, what file it is made from, since how many days it is there."""

    title: str
    owner: str
    category: str | None
    file: str
    days: float = 0
    views: int = 0
    description: str = ""
    tags: tuple[str, ...] = ()
    is_hero: bool = False


CATEGORIES = (
    Shelf("Gaming", "Boards, pixels and whatever the kids play these days."),
    Shelf("Tutorials", "How things are done, explained by neighbours."),
    Shelf("Vlogs", "Days out, days in, and the view from the window."),
    Shelf("Music", "What was played in the back room, recorded with love."),
    Shelf("Sports", "The Sunday league, from the only camera there is."),
    Shelf("Cooking", "Recipes that fed the summer feast."),
)

# By title: language, name of the track, and what is said from which second on.
CAPTIONS = {
    "Dawn over the paper mountains": (
        ("en", "English", {1: "Four in the morning.", 6: "Wait for it …", 13: "There it is."}),
        ("es", "Español", {1: "Las cuatro de la mañana.", 6: "Espera …", 13: "Ahí está."}),
    ),
    "The one-two that won the cup": (
        ("en", "Commentary", {1: "Out from the back.", 4: "And the one-two!", 10: "Goal!"}),
    ),
}

READY = (
    Entry(
        "Dawn over the paper mountains",
        "ines",
        "Vlogs",
        "dawn",
        days=2.3,
        views=412,
        is_hero=True,
        tags=("mountains", "morning", "quiet"),
        description=(
            "I got up at four so that you don't have to. Eighteen seconds of a morning that took "
            "three hours, cut out of paper, row by row.\n\nTurn the sound on."
        ),
    ),
    Entry(
        "The night train to the coast",
        "bob",
        "Vlogs",
        "night",
        days=12.6,
        views=187,
        tags=("train", "night"),
        description="Window seat, carriage nine. Somebody had peppermint tea.",
    ),
    Entry(
        "Neon Drive (demo tape, side B)",
        "marcus",
        "Music",
        "neon",
        days=6.1,
        views=471,
        tags=("synth", "1986"),
        description="Found the tape in the loft. The pictures are new, the hiss is original.",
    ),
    Entry(
        "Lantern night: the last song",
        "alice",
        "Music",
        "lanterns",
        days=21.4,
        views=351,
        tags=("festival", "river", "live"),
        description="Sixty-four lanterns, one guitar. Thank you all for coming.",
    ),
    Entry(
        "Tomato soup for a rainy Sunday",
        "rosa",
        "Cooking",
        "soup",
        days=16.8,
        views=263,
        tags=("soup", "vegetarian"),
        description=(
            "For six people: two kilos of tomatoes, an onion, a spoon of sugar, basil at the "
            "very end. Stir slowly and always the same way round. I don't know why either."
        ),
    ),
    Entry(
        "The one-two that won the cup",
        "charlie",
        "Sports",
        "football",
        days=9.2,
        views=305,
        tags=("football", "final"),
        description="Fifty-eighth minute, three all. Watch number four.",
    ),
    Entry(
        "Snake without a scratch", "yuki", "Gaming", "snake", days=4.7, views=129, tags=("retro",)
    ),
    Entry(
        "A dive into the Mandelbrot set",
        "priya",
        "Tutorials",
        "fractal",
        days=27.9,
        views=74,
        tags=("maths", "fractal"),
        description="Part 1: why a short formula never runs out of coast.",
    ),
    Entry("Conway's garden", "tom", "Gaming", "life", days=0.6, views=0, tags=("life",)),
)

FAILED = (
    Entry("Minutes of the last meeting", "tom", None, "text", days=3.4),
    Entry("Choir rehearsal, second half", "rosa", "Music", "sound_only", days=7.5),
    Entry(
        "Summer 2019, off the old phone",
        "alice",
        "Vlogs",
        "cut_off",
        days=14.2,
        description="It fell into the lake right after this.",
    ),
    Entry("The town map, scanned", "priya", "Tutorials", "huge_picture", days=19.3),
    Entry("Every microphone at once", "marcus", "Music", "many_tracks", days=24.7),
)

# Uploaded last. The first one takes minutes to encode, the others wait behind it.
WAITING = (
    Entry(
        "Dawn, the slow cut",
        "ines",
        "Vlogs",
        "dawn*13",
        description="Four minutes for those who asked for more.",
        tags=("mountains",),
    ),
    Entry("Night train, the whole line", "bob", "Vlogs", "night*5"),
    Entry("Neon Drive, extended", "charlie", "Music", "neon*5", tags=("synth",)),
    Entry("All the lanterns", "sofia", "Music", "lanterns*4", description="Nothing left out."),
    Entry("Soup, in real time", "rosa", "Cooking", "soup*5"),
    Entry("Second half", "omar", "Sports", "football*5", tags=("football",)),
)
