"""The rule of who sees what, in Python and in SQL, over every kind of video and viewer."""

from datetime import timedelta
from itertools import product

from sqlalchemy import select

from lumenhall.domains.identity.models import Role
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import (
    can_edit,
    can_unpublish,
    can_view,
    is_listed,
    listed,
    visible_to,
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
    kinds = product(viewers, (True, False), (None, now - MOMENT, now + MOMENT), AssetStatus, (0, 1))
    for owner, published, published_at, status, playable in kinds:
        if published and published_at is None:
            continue
        asset = make_asset(owner, status=status, playable=bool(playable))
        video = await add_video(
            session, owner, asset=asset, published=published, published_at=published_at
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
    rights = {}
    for role in Role:
        actor = actor_for(await add_person(session, role.value, role=role))
        rights[role] = bool(can_edit(actor, video)), bool(can_unpublish(actor, video))
    assert rights == {
        Role.MEMBER: (False, False),
        Role.MODERATOR: (False, True),
        Role.ADMIN: (True, True),
    }
    assert can_edit(actor_for(owner), video)
