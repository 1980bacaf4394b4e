"""Who follows whom among the neighbours, and what they say to each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Something said: by whom, with the title of a shared video and its second where one is."""

    by: str
    text: str
    video: str | None = None
    moment: int | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation that began `hours` ago; with a name it is a group."""

    people: tuple[str, ...]
    hours: int
    lines: tuple[Line, ...]
    name: str | None = None


# Each of a circle follows each other one.
CIRCLES = (
    ("admin", "alice", "bob", "ines", "rosa"),
    ("alice", "charlie"),
    ("bob", "omar"),
    ("ines", "sofia"),
)

CHATS = (
    Chat(
        ("alice", "bob"),
        50,
        (
            Line("alice", "Did you see what Ines put up this morning?"),
            Line("alice", "", "Dawn over the paper mountains", 13),
            Line("bob", "I watched it twice. The second time on the train."),
            Line("alice", "Of course you did."),
            Line("bob", "There is a bridge in it. I am sure there is a bridge in it."),
            Line("alice", "Bring the good speaker on Thursday? Mine hums."),
        ),
    ),
    Chat(
        ("admin", "alice", "bob", "ines", "rosa", "omar"),
        30,
        (
            Line("admin", "Lantern night is on. Who brings what?"),
            Line("rosa", "Bread. Two kinds."),
            Line("ines", "The projector, and the long cable this time."),
            Line("omar", "Coffee, as promised. @rosa is there a socket near the wall?"),
            Line("rosa", "Behind the piano."),
            Line("alice", "I'll tune up at seven. Last year's ending, for those who missed it:"),
            Line("alice", "", "Lantern night: the last song", 9),
            Line("admin", "Thank you all. If it rains we move into the hall."),
        ),
        "Lantern night",
    ),
    Chat(
        ("ines", "sofia"),
        20,
        (
            Line("sofia", "¿Me enseñas a hacer las montañas?"),
            Line("ines", "Claro. Trae tijeras y papel azul, mucho papel azul."),
        ),
    ),
    # They don't follow each other, so the first message is a request.
    Chat(("tom", "alice"), 5, (Line("tom", "Hello Alice, do you give guitar lessons?"),)),
)
