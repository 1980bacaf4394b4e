"""A certificate as a sheet of paper, in the language of whose it is.

The fonts that come with this program have the letters of Latin, Greek, Cyrillic, Arabic,
Hebrew, Armenian and Georgian. A name in other letters gives way to one that can be printed.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF, Align
from fpdf.enums import XPos, YPos

import lumenhall.domains.courses as here
from lumenhall.domains.courses.service.paper import Sheet
from lumenhall.domains.identity.models import Language

FONTS = Path(here.__file__).parent / "fonts"
PLAIN, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
WIDTH, HEIGHT, MARGIN = 297, 210, 30
INK, PALE, ACCENT = (38, 38, 48), (110, 110, 122), (183, 121, 31)
LARGEST_NAME, SMALLEST = 34, 12


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a certificate in one language."""

    heading: str
    completed: str
    check: str
    date: str
    months: tuple[str, ...]


_WORDS = {
    Language.ENGLISH: _Words(
        "Certificate",
        "has completed the course",
        "Check this certificate at",
        "{day} {month} {year}",
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
    ),
    Language.SPANISH: _Words(
        "Certificado",
        "ha completado el curso",
        "Compruebe este certificado en",
        "{day} de {month} de {year}",
        (
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
    ),
}


def printable(text: str, otherwise: str) -> str:
    """Return a text if the fonts have all its letters, else the other one."""
    letters = _letters()
    return text if all(ord(letter) in letters for letter in text) else otherwise


def print_sheet(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF."""
    words = _WORDS[sheet.language]
    pdf = FPDF("landscape", "mm", "A4")
    pdf.add_font("sheet", "", PLAIN)
    pdf.add_font("sheet", "B", BOLD)
    # Arabic letters join, and run from right to left.
    pdf.set_text_shaping(use_shaping_engine=True)
    pdf.set_auto_page_break(auto=False)
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    name = printable(sheet.person_name, sheet.username)
    title = printable(sheet.course_title, sheet.code)
    site = printable(sheet.site_name, "Lumenhall")
    pdf.set_title(f"{words.heading}: {title}")
    pdf.set_author(site)
    pdf.set_creation_date(sheet.issued_at)
    pdf.set_lang(sheet.language.value)
    pdf.add_page()
    _frame(pdf)
    pdf.set_y(34)
    _line(pdf, site, 13, PALE)
    _line(pdf, words.heading, 30, ACCENT, style="B", above=8)
    _line(pdf, name, _fitting(pdf, name), INK, style="B", above=14)
    _line(pdf, words.completed, 14, PALE, above=6)
    _line(pdf, title, 20, INK, above=4)
    _line(pdf, _date(words, sheet.issued_at), 13, PALE, above=8)
    pdf.set_y(HEIGHT - 36)
    _line(pdf, words.check, 9, PALE)
    _line(pdf, sheet.address, 10, INK)
    return bytes(pdf.output())


def _frame(pdf: FPDF) -> None:
    pdf.set_draw_color(*ACCENT)
    for inset, width in ((12, 1.2), (15, 0.3)):
        pdf.set_line_width(width)
        pdf.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)


def _line(
    pdf: FPDF,
    text: str,
    size: float,
    color: tuple[int, int, int],
    *,
    style: str = "",
    above: float = 0,
) -> None:
    pdf.set_y(pdf.get_y() + above)
    pdf.set_font("sheet", style, size)
    pdf.set_text_color(*color)
    pdf.multi_cell(0, size * 0.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _fitting(pdf: FPDF, name: str) -> float:
    """Return the size in which a name has room in one line, if there is one."""
    size = LARGEST_NAME
    while size > SMALLEST:
        pdf.set_font("sheet", "B", size)
        if pdf.get_string_width(name) <= pdf.epw:
            break
        size -= 2
    return size


def _date(words: _Words, moment: datetime) -> str:
    month = words.months[moment.month - 1]
    return words.date.format(day=moment.day, month=month, year=moment.year)


@cache
def _letters() -> frozenset[int]:
    with TTFont(PLAIN) as plain, TTFont(BOLD) as bold:
        return frozenset(plain.getBestCmap()) & frozenset(bold.getBestCmap())
