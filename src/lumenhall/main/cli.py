"""The command `lumenhall`."""

import asyncio
import gc
import json
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from pydantic import SecretStr

import lumenhall
from lumenhall.domains.identity import service as identity
from lumenhall.domains.media.cloudflare.setup import set_up_stream
from lumenhall.main.asgi import create_app
from lumenhall.main.wiring import make_context
from lumenhall.main.worker import run_worker
from lumenhall.platform.db import migrate as migrations
from lumenhall.platform.errors import AppError
from lumenhall.platform.settings import get_settings

GRACE_SECONDS = 10
LARGEST_COMMAND_BYTES = 64 * 1024
CLOUDFLARE_API = "https://api.cloudflare.com/client/v4"

app = typer.Typer(no_args_is_help=True, add_completion=False, help="A private video home.")
admin = typer.Typer(no_args_is_help=True, help="Manage admins.")
app.add_typer(admin, name="admin")
cloudflare = typer.Typer(no_args_is_help=True, help="Course videos at Cloudflare Stream.")
app.add_typer(cloudflare, name="cloudflare")


@app.command()
def serve(
    jobs: Annotated[bool, typer.Option(help="Also work on jobs in this process.")] = True,
    reload: Annotated[bool, typer.Option(help="Start again when the code changes.")] = False,
) -> None:
    """Serve everything in one process, or only the pages with --no-jobs beside workers."""
    settings = get_settings()
    migrations.upgrade(settings.database_address)
    typer.echo(f"Lumenhall is at {settings.base_url} (Ctrl+C stops it; nothing is lost).")
    app = "lumenhall.main.asgi:create_app" if reload else create_app(settings, with_worker=jobs)
    # All this stays: looking through it for garbage stopped everybody for most of a second.
    gc.collect()
    gc.freeze()
    # One message to a group makes hundreds of objects, so the usual 700 mean a look at each.
    gc.set_threshold(10_000)
    uvicorn.run(
        app,
        factory=reload,
        reload=reload,
        reload_dirs=[str(Path(lumenhall.__file__).parent)] if reload else None,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_COMMAND_BYTES,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


@app.command()
def worker() -> None:
    """Work on jobs only, beside `serve` processes on the same PostgreSQL."""
    asyncio.run(run_worker(get_settings()))


@app.command()
def migrate() -> None:
    """Bring the database to the newest shape."""
    migrations.upgrade(get_settings().database_address)


@app.command()
def seed() -> None:
    """Fill an empty installation with a demo community; doing it again changes nothing."""
    settings = get_settings()
    migrations.upgrade(settings.database_address)
    # Loaded only here: what draws the demo videos would cost every server its memory.
    seeding = import_module("lumenhall.main.seed")
    asyncio.run(seeding.run_seed(make_context(settings)))


@app.command()
def openapi() -> None:
    """Print the description of the HTTP interface."""
    typer.echo(json.dumps(create_app(get_settings()).openapi(), indent=1, sort_keys=True))


@admin.command("create")
def create_admin(
    username: Annotated[str, typer.Argument()],
    email: Annotated[str, typer.Argument()],
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
) -> None:
    """Make an account that may do everything."""
    try:
        asyncio.run(_create_admin(username, email, password))
    except AppError as error:
        typer.echo(f"{error.title} {error.detail or ''}".strip(), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{username} may sign in now.")


@cloudflare.command("setup")
def set_up_cloudflare() -> None:
    """Make a signing key, have webhooks sent here, and print what to add to .env."""
    try:
        lines = asyncio.run(set_up_stream(get_settings()))
    except AppError as error:
        typer.echo(f"{error.title} {error.detail or ''}".strip(), err=True)
        raise typer.Exit(1) from error
    typer.echo("\n".join(lines))


@cloudflare.command("copy")
def copy_from_stream(
    from_account: Annotated[str, typer.Option(help="Account that has the videos.")],
    to_account: Annotated[str, typer.Option(help="Account that gets them; any name at Lumenhall.")],
    to_url: Annotated[str, typer.Option(help="API of the new server, such as …/client/v4.")],
    from_token: Annotated[str, typer.Option(envvar="FROM_TOKEN", prompt=True, hide_input=True)],
    to_token: Annotated[str, typer.Option(envvar="TO_TOKEN", prompt=True, hide_input=True)],
    from_url: Annotated[str, typer.Option(help="API of the old server.")] = CLOUDFLARE_API,
) -> None:
    """Copy the videos of one Stream account to another; print old and new uids as CSV.

    Doing it again goes on where it stopped.
    """
    # Loaded only here: it is the SDK of Cloudflare, which nothing else of this program needs.
    copying = import_module("lumenhall.domains.media.cloudflare.copying")
    made = asyncio.run(
        copying.copy_videos(
            copying.Place(from_account, SecretStr(from_token), from_url),
            copying.Place(to_account, SecretStr(to_token), to_url),
            lambda text: typer.echo(text, err=True),
        )
    )
    typer.echo("old_uid,new_uid")
    for old_uid, new_uid in made.items():
        typer.echo(f"{old_uid},{new_uid}")


async def _create_admin(username: str, email: str, password: str) -> None:
    context = make_context(get_settings())
    try:
        await identity.create_admin(
            context.database, username=username, email=email, password=password
        )
    finally:
        await context.database.dispose()
