"""Videos over HTTP: making, seeing, changing and deleting them."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lumenhall.domains.identity.models import Role
from lumenhall.domains.library.models import Video
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.service import expire_uploads
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.options import WhoMayUpload
from lumenhall.platform.realtime import live
from tests.factories.people import People
from tests.factories.videos import add_category, add_video, files_under, make_asset

NEW: dict[str, Any] = {"title": "Sunday", "filename": "sunday.mp4", "size_bytes": 1000}


async def count(app_context: AppContext, model: type[Asset | Video | Upload]) -> int:
    async with app_context.database.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_a_video_is_made_with_an_address_for_its_bytes(
    people: People, app_context: AppContext
) -> None:
    _, member = await people.add("bea")
    async with app_context.database.write() as session:
        category = await add_category(session)
    more = {"description": " Rain. ", "category_id": str(category.id), "tags": ["#Rain", "rain"]}
    made = await member.post("/api/videos", json=NEW | more)
    assert made.status_code == 201
    video, upload = made.json()["video"], made.json()["upload"]
    assert upload["url"] == f"/api/uploads/{upload['id']}"
    assert (upload["offset_bytes"], upload["size_bytes"]) == (0, 1000)
    assert video["asset"]["status"] == "pendingupload"
    assert video["description"] == "Rain."
    assert video["tags"] == ["rain"]
    assert video["category"]["slug"] == "music"
    assert video["uploaded_by"]["username"] == "bea"
    assert video["can_edit"]
    assert video["upload"] == upload
    assert (await member.get(f"/api/videos/{video['id']}")).json() == video
    short = (await member.get(f"/api/videos/by-short-id/{video['short_id']}")).json()
    assert short == video
    assert (await member.get("/api/me/quota")).json()["used_bytes"] == 1000


async def test_a_refused_upload_leaves_no_video(people: People, app_context: AppContext) -> None:
    _, member = await people.add("bea", weekly_upload_limit_bytes=999)
    refused = await member.post("/api/videos", json=NEW)
    assert (refused.status_code, refused.json()["code"]) == (403, "quota_exceeded")
    assert [await count(app_context, model) for model in (Video, Asset, Upload)] == [0, 0, 0]


async def test_only_admins_add_videos_where_the_site_says_so(
    people: People, app_context: AppContext
) -> None:
    _, member = await people.add("bea")
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        await options.change(session, None, who_may_upload=WhoMayUpload.ADMINS)
    refused = await member.post("/api/videos", json=NEW)
    assert (refused.status_code, refused.json()["code"]) == (403, "uploads_not_allowed")
    assert (await admin.post("/api/videos", json=NEW)).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"description": "x" * 5001},
        {"size_bytes": -1},
        {"filename": ""},
        {"tags": ["x" * 51]},
        {"tags": [str(number) for number in range(21)]},
        {"category_id": str(uuid4())},
    ],
)
async def test_what_a_video_may_not_be(people: People, wrong: dict[str, object]) -> None:
    _, member = await people.add("bea")
    assert (await member.post("/api/videos", json=NEW | wrong)).status_code == 422


async def test_drafts_and_unready_videos_are_there_for_owner_and_admins_alone(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        hidden = [
            await add_video(session, bea, published=False),
            await add_video(session, bea, published_at=clock.now() + timedelta(days=1)),
            await add_video(session, bea, asset=make_asset(bea, playable=False)),
        ]
    for video in hidden:
        address = f"/api/videos/{video.id}"
        for person in (other, moderator):
            for reply in (
                await person.get(address),
                await person.get(f"/api/videos/by-short-id/{video.short_id}"),
                await person.get(f"{address}/playback"),
                await person.get(f"{address}/captions"),
                await person.patch(address, json={"published": False}),
                await person.delete(address),
                await person.post(f"{address}/retry"),
            ):
                assert (reply.status_code, reply.json()["code"]) == (404, "video_unknown")
        for person in (owner, admin):
            assert (await person.get(address)).status_code == 200


async def test_others_may_see_a_listed_video_but_not_change_it(
    people: People, app_context: AppContext
) -> None:
    bea, _ = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    address = f"/api/videos/{video.id}"
    seen = (await other.get(address)).json()
    assert not seen["can_edit"]
    for reply in (
        await other.patch(address, json={"title": "Mine"}),
        await other.patch(address, json={"published": False}),
        await other.delete(address),
        await other.post(f"{address}/retry"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "not_your_video")


async def test_an_owner_changes_what_they_name_and_nothing_else(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    async with app_context.database.write() as session:
        category = await add_category(session)
        video = await add_video(session, bea, tags=("old",), category_id=category.id)
    address = f"/api/videos/{video.id}"
    before = (await owner.get(address)).json()
    changed = (await owner.patch(address, json={"title": "New", "tags": ["b", "a"]})).json()
    assert changed == before | {"title": "New", "tags": ["a", "b"]}
    changed = (await owner.patch(address, json={"category_id": None})).json()
    assert changed["category"] is None
    assert (await owner.patch(address, json={"allow_download": True})).json()["allow_download"]
    assert (await owner.get(address)).json()["title"] == "New"


async def test_publishing_says_since_when_and_unpublishing_hides(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        video = await add_video(session, bea, published=False, published_at=None)
    address = f"/api/videos/{video.id}"
    published = (await owner.patch(address, json={"published": True})).json()
    assert published["published_at"] is not None
    assert (await other.get(address)).status_code == 200
    hidden = (await owner.patch(address, json={"published": False})).json()
    assert hidden["published_at"] == published["published_at"]
    assert (await other.get(address)).status_code == 404


async def test_a_moderator_may_unpublish_and_no_more(
    people: People, app_context: AppContext
) -> None:
    bea, _ = await people.add("bea")
    _, moderator = await people.add("mod", Role.MODERATOR)
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    address = f"/api/videos/{video.id}"
    both = {"published": False, "title": "Removed"}
    assert (await moderator.patch(address, json=both)).status_code == 403
    done = await moderator.patch(address, json={"published": False})
    assert (done.status_code, done.json()["published"]) == (200, False)


async def test_what_a_moderator_unpublished_is_for_moderators_to_see_and_publish_again(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, second = await people.add("mia", Role.MODERATOR)
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    address = f"/api/videos/{video.id}"
    await moderator.patch(address, json={"published": False})
    for person in (owner, moderator, second):
        assert (await person.get(address)).status_code == 200
        assert (await person.get(f"{address}/playback")).status_code == 200
    assert (await other.get(address)).status_code == 404
    assert (await owner.patch(address, json={"title": "Better"})).status_code == 200
    refused = await owner.patch(address, json={"published": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "video_withdrawn")
    assert (await second.patch(address, json={"published": True})).json()["published"]
    assert (await other.get(address)).status_code == 200
    await owner.patch(address, json={"published": False})
    assert (await moderator.get(address)).status_code == 404
    assert (await owner.patch(address, json={"published": True})).status_code == 200


async def test_only_admins_choose_the_hero_and_there_is_one(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        first, second = [await add_video(session, bea) for _ in range(2)]
    one, two = f"/api/videos/{first.id}", f"/api/videos/{second.id}"
    refused = await owner.patch(one, json={"is_hero": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "admins_only")
    assert (await admin.patch(one, json={"is_hero": True})).json()["is_hero"]
    assert (await admin.patch(two, json={"is_hero": True})).json()["is_hero"]
    assert not (await admin.get(one)).json()["is_hero"]
    assert not (await admin.patch(two, json={"is_hero": False})).json()["is_hero"]


async def test_two_admins_who_choose_a_hero_at_once_leave_one(
    people: People, app_context: AppContext
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        videos = [await add_video(session, ada) for _ in range(6)]
    replies = await asyncio.gather(
        *(admin.patch(f"/api/videos/{video.id}", json={"is_hero": True}) for video in videos)
    )
    assert [reply.status_code for reply in replies] == [200] * 6
    async with app_context.database.read() as session:
        heroes = select(func.count()).select_from(Video).where(Video.is_hero)
        assert await session.scalar(heroes) == 1


async def test_deleting_takes_asset_upload_and_files_along(
    people: People, app_context: AppContext
) -> None:
    _, owner = await people.add("bea")
    made = (await owner.post("/api/videos", json=NEW)).json()
    folder = f"assets/{made['video']['asset']['id']}"
    await app_context.storage.put_bytes(f"{folder}/source/x", b"bytes")
    assert (await owner.delete(f"/api/videos/{made['video']['id']}")).status_code == 204
    assert [await count(app_context, model) for model in (Video, Asset)] == [0, 0]
    tus = {"Tus-Resumable": "1.0.0"}
    assert (await owner.head(made["upload"]["url"], headers=tus)).status_code in {404, 410}
    assert (await owner.get("/api/me/quota")).json()["used_bytes"] == 0
    assert await files_under(app_context.storage, folder, 0)


async def test_a_video_goes_with_its_upload_when_its_owner_cancels_that(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    made = (await owner.post("/api/videos", json=NEW)).json()
    tus = {"Tus-Resumable": "1.0.0"}
    gone = await owner.delete(made["upload"]["url"], headers=tus)
    assert gone.status_code == 204, gone.text
    assert (await owner.head(made["upload"]["url"], headers=tus)).status_code == 410
    assert (await owner.get(f"/api/videos/{made['video']['id']}")).status_code == 404
    assert [await count(app_context, model) for model in (Video, Asset)] == [0, 0]
    async with app_context.database.read() as session:
        heard = (await live.replay(session, bea.id, 0)).events
    assert heard
    assert heard[-1]["data"] == {"video_id": made["video"]["id"]}


async def test_a_video_whose_upload_expired_or_failed_stays_and_says_why(
    people: People, app_context: AppContext
) -> None:
    _, owner = await people.add("bea")
    expired, failed = [(await owner.post("/api/videos", json=NEW)).json() for _ in range(2)]
    tus = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
    refused = await owner.patch(
        failed["upload"]["url"], content=b"x" * 1000, headers=tus | {"Upload-Offset": "0"}
    )
    assert refused.status_code == 415
    with clock.freeze(clock.now() + timedelta(days=2)):
        await expire_uploads(app_context)
    for made, code in ((expired, "upload_expired"), (failed, "unsupported_format")):
        video = (await owner.get(f"/api/videos/{made['video']['id']}")).json()
        assert (video["asset"]["status"], video["asset"]["error_code"]) == ("error", code)


async def test_a_failed_video_is_tried_again_from_its_source(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    async with app_context.database.write() as session:
        asset = make_asset(
            bea, status=AssetStatus.ERROR, playable=False, source_key="assets/x/source/y"
        )
        asset.error_code, asset.error_message = "encoder_failed", "It failed."
        failed = await add_video(session, bea, asset=asset)
        lost = await add_video(
            session, bea, asset=make_asset(bea, status=AssetStatus.ERROR, playable=False)
        )
        ready = await add_video(session, bea)
    again = await owner.post(f"/api/videos/{failed.id}/retry")
    assert again.status_code == 202
    assert again.json()["asset"]["status"] == "queued"
    assert again.json()["asset"]["error_code"] is None
    for video, code in (
        (ready, "video_not_failed"),
        (lost, "source_gone"),
        (failed, "video_not_failed"),
    ):
        refused = await owner.post(f"/api/videos/{video.id}/retry")
        assert (refused.status_code, refused.json()["code"]) == (409, code)


async def test_nobody_signed_in_sees_anything(people: People, app_context: AppContext) -> None:
    bea, _ = await people.add("bea")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    stranger = people.browser()
    for address in ("/api/videos", f"/api/videos/{video.id}", "/api/categories"):
        assert (await stranger.get(address)).status_code == 401
