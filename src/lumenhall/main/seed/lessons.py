"""What the neighbours teach each other."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson: a film, a text or questions."""

    id: str
    title: str
    film: str | None = None
    text: str | None = None
    questions: tuple[dict[str, Any], ...] = ()
    is_preview: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A course, who teaches it, and how many of its lessons each of its learners has done."""

    slug: str
    title: str
    description: str
    teacher: str
    category: str
    sections: dict[str, tuple[Taught, ...]]
    learners: dict[str, int] = field(default_factory=dict)
    preview_film: str | None = None
    order_locked: bool = False


def _question(text: str, right: str, *wrong: str, why: str = "") -> dict[str, Any]:
    options = [{"id": "a", "text": right, "is_right": True}]
    options += [{"id": letter, "text": one} for letter, one in zip("bcd", wrong, strict=False)]
    # What is right does not always come first.
    options = options[1:] + options[:1] if len(text) % 2 else options
    return {"id": f"q{len(text)}", "text": text, "options": options, "explanation": why}


PLANS = (
    Plan(
        "paper-light-and-patience",
        "Paper, light and patience",
        "Everything there is to know about paper lanterns and paper mountains: what to cut, "
        "what to leave, and how to wait for the glue.",
        "ines",
        "Tutorials",
        {
            "Before you cut": (
                Taught("welcome", "A morning made of paper", "dawn", is_preview=True),
                Taught(
                    "what-you-need",
                    "What you need",
                    text=(
                        "# On the table\n\n"
                        "- Rice paper, *not* the shiny kind\n"
                        "- A sharp knife and a **dull** pencil\n"
                        "- Glue, and a book to read while it dries\n\n"
                        "> If in doubt, leave it to dry overnight.\n"
                    ),
                ),
            ),
            "Light": (
                Taught("the-first-lantern", "The first lantern", "lanterns"),
                Taught(
                    "before-you-light-it",
                    "Before you light it",
                    questions=(
                        _question(
                            "Which paper holds the light best?",
                            "Rice paper",
                            "The shiny kind",
                            "Newspaper",
                            why="It glows instead of shining through.",
                        ),
                        _question(
                            "When is the glue dry?",
                            "Tomorrow",
                            "Now",
                            why="It never is when you think so.",
                        ),
                    ),
                ),
            ),
        },
        {"tom": 4, "alice": 2, "omar": 1, "sofia": 0},
        preview_film="lanterns",
    ),
    Plan(
        "small-rules-large-surprises",
        "Small rules, large surprises",
        "Three films and no formulas. One after the other, please.",
        "priya",
        "Tutorials",
        {
            "Gardens": (
                Taught("a-garden-of-squares", "A garden of squares", "life"),
                Taught("the-edge-of-everything", "The edge of everything", "fractal"),
            ),
            "And then": (
                Taught(
                    "where-to-go-from-here",
                    "Where to go from here",
                    text="Take a sheet of squared paper and a pencil. **Three neighbours: born.**",
                ),
            ),
        },
        {"yuki": 3, "bob": 1},
        preview_film="fractal",
        order_locked=True,
    ),
)
