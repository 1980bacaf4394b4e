"""Whether a webhook comes from Stream: signed over its very bytes, and just now.

`Webhook-Signature: time=<seconds>,sig1=<hex>`, where sig1 is HMAC-SHA256 over `<seconds>.<body>`
with the secret as it was handed out. Nothing is read from a body before that holds.
"""

import hashlib
import hmac

from lumenhall.domains.media.errors import WebhookRefused
from lumenhall.platform.kit import clock

TOLERANCE_SECONDS = 300
_LONGEST_TIME = 12


def check_signature(secret: str, header: str, body: bytes) -> None:
    """Raise WebhookRefused unless the header signs this very body, five minutes ago at most."""
    parts = dict(part.strip().split("=", 1) for part in header.split(",") if "=" in part)
    time, given = parts.get("time", ""), parts.get("sig1", "")
    if not (time.isascii() and time.isdecimal() and len(time) <= _LONGEST_TIME):
        raise WebhookRefused("It does not say when it was signed.")
    message = time.encode() + b"." + body
    signature = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(signature.encode(), given.encode()):
        raise WebhookRefused("The signature does not match.")
    if abs(clock.now().timestamp() - int(time)) > TOLERANCE_SECONDS:
        raise WebhookRefused("It was signed too long ago.")
