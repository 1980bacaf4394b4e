"""A thousand people with a page open and nothing happening: at most 40 kB of memory each.

It is by how much the server's resident memory grows, with pings and everything else as always.
"""

import asyncio
import resource
import tempfile
from pathlib import Path

from benchmarks.report import Figure, report
from benchmarks.talkers import Community, open_sockets, resident_bytes, start_communities
from tests.fixtures.server import Server

PAGES = 1000
WARM = 50
SETTLE_SECONDS = 5
FILES = 4096
LIMIT_KB = 40


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        server, (community,) = start_communities(Path(folder), PAGES)
        try:
            each = asyncio.run(_measure(server, community)) / PAGES / 1000
        finally:
            server.kill()
    report("open_pages", [Figure("memory of one of 1 000 open pages", each, "kB", LIMIT_KB)])


async def _measure(server: Server, community: Community) -> int:
    assert server.process is not None
    address = f"{server.url.replace('http', 'ws')}/api/live"
    headers = [one.cookie for one in community.people]
    # What the first ones load is not what one of them costs.
    async with open_sockets(address, headers[:WARM]) as sockets:
        await asyncio.gather(*(one.recv() for one in sockets))
    await asyncio.sleep(SETTLE_SECONDS)
    before = resident_bytes(server.process.pid)
    async with open_sockets(address, headers) as sockets:
        await asyncio.gather(*(one.recv() for one in sockets))
        await asyncio.sleep(SETTLE_SECONDS)
        return resident_bytes(server.process.pid) - before


if __name__ == "__main__":
    main()
