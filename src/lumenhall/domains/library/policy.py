"""Who may see and change what of the library, in Python and, for lists, in SQL.

Owners and admins see a video always, everybody sees it once it is listed. Moderators may
unpublish what is listed; then it is *withdrawn*, all moderators go on seeing it, and only they
and the admins can publish it again. What an owner unpublishes is no business of moderators.
The SQL conditions need `videos` and `assets` in the statement. A test proves that both agree.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, false, or_, true

from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import ALLOWED, Actor, Decision
from lumenhall.domains.library.errors import (
    NotYourPlaylist,
    NotYourVideo,
    PlaylistStays,
    PlaylistUnknown,
    VideoUnknown,
    VideoWithdrawn,
)
from lumenhall.domains.library.models import Playlist, PlaylistKind, Video
from lumenhall.domains.media.models import Asset


def is_listed(video: Video, asset: Asset, now: datetime) -> bool:
    """Say whether everybody can see the video: published, its moment has come, playable."""
    return (
        video.published
        and video.published_at is not None
        and video.published_at <= now
        and asset.playable
    )


def listed(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return `is_listed` as a condition.

    The moment is compared inside a CASE so that no planner walks the index of moments for it:
    all but a few have come, and lists have better indexes to walk.
    """
    is_due = case((Video.published_at <= now, true()), else_=false())
    return Video.published & is_due & Asset.playable


def can_view(actor: Actor, video: Video, asset: Asset, now: datetime) -> Decision:
    """Owners and admins see a video always, others once listed, moderators also if withdrawn."""
    is_for_moderators = actor.is_moderator and video.withdrawn_at is not None
    if is_in_charge(actor, video.uploaded_by) or is_for_moderators or is_listed(video, asset, now):
        return ALLOWED
    return Decision(VideoUnknown())


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return `can_view` as a condition."""
    return visible_as(actor.role, actor.user_id, now)


def visible_as(
    role: Role, user_id: UUID | ColumnElement[UUID], now: datetime | ColumnElement[datetime]
) -> ColumnElement[bool]:
    """Return `visible_to` for any actor of a role, for statements that are kept."""
    if role is Role.ADMIN:
        return true()
    is_for_moderators = Video.withdrawn_at.is_not(None) if role is Role.MODERATOR else false()
    return or_(Video.uploaded_by == user_id, is_for_moderators, listed(now))


def is_in_charge(actor: Actor, owner_id: UUID) -> bool:
    """Say whether the actor may do all there is to do with the videos of a person."""
    return actor.is_admin or owner_id == actor.user_id


def can_edit(actor: Actor, video: Video) -> Decision:
    """Say whether someone who sees the video may change it, its captions, try again, delete it."""
    return ALLOWED if is_in_charge(actor, video.uploaded_by) else Decision(NotYourVideo())


def can_unpublish(actor: Actor, video: Video) -> Decision:
    """Moderators may take a video out of everybody's sight as well."""
    return ALLOWED if actor.is_moderator else can_edit(actor, video)


def can_publish(actor: Actor, video: Video) -> Decision:
    """Owners and admins may publish a video; one that was withdrawn, moderators and admins."""
    if video.withdrawn_at is None:
        return can_edit(actor, video)
    return ALLOWED if actor.is_moderator else Decision(VideoWithdrawn())


def withdraws(actor: Actor, video: Video) -> bool:
    """Say whether unpublishing the video would be moderation: it is published by another."""
    return video.published and video.uploaded_by != actor.user_id


def can_view_playlist(actor: Actor, playlist: Playlist) -> Decision:
    """Public playlists are everybody's to see; private ones only their owner's."""
    if playlist.is_public or playlist.owner_id == actor.user_id:
        return ALLOWED
    return Decision(PlaylistUnknown())


def playlists_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return `can_view_playlist` as a condition."""
    return Playlist.is_public | (Playlist.owner_id == actor.user_id)


def can_edit_playlist(actor: Actor, playlist: Playlist) -> Decision:
    """Say whether someone who sees the playlist may change what it holds and says."""
    return ALLOWED if playlist.owner_id == actor.user_id else Decision(NotYourPlaylist())


def can_delete_playlist(actor: Actor, playlist: Playlist) -> Decision:
    """Moderators may delete public playlists as well; the one to watch later always stays."""
    if playlist.kind is PlaylistKind.WATCH_LATER:
        return Decision(PlaylistStays())
    if actor.is_moderator and playlist.is_public:
        return ALLOWED
    return can_edit_playlist(actor, playlist)
