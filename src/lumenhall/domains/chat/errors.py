"""What conversations refuse."""

from lumenhall.platform.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    TooManyRequests,
    UnsupportedType,
)


class ConversationUnknown(NotFound):
    code = "conversation_unknown"
    title = "There is no such conversation, or you are not part of it."


class MessageUnknown(NotFound):
    code = "message_unknown"
    title = "There is no such message in this conversation."


class ParticipantUnknown(NotFound):
    code = "participant_unknown"
    title = "This person is not part of the conversation."


class RequestUnknown(NotFound):
    code = "request_unknown"
    title = "There is no such request, or it has been answered already."


class RequestPending(Forbidden):
    code = "request_pending"
    title = "Your first message waits for an answer. You can write more once it is accepted."


class RequestDeclined(Conflict):
    code = "request_declined"
    title = "You have declined to talk with this person."


class NotGroupAdmin(Forbidden):
    code = "not_group_admin"
    title = "Only the admins of the group may do this."


class NotAGroup(Conflict):
    code = "not_a_group"
    title = "A conversation of two people can't be changed like this. Make a group instead."


class GroupFull(Conflict):
    code = "group_full"
    title = "A group has room for 256 people."


class RemovedFromGroup(Forbidden):
    code = "removed_from_group"
    title = "An admin removed you from this conversation. Ask one of them to let you in again."


class MessageEmpty(Invalid):
    code = "message_empty"
    title = "There is nothing in this message."


class SharedVideoUnknown(BadRequest):
    code = "shared_video_unknown"
    title = "There is no such video to share, or it is not published."


class ReplyUnknown(BadRequest):
    code = "reply_unknown"
    title = "The message that this one answers is not in the conversation, or was unsent."


class ClientIdUsed(Conflict):
    code = "client_id_used"
    title = "This message was sent to another conversation before."


class NotYourMessage(Forbidden):
    code = "not_your_message"
    title = "This message is somebody else's."


class MessageTooOld(Forbidden):
    code = "message_too_old"
    title = "A message can be changed for 15 minutes. You can still unsend it."


class MessageUnsent(Conflict):
    code = "message_unsent"
    title = "This message was unsent."


class TooManyMessages(TooManyRequests):
    code = "too_many_messages"
    title = "That were many messages in a short time. Try again in a moment."


class AttachmentUnknown(BadRequest):
    code = "attachment_unknown"
    title = "One of the attachments is not there, not yours, or was sent already."


class TooManyAttachments(Invalid):
    code = "too_many_attachments"
    title = "A message has room for 10 attachments, or one voice note by itself."


class MediaUnknown(NotFound):
    code = "media_unknown"
    title = "There is no such attachment, or its message was unsent."


class VoiceNotReadable(UnsupportedType):
    code = "voice_not_readable"
    title = "This is not a sound recording that we can read."


class VoiceTooLong(Invalid):
    code = "voice_too_long"
    title = "A voice note may be 60 seconds long."


class NotTalkingYet(Forbidden):
    code = "not_talking_yet"
    title = "You can watch together once you both talk with each other."


class AlreadyWatching(Conflict):
    code = "already_watching"
    title = "This conversation watches another video already. Join in, or end that first."


class PartyOver(Gone):
    code = "watching_over"
    title = "Watching this together is over."


class NotYourParty(Forbidden):
    code = "not_your_watching"
    title = "Only who started it and the admins of the group may end it for everyone."


class TooManyCommands(TooManyRequests):
    code = "too_many_commands"
    title = "That was a lot of playing and pausing. Try again in a moment."
