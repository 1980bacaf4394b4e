"""Quizzes as authors write them, as learners get them, and what comes of an attempt."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from lumenhall.domains.courses.schemas.curriculum import if_text

MOST_QUESTIONS = 100
MOST_OPTIONS = 12
ShortId = Annotated[str, Field(min_length=1, max_length=50)]
QuestionText = Annotated[str, if_text(str.strip), Field(min_length=1, max_length=2000)]
OptionText = Annotated[str, if_text(str.strip), Field(min_length=1, max_length=500)]
Explanation = Annotated[str, if_text(str.strip), Field(max_length=2000)]


class QuestionKind(StrEnum):
    """Whether exactly one option is right, or any number of them that are all to be chosen."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class OptionToTake(BaseModel):
    """What may be answered."""

    id: ShortId
    text: OptionText


class Option(OptionToTake):
    """What may be answered, and whether it is right."""

    is_right: bool = False


class QuestionToTake(BaseModel):
    """A question as learners get it, without what is right."""

    id: ShortId
    text: QuestionText
    kind: QuestionKind
    options: list[OptionToTake]


class Question(BaseModel):
    """A question with what is right; `explanation` is shown to those who have passed."""

    id: ShortId
    text: QuestionText
    kind: QuestionKind = QuestionKind.SINGLE
    options: Annotated[list[Option], Field(min_length=2, max_length=MOST_OPTIONS)]
    explanation: Explanation = ""

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if len({option.id for option in self.options}) < len(self.options):
            raise PydanticCustomError("ids_not_unique", "Two options have the same id.")
        right = len(self.right_ids())
        if not right or (self.kind is QuestionKind.SINGLE and right > 1):
            raise PydanticCustomError(
                "right_options",
                "One option has to be right, or, where several may be chosen, at least one.",
            )
        return self

    def right_ids(self) -> set[str]:
        """Return the options that are right."""
        return {option.id for option in self.options if option.is_right}


class QuizChange(BaseModel):
    """A whole new quiz; `version` is that of the one that it is made from, 0 for none."""

    pass_percent: Annotated[int, Field(ge=1, le=100)] = 80
    questions: Annotated[list[Question], Field(min_length=1, max_length=MOST_QUESTIONS)]
    version: Annotated[int, Field(ge=0, lt=2**31)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        if len({question.id for question in self.questions}) < len(self.questions):
            raise PydanticCustomError("ids_not_unique", "Two questions have the same id.")
        return self


class QuizLook(BaseModel):
    """A quiz with its answers, for its editors; version 0 and no questions before there is one."""

    pass_percent: int
    questions: list[Question]
    version: int


class QuizToTake(BaseModel):
    """A quiz as learners get it. `version` goes with the answers."""

    pass_percent: int
    questions: list[QuestionToTake]
    version: int


class Answers(BaseModel):
    """The chosen options by question; what is left out is not answered."""

    version: Annotated[int, Field(ge=0, lt=2**31)]
    answers: Annotated[
        dict[ShortId, Annotated[list[ShortId], Field(max_length=MOST_OPTIONS)]],
        Field(max_length=MOST_QUESTIONS),
    ]


class AttemptLook(BaseModel):
    """What an attempt came to."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    score_percent: int
    passed: bool
    created_at: datetime


class QuestionResult(BaseModel):
    """Whether a question was answered right.

    What is right, and why, is said only to those who have passed.
    """

    question_id: str
    is_right: bool
    right_option_ids: list[str] | None
    explanation: str | None
