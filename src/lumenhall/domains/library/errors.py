"""What the library refuses."""

from lumenhall.platform.errors import Conflict, Forbidden, Invalid, NotFound


class VideoUnknown(NotFound):
    code = "video_unknown"
    title = "There is no such video, or it is not for you to see."


class CategoryUnknown(NotFound):
    code = "category_unknown"
    title = "There is no such category."


class CategoryInvalid(Invalid):
    code = "category_invalid"
    title = "The category you chose does not exist any more."


class CategoryTaken(Conflict):
    code = "category_taken"
    title = "There is a category of this name already."


class CategoryNotEmpty(Conflict):
    """Carries `video_count`."""

    code = "category_not_empty"
    title = "There are still videos in this category."


class NotYourVideo(Forbidden):
    code = "not_your_video"
    title = "Only the person who uploaded this video and admins may do this."


class VideoWithdrawn(Forbidden):
    code = "video_withdrawn"
    title = "A moderator unpublished this video. Only moderators can publish it again."


class AlreadyInLibrary(Conflict):
    code = "already_in_library"
    title = "This video is in the library already."


class VideoNotFailed(Conflict):
    code = "video_not_failed"
    title = "Only a video whose processing failed can be tried again."


class PlaylistUnknown(NotFound):
    code = "playlist_unknown"
    title = "There is no such playlist, or it is private."


class NotYourPlaylist(Forbidden):
    code = "not_your_playlist"
    title = "This playlist is somebody else's."


class PlaylistStays(Conflict):
    code = "playlist_stays"
    title = "What is to be watched later can be emptied, but the list itself stays as it is."


class PlaylistFull(Conflict):
    code = "playlist_full"
    title = "This playlist is full. Remove videos from it, or start another one."


class TooManyPlaylists(Conflict):
    code = "too_many_playlists"
    title = "You have as many playlists as are possible. Delete one to make another."


class NotInPlaylist(NotFound):
    code = "not_in_playlist"
    title = "This video is not in the playlist."
