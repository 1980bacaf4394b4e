"""What the documents say is true: generated pages are fresh, and what they name exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumenhall.platform.settings import Settings
from tools import reference
from tools.checks import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
CODE = re.compile(r"`([^`\n]+)`|^( {4}|\t|\$ )?(make [a-z-]+.*)$", re.MULTILINE)
OUR_PATH = re.compile(r"(?:src|tests|docs|web|tools|benchmarks|requirements|\.ci)/[\w./-]+")
MAKE = re.compile(r"^make ([a-z][a-z0-9-]*)")
VARIABLE = re.compile(r"\bLUMENHALL_[A-Z_]+\b")
# Read by the build and by the tests, not by the program.
OTHER_VARIABLES = {
    "LUMENHALL_SKIP_WEB_BUILD",
    "LUMENHALL_TEST_CHROMIUM",
    "LUMENHALL_TEST_DATABASE_URL",
}
# Made by the build, so a fresh tree lacks it.
BUILT = {"src/lumenhall/web_dist"}

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


@pytest.mark.parametrize("name", reference.PAGES)
def test_generated_pages_are_fresh(name: str) -> None:
    path = ROOT / name
    assert path.is_file(), "run `make reference`"
    assert path.read_text() == reference.PAGES[name](), "run `make reference`"


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    missing = [
        link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()
    ]
    assert not missing


@every_document
def test_named_files_exist(document: Path) -> None:
    named = {text.rstrip("/.") for text in _code(document) if OUR_PATH.fullmatch(text)}
    assert not [name for name in sorted(named - BUILT) if not (ROOT / name).exists()]


@every_document
def test_named_make_targets_exist(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    targets |= set(re.findall(r"test-[a-z0-9]+", makefile))
    named = {match[1] for text in _code(document) if (match := MAKE.match(text))}
    assert named <= targets


@every_document
def test_named_settings_exist(document: Path) -> None:
    known = {reference.variable(name) for name in Settings.model_fields} | OTHER_VARIABLES
    assert set(VARIABLE.findall(document.read_text())) <= known


def _code(document: Path) -> Iterator[str]:
    for inline, _, block in CODE.findall(document.read_text()):
        yield inline or block
