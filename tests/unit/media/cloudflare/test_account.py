import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from lumenhall.domains.media.cloudflare.account import (
    Account,
    check_account,
    delivery,
    read_account,
    read_credentials,
)
from lumenhall.domains.media.cloudflare.tokens import load_key, sign_token
from lumenhall.platform.kit import clock
from lumenhall.platform.settings import Settings

NOW = datetime(2026, 11, 21, 12, 0, 3, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
GIVEN: dict[str, Any] = {
    "cloudflare_account_id": "acc",
    "cloudflare_api_token": "secret-token",
    "cloudflare_signing_key_id": "key-1",
    "cloudflare_signing_key": base64.b64encode(PEM).decode(),
}


def account(**given: Any) -> Account:
    found = read_account(Settings(_env_file=None, **(GIVEN | given)))
    assert found
    return found


def claims_of(token: str) -> dict[str, Any]:
    """Check the signature and return what a token says."""
    head, body, signature = token.split(".")
    KEY.public_key().verify(
        decode(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), SHA256()
    )
    assert json.loads(decode(head)) == {"alg": "RS256", "kid": "key-1"}
    claims: dict[str, Any] = json.loads(decode(body))
    return claims


def decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.mark.parametrize("name", GIVEN)
def test_the_provider_is_off_until_everything_is_set(name: str) -> None:
    assert read_account(Settings(_env_file=None, **(GIVEN | {name: ""}))) is None


def test_an_account_without_a_signing_key_can_only_be_set_up() -> None:
    settings = Settings(_env_file=None, **(GIVEN | {"cloudflare_signing_key": ""}))
    assert read_credentials(settings)
    assert read_account(settings) is None


def test_secrets_do_not_show_when_an_account_is_printed() -> None:
    shown = repr(account())
    assert "acc" in shown
    assert "secret-token" not in shown
    assert GIVEN["cloudflare_signing_key"] not in shown


def test_browsers_reach_the_hosts_of_cloudflare_and_no_others() -> None:
    official = account()
    assert official.origins == ("https://*.cloudflarestream.com", "https://*.videodelivery.net")
    assert official.delivers("https://customer-x.cloudflarestream.com")
    for other in (
        "http://customer-x.cloudflarestream.com",
        "https://cloudflarestream.com.evil.test",
        "https://evilcloudflarestream.com",
        "https://evil.test/.cloudflarestream.com",
        "https://customer-x.cloudflarestream.com@evil.test",
        "https://127.0.0.1",
        "",
    ):
        assert not official.delivers(other)


def test_another_server_is_its_own_host_or_the_named_one() -> None:
    other = account(cloudflare_base_url="http://127.0.0.1:9000/client/v4/")
    assert other.base_url == "http://127.0.0.1:9000/client/v4"
    assert other.origins == ("http://127.0.0.1:9000",)
    assert other.delivers("http://127.0.0.1:9000/stream")
    apart = account(
        cloudflare_base_url="https://api.example/client/v4",
        cloudflare_delivery_url="https://cdn.example",
    )
    assert apart.origins == ("https://api.example", "https://cdn.example")
    assert not apart.delivers("https://customer-x.cloudflarestream.com")


def test_a_token_is_for_one_video_and_ends() -> None:
    with clock.freeze(NOW):
        token = sign_token(load_key(PEM.decode()), "key-1", "3f0c", NOW + timedelta(hours=1))
    claims = claims_of(token)
    assert (claims["sub"], claims["kid"]) == ("3f0c", "key-1")
    assert claims["exp"] == int(NOW.timestamp()) + 3600
    assert claims["nbf"] <= int(NOW.timestamp()) - 60


def test_an_address_ends_within_the_minute_and_is_the_same_for_a_while() -> None:
    way = delivery(account())
    with clock.freeze(NOW):
        first = way.address("https://v.example", "3f0c", "video/seg_1.ts?p=1")
        assert way.address("https://v.example", "3f0c", "video/seg_1.ts?p=1") == first
    host, token, *file = first.removeprefix("https://").split("/", 2)
    assert (host, file) == ("v.example", ["video/seg_1.ts?p=1"])
    assert 30 <= claims_of(token)["exp"] - NOW.timestamp() <= 40
    with clock.freeze(NOW + timedelta(seconds=10)):
        assert way.address("https://v.example", "3f0c", "video/seg_1.ts?p=1") != first


def test_the_key_may_be_pem_or_base64_of_it_and_nothing_else() -> None:
    for text in (PEM.decode(), base64.b64encode(PEM).decode()):
        key = load_key(text).private_key
        assert key
        assert key.private_numbers() == KEY.private_numbers()
    elliptic = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for other in ("not base64!", base64.b64encode(b"not a key").decode(), elliptic.decode()):
        with pytest.raises(ValueError, match="LUMENHALL_CLOUDFLARE_SIGNING_KEY"):
            load_key(other)


def test_a_key_that_is_none_is_said_before_anything_is_served() -> None:
    wrong = Settings(_env_file=None, **(GIVEN | {"cloudflare_signing_key": "wrong"}))
    with pytest.raises(ValueError, match="LUMENHALL_CLOUDFLARE_SIGNING_KEY"):
        check_account(wrong)
    check_account(Settings(_env_file=None, **GIVEN))
    check_account(Settings(_env_file=None))
