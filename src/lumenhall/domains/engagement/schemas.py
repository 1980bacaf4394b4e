"""Requests and replies of engagement."""

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from lumenhall.domains.library.schemas import CategoryRef, Video, VideoCard

LARGEST_SECONDS = 2**31 - 1
MOST_RANGES = 500

Seconds = Annotated[int, Field(strict=True, ge=0, le=LARGEST_SECONDS)]
Moment = Annotated[float, Field(strict=True, ge=0, le=LARGEST_SECONDS, allow_inf_nan=False)]


class ProgressReport(BaseModel):
    """What a player tells every few seconds.

    `ranges` are the parts played since the last report, `at` is when `last_position` was true.
    With `ranges`, `watched_seconds` is counted from them and the given figure is not used.
    """

    watched_seconds: Seconds
    duration_seconds: Seconds
    last_position: Seconds
    completed: bool = False
    ranges: Annotated[list[tuple[Moment, Moment]], Field(max_length=MOST_RANGES)] | None = None
    at: Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC))] | None = None

    @model_validator(mode="after")
    def _ranges_run_forwards(self) -> Self:
        if any(end < start for start, end in self.ranges or ()):
            message = "A range ends before it starts."
            raise ValueError(message)
        return self


class ProgressReply(BaseModel):
    """Where the person stands now, all devices together."""

    model_config = ConfigDict(from_attributes=True)

    watched_seconds: int
    last_position: int
    completed: bool
    duration_seconds: int


class CategoryRow(BaseModel):
    """A shelf of the home page: an active category and its most viewed videos."""

    category: CategoryRef
    videos: list[VideoCard]


class Home(BaseModel):
    """Everything that the home page shows."""

    hero: Video | None
    continue_watching: list[VideoCard]
    newest: list[VideoCard]
    categories: list[CategoryRow]
