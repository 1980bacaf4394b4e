"""What courses refuse."""

from lumenhall.platform.errors import Conflict, Forbidden, Invalid, NotFound, TooManyRequests


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


class AssetNotReady(Conflict):
    code = "asset_not_ready"
    title = "Only a video that is ready can be put into a lesson."


class AlreadyInCourse(Conflict):
    code = "already_in_course"
    title = "This video is in a course already, or was replaced there within the last hours."


class InstructorInvalid(Invalid):
    code = "instructor_invalid"
    title = "One of the instructors is nobody that is known here."


class PersonInvalid(Invalid):
    code = "person_invalid"
    title = "This is nobody that is known here."


class NoPreview(NotFound):
    code = "no_preview"
    title = "This course has no preview video."


class LessonTextStale(Conflict):
    """`version` is that of the text as it is now."""

    code = "lesson_text_changed"
    title = "Somebody else has changed this text in the meantime."


class QuizUnknown(NotFound):
    code = "quiz_unknown"
    title = "This lesson has no questions yet."


class QuizStale(Conflict):
    """`version` is that of the quiz as it is now."""

    code = "quiz_changed"
    title = "The quiz has been changed in the meantime. Load it again."


class AnswersInvalid(Invalid):
    code = "answers_invalid"
    title = "One of the answers is to no question of this quiz."


class TooManyAttempts(TooManyRequests):
    code = "too_many_attempts"
    title = "That were many attempts in a short time. Look at the lesson again meanwhile."


class NoteUnknown(NotFound):
    code = "note_unknown"
    title = "There is no such note."


class TooManyNotes(Conflict):
    code = "too_many_notes"
    title = "You have as many notes in this course as are possible. Delete one to write another."


class CourseNotFinished(Conflict):
    code = "course_not_finished"
    title = "There is a certificate once all lessons are completed."


class CertificateUnknown(NotFound):
    code = "certificate_unknown"
    title = "There is no certificate with this code."
