"""What the neighbours said about which video, and which lists they keep."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: whose, what, at which second if one is meant, and who answered what."""

    by: str
    text: str
    moment: int | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """A playlist."""

    owner: str
    title: str
    videos: tuple[str, ...]
    description: str = ""
    is_public: bool = True


REMARKS: dict[str, tuple[Remark, ...]] = {
    "Dawn over the paper mountains": (
        Remark(
            "rosa",
            "I was up at four as well, for the bread. I had no idea it looked like this.",
            answers=(
                ("ines", "Next time I knock. Bring the bread."),
                ("omar", "@rosa @ines I will bring the coffee."),
            ),
        ),
        Remark("tom", "Here. This second.", 13),
        Remark("sofia", "¡Qué preciosidad! ¿Dónde está hecho?", 6, (("ines", "En mi balcón :)"),)),
    ),
    "Lantern night: the last song": (
        Remark("marcus", "You can hear the whole river go quiet.", 9),
        Remark(
            "bob",
            "My lantern is the one that went the wrong way.",
            11,
            (("alice", "It is still out there, @bob."), ("bob", "Good for it.")),
        ),
        Remark("yuki", "Could we please do this every year?"),
    ),
    "The night train to the coast": (
        Remark("charlie", "Two minutes late at the bridge, as always.", 4),
        Remark("priya", "I could watch this for hours. Is there a version for hours?"),
    ),
    "Neon Drive (demo tape, side B)": (
        Remark("sofia", "Side A when?", answers=(("marcus", "When I find it."),)),
        Remark("alice", "That bass line!", 5),
    ),
    "Tomato soup for a rainy Sunday": (
        Remark("omar", "Made it. It rained. Perfect."),
        Remark("tom", "How long does it simmer?", 7, (("rosa", "Until somebody asks again."),)),
    ),
    "The one-two that won the cup": (
        Remark("bob", "Offside. (I will never stop saying it.)", 4),
        Remark("yuki", "⚽⚽⚽", 10),
    ),
    "A dive into the Mandelbrot set": (Remark("yuki", "@priya what is the number at the end?", 8),),
    "Conway's garden": (Remark("priya", "The glider that gets away is my favourite.", 6),),
}

COLLECTIONS = (
    Collection(
        "alice",
        "For a slow evening",
        (
            "Lantern night: the last song",
            "The night train to the coast",
            "Dawn over the paper mountains",
        ),
        "Lights low, kettle on.",
    ),
    Collection(
        "priya",
        "Rules that grow things",
        ("Conway's garden", "A dive into the Mandelbrot set", "Snake without a scratch"),
        "Small rules, large surprises.",
    ),
    Collection("tom", "To try at home", ("Tomato soup for a rainy Sunday",), is_public=False),
)

LATER = {
    "alice": ("The one-two that won the cup", "Conway's garden"),
    "bob": ("Neon Drive (demo tape, side B)",),
}
