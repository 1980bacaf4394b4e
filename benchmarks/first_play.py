"""Last byte received → a player can fetch master playlist, init and first segment.

Promised: 1.0 s in the median of five for a 10-minute 1080p H.264/AAC file (MP4 with the index
first and last, MKV), 2.0 s for a 60-minute one. The clock starts when the last megabyte leaves
the client and stops when the bytes of the first segment have arrived.
"""

import re
import statistics
import time
from pathlib import Path

import httpx

from benchmarks.clips import long_clip
from benchmarks.report import Figure, report
from benchmarks.site import LAST, new_video, running_site, send_bytes

ROUNDS = 5
GIVE_UP_SECONDS = 60


def main() -> None:
    figures = []
    with running_site() as (_, client):
        for kind in ("mp4_moov_first", "mp4_moov_last", "mkv"):
            clip = long_clip(10, kind)
            seconds = statistics.median(_once(client, clip) for _ in range(ROUNDS))
            figures.append(Figure(f"10 min {kind}, median of {ROUNDS}", seconds, "s", 1.0))
        hour = long_clip(60, "mp4_moov_last")
        seconds = statistics.median(_once(client, hour) for _ in range(3))
        figures.append(Figure("60 min mp4_moov_last, median of 3", seconds, "s", 2.0))
    report("first_play", figures)


def _once(client: httpx.Client, clip: Path) -> float:
    video_id, address = new_video(client, clip)
    send_bytes(client, address, clip, keep_back=LAST)
    started = time.perf_counter()
    send_bytes(client, address, clip)
    _fetch_first_segment(client, video_id, deadline=time.monotonic() + GIVE_UP_SECONDS)
    seconds = time.perf_counter() - started
    client.delete(f"/api/videos/{video_id}").raise_for_status()
    return seconds


def _fetch_first_segment(client: httpx.Client, video_id: str, deadline: float) -> None:
    while True:
        reply = client.get(f"/api/videos/{video_id}/playback")
        if reply.is_success and reply.json()["hls_url"]:
            break
        assert time.monotonic() < deadline, "the video never became playable"
        time.sleep(0.01)
    master = _get(client, httpx.URL(reply.json()["hls_url"]))
    for address in _addresses(master, of_playlists=True):
        playlist = _get(client, address)
        for part in _addresses(playlist, of_playlists=False)[:2]:
            assert _get(client, part).content


def _addresses(playlist: httpx.Response, *, of_playlists: bool) -> list[httpx.URL]:
    """Return what a playlist names, in order: the map and the segments, or the playlists."""
    named = re.findall(r'URI="([^"]+)"|^([^#\s].*)$', playlist.text, re.MULTILINE)
    found = [playlist.url.join(quoted or plain) for quoted, plain in named]
    return [url for url in found if url.path.endswith(".m3u8") == of_playlists]


def _get(client: httpx.Client, url: httpx.URL) -> httpx.Response:
    return client.get(url).raise_for_status()


if __name__ == "__main__":
    main()
