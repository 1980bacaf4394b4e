"""The rule of who sees what, in Python and in SQL, over every kind of video and viewer."""

from datetime import timedelta
from itertools import product

from sqlalchemy import select

from lumenhall.domains.identity.models import Role
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import (
    can_edit,
    can_publish,
    can_unpublish,
    can_view,
    is_listed,
    listed,
    visible_to,
    withdraws,
)
from lumenhall.domains.library.queries import asset_is_visible
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import actor_for, add_person
from tests.factories.videos import add_video, make_asset

MOMENT = timedelta(hours=1)


async def test_python_and_sql_agree_on_every_video_and_viewer(session: WriteSession) -> None:
    now = clock.now()
    viewers = [
        await add_person(session, "member"),
        await add_person(session, "moderator", role=Role.MODERATOR),
        await add_person(session, "admin", role=Role.ADMIN),
        await add_person(session, "owner"),
    ]
    videos = []
    moments = (None, now - MOMENT, now + MOMENT)
    kinds = product(viewers, (True, False), moments, (None, now), AssetStatus, (0, 1))
    for owner, published, published_at, withdrawn_at, status, playable in kinds:
        if published and (published_at is None or withdrawn_at is not None):
            continue
        asset = make_asset(owner, status=status, playable=bool(playable))
        video = await add_video(
            session,
            owner,
            asset=asset,
            published=published,
            published_at=published_at,
            withdrawn_at=withdrawn_at,
        )
        videos.append((video, asset))
    for viewer in viewers:
        actor = actor_for(viewer)
        seen = (
            select(Video.id).join(Asset, Asset.id == Video.asset_id).where(visible_to(actor, now))
        )
        expected = {video.id for video, asset in videos if can_view(actor, video, asset, now)}
        assert set(await session.scalars(seen)) == expected
        assert {v.id for v, a in videos if await asset_is_visible(session, a.id, viewer.id)} == (
            expected
        )
    shown = select(Video.id).join(Asset, Asset.id == Video.asset_id).where(listed(now))
    assert set(await session.scalars(shown)) == {
        video.id for video, asset in videos if is_listed(video, asset, now)
    }


async def test_a_member_sees_a_video_once_it_is_published_due_and_playable(
    session: WriteSession,
) -> None:
    owner, member = await add_person(session, "owner"), await add_person(session, "member")
    now, actor = clock.now(), actor_for(member)
    asset = make_asset(owner, status=AssetStatus.IN_PROGRESS, playable=True)
    video = await add_video(session, owner, asset=asset)
    assert can_view(actor, video, asset, now)
    asset.preview_prefix = None
    assert not can_view(actor, video, asset, now)
    assert can_view(actor_for(owner), video, asset, now)


async def test_members_change_their_own_videos_moderators_unpublish_admins_do_all(
    session: WriteSession,
) -> None:
    owner = await add_person(session, "owner")
    video = await add_video(session, owner)
    viewers = [owner, *[await add_person(session, role.value, role=role) for role in Role]]

    def rights() -> dict[str, tuple[bool, ...]]:
        rules = (can_edit, can_unpublish, can_publish)
        return {
            viewer.username: tuple(bool(rule(actor_for(viewer), video)) for rule in rules)
            for viewer in viewers
        }

    expected = {
        "owner": (True, True, True),
        "member": (False, False, False),
        "moderator": (False, True, False),
        "admin": (True, True, True),
    }
    assert rights() == expected
    video.withdrawn_at = clock.now()
    assert rights() == expected | {
        "owner": (True, True, False),
        "moderator": (False, True, True),
    }


async def test_only_what_others_unpublish_is_withdrawn(session: WriteSession) -> None:
    owner, other = await add_person(session, "owner"), await add_person(session, "other")
    video = await add_video(session, owner)
    assert withdraws(actor_for(other), video)
    assert not withdraws(actor_for(owner), video)
    video.published = False
    assert not withdraws(actor_for(other), video)
