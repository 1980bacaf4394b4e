"""What is asked of Stream without being told: missed webhooks, and deletion until it is sure."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from lumenhall.domains.media import service
from lumenhall.domains.media.cloudflare.account import NewRemote
from lumenhall.domains.media.cloudflare.setup import set_up_stream
from lumenhall.domains.media.errors import ProviderOff
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.platform.kit import clock
from tests.medium.media.cloudflare.place import Remote

MINUTE = timedelta(minutes=1)


async def due(remote: Remote) -> datetime:
    copy = await remote.copy()
    assert copy
    assert copy.look_at
    return copy.look_at


async def test_a_missed_webhook_is_made_good(remote: Remote) -> None:
    remote.twin.say(remote.uid, "ready")
    with clock.freeze(await due(remote)):
        await remote.tend()
    assert (await remote.asset()).status is AssetStatus.READY


async def test_nothing_is_asked_before_its_time_or_after_the_end(remote: Remote) -> None:
    remote.twin.asked = []
    await remote.tend()
    assert remote.twin.asked == []
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    with clock.freeze(clock.now() + timedelta(days=2)):
        await remote.tend()
        assert await service.tend_overdue(remote.app) == 0
    assert remote.twin.asked == []


async def test_it_asks_more_rarely_the_longer_nothing_changes(remote: Remote) -> None:
    await remote.observe(remote.twin.say(remote.uid, "inprogress", pctComplete="5"))
    waits = []
    for _ in range(18):
        moment = await due(remote)
        with clock.freeze(moment):
            await remote.tend()
        waits.append(round((await due(remote) - moment).total_seconds()))
    assert waits[:6] == [4, 7, 10, 15, 23, 34]
    assert waits[-1] == waits[-2] == 30 * 60
    remote.twin.say(remote.uid, "inprogress", pctComplete="50")
    moment = await due(remote)
    with clock.freeze(moment):
        await remote.tend()
    assert await due(remote) - moment == timedelta(seconds=3)


async def test_an_upload_under_way_is_looked_at_every_two_minutes(remote: Remote) -> None:
    for _ in range(12):
        moment = await due(remote)
        with clock.freeze(moment):
            await remote.tend()
    assert await due(remote) - moment == 2 * MINUTE


async def test_two_workers_ask_once(remote: Remote) -> None:
    remote.twin.asked = []
    with clock.freeze(await due(remote)):
        await remote.tend()
        await remote.tend()
    assert remote.twin.asked == [f"GET /{remote.uid}"]


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_stream_being_away_breaks_nothing_and_is_tried_again(
    remote: Remote, status: int
) -> None:
    remote.twin.down = status
    moment = await due(remote)
    with clock.freeze(moment):
        await remote.tend()
    assert (await remote.asset()).status is AssetStatus.PENDING_UPLOAD
    assert await due(remote) > moment
    remote.twin.down = 0
    remote.twin.say(remote.uid, "ready")
    with clock.freeze(await due(remote)):
        await remote.tend()
    assert (await remote.asset()).status is AssetStatus.READY


async def test_lost_jobs_are_queued_again(remote: Remote) -> None:
    overdue = await due(remote) + 2 * MINUTE
    before = await remote.jobs(service.TEND_REMOTE)
    with clock.freeze(overdue):
        assert await service.tend_overdue(remote.app) == 1
        assert await service.tend_overdue(remote.app) == 1
    assert await remote.jobs(service.TEND_REMOTE) == before + 1


async def test_a_page_that_has_sent_everything_waits_for_seconds_however_long_it_took(
    remote: Remote,
) -> None:
    for _ in range(12):
        with clock.freeze(await due(remote)):
            await remote.tend()
    sent_at = await due(remote) - MINUTE
    before = await remote.jobs(service.TEND_REMOTE)
    with clock.freeze(sent_at):
        # Saying so again makes it no sooner, and costs nothing.
        for _ in range(3):
            async with remote.app.database.write() as session:
                await service.look_soon(session, remote.asset_id)
    assert await due(remote) == sent_at + timedelta(seconds=3)
    assert await remote.jobs(service.TEND_REMOTE) == before + 1
    remote.twin.say(remote.uid, "queued")
    with clock.freeze(await due(remote)):
        await remote.tend()
    assert (await remote.asset()).status is AssetStatus.QUEUED


async def test_a_page_that_says_it_has_sent_what_is_ready_changes_nothing(remote: Remote) -> None:
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    async with remote.app.database.write() as session:
        await service.look_soon(session, remote.asset_id)
    copy = await remote.copy()
    assert copy
    assert copy.look_at is None


async def test_an_upload_that_is_not_finished_within_a_day_has_failed(remote: Remote) -> None:
    with clock.freeze(clock.now() + timedelta(hours=24, minutes=1)):
        await remote.tend()
    asset = await remote.asset()
    assert (asset.status, asset.error_code) == (AssetStatus.ERROR, "upload_expired")


@pytest.mark.parametrize(
    ("state", "code"), [("pendingupload", "upload_expired"), ("inprogress", "remote_gone")]
)
async def test_a_video_that_is_gone_there_has_failed_but_not_at_once(
    remote: Remote, state: str, code: str
) -> None:
    await remote.observe(remote.twin.say(remote.uid, state))
    del remote.twin.videos[remote.uid]
    with clock.freeze(await due(remote)):
        await remote.tend()
    assert (await remote.asset()).status is not AssetStatus.ERROR
    with clock.freeze(clock.now() + timedelta(hours=1)):
        await remote.tend()
    asset = await remote.asset()
    assert (asset.status, asset.error_code) == (AssetStatus.ERROR, code)


async def test_the_remote_video_goes_with_its_asset(remote: Remote) -> None:
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    await remote.delete()
    await remote.tend()
    assert remote.uid not in remote.twin.videos
    assert await remote.copy() is None


async def test_deletion_is_retried_until_it_is_confirmed(remote: Remote) -> None:
    await remote.delete()
    remote.twin.down = 500
    moment = clock.now()
    for _ in range(3):
        with clock.freeze(moment):
            await remote.tend()
        assert await due(remote) > moment
        moment = await due(remote)
    assert remote.uid in remote.twin.videos
    remote.twin.down = 0
    with clock.freeze(moment):
        await remote.tend()
    assert remote.uid not in remote.twin.videos
    assert await remote.copy() is None


async def test_a_video_that_is_gone_there_already_counts_as_deleted(remote: Remote) -> None:
    del remote.twin.videos[remote.uid]
    await remote.delete()
    await remote.tend()
    assert await remote.copy() is None


async def test_an_asset_that_was_deleted_by_plain_sql_takes_its_remote_video_along(
    remote: Remote,
) -> None:
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    async with remote.app.database.write() as session:
        await session.execute(delete(Asset).where(Asset.id == remote.asset_id))
    assert await service.tend_overdue(remote.app) == 1
    await remote.tend()
    assert remote.uid not in remote.twin.videos


async def test_an_upload_that_no_asset_came_of_is_deleted_after_an_hour(remote: Remote) -> None:
    new = NewRemote(name="Lost", size_bytes=10, creator="ann")
    ticket = await service.ask_for_upload(remote.app, new)
    await service.tend(remote.app, ticket.uid)
    assert ticket.uid in remote.twin.videos
    with clock.freeze(clock.now() + timedelta(hours=1, minutes=2)):
        assert await service.tend_overdue(remote.app) >= 1
        await service.tend(remote.app, ticket.uid)
    assert ticket.uid not in remote.twin.videos


async def test_a_webhook_about_a_deleted_video_is_harmless(remote: Remote) -> None:
    await remote.delete()
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    assert await remote.copy()


async def test_without_credentials_nothing_is_asked_and_nothing_is_lost(remote: Remote) -> None:
    off = remote.app.settings.model_copy(update={"cloudflare_account_id": ""})
    app = replace(remote.app, settings=off)
    remote.twin.asked = []
    with clock.freeze(clock.now() + timedelta(days=2)):
        await service.tend(app, remote.uid)
        assert await service.tend_overdue(app) == 0
        with pytest.raises(ProviderOff):
            await service.ask_for_upload(app, NewRemote("a.mp4", 10, creator="ann"))
    assert remote.twin.asked == []
    assert await remote.copy()


async def test_setting_up_prints_what_the_provider_needs(remote: Remote) -> None:
    lines = await set_up_stream(remote.app.settings)
    assert remote.twin.webhook == "http://localhost:8000/api/webhooks/cloudflare"
    said = dict(line.removeprefix("LUMENHALL_").lower().split("=", 1) for line in lines)
    assert said == {
        name: value.lower()
        for name, value in remote.twin.settings.items()
        if name.endswith(("signing_key", "signing_key_id", "webhook_secret"))
    }
    off = remote.app.settings.model_copy(update={"cloudflare_account_id": ""})
    with pytest.raises(ProviderOff):
        await set_up_stream(off)
