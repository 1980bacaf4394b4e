"""Tokens that let somebody fetch a private video from Stream: a JWS signed with RS256, here.

Nobody is asked over the network for them, so they can be short-lived and many.
"""

import base64
import json
from datetime import datetime, timedelta

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from lumenhall.platform.kit import clock

_ALGORITHM = "RS256"
# For clocks that differ.
_EARLIER = timedelta(minutes=5)


def load_key(text: str) -> RSAKey:
    """Return the signing key: PEM, or the base64 of it that Stream hands out.

    Raises ValueError for anything else.
    """
    try:
        pem = text.encode() if text.lstrip().startswith("-----BEGIN") else base64.b64decode(text)
        return RSAKey.import_key(pem)
    except (JoseError, ValueError) as error:
        raise ValueError("LUMENHALL_CLOUDFLARE_SIGNING_KEY is not an RSA key in PEM.") from error


def sign_token(key: RSAKey, key_id: str, uid: str, expires_at: datetime) -> str:
    """Return a token for one video until `expires_at`."""
    claims = {
        "sub": uid,
        "kid": key_id,
        "exp": int(expires_at.timestamp()),
        "nbf": int((clock.now() - _EARLIER).timestamp()),
    }
    header = {"alg": _ALGORITHM, "kid": key_id}
    payload = json.dumps(claims, separators=(",", ":"))
    return jws.serialize_compact(header, payload, key, algorithms=[_ALGORITHM])
