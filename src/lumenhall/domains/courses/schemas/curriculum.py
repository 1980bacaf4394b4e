"""The curriculum: sections of lessons, in the order in which they are taken."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lumenhall.domains.courses.models import LESSON_ID_LENGTH
from lumenhall.domains.library.models import TITLE_LENGTH
from lumenhall.platform.kit.text import one_line

MOST_SECTIONS = 200
MOST_LESSONS = 1000
# What would end or leave the part of an address that a lesson's id is.
_REFUSED = re.compile(r"[/\\\x00-\x1f\x7f]")


class LessonKind(StrEnum):
    """What a lesson mainly is."""

    VIDEO = "video"
    TEXT = "text"
    QUIZ = "quiz"


def if_text(change: Callable[[str], str]) -> BeforeValidator:
    """Change what is text; anything else is left for the validation to refuse."""
    return BeforeValidator(lambda value: change(value) if isinstance(value, str) else value)


def _a_lesson_id(lesson_id: str) -> str:
    if lesson_id != lesson_id.strip() or lesson_id in {".", ".."} or _REFUSED.search(lesson_id):
        raise PydanticCustomError(
            "lesson_id", "An id has no slashes and does not begin or end with a space."
        )
    return lesson_id


LessonId = Annotated[
    str, Field(min_length=1, max_length=LESSON_ID_LENGTH), AfterValidator(_a_lesson_id)
]
Title = Annotated[str, if_text(one_line), Field(min_length=1, max_length=TITLE_LENGTH)]


class Lesson(BaseModel):
    """A lesson. What hangs on it goes by its `id`, so titles and places may change freely.

    A preview is open to those who are not enrolled.
    """

    id: LessonId
    title: Title
    kind: LessonKind = LessonKind.VIDEO
    is_preview: bool = False


class Section(BaseModel):
    """Lessons under one heading."""

    id: LessonId
    title: Title
    lessons: Annotated[list[Lesson], Field(max_length=MOST_LESSONS)] = []


class Curriculum(BaseModel):
    """All sections of a course in order; ids of lessons are unique in the whole course."""

    sections: Annotated[list[Section], Field(max_length=MOST_SECTIONS)] = []

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        _demand_unique("sections", [section.id for section in self.sections])
        lesson_ids = [lesson.id for lesson in self.lessons()]
        _demand_unique("lessons", lesson_ids)
        if len(lesson_ids) > MOST_LESSONS:
            raise PydanticCustomError(
                "too_many_lessons", "A course has {most} lessons at most.", {"most": MOST_LESSONS}
            )
        return self

    def lessons(self) -> Iterator[Lesson]:
        """Yield the lessons in their order."""
        for section in self.sections:
            yield from section.lessons


class CurriculumLook(Curriculum):
    """A curriculum as its editors get it; `version` changes with it."""

    version: int


class CurriculumChange(Curriculum):
    """A whole new curriculum; `version` is that of the one that it is made from."""

    version: Annotated[int, Field(ge=0, lt=2**31)]


def _demand_unique(what: str, ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        twice = next(one for place, one in enumerate(ids) if one in ids[:place])
        raise PydanticCustomError(
            "ids_not_unique", "Two {what} have the id {id}.", {"what": what, "id": twice}
        )
