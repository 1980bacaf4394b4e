"""Tokens that let somebody fetch a private video from Stream: a JWS signed with RS256, here.

Nobody is asked over the network for them, so they can be short-lived and many.
"""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from lumenhall.platform.kit import clock

# For clocks that differ.
_EARLIER = timedelta(minutes=5)


def load_key(text: str) -> RSAPrivateKey:
    """Return the signing key: PEM, or the base64 of it that Stream hands out.

    Raises ValueError for anything else.
    """
    pem = text if text.lstrip().startswith("-----BEGIN") else base64.b64decode(text).decode()
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("The signing key is not an RSA key.")  # noqa: TRY004 It is a setting.
    return key


def sign_token(key: RSAPrivateKey, key_id: str, uid: str, expires_at: datetime) -> str:
    """Return a token for one video until `expires_at`."""
    header = {"alg": "RS256", "kid": key_id}
    claims = {
        "sub": uid,
        "kid": key_id,
        "exp": int(expires_at.timestamp()),
        "nbf": int((clock.now() - _EARLIER).timestamp()),
    }
    signed = f"{_encode(header)}.{_encode(claims)}"
    return f"{signed}.{_base64(key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def _encode(document: dict[str, Any]) -> str:
    return _base64(json.dumps(document, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
