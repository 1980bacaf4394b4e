"""Tokens, access rules, origins and signatures: the vectors and rules of the contract."""

import ipaddress
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from lumenhall.domains.stream.admission import allows_page
from lumenhall.domains.stream.errors import StreamFieldInvalid, StreamTokenRefused
from lumenhall.domains.stream.service.captions import label_of
from lumenhall.domains.stream.service.webhooks import signature
from lumenhall.domains.stream.tokens import (
    Rule,
    Token,
    as_pem,
    key_named_in,
    make_key,
    public_half,
    read_rules,
)
from lumenhall.platform.context import AppContext
from lumenhall.platform.outside import AddressRefused, check_address
from lumenhall.platform.outside.client import is_public
from lumenhall.surfaces.stream_api.thumbnails import read_seconds

SECRET = "85011ed3a913c6ad5f9cf6c5573cc0a7"
SITE = cast(
    "AppContext",
    SimpleNamespace(
        settings=SimpleNamespace(delivery_origin="https://v.example", base_url="https://v.example")
    ),
)


@pytest.mark.parametrize(
    ("body", "digest"),
    [
        (b'{"uid":"abc"}', "2e504578b5d721cc5729785929ff9b8a71fe1e95994c111f23db32a24692b18e"),
        (b'{"uid":"abc"}\n', "fe68da709e66652f3525fbfa34705a65e5cf94b5d9dceda113713595c188c6f5"),
    ],
)
def test_messages_are_signed_over_time_and_raw_body(body: bytes, digest: str) -> None:
    assert signature(SECRET, 1230811200, body) == f"time=1230811200,sig1={digest}"


def token(*rules: Rule) -> Token:
    return Token("k", "u", 200.0, 100.0, downloadable=False, rules=rules)


def test_a_token_counts_from_its_beginning_up_to_its_end() -> None:
    assert [token().counts_at(now) for now in (99.9, 100, 199.9, 200)] == [False, True, True, False]


def test_the_first_matching_rule_decides_and_none_means_yes() -> None:
    home = Rule(True, (ipaddress.ip_network("10.0.0.0/8"),))
    nobody = Rule(False)
    assert token(home, nobody).lets_in("10.1.2.3")
    assert token(home, nobody).lets_in("::ffff:10.1.2.3")
    assert not token(home, nobody).lets_in("2001:db8::1")
    assert not token(nobody, home).lets_in("10.1.2.3")
    assert token(home).lets_in("192.0.2.1")
    assert token(Rule(False, (ipaddress.ip_network("::/0"),))).lets_in("192.0.2.1")


def test_rules_by_country_and_of_unknown_types_match_nobody() -> None:
    said = [{"type": "ip.geoip.country", "country": ["GB"], "action": "block"}, {"type": "moon"}]
    assert read_rules(said) == ()


@pytest.mark.parametrize("said", ["any", [1], [{"type": "ip.src", "ip": ["x"]}], [{}] * 6])
def test_what_is_no_rule_is_refused(said: Any) -> None:
    with pytest.raises(StreamTokenRefused):
        read_rules(said)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b.c",
        "eyJhbGciOiJub25lIiwia2lkIjoiYSJ9.e30.",  # alg none
        "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.e30.x",  # alg HS256
        "eyJhbGciOiJSUzI1NiJ9.e30.x",  # no kid
        "W10.e30.x",
    ],
)
def test_what_is_no_token_of_ours_names_no_key(text: str) -> None:
    with pytest.raises(StreamTokenRefused):
        key_named_in(text)


def test_only_the_private_half_of_a_key_signs() -> None:
    made = make_key()
    assert public_half(made.private_pem) == made.public_pem
    assert public_half(as_pem(made)) == made.public_pem
    key = rsa.generate_private_key(65537, 2048)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    for pem in (made.public_pem, locked.decode(), "aGVsbG8=", "", "é"):
        with pytest.raises(StreamFieldInvalid):
            public_half(pem)


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("https://example.com", True),
        ("https://example.com:443/lesson", True),
        ("http://localhost:3000", True),
        ("http://localhost", False),
        ("https://deep.er.example.org", True),
        ("https://example.org", False),
        ("https://v.example", True),
        ("https://[example.com", False),
        ("null", False),
        ("", False),
        (None, False),
    ],
)
def test_pages_play_where_the_video_allows(page: str | None, allowed: bool) -> None:
    listed = ["example.com", "*.example.org", "localhost:3000"]
    assert allows_page(SITE, listed, page) is allowed
    assert allows_page(SITE, [], page)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        *((address, False) for address in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0")),  # noqa: S104
        *((address, False) for address in ("::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1")),
        *((address, False) for address in ("100.64.0.1", "224.0.0.1", "64:ff9b::7f00:1", "::")),
        *((address, False) for address in ("2002:7f00:1::", "192.168.1.1", "198.18.0.1")),
        *((address, False) for address in ("::127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1")),
    ],
)
def test_addresses_of_private_networks_are_known_in_every_spelling(
    address: str, public: bool
) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example",
        "//a.example",
        "http://",
        "http://u:p@a.example",
        "http://a b",
        "http://a:x",
    ],
)
def test_only_plain_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url)


def test_languages_are_called_what_they_call_themselves() -> None:
    labels = [label_of(tag) for tag in ("tr", "de", "en", "en-GB", "zz")]
    assert labels == ["Türkçe", "Deutsch", "English", "British English", "zz"]


def test_moments_of_thumbnails_are_read_as_written() -> None:
    texts = ("0s", "8m", "5m2s", "1h2m3s", "1.5s", "7", "50pct", "")
    assert [read_seconds(text) for text in texts] == [0, 480, 302, 3723, 1.5, 7, None, None]
