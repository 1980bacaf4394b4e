"""Everything in one process, nobody there: less than 200 MB resident and 2 % of a core."""

import time

import psutil

from benchmarks.report import Figure, report
from benchmarks.site import running_site

SETTLE_SECONDS = 10
WATCH_SECONDS = 60


def main() -> None:
    with running_site() as (server, client):
        client.get("/api/home").raise_for_status()
        time.sleep(SETTLE_SECONDS)
        assert server.process is not None
        process = psutil.Process(server.process.pid)
        before = sum(process.cpu_times()[:2])
        time.sleep(WATCH_SECONDS)
        share = (sum(process.cpu_times()[:2]) - before) / WATCH_SECONDS * 100
        megabytes = process.memory_info().rss / 1_000_000
    report(
        "idle",
        [
            Figure("resident memory", megabytes, "MB", 200),
            Figure("share of one core over a minute", share, "%", 2),
        ],
    )


if __name__ == "__main__":
    main()
