"""Addresses to upload to that are capabilities: whoever has one may send, without a token.

The uid of a video becomes known once it plays, so a secret stands beside it. It is made from
the site's key, so nothing has to be kept for it.
"""

import hashlib
import hmac
from urllib.parse import quote

from lumenhall.platform.context import AppContext
from lumenhall.surfaces.stream_api.front import PREFIX

QUERY = "key"
_PURPOSE = b"stream upload address 1:"


def one_time_address(app: AppContext, uid: str) -> str:
    """Return where the file of a video may be posted once."""
    return f"{app.settings.base_url}{PREFIX}/upload/{uid}?{QUERY}={_secret(app, uid)}"


def one_time_tus_address(app: AppContext, uid: str) -> str:
    """Return where the bytes of a video may be sent with tus, without a token."""
    base = f"{app.settings.base_url}{PREFIX}/upload/tus/{uid}"
    return f"{base}?tusv2=true&{QUERY}={_secret(app, uid)}"


def tus_address(app: AppContext, account_id: str, uid: str) -> str:
    """Return where the bytes of a video are sent with tus and a token."""
    account = quote(account_id, safe="")
    return f"{app.settings.base_url}{PREFIX}/accounts/{account}/media/{uid}?tusv2=true"


def is_secret_of(app: AppContext, uid: str, given: str) -> bool:
    """Say whether a secret is that of the video's upload address."""
    return hmac.compare_digest(_secret(app, uid).encode(), given.encode())


def _secret(app: AppContext, uid: str) -> str:
    return hmac.new(app.signing_key, _PURPOSE + uid.encode(), hashlib.sha256).hexdigest()[:32]
