"""The two pages of a video: one to embed in other sites, one to open by itself."""

import html

from starlette.responses import HTMLResponse, Response

from lumenhall.domains.media.queries import list_tracks
from lumenhall.domains.stream.service import captions_in
from lumenhall.platform.web.middleware import content_policy
from lumenhall.surfaces.stream_api.viewing import Asked

# What the query may set is read by the script: nothing of it is written into the page.
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="/embed.css">
</head>
<body>
<video id="player" controls playsinline preload="metadata" crossorigin="anonymous"
 aria-label="{title}" data-hls="manifest/video.m3u8" poster="thumbnails/thumbnail.jpg">
{tracks}
</video>
<script src="/embed/hls.min.js"></script>
<script src="/embed.js"></script>
</body>
</html>
"""
_TRACK = (
    '<track kind="captions" src="captions/{language}.vtt" srclang="{language}" label="{label}">'
)


async def send_page(asked: Asked) -> Response:
    """Return the page with the player; other sites may frame it as the video allows."""
    async with asked.app.database.read() as session:
        tracks = captions_in(await list_tracks(session, asked.asset.id)).values()
    page = _PAGE.format(
        language="en",
        title=html.escape(asked.video.name or asked.video.uid),
        tracks="\n".join(
            _TRACK.format(language=track.language, label=html.escape(track.label))
            for track in tracks
        ),
    )
    store = asked.app.storage.public_origin
    framing = " ".join(["'self'", *asked.video.allowed_origins])
    policy = content_policy(
        [store] if store else [], framing if asked.video.allowed_origins else "*"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "private, no-cache"}
    return HTMLResponse(page, headers=headers)


def embed_code(delivery: str, uid: str) -> str:
    """Return the piece of a page that shows a video in it."""
    return (
        f'<iframe src="{delivery}/{uid}/iframe" style="border: none" height="720" width="1280" '
        'allow="accelerometer; gyroscope; autoplay; encrypted-media; picture-in-picture;" '
        'allowfullscreen="true"></iframe>\n'
    )
