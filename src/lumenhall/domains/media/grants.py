"""Grants: the part of a playback address that says who may play what, and until when.

A grant names the viewer and the session or token they came with, and is signed together with
the asset it is for. It can't be made without the key, and gives access only as long as that
credential is live and the viewer may see the asset: `access` asks both.
"""

import base64
import binascii
import hashlib
import hmac
import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from lumenhall.domains.media.errors import PlaybackEnded, PlaybackNotFound
from lumenhall.platform.kit import clock

# All grants made in the same window end together, so that a viewer's addresses stay the same
# and the browser's cache works: a grant lives between 12 and 15 hours.
_WINDOW_SECONDS = 3 * 3600
_WINDOWS = 5
_PURPOSE = b"playback grant 1"
_PAYLOAD = struct.Struct(">16s16sI")
_SIGNATURE_SIZE = 16


@dataclass(frozen=True, slots=True)
class Grant:
    """Who plays, with which session or token, until when."""

    user_id: uuid.UUID
    credential_id: uuid.UUID
    expires_at: datetime


def next_expiry() -> datetime:
    """Return when a grant made now ends."""
    window = int(clock.now().timestamp()) // _WINDOW_SECONDS
    return datetime.fromtimestamp((window + _WINDOWS) * _WINDOW_SECONDS, UTC)


def write_grant(key: bytes, asset_id: uuid.UUID, grant: Grant) -> str:
    """Return the grant as text for an address."""
    return grant_writer(key, grant)(asset_id.bytes).decode()


def grant_writer(key: bytes, grant: Grant) -> Callable[[bytes], bytes]:
    """Return what `write_grant` does, for many assets (the bytes of their ids) of one viewer."""
    expiry = int(grant.expires_at.timestamp())
    payload = _PAYLOAD.pack(grant.user_id.bytes, grant.credential_id.bytes, expiry)
    sign = _signer(key, payload)
    return lambda asset_id: base64.urlsafe_b64encode(payload + sign(asset_id)).rstrip(b"=")


def read_grant(key: bytes, asset_id: uuid.UUID, text: str) -> Grant:
    """Return what a grant says.

    Raises PlaybackNotFound when it is forged or for another asset, PlaybackEnded when its
    time is over.
    """
    try:
        signed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise PlaybackNotFound from None
    payload, signature = signed[:-_SIGNATURE_SIZE], signed[-_SIGNATURE_SIZE:]
    if len(payload) != _PAYLOAD.size or not hmac.compare_digest(
        signature, _signer(key, payload)(asset_id.bytes)
    ):
        raise PlaybackNotFound
    user, credential, expiry = _PAYLOAD.unpack(payload)
    expires_at = datetime.fromtimestamp(expiry, UTC)
    if expires_at <= clock.now():
        raise PlaybackEnded
    return Grant(uuid.UUID(bytes=user), uuid.UUID(bytes=credential), expires_at)


def _signer(key: bytes, payload: bytes) -> Callable[[bytes], bytes]:
    """Return what signs a payload together with the bytes of an asset's id.

    Keyed BLAKE2b is a MAC as it is, and can go on from the payload: a page of pictures takes
    a hundred signatures for one viewer.
    """
    begun = hashlib.blake2b(
        payload,
        key=hashlib.sha256(key).digest(),
        digest_size=_SIGNATURE_SIZE,
        person=_PURPOSE,
    )

    def sign(asset_id: bytes) -> bytes:
        signature = begun.copy()
        signature.update(asset_id)
        return signature.digest()

    return sign
