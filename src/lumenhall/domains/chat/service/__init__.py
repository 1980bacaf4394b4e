"""What can be done in conversations, named by verb."""

from lumenhall.domains.chat.service.attaching import (
    UPLOAD_PURPOSE,
    add_picture,
    add_video,
    add_voice,
    discard_own,
    discard_unsent,
)
from lumenhall.domains.chat.service.being_here import tell_presence, tell_typing
from lumenhall.domains.chat.service.finding import (
    index_missing,
    search_conversations,
    search_messages,
)
from lumenhall.domains.chat.service.groups import (
    add_participants,
    change_participant,
    remove_participant,
)
from lumenhall.domains.chat.service.moderating import (
    dismiss_flag,
    flagged_look,
    remove_flagged,
)
from lumenhall.domains.chat.service.parties import (
    end_blind_parties,
    end_deserted,
    end_party,
    keep_here,
    leave_party,
    show_party,
    start_party,
    steer_party,
)
from lumenhall.domains.chat.service.portraits import (
    picture_key,
    remove_group_picture,
    set_group_picture,
)
from lumenhall.domains.chat.service.reading import (
    answer_request,
    change_conversation,
    hide_conversation,
    mark_delivered,
    mark_read,
)
from lumenhall.domains.chat.service.showing import (
    conversation_detail,
    conversation_looks,
    media_look,
    message_look,
    message_page,
    reaction_looks,
)
from lumenhall.domains.chat.service.small import key_for_bubble
from lumenhall.domains.chat.service.starting import start_direct, start_group
from lumenhall.domains.chat.service.tidying import tidy_index
from lumenhall.domains.chat.service.topics import join_topic, leave_topics
from lumenhall.domains.chat.service.writing import (
    change_message,
    react_to_message,
    send_message,
    unsend_message,
)

__all__ = [
    "UPLOAD_PURPOSE",
    "add_participants",
    "add_picture",
    "add_video",
    "add_voice",
    "answer_request",
    "change_conversation",
    "change_message",
    "change_participant",
    "conversation_detail",
    "conversation_looks",
    "discard_own",
    "discard_unsent",
    "dismiss_flag",
    "end_blind_parties",
    "end_deserted",
    "end_party",
    "flagged_look",
    "hide_conversation",
    "index_missing",
    "join_topic",
    "keep_here",
    "key_for_bubble",
    "leave_party",
    "leave_topics",
    "mark_delivered",
    "mark_read",
    "media_look",
    "message_look",
    "message_page",
    "picture_key",
    "react_to_message",
    "reaction_looks",
    "remove_flagged",
    "remove_group_picture",
    "remove_participant",
    "search_conversations",
    "search_messages",
    "send_message",
    "set_group_picture",
    "show_party",
    "start_direct",
    "start_group",
    "start_party",
    "steer_party",
    "tell_presence",
    "tell_typing",
    "tidy_index",
    "unsend_message",
]
