"""Pages and reports at 100 000 videos, 5 000 members, 1 000 000 progress rows, 500 000 reactions.

Each request is measured by the processor time that the server took for it, threads included, so
that what else the machine does counts little. It is compared with a server that answers a
constant of the same size through the same framework, and with a community of a hundredth of the
size. The communities are made once and kept in a folder below the temporary one;
`LUMENHALL_BENCH_DATABASE` names an empty PostgreSQL database to measure instead of SQLite.
"""

import asyncio
import contextlib
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson
from fastapi import FastAPI, Response

from benchmarks.crowd import Size, fill, word
from benchmarks.home_and_progress import Requests, ask, connect, count_statements
from benchmarks.report import Figure, report
from lumenhall.domains.engagement.schemas import (
    NewVideoReaction,
    ProgressReply,
    ProgressReport,
    ReactionAction,
    ReactionReply,
)
from lumenhall.main.wiring import register_everything
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.settings import Settings
from lumenhall.platform.web.logs import configure_logging
from lumenhall.platform.web.middleware import OriginCheck, RequestLog, SecurityHeaders
from tests.factories.people import COOKIE
from tests.fixtures.server import Server
from tests.fixtures.services import free_port

FEW, MANY = 1_000, 100_000
ROUNDS, REQUESTS = 20, 25
VIEWERS = 50
HOME_TIMES, GROWTH, SEARCH_MS = 4, 1.3, 50
CACHE = Path(tempfile.gettempdir()) / "lumenhall-bench-communities"
NAMES = ("home", "category", "search", "progress", "reaction")
CONSTANT_PAGE = b"x" * 300_000
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Community:
    """A database, who is signed in to it, and its videos."""

    folder: Path
    settings: dict[str, str]
    secrets: list[str]
    videos: list[str]

    def cookie(self, number: int) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.secrets[number % len(self.secrets)]}"}


@dataclass
class Taken:
    """Milliseconds of processor and of waiting, one of each per request, and what came back."""

    cpu: list[float]
    wall: list[float]
    sizes: list[int]


def main() -> None:
    register_everything()
    found = {videos: _measure(videos) for videos in (FEW, MANY)}
    figures: list[Figure] = []
    for name in NAMES:
        for videos, (taken, statements) in found.items():
            ours, constant = taken[name], taken[f"constant {name}"]
            at = f"{name} at {videos} videos"
            is_home = name == "home" and videos == MANY
            figures += [
                Figure(f"{at}: median of processor time", _median(ours.cpu), "ms"),
                Figure(
                    f"{at}: 99th of a hundred",
                    _p99(ours.cpu),
                    "ms",
                    SEARCH_MS if name == "search" else None,
                ),
                Figure(f"{at}: median of waiting", _median(ours.wall), "ms"),
                Figure(f"{at}: 99th of waiting", _p99(ours.wall), "ms"),
                Figure(
                    f"{at}: median against the constant",
                    _median(ours.cpu) / _median(constant.cpu),
                    "×",
                    HOME_TIMES if is_home else None,
                ),
                Figure(
                    f"{at}: 99th against the constant's",
                    _p99(ours.cpu) / _p99(constant.cpu),
                    "×",
                ),
                Figure(f"{at}: size of the reply", statistics.mean(ours.sizes) / 1000, "kB"),
                Figure(f"{at}: statements", statements[name], ""),
            ]
        few, many = (
            _median(found[videos][0][name].cpu) / _median(found[videos][0][f"constant {name}"].cpu)
            for videos in (FEW, MANY)
        )
        figures.append(Figure(f"{name}: {MANY} against {FEW} videos", many / few, "×", GROWTH))
    report("large_library", figures)


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[-1]


def _measure(videos: int) -> tuple[dict[str, Taken], dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        community = _prepare(Path(folder), videos)
        server = Server(community.folder, **community.settings)
        server.start("--no-jobs")
        try:
            assert server.process is not None
            asks = _asks(community, server.port)
            sizes = {name: len(asks[name](0)) for name in NAMES}
            with _constant_server() as (process, port):
                constants = _constants(community, port, sizes)
                taken = _side_by_side(
                    asks | constants,
                    dict.fromkeys(asks, server.process.pid) | dict.fromkeys(constants, process.pid),
                )
        finally:
            server.stop()
        settings = Settings(
            _env_file=None,
            data_path=community.folder / "data",
            log_level="warning",
            **community.settings,  # type: ignore[arg-type]
        )
        requests: Requests = {name: _request(name, community, 3) for name in NAMES}
        counted = asyncio.run(count_statements(settings, community.secrets[0], requests))
        return taken, counted


def _prepare(folder: Path, videos: int) -> Community:
    """Return a community of so many videos, made afresh or copied from the one that was kept."""
    size = Size(videos, videos // 20, videos * 10, videos * 5, VIEWERS)
    if address := os.environ.get("LUMENHALL_BENCH_DATABASE"):
        address = f"{address}_{videos}"
        secrets, ids = _fill(address, size)
        return Community(folder, {"database_url": address}, secrets, ids)
    kept = CACHE / f"{videos}.sqlite"
    notes = kept.with_suffix(".json")
    if not notes.exists():
        CACHE.mkdir(exist_ok=True)
        kept.unlink(missing_ok=True)
        notes.write_bytes(orjson.dumps(_fill(f"sqlite:///{kept}", size)))
    database = folder / "community.sqlite"
    shutil.copy(kept, database)
    address = f"sqlite:///{database}"
    # What was kept may be older than the newest migration.
    upgrade(address)
    secrets, ids = orjson.loads(notes.read_bytes())
    return Community(folder, {"database_url": address}, secrets, ids)


def _fill(address: str, size: Size) -> tuple[list[str], list[str]]:
    async def fill_and_close() -> tuple[list[str], list[str]]:
        database = Database(address)
        try:
            return await fill(database, size)
        finally:
            await database.dispose()

    upgrade(address)
    return asyncio.run(fill_and_close())


Ask = Callable[[int], bytes]


def _asks(community: Community, port: int) -> dict[str, Ask]:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def asker(name: str) -> Ask:
        def send(number: int) -> bytes:
            method, path, body = _request(name, community, number)
            headers = community.cookie(number)
            if body is None:
                return ask(connection, method, path, headers)
            return ask(connection, method, path, headers | JSON, orjson.dumps(body))

        return send

    return {name: asker(name) for name in NAMES}


def _request(
    name: str, community: Community, number: int
) -> tuple[str, str, dict[str, object] | None]:
    """Return the method, path and body of one of many requests of a kind."""
    chance = random.Random(number)  # noqa: S311 The same requests every time.
    video = chance.choice(community.videos)
    match name:
        case "home":
            return "GET", "/api/home", None
        case "category":
            category = chance.choice(("gaming", "music", "cooking"))
            sort = chance.choice(("newest", "views"))
            return "GET", f"/api/videos?category={category}&sort={sort}", None
        case "search":
            return "GET", f"/api/search?q={_query(chance)}", None
        case "progress":
            return "PUT", f"/api/videos/{video}/progress", progress_body()
        case _:
            return "POST", "/api/video-reactions", {"video_id": video, "type": "wow"}


def _query(chance: random.Random) -> str:
    """Return one to three words as they are said, the last one sometimes not yet finished."""
    asked = [word(int(20_000 ** chance.random()) - 1) for _ in range(chance.choice((1, 2, 2, 3)))]
    if chance.random() < 0.3:
        asked[-1] = asked[-1][:3]
    return "+".join(asked)


def progress_body() -> dict[str, object]:
    start = int(time.time()) % 500
    return {
        "watched_seconds": 10,
        "duration_seconds": 600,
        "last_position": start + 10,
        "ranges": [[start, start + 10]],
        "at": datetime.now(UTC).isoformat(),
    }


def _constants(community: Community, port: int, sizes: dict[str, int]) -> dict[str, Ask]:
    connection = connect(port)

    def asker(name: str) -> Ask:
        def send(number: int) -> bytes:
            method, _, body = _request(name, community, number)
            headers = community.cookie(number)
            if body is None:
                return ask(connection, "GET", f"/page?size={sizes[name]}", headers)
            return ask(connection, method, f"/{name}", headers | JSON, orjson.dumps(body))

        return send

    return {f"constant {name}": asker(name) for name in NAMES}


def _side_by_side(asks: dict[str, Ask], processes: dict[str, int]) -> dict[str, Taken]:
    """Send the requests in turns, so that all meet the same weather."""
    taken = {name: Taken([], [], []) for name in asks}
    for turn in range(-1, ROUNDS):
        for name, send in asks.items():
            for number in range(REQUESTS):
                before, started = _processor_ms(processes[name]), time.perf_counter()
                size = len(send(turn * REQUESTS + number))
                wall = (time.perf_counter() - started) * 1000
                if turn < 0:
                    continue  # What a server does once is not what it does all day.
                taken[name].wall.append(wall)
                taken[name].cpu.append(_processor_ms(processes[name]) - before)
                taken[name].sizes.append(size)
    return taken


def _processor_ms(pid: int) -> float:
    """Return how long all threads of a process have been running so far."""
    ran = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            ran += int((thread / "schedstat").read_text().split()[0])
    return ran / 1e6


@contextlib.contextmanager
def _constant_server() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.large_library:constant_app"]
    command += ["--factory", "--port", str(port), "--loop", "uvloop", "--http", "httptools"]
    command += ["--no-access-log", "--log-level", "warning"]
    with subprocess.Popen(command) as process:
        try:
            connect(port)
            yield process, port
        finally:
            process.kill()


def constant_app() -> FastAPI:
    """Return an application that does nothing but what every request of ours goes through."""
    configure_logging(Settings(_env_file=None, log_level="warning"))
    app = FastAPI()

    @app.get("/home")
    async def home() -> Response:
        return Response(b"{}", media_type="application/json")

    @app.get("/page")
    async def page(size: int) -> Response:
        return Response(CONSTANT_PAGE[:size], media_type="application/json")

    @app.put("/progress")
    async def progress(report: ProgressReport) -> ProgressReply:
        return ProgressReply.model_validate(report)

    @app.post("/reaction")
    async def reaction(new: NewVideoReaction) -> ReactionReply:
        return ReactionReply(action=ReactionAction.ADDED, type=new.type, reaction_counts={})

    app.add_middleware(OriginCheck, base_url="http://localhost:8000")
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


if __name__ == "__main__":
    main()
