"""How stored pictures are sent."""

from fastapi import Request, Response

from lumenhall.domains.identity.service import read_picture
from lumenhall.platform.storage import Storage

FOR_GOOD = "private, max-age=31536000, immutable"


async def picture_reply(
    request: Request, storage: Storage, key: str, picture_hash: str
) -> Response:
    """Return a picture, or 304 for who has it; an address that names its hash keeps for good."""
    named = request.query_params.get("v") or "-"
    headers = {
        "ETag": f'"{picture_hash[:32]}"',
        "Cache-Control": FOR_GOOD if picture_hash.startswith(named) else "private, no-cache",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(await read_picture(storage, key), headers=headers, media_type="image/webp")
