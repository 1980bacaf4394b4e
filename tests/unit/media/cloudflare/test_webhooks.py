import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from lumenhall.domains.media.cloudflare.webhooks import check_signature
from lumenhall.domains.media.errors import WebhookRefused
from lumenhall.platform.kit import clock

# The vector of the contract.
SECRET = "85011ed3a913c6ad5f9cf6c5573cc0a7"
TIME = 1230811200
BODY = b'{"uid":"abc"}'
SIGNATURE = "2e504578b5d721cc5729785929ff9b8a71fe1e95994c111f23db32a24692b18e"
WITH_NEWLINE = "fe68da709e66652f3525fbfa34705a65e5cf94b5d9dceda113713595c188c6f5"
SIGNED_AT = datetime.fromtimestamp(TIME, UTC)


def check(header: str, body: bytes = BODY, later: timedelta = timedelta(0)) -> None:
    with clock.freeze(SIGNED_AT + later):
        check_signature(SECRET, header, body)


def test_the_vectors_of_the_contract_are_accepted() -> None:
    check(f"time={TIME},sig1={SIGNATURE}")
    check(f"time={TIME},sig1={WITH_NEWLINE}", BODY + b"\n")
    check(f" sig1={SIGNATURE} , time={TIME}, sig2=unknown")


@pytest.mark.parametrize("body", [BODY + b"\n", b'{"uid": "abc"}', b" " + BODY, b"", BODY[:-1]])
def test_a_body_altered_by_as_little_as_a_space_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookRefused, match="signature"):
        check(f"time={TIME},sig1={SIGNATURE}", body)


@pytest.mark.parametrize(
    ("later", "refused"),
    [
        (timedelta(minutes=5), False),
        (timedelta(minutes=5, seconds=1), True),
        (timedelta(minutes=-5), False),
        (timedelta(minutes=-5, seconds=-1), True),
        (timedelta(days=400), True),
    ],
)
def test_it_counts_for_five_minutes(later: timedelta, *, refused: bool) -> None:
    if not refused:
        check(f"time={TIME},sig1={SIGNATURE}", later=later)
        return
    with pytest.raises(WebhookRefused, match="too long ago"):
        check(f"time={TIME},sig1={SIGNATURE}", later=later)


def test_a_newer_time_needs_a_newer_signature() -> None:
    with pytest.raises(WebhookRefused, match="signature"):
        check(f"time={TIME + 600},sig1={SIGNATURE}", later=timedelta(minutes=10))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sig1=",
        f"sig1={SIGNATURE}",
        f"time={TIME}",
        f"time={TIME},sig1=",
        f"time={TIME},sig1={SIGNATURE.upper()}",
        f"time={TIME},sig1={SIGNATURE[:-1]}",
        f"time={TIME},sig1=ñ{SIGNATURE}",
        f"time=-{TIME},sig1={SIGNATURE}",
        f"time=²,sig1={SIGNATURE}",
        f"time={'9' * 5000},sig1={SIGNATURE}",
        f"t={TIME},v1={SIGNATURE}",
        f"time={TIME};sig1={SIGNATURE}",
    ],
)
def test_other_headers_are_refused(header: str) -> None:
    with pytest.raises(WebhookRefused):
        check(header)


def test_the_secret_is_used_as_it_was_handed_out_and_not_as_a_number() -> None:
    message = f"{TIME}.".encode() + BODY
    decoded = hmac.new(bytes.fromhex(SECRET), message, hashlib.sha256).hexdigest()
    with pytest.raises(WebhookRefused):
        check(f"time={TIME},sig1={decoded}")
