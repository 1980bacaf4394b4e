"""What can be done with courses."""

from lumenhall.domains.courses.service.certifying import claim_certificate, print_certificate
from lumenhall.domains.courses.service.editing import (
    change_course,
    change_curriculum,
    create_course,
    delete_course,
    read_curriculum,
)
from lumenhall.domains.courses.service.enrolling import (
    end_enrolment,
    enrol,
    enrol_person,
    leave,
    page_enrolments,
)
from lumenhall.domains.courses.service.following import (
    Failure,
    follow,
    follow_turn,
    forget_upload,
    tell_progress,
)
from lumenhall.domains.courses.service.giving import give_lesson_video
from lumenhall.domains.courses.service.lessons import lesson_page
from lumenhall.domains.courses.service.noting import (
    add_note,
    change_note,
    delete_note,
    page_notes,
)
from lumenhall.domains.courses.service.playing import (
    get_lesson_to_discuss,
    may_play,
    play_lesson,
    play_preview,
)
from lumenhall.domains.courses.service.progress import mark_read, report_progress
from lumenhall.domains.courses.service.quizzing import attempt_quiz, page_attempts
from lumenhall.domains.courses.service.removing import RETIRED_FOR, remove_retired
from lumenhall.domains.courses.service.showing import course_cards, course_page
from lumenhall.domains.courses.service.uploading import (
    note_lesson_video_sent,
    note_preview_sent,
    upload_lesson_video,
    upload_preview,
)
from lumenhall.domains.courses.service.videos import (
    change_course_video,
    delete_course_video,
    delete_preview,
    get_course_video,
    get_preview,
    give_up_next_version,
    list_course_videos,
    page_unfinished,
    retry_course_video,
    retry_preview,
)
from lumenhall.domains.courses.service.writing import (
    read_quiz,
    read_text,
    write_quiz,
    write_text,
)

__all__ = [
    "RETIRED_FOR",
    "Failure",
    "add_note",
    "attempt_quiz",
    "change_course",
    "change_course_video",
    "change_curriculum",
    "change_note",
    "claim_certificate",
    "course_cards",
    "course_page",
    "create_course",
    "delete_course",
    "delete_course_video",
    "delete_note",
    "delete_preview",
    "end_enrolment",
    "enrol",
    "enrol_person",
    "follow",
    "follow_turn",
    "forget_upload",
    "get_course_video",
    "get_lesson_to_discuss",
    "get_preview",
    "give_lesson_video",
    "give_up_next_version",
    "leave",
    "lesson_page",
    "list_course_videos",
    "mark_read",
    "may_play",
    "note_lesson_video_sent",
    "note_preview_sent",
    "page_attempts",
    "page_enrolments",
    "page_notes",
    "page_unfinished",
    "play_lesson",
    "play_preview",
    "print_certificate",
    "read_curriculum",
    "read_quiz",
    "read_text",
    "remove_retired",
    "report_progress",
    "retry_course_video",
    "retry_preview",
    "tell_progress",
    "upload_lesson_video",
    "upload_preview",
    "write_quiz",
    "write_text",
]
