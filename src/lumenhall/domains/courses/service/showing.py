"""Courses as replies show them to one viewer."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.policy import is_author, locked
from lumenhall.domains.courses.queries import CourseShown
from lumenhall.domains.courses.schemas import (
    CourseCard,
    CourseLesson,
    CoursePage,
    CoursePreview,
    CourseSection,
    Curriculum,
    Lesson,
    LessonKind,
    Resume,
)
from lumenhall.domains.courses.service.counting import count_done, percent_of
from lumenhall.domains.courses.service.playing import resume_at
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.schemas import CategoryRef
from lumenhall.domains.media import service as media


class Amount(NamedTuple):
    """How much there is in a course, and how much of it somebody has done."""

    lessons: int
    seconds: int
    done: int


async def course_cards(
    session: AsyncSession, found: Sequence[CourseShown], actor: Actor, key: bytes
) -> list[CourseCard]:
    """Return courses as a list shows them; `key` signs the addresses of pictures."""
    taken = [shown.course.id for shown in found if shown.enrolment]
    completed = await queries.list_completed(session, [actor.user_id], taken)
    durations = await queries.list_durations(session, [shown.course.id for shown in found])
    cards = []
    for shown in found:
        course = shown.course
        done = completed.get((actor.user_id, course.id), set())
        amount = _amount(queries.curriculum_of(course), durations[course.id], done)
        cards.append(_card(shown, actor, key, amount))
    return cards


async def course_page(
    session: AsyncSession, shown: CourseShown, actor: Actor, key: bytes
) -> CoursePage:
    """Return a course as its own page shows it; as many statements however long it is."""
    course = shown.course
    curriculum = queries.curriculum_of(course)
    done = await queries.list_done(session, course.id, actor.user_id)
    completed = {row.lesson_id for row in done if row.completed}
    content = await queries.list_content(session, course.id)
    beside = await queries.list_co_instructors(session, course.id)
    waits: set[str] = set()
    if course.order_locked and not is_author(actor, shown.standing):
        waits = locked(curriculum.lessons(), completed)
    sections = _sections(curriculum, content, completed, waits)
    lessons = [lesson for section in sections for lesson in section.lessons]
    durations = {row.lesson_id: row.duration for row in content if row.duration is not None}
    amount = _amount(curriculum, durations, completed)
    card = _card(shown, actor, key, amount)
    return CoursePage(
        **dict(card),
        order_locked=course.order_locked,
        co_instructors=[PersonLook.model_validate(person) for person in beside],
        sections=sections,
        completed_count=amount.done,
        preview=_preview(shown, card.preview_thumbnail_url),
        resume=find_place(shown, lessons, done),
        enrolled_at=shown.enrolment.created_at if shown.enrolment else None,
        completed_at=shown.enrolment.completed_at if shown.enrolment else None,
        certificate_code=shown.certificate_code,
    )


def find_place(
    shown: CourseShown, lessons: Sequence[CourseLesson], done: Sequence[Row[Any]]
) -> Resume | None:
    """Return where the enrolled go on: in the lesson they were in, else in the next to do."""
    if shown.enrolment is None or not lessons:
        return None
    ids = [lesson.id for lesson in lessons]
    last = shown.enrolment.last_lesson_id
    start = ids.index(last) if last in ids else 0
    in_turn = [*lessons[start:], *lessons[:start]]
    goes_on = next(
        (one for one in in_turn if not one.is_completed and not one.is_locked), lessons[0]
    )
    row = next((row for row in done if row.lesson_id == goes_on.id), None)
    at = resume_at(row.last_position, is_completed=row.completed) if row else 0
    return Resume(lesson_id=goes_on.id, at_seconds=at)


def _amount(
    curriculum: Curriculum, durations: Mapping[str, int], completed: Collection[str]
) -> Amount:
    lessons = list(curriculum.lessons())
    done, total = count_done(lessons, completed)
    videos = (lesson for lesson in lessons if lesson.kind is LessonKind.VIDEO)
    return Amount(total, sum(durations.get(lesson.id, 0) for lesson in videos), done)


def _card(shown: CourseShown, actor: Actor, key: bytes, amount: Amount) -> CourseCard:
    course, enrolment = shown.course, shown.enrolment
    return CourseCard(
        id=course.id,
        slug=course.slug,
        title=course.title,
        description=course.description,
        published=course.published,
        instructor=PersonLook.model_validate(shown.instructor) if shown.instructor else None,
        category=CategoryRef.model_validate(shown.category) if shown.category else None,
        lesson_count=amount.lessons,
        duration_seconds=amount.seconds,
        preview_thumbnail_url=_thumbnail(shown, actor, key),
        is_enrolled=enrolment is not None,
        percent=percent_of(amount.done, amount.lessons) if enrolment else None,
        can_edit=is_author(actor, shown.standing),
        created_at=course.created_at,
    )


def _thumbnail(shown: CourseShown, actor: Actor, key: bytes) -> str | None:
    if shown.course.preview_video_thumbnail or shown.preview is None:
        return shown.course.preview_video_thumbnail
    picture = media.Picture.of(shown.preview.id, shown.preview.thumbnail_key)
    return media.picture_addresses(actor, key)(picture).decode() if picture else None


def _preview(shown: CourseShown, thumbnail_url: str | None) -> CoursePreview | None:
    if shown.preview is None:
        return None
    return CoursePreview(
        video_id=shown.course.preview_video_id,
        duration_seconds=shown.course.preview_video_duration,
        thumbnail_url=thumbnail_url,
        is_playable=shown.preview.playable,
    )


def _sections(
    curriculum: Curriculum, content: Sequence[Row[Any]], completed: set[str], waits: set[str]
) -> list[CourseSection]:
    found = {(row.lesson_id, row.kind): row for row in content}

    def look(lesson: Lesson) -> CourseLesson:
        row = found.get((lesson.id, lesson.kind.value))
        return CourseLesson(
            id=lesson.id,
            title=lesson.title,
            kind=lesson.kind,
            is_preview=lesson.is_preview,
            duration_seconds=row.duration if row else None,
            is_ready=bool(row and row.is_playable),
            is_completed=lesson.id in completed,
            is_locked=lesson.id in waits,
        )

    return [
        CourseSection(
            id=section.id,
            title=section.title,
            lessons=[look(lesson) for lesson in section.lessons],
        )
        for section in curriculum.sections
    ]
