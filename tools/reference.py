"""Write what the code knows best: `.env.example` and the pages of `docs/reference`.

`make reference` writes them; a test fails while they differ from the code.
"""

import sys
from dataclasses import fields
from importlib import import_module
from pkgutil import walk_packages
from textwrap import wrap

from pydantic import SecretStr
from pydantic.fields import FieldInfo

import lumenhall
from lumenhall.platform import events
from lumenhall.platform.errors import AppError
from lumenhall.platform.settings import Settings
from tools.checks import ROOT

WRITTEN = "<!-- Written by `make reference`; change the code instead. -->"


def env_example() -> str:
    lines = [
        "# Every setting with its default; take the # away to change one.",
        "# Written by `make reference` from src/lumenhall/platform/settings.",
    ]
    for name, field in Settings.model_fields.items():
        said = wrap(field.description or "", 98, break_on_hyphens=False)
        lines += ["", *(f"# {line}" for line in said), f"#{variable(name)}={default(field)}"]
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    rows = [
        f"| `{variable(name)}` | {code(default(field))} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return page(
        "Settings",
        "What the operator sets, as environment variables or in a file `.env` in the folder where "
        "the program starts. An admin changes the options of the site on its own page instead.",
        ["| variable | default | meaning |", "|---|---|---|", *rows],
    )


def errors_page() -> str:
    know_everything()
    kinds = sorted(
        {kind for kind in descendants(AppError) if _is_ours(kind)},
        key=lambda kind: (kind.status, kind.code),
    )
    rows = [f"| {kind.status} | `{kind.code}` | {kind.title} |" for kind in kinds]
    return page(
        "Errors",
        "Every error is an `application/problem+json` document (RFC 9457) with a `code` that stays "
        "the same. `title` is written for people; `detail` says what happened this time.",
        ["| status | code | title |", "|---|---|---|", *dict.fromkeys(rows)],
    )


def events_page() -> str:
    know_everything()
    rows = []
    for event in filter(_is_ours, events.catalogue()):
        place = event.__module__.removeprefix("lumenhall.").replace(".", " / ")
        carries = ", ".join(f"`{field.name}`" for field in fields(event))
        summary = (event.__doc__ or "").strip().splitlines()[0]
        rows.append(f"| `{event.__name__}` | {place} | {carries} | {summary} |")
    # A dataclass with slots stands twice among the subclasses until the first one is collected.
    rows = list(dict.fromkeys(rows))
    return page(
        "Events",
        "Facts that a domain announces and others hear, in the same transaction.",
        # A dataclass with slots is among the subclasses twice, as made and as remade.
        ["| event | announced by | carries | meaning |", "|---|---|---|---|", *dict.fromkeys(rows)],
    )


def know_everything() -> None:
    """Import every module, since any may state an error or an event."""
    for module in walk_packages(lumenhall.__path__, "lumenhall."):
        if ".migrations" not in module.name:
            import_module(module.name)


def page(title: str, opening: str, table: list[str]) -> str:
    return "\n".join([f"# {title}", "", WRITTEN, "", opening, "", *table]) + "\n"


def variable(name: str) -> str:
    return f"LUMENHALL_{name.upper()}"


def default(field: FieldInfo) -> str:
    """Return the default as the operator would write it."""
    value = field.get_default()
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "" if value is None else str(value)


def code(text: str) -> str:
    return f"`{text}`" if text else "–"


def descendants(parent: type[AppError]) -> set[type[AppError]]:
    children = set(parent.__subclasses__())
    return {parent, *children}.union(*(descendants(child) for child in children))


def _is_ours(kind: type) -> bool:
    """Leave out what tests define while they run."""
    return kind.__module__.startswith("lumenhall.")


# Every generated file by its path from the top of the tree.
PAGES = {
    ".env.example": env_example,
    "docs/reference/settings.md": settings_page,
    "docs/reference/errors.md": errors_page,
    "docs/reference/events.md": events_page,
}


def main() -> int:
    for name, write in PAGES.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write())
    return 0


if __name__ == "__main__":
    sys.exit(main())
