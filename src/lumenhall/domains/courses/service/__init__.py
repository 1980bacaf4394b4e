"""What can be done with courses."""

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
    follow,
    follow_turn,
    forget_upload,
    tell_progress,
)
from lumenhall.domains.courses.service.playing import (
    get_lesson_to_discuss,
    may_play,
    play_lesson,
    play_preview,
)
from lumenhall.domains.courses.service.removing import RETIRED_FOR, remove_retired
from lumenhall.domains.courses.service.showing import course_cards, course_page
from lumenhall.domains.courses.service.uploading import upload_lesson_video, upload_preview
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
)

__all__ = [
    "RETIRED_FOR",
    "change_course",
    "change_course_video",
    "change_curriculum",
    "course_cards",
    "course_page",
    "create_course",
    "delete_course",
    "delete_course_video",
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
    "give_up_next_version",
    "leave",
    "list_course_videos",
    "may_play",
    "page_enrolments",
    "page_unfinished",
    "play_lesson",
    "play_preview",
    "read_curriculum",
    "remove_retired",
    "retry_course_video",
    "tell_progress",
    "upload_lesson_video",
    "upload_preview",
]
