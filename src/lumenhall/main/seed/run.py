"""Makes the demo community, step by step, each of which is safe to repeat."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import structlog
import typer
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.typing import EventDict

from lumenhall.domains.identity import service as identity
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import anybody_is_here, find_by_login
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing.encoder.binaries import find_tools
from lumenhall.domains.uploads import service as uploads
from lumenhall.main.seed import filling
from lumenhall.main.seed.catalogue import FAILED, READY, SITE_NAME, WAITING, Entry
from lumenhall.main.seed.chatting import chat_away
from lumenhall.main.seed.films import Studio
from lumenhall.main.seed.people import ADMIN, PASSWORD, PEOPLE, add_people, address_of
from lumenhall.main.seed.talking import talk
from lumenhall.main.seed.teaching import teach
from lumenhall.main.seed.watching import watch
from lumenhall.main.wiring import running
from lumenhall.platform import options
from lumenhall.platform.context import AppContext

LOOK_SECONDS = 0.5
LONGEST_SECONDS = 1800
UNDER_WAY_PERCENT = 2
ENDS = {AssetStatus.READY, AssetStatus.ERROR}
# How much of their week is used: set last, so the limit of one of them says that all is done.
USED_PERCENT = {"bob": 50, "charlie": 100}


async def run_seed(context: AppContext) -> None:
    """Make whatever of the demo community is not there yet, and say who may sign in.

    Leaves a community of real people alone.
    """
    async with context.database.read() as session:
        admin = await find_by_login(session, address_of(ADMIN))
        last = await find_by_login(session, address_of("charlie"))
        is_complete = last is not None and last.weekly_upload_limit_bytes is not None
        if admin is None and await anybody_is_here(session):
            typer.echo("Nothing was added: the demo community is for an empty installation.")
            return
    if not is_complete:
        with _failing_quietly():
            async with running(context, with_worker=True):
                await _fill(context)
    await context.database.dispose()
    _say_who_may_sign_in()


async def _fill(context: AppContext) -> None:
    typer.echo(
        "Making a demo community; its films are drawn and encoded here, which takes a while."
    )
    actors = await add_people(context)
    admin = actors[ADMIN]
    async with context.database.write() as session:
        await options.change(session, admin.user_id, site_name=SITE_NAME)
    categories = await filling.add_categories(context, admin)
    tools = await asyncio.to_thread(find_tools, context.settings.ffmpeg_path)
    with tempfile.TemporaryDirectory(prefix="seed-", dir=context.settings.temp_folder) as folder:
        studio = Studio(tools.ffmpeg, Path(folder))
        done = [*READY, *FAILED]
        await _add(context, studio, actors, categories, done)
        await _await(context, done, _have_ended)
        await watch(context, actors)
        await talk(context, actors)
        await chat_away(context, actors)
        await teach(context, studio, actors, categories)
        # The first keeps the encoder busy for minutes, so that the others really wait.
        if await _add(context, studio, actors, categories, WAITING[:1]):
            await _await(context, WAITING[:1], _are_being_encoded)
        if await _add(context, studio, actors, categories, WAITING[1:]):
            await _await(context, WAITING[1:], _can_be_played)
    await _limit(context, actors)


async def _add(
    context: AppContext,
    studio: Studio,
    actors: Mapping[str, Actor],
    categories: Mapping[str, UUID],
    entries: Sequence[Entry],
) -> int:
    """Add the videos that are missing and return how many there were."""
    missing = [
        entry
        for entry in entries
        if not await filling.is_there(context, actors[entry.owner], entry)
    ]
    for number, entry in enumerate(missing, 1):
        path = await asyncio.to_thread(studio.make, entry.file)
        await filling.add_video(context, actors[entry.owner], entry, categories, path)
        typer.echo(f"  {number:>2} of {len(missing)}  {entry.title}")
    return len(missing)


async def _await(
    context: AppContext, entries: Sequence[Entry], enough: Callable[[list[Asset]], bool]
) -> None:
    """Let the pipeline work until it is enough, and tell of every video that has ended."""
    told: set[UUID] = set()
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        async with context.database.read() as session:
            assets = [await _asset(session, entry) for entry in entries]
        for entry, asset in zip(entries, assets, strict=True):
            if asset.status in ENDS and asset.id not in told:
                told.add(asset.id)
                typer.echo(f"  {entry.title}: {asset.error_message or 'ready'}")
        if enough(assets):
            return
        if time.monotonic() > deadline:
            typer.echo("This machine is slow; whatever serves afterwards does the rest.")
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _asset(session: AsyncSession, entry: Entry) -> Asset:
    asset = await filling.find_asset(session, entry)
    if asset is None:
        message = f"{entry.title!r} was deleted while it was being made."
        raise RuntimeError(message)
    return asset


@contextmanager
def _failing_quietly() -> Iterator[None]:
    """Keep failed jobs out of the log: some are meant to fail, and this command says why."""
    processors = structlog.get_config()["processors"]
    structlog.configure(processors=[_without_failed_jobs, *processors])
    try:
        yield
    finally:
        structlog.configure(processors=processors)


def _without_failed_jobs(logger: object, method: str, event: EventDict) -> EventDict:
    if event["event"] == "job_failed":
        raise structlog.DropEvent
    return event


def _have_ended(assets: list[Asset]) -> bool:
    return all(asset.status in ENDS for asset in assets)


def _are_being_encoded(assets: list[Asset]) -> bool:
    return all(
        asset.processing_progress >= UNDER_WAY_PERCENT or asset.status in ENDS for asset in assets
    )


def _can_be_played(assets: list[Asset]) -> bool:
    return all(asset.thumbnail_key or asset.status in ENDS for asset in assets)


async def _limit(context: AppContext, actors: Mapping[str, Actor]) -> None:
    """Give some people a week of their own size, so that they have used a part of it."""
    ids = {name: actors[name].user_id for name in USED_PERCENT}
    async with context.database.write() as session:
        used = await uploads.used_bytes(session, ids.values())
        for name, percent in USED_PERCENT.items():
            limit = used.get(ids[name], 0) * 100 // percent
            await identity.set_upload_limit(session, actors[ADMIN], ids[name], limit)


def _say_who_may_sign_in() -> None:
    names = ", ".join(neighbour.username for neighbour in PEOPLE)
    typer.echo(f"Sign in as {names}.\nThe password of each is: {PASSWORD}")
