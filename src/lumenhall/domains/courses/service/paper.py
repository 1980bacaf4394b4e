"""What stands on a certificate, and its way onto paper."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from lumenhall.domains.identity.models import Language


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a certificate."""

    site_name: str
    person_name: str
    username: str
    course_title: str
    issued_at: datetime
    code: str
    address: str
    language: Language


async def draw(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF."""
    return await asyncio.to_thread(_draw, sheet)


def _draw(sheet: Sheet) -> bytes:
    # The libraries that print take 20 MB, which a community without certificates never needs.
    from lumenhall.domains.courses.service.printing import print_sheet  # noqa: PLC0415 See above.

    return print_sheet(sheet)
