"""What courses refuse."""

from lumenhall.platform.errors import Conflict, Forbidden, Invalid, NotFound


class CourseUnknown(NotFound):
    code = "course_unknown"
    title = "There is no such course, or it is not for you to see."


class LessonUnknown(NotFound):
    code = "lesson_unknown"
    title = "There is no such lesson in this course."


class CourseVideoUnknown(NotFound):
    code = "course_video_unknown"
    title = "This lesson has no video yet."


class NotYourCourse(Forbidden):
    code = "not_your_course"
    title = "Only the instructors of this course and admins may do this."


class NotEnrolled(Forbidden):
    code = "not_enrolled"
    title = "This is for those who take the course. Enrol to go on."


class LessonLocked(Forbidden):
    """`lesson_id` is the first lesson that is still to be completed."""

    code = "lesson_locked"
    title = "The lessons of this course come one after another. Finish the ones before first."


class SlugTaken(Conflict):
    code = "course_slug_taken"
    title = "There is a course at this address already."


class CurriculumStale(Conflict):
    """`version` is that of the curriculum as it is now."""

    code = "curriculum_changed"
    title = "Somebody else has changed the curriculum in the meantime."


class WrongLessonKind(Conflict):
    code = "wrong_lesson_kind"
    title = "A lesson of this kind has nothing like that."


class CourseVideoNotFailed(Conflict):
    code = "course_video_not_failed"
    title = "Only a video whose processing failed can be tried again."


class InstructorInvalid(Invalid):
    code = "instructor_invalid"
    title = "One of the instructors is nobody that is known here."


class PersonInvalid(Invalid):
    code = "person_invalid"
    title = "This is nobody that is known here."


class NoPreview(NotFound):
    code = "no_preview"
    title = "This course has no preview video."
