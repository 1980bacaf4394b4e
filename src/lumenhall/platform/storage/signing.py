"""One more parameter in a presigned address of S3, which obstore has no way to ask for."""

import hashlib
import hmac
import os
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

_ALGORITHM = "AWS4-HMAC-SHA256"


def sign_with(address: str, name: str, value: str) -> str:
    """Return a presigned address with one more parameter, signed anew (AWS signature 4).

    Without a value, or where the key that signed is not in the environment (a machine may have
    a role instead), it stays as it is.
    """
    url = urlsplit(address)
    query = dict(parse_qsl(url.query))
    key_id, *scope = query.get("X-Amz-Credential", "").rsplit("/", 4)
    secret = os.environ.get("AWS_SECRET_ACCESS_KEY")
    if not value or not secret or key_id != os.environ.get("AWS_ACCESS_KEY_ID"):
        return address
    del query["X-Amz-Signature"]
    canonical = "&".join(
        f"{quote(key, safe='')}={quote(text, safe='')}"
        for key, text in sorted((query | {name: value}).items())
    )
    request = f"GET\n{url.path}\n{canonical}\nhost:{url.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    hashed = hashlib.sha256(request.encode()).hexdigest()
    to_sign = f"{_ALGORITHM}\n{query['X-Amz-Date']}\n{'/'.join(scope)}\n{hashed}"
    key = f"AWS4{secret}".encode()
    for part in scope:
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    signature = hmac.digest(key, to_sign.encode(), hashlib.sha256).hex()
    return urlunsplit(url._replace(query=f"{canonical}&X-Amz-Signature={signature}"))
