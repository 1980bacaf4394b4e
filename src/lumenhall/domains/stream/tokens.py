"""Tokens that open private videos: signed by an account's key, for one video, for a while.

Section 3.3 of the contract: a compact JWS with RS256 and nothing else. What a token says beside
its video is when it counts, where, and whether the file may be saved.
"""

import base64
import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import orjson
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from lumenhall.domains.stream.errors import StreamFieldInvalid, StreamTokenRefused

ALGORITHM = "RS256"
KEY_BITS = 2048
LONGEST = 8 * 1024
MOST_RULES = 5

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Rule:
    """One access rule; without networks it matches everybody."""

    allows: bool
    networks: tuple[Network, ...] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says, once its signature is known to be right; times in Unix seconds."""

    key_id: str
    uid: str
    expires: float
    begins: float
    downloadable: bool
    rules: tuple[Rule, ...]

    def counts_at(self, now: float) -> bool:
        """Say whether it has begun and not ended."""
        return self.begins <= now < self.expires

    def lets_in(self, address: str | None) -> bool:
        """Say whether the rules let a viewer in: the first that matches decides."""
        for rule in self.rules:
            if rule.networks is None or _is_within(address, rule.networks):
                return rule.allows
        return True


@dataclass(frozen=True, slots=True)
class NewKey:
    """Both halves of a key as PEM."""

    private_pem: str
    public_pem: str


def make_key() -> NewKey:
    """Return a new key; takes a while, so not on the event loop."""
    key = RSAKey.generate_key(KEY_BITS)
    return NewKey(key.as_pem(private=True).decode(), key.as_pem(private=False).decode())


def as_pem(key: NewKey) -> str:
    """Return the private half as the API gives it: base64 of a PKCS#1 file."""
    private = RSAKey.import_key(key.private_pem).private_key
    assert private is not None  # noqa: S101 It was imported from a private half.
    text = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return base64.b64encode(text).decode()


def as_jwk(key: NewKey, key_id: str) -> str:
    """Return the private half as the API gives it: base64 of a JSON Web Key."""
    parts = RSAKey.import_key(key.private_pem).as_dict(private=True)
    names = ("kty", "n", "e", "d", "p", "q", "dp", "dq", "qi")
    jwk = {"use": "sig", "kid": key_id, "alg": ALGORITHM} | {name: parts[name] for name in names}
    return base64.b64encode(orjson.dumps(jwk)).decode()


def public_half(pem: str) -> str:
    """Return the public half of a private key in PEM or base64 of it; raises StreamFieldInvalid."""
    try:
        key = RSAKey.import_key(private_half(pem))
    except (JoseError, ValueError, TypeError) as error:
        # TypeError: it wants a password.
        raise StreamFieldInvalid("pem: this is not a private key") from error
    if not key.is_private:
        raise StreamFieldInvalid("pem: this is not a private key")
    return key.as_pem(private=False).decode()


def private_half(pem: str) -> str:
    """Return a private key in PEM, given that or base64 of it."""
    return pem if "-----" in pem else base64.b64decode(pem).decode()


def sign(claims: Mapping[str, Any], key_id: str, private_pem: str) -> str:
    """Return a token that says `claims`."""
    header = {"alg": ALGORITHM, "kid": key_id}
    body = orjson.dumps({**claims, "kid": key_id})
    return jws.serialize_compact(header, body, _key(private_pem), algorithms=[ALGORITHM])


def key_named_in(text: str) -> str:
    """Return which key a token says it is signed with; raises StreamTokenRefused."""
    head = _part(text.partition(".")[0]) if len(text) <= LONGEST else {}
    kid = head.get("kid")
    if head.get("alg") != ALGORITHM or not isinstance(kid, str):
        raise StreamTokenRefused
    return kid


def verify(text: str, key_id: str, public_pem: str, longest_seconds: float) -> Token:
    """Return what a token says if its signature is right; raises StreamTokenRefused."""
    try:
        payload = jws.deserialize_compact(text, _key(public_pem), algorithms=[ALGORITHM]).payload
    except (JoseError, ValueError) as error:
        raise StreamTokenRefused from error
    claims = _object(payload)
    if claims.get("kid") != key_id or not isinstance(claims.get("sub"), str):
        raise StreamTokenRefused
    expires = _seconds(claims.get("exp"))
    begins = _seconds(claims["nbf"]) if claims.get("nbf") is not None else 0.0
    if expires is None or begins is None or expires > time.time() + longest_seconds:
        raise StreamTokenRefused
    rules = read_rules(claims.get("accessRules"))
    return Token(key_id, claims["sub"], expires, begins, claims.get("downloadable") is True, rules)


def read_rules(said: object) -> tuple[Rule, ...]:
    """Return access rules; raises StreamTokenRefused for what is none.

    A rule by country matches nobody, because nothing here knows countries; neither does one of
    an unknown type.
    """
    if said is None:
        return ()
    if not isinstance(said, list) or len(said) > MOST_RULES:
        raise StreamTokenRefused
    rules = []
    for one in said:
        if not isinstance(one, dict):
            raise StreamTokenRefused
        allows = one.get("action") == "allow"
        if one.get("type") == "any":
            rules.append(Rule(allows))
        elif one.get("type") == "ip.src":
            rules.append(Rule(allows, _networks(one.get("ip"))))
    return tuple(rules)


@lru_cache(maxsize=256)
def _key(pem: str) -> RSAKey:
    return RSAKey.import_key(pem)


def _networks(said: object) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(str(text), strict=False) for text in _list(said))
    except ValueError as error:
        raise StreamTokenRefused from error


def _list(said: object) -> list[object]:
    return said if isinstance(said, list) else [said]


def _is_within(address: str | None, networks: tuple[Network, ...]) -> bool:
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found.version == network.version and found in network for network in networks)


def _seconds(said: object) -> float | None:
    # The documentation's own samples carry them as decimal text.
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        return float(said)
    except ValueError:
        return None


def _part(text: str) -> dict[str, Any]:
    try:
        return _object(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError as error:
        raise StreamTokenRefused from error


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise StreamTokenRefused from error
    if not isinstance(found, dict):
        raise StreamTokenRefused
    return found
