"""Home and progress at 10 000 videos, 1 000 members and 200 000 progress rows.

Promised: the same at 1 000 and at 10 000 videos, and a constant number of statements. The ratio
is against the same framework, with the same middleware, answering a constant of the same size.
"""

import asyncio
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import httpx
import orjson
from fastapi import FastAPI, Response
from sqlalchemy import event

from benchmarks.crowd import Size, fill
from benchmarks.report import Figure, report
from lumenhall.domains.engagement.schemas import ProgressReply, ProgressReport
from lumenhall.main.asgi import create_app
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.settings import Settings
from lumenhall.platform.web.logs import configure_logging
from lumenhall.platform.web.middleware import OriginCheck, RequestLog, SecurityHeaders
from tests.factories.people import COOKIE
from tests.fixtures.server import Server
from tests.fixtures.services import free_port

ROUNDS = 12
REQUESTS = 25
FLAT = 1.25
START_SECONDS = 120
Ask = Callable[[int], bytes]
Requests: TypeAlias = dict[str, tuple[str, str, dict[str, object] | None]]


def main() -> None:
    figures: list[Figure] = []
    ratios: dict[str, list[float]] = {"home": [], "progress": []}
    for videos in (1_000, 10_000):
        with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
            measured = _measure(Path(folder), videos)
        for name, found in ratios.items():
            ratio = measured[name] / measured[f"constant {name}"]
            found.append(ratio)
            figures += [
                Figure(f"{name} at {videos} videos, median", measured[name] * 1000, "ms"),
                Figure(f"{name} at {videos} videos against a constant", ratio, "×"),
                Figure(f"{name} at {videos} videos, statements", measured[f"{name} sql"], ""),
            ]
    for name, (few, many) in ratios.items():
        # Of the ratios, not of the times: the constant has met the same weather.
        figures.append(Figure(f"{name}: 10 000 against 1 000 videos", many / few, "×", FLAT))
    report("home_and_progress", figures)


def _measure(folder: Path, videos: int) -> dict[str, float]:
    server = Server(folder)
    settings = Settings(_env_file=None, data_path=folder / "data", log_level="warning")
    upgrade(settings.database_address)
    (secret,), video_ids = asyncio.run(_fill(settings.database_address, videos))
    requests: Requests = {
        "home": ("GET", "/api/home", None),
        "progress": ("PUT", f"/api/videos/{video_ids[0]}/progress", _progress_body()),
    }
    counted = asyncio.run(count_statements(settings, secret, requests))
    measured = {f"{name} sql": number for name, number in counted.items()}
    cookie = {"Cookie": f"{COOKIE}={secret}"}
    server.start("--no-jobs")
    try:
        ours = http.client.HTTPConnection("127.0.0.1", server.port)
        size = len(ask(ours, "GET", "/api/home", cookie))
        with _constant_server(size) as constant:
            asks: dict[str, Ask] = {
                "home": lambda _: ask(ours, "GET", "/api/home", cookie),
                "constant home": lambda _: ask(constant, "GET", "/home", cookie),
                "progress": lambda number: _put(ours, f"/api/videos/{video_ids[number]}", cookie),
                "constant progress": lambda _: _put(constant, "", cookie),
            }
            measured |= _side_by_side(asks)
    finally:
        server.kill()
    return measured


def _side_by_side(asks: dict[str, Ask]) -> dict[str, float]:
    """Return the median seconds of each, taken in turns so that all meet the same weather."""
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for turn in range(ROUNDS):
        for name, ask in asks.items():
            for number in range(REQUESTS):
                started = time.perf_counter()
                ask(turn * REQUESTS + number)
                taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None = None,
) -> bytes:
    connection.request(method, path, body, headers)
    try:
        reply = connection.getresponse()
    except http.client.RemoteDisconnected:
        # The server closes connections that had nothing to do for some seconds.
        connection.request(method, path, body, headers)
        reply = connection.getresponse()
    content = reply.read()
    assert reply.status == 200, content
    return content


def _put(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bytes:
    body = orjson.dumps(_progress_body())
    more = headers | {"Content-Type": "application/json"}
    return ask(connection, "PUT", f"{path}/progress", more, body)


def _progress_body() -> dict[str, object]:
    start = int(time.time()) % 500
    return {
        "watched_seconds": 10,
        "duration_seconds": 600,
        "last_position": start + 10,
        "ranges": [[start, start + 10]],
        "at": datetime.now(UTC).isoformat(),
    }


async def _fill(address: str, videos: int) -> tuple[list[str], list[str]]:
    database = Database(address)
    try:
        return await fill(database, Size(videos))
    finally:
        await database.dispose()


async def count_statements(settings: Settings, secret: str, requests: Requests) -> dict[str, float]:
    """Return how many statements each request takes, without finding out who asks."""
    counted: dict[str, float] = {}
    async with _client(settings, secret) as (client, asked):
        for name, (method, path, body) in requests.items():
            await client.request(method, path, json=body)
            asked.clear()
            (await client.request(method, path, json=body)).raise_for_status()
            counted[name] = len(asked) - 1
    return counted


@asynccontextmanager
async def _client(
    settings: Settings, secret: str
) -> AsyncIterator[tuple[httpx.AsyncClient, list[str]]]:
    app = create_app(settings, with_worker=False)
    asked: list[str] = []

    def note(*arguments: object) -> None:
        if not str(arguments[2]).startswith("BEGIN"):
            asked.append(str(arguments[2]))

    event.listen(app.state.context.database.engine.sync_engine, "before_cursor_execute", note)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=transport, base_url="http://localhost:8000", cookies={COOKIE: secret}
        ) as client,
    ):
        yield client, asked


@contextmanager
def _constant_server(size: int) -> Iterator[http.client.HTTPConnection]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.home_and_progress:constant_app"]
    command += ["--factory", "--port", str(port), "--loop", "uvloop", "--http", "httptools"]
    command += ["--no-access-log", "--log-level", "warning"]
    with subprocess.Popen(command, env={**os.environ, "CONSTANT_SIZE": str(size)}) as process:
        try:
            yield connect(port)
        finally:
            process.kill()


def connect(port: int) -> http.client.HTTPConnection:
    deadline = time.monotonic() + START_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            ask(connection, "GET", "/home", {})
        except OSError:
            assert time.monotonic() < deadline, "the constant server did not start"
            time.sleep(0.05)
        else:
            return connection


def constant_app() -> FastAPI:
    """Return an application that does nothing but what every request of ours goes through."""
    configure_logging(Settings(_env_file=None, log_level="warning"))
    page = b"x" * int(os.environ["CONSTANT_SIZE"])
    app = FastAPI()

    @app.get("/home")
    async def home() -> Response:
        return Response(page, media_type="application/json")

    @app.put("/progress")
    async def progress(report: ProgressReport) -> ProgressReply:
        return ProgressReply(
            watched_seconds=report.watched_seconds,
            last_position=report.last_position,
            completed=report.completed,
            duration_seconds=report.duration_seconds,
        )

    app.add_middleware(OriginCheck, base_url="http://localhost:8000")
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


if __name__ == "__main__":
    main()
