"""Files to save: the video in one piece, or its sound."""

import re

from starlette.responses import Response

from lumenhall.domains.media.delivery import ASK_AGAIN, send_file
from lumenhall.domains.media.errors import DownloadNotAllowed, PlaybackNotFound
from lumenhall.domains.media.naming import attachment
from lumenhall.surfaces.stream_api.viewing import Asked

VIDEO_FILE, SOUND_FILE = "download.mp4", "a.mp4"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,120}", re.ASCII)
_SOUND = ".m4a"


async def send_download(asked: Asked, ending: str) -> Response:
    """Return a file to save; a private video needs a token that says so."""
    video, asset, token = asked.video, asked.asset, asked.screening.token
    if video.require_signed_urls and not (token and token.downloadable):
        raise DownloadNotAllowed
    sound = ending == _SOUND
    offered = video.offers_audio if sound else asset.allow_download and asset.has_download
    if not offered or asset.published_prefix is None:
        raise PlaybackNotFound
    given = asked.request.query_params.get("filename", "")
    name = given if _NAME.fullmatch(given) else video.name or video.uid
    headers = {"Cache-Control": ASK_AGAIN, "Content-Disposition": attachment(name, ending)}
    if sound:
        headers["Content-Type"] = "audio/mp4"
    key = f"{asset.published_prefix}/{SOUND_FILE if sound else VIDEO_FILE}"
    return await send_file(asked.request, asked.app.storage, key, headers)
