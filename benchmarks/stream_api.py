"""The Stream API: a list of 1 000 among 100 000 videos, tokens, and how soon a webhook is told.

Promised: a list costs the same however many videos there are besides, and a signed address costs
at most 1.2 times the processor time of an unsigned one. Counted is what the server's process
used, because a busy machine changes that least.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil
from sqlalchemy import insert

from benchmarks.report import Figure, report
from benchmarks.site import running_site
from lumenhall.domains.identity.models import Scope
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.domains.stream.models import StreamAccount, StreamOrigin, StreamVideo
from lumenhall.main.wiring import register_everything
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.kit.ids import new_id
from tests.contract.stream_api.receiver import receiving
from tests.factories.clips import make_clip
from tests.factories.people import add_person, add_token
from tests.fixtures.server import Server

VIDEOS, LISTED, BATCH = 100_000, 1000, 5000
SEGMENT_BYTES = 300 * 1024
LISTS, SEGMENTS, ROUNDS, TOLD = 15, 300, 6, 5
MANY, FEW = "many", "few"
FLAT, SIGNED = 1.3, 1.2
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    register_everything()
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        figures = _measure(Path(folder))
    report("stream_api", [*figures, *_webhooks()])


def _measure(folder: Path) -> list[Figure]:
    server = Server(
        folder, stream_calls_per_five_minutes="1000000", stream_allow_private_addresses="true"
    )
    address = f"sqlite:///{folder}/data/lumenhall.sqlite"
    (folder / "data").mkdir()
    upgrade(address)
    token, uid = asyncio.run(_fill(address, folder / "data" / "media"))
    server.start("--no-jobs")
    headers = {"Authorization": f"Bearer {token}"}
    try:
        with httpx.Client(base_url=server.url, headers=headers, timeout=60) as client:
            return _ask(server, client, uid)
    finally:
        server.kill()


def _ask(server: Server, client: httpx.Client, uid: str) -> list[Figure]:
    root = "/client/v4/accounts"

    def get(path: str) -> Callable[[], object]:
        return lambda: client.get(path).raise_for_status()

    lists = {
        name: _cpu(server, get(f"{root}/{name}/stream?limit={LISTED}"), LISTS)
        for name in (FEW, MANY)
    }
    made = _cpu(server, lambda: client.post(f"{root}/{MANY}/stream/{uid}/token"), 100)
    signed = client.post(f"{root}/{MANY}/stream/{uid}/token").json()["result"]["token"]
    # Without the header: players send none.
    with httpx.Client(base_url=server.url, timeout=60) as player:
        ratios, costs = [], []
        for _ in range(ROUNDS):
            cost = [_cpu(server, _segment(player, name), SEGMENTS) for name in (uid, signed)]
            costs.append(cost)
            ratios.append(cost[1] / cost[0])
    return [
        Figure("list of 1 000 among 1 000 videos, processor", lists[FEW] * 1000, "ms"),
        Figure("list of 1 000 among 100 000 videos, processor", lists[MANY] * 1000, "ms"),
        Figure("list: 100 000 against 1 000 videos", lists[MANY] / lists[FEW], "×", FLAT),
        Figure("making a token, processor", made * 1000, "ms"),
        Figure("unsigned segment, processor", statistics.median(c[0] for c in costs) * 1000, "ms"),
        Figure("signed against unsigned segment", statistics.median(ratios), "×", SIGNED),
    ]


def _segment(player: httpx.Client, name: str) -> Callable[[], object]:
    return lambda: player.get(f"/{name}/manifest/v1/v180.mp4").raise_for_status()


def _cpu(server: Server, ask: Callable[[], object], times: int) -> float:
    """Return the processor seconds that the server takes for one request."""
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    ask()
    before = process.cpu_times()
    for _ in range(times):
        ask()
    after = process.cpu_times()
    used: float = after.user + after.system - before.user - before.system
    return used / times


def _webhooks() -> list[Figure]:
    waits = []
    with (
        running_site(stream_allow_private_addresses="true") as (server, admin),
        receiving() as told,
    ):
        made = admin.post("/api/tokens", json={"name": "bench", "scopes": ["stream"]}).json()
        root = f"{server.url}/client/v4/accounts/bench/stream"
        headers = {"Authorization": f"Bearer {made['token']}"}
        with httpx.Client(headers=headers, timeout=60) as client:
            client.put(f"{root}/webhook", json={"notificationUrl": told.url}).raise_for_status()
            for number in range(1, TOLD + 1):
                files = {"file": ("talk.mp4", make_clip("normal").read_bytes())}
                client.post(root, files=files).raise_for_status()
                message = told.wait_for(number)[-1]
                ready = datetime.fromisoformat(json.loads(message.body)["modified"])
                waits.append(message.at - ready.timestamp())
                time.sleep(0.2)
    return [Figure("ready → webhook told, median", statistics.median(waits) * 1000, "ms")]


async def _fill(address: str, media: Path) -> tuple[str, str]:
    database = Database(address)
    async with database.write() as session:
        owner = await add_person(session, "streamer")
        token = await add_token(session, owner, Scope.STREAM)
        session.add_all(StreamAccount(id=name, owner_id=owner.id) for name in (MANY, FEW))
    last: dict[str, Any] = {}
    for name, count in ((FEW, LISTED), (MANY, VIDEOS)):
        for begin in range(0, count, BATCH):
            numbers = range(begin, min(begin + BATCH, count))
            assets = [_asset(owner.id) for _ in numbers]
            videos = [_video(name, n, asset) for n, asset in zip(numbers, assets, strict=True)]
            async with database.write() as session:
                await session.execute(insert(Asset), assets)
                await session.execute(insert(StreamVideo), videos)
            last = videos[-1]
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("ANALYZE")
    await database.dispose()
    folder = media / asset_folder(last["asset_id"]) / "v1"
    folder.mkdir(parents=True)
    (folder / "v180.mp4").write_bytes(b"\0" * SEGMENT_BYTES)
    return token, last["uid"]


def _asset(owner_id: object) -> dict[str, Any]:
    asset_id = new_id()
    return {
        "id": asset_id,
        "owner_id": owner_id,
        "status": AssetStatus.READY,
        "processing_progress": 100,
        "original_filename": "talk.mp4",
        "duration_ms": 60_000,
        "duration_seconds": 60,
        "width": 1280,
        "height": 720,
        "file_size_bytes": 5_000_000,
        "playable_at": START,
        "published_prefix": f"{asset_folder(asset_id)}/v1",
        "meta": {"probe": {"streams": ["video", "audio"], "container": "mp4"}},
    }


def _video(account: str, number: int, asset: dict[str, Any]) -> dict[str, Any]:
    name = f"Talk {number}"
    return {
        "uid": new_id().hex,
        "account_id": account,
        "asset_id": asset["id"],
        "origin": StreamOrigin.TUS,
        "name": name,
        "folded_name": name.casefold(),
        "meta": {"name": name},
        "created_at": START + timedelta(seconds=number),
        "uploaded_at": START,
    }


if __name__ == "__main__":
    main()
