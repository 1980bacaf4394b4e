"""How far somebody is with a course: what is done of what the curriculum has now."""

from collections.abc import Collection, Iterable

from lumenhall.domains.courses.schemas import Lesson


def percent_of(done: int, total: int) -> int:
    """Return the share in percent, rounded down: 100 means all of it. Nothing of nothing is 0."""
    return done * 100 // total if total else 0


def count_done(lessons: Iterable[Lesson], completed: Collection[str]) -> tuple[int, int]:
    """Return how many lessons are completed, and how many there are.

    What was completed and then taken out of the curriculum counts again when it comes back.
    """
    ids = {lesson.id for lesson in lessons}
    return len(ids.intersection(completed)), len(ids)


def is_finished(lessons: Iterable[Lesson], completed: Collection[str]) -> bool:
    """Say whether all there is has been done, and there is something."""
    done, total = count_done(lessons, completed)
    return 0 < total == done
