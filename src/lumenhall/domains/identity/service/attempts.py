"""How often passwords may be tried and doors be knocked at."""

import ipaddress
import uuid

from lumenhall.domains.identity.errors import TooManySignIns
from lumenhall.platform.errors import TooManyRequests
from lumenhall.platform.limits import Limit, Limiter

MINUTE = 60
HOUR = 60 * MINUTE
UNKNOWN_ADDRESS = "unknown"

SIGN_IN_PER_ACCOUNT = Limit("sign-in-account", 10, 15 * MINUTE)
SIGN_IN_PER_ADDRESS = Limit("sign-in-address", 50, 15 * MINUTE)
# A whole class may join through one school's address within an hour.
JOIN_PER_ADDRESS = Limit("join-address", 120, HOUR)
RESET_PER_ADDRESS = Limit("reset-address", 20, HOUR)
RESET_PER_ACCOUNT = Limit("reset-account", 5, HOUR)


def network(ip: str | None) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 that one household has."""
    try:
        address = ipaddress.ip_address(ip or "")
    except ValueError:
        return UNKNOWN_ADDRESS
    if address.version == 4:  # noqa: PLR2004 The version is its own name.
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


async def count_sign_in(limiter: Limiter, ip: str | None, account: uuid.UUID | str) -> None:
    """Count a try at a password before it is looked at, so that tries at once count too.

    `account` is the person, or what was typed when there is none. Raises TooManySignIns.
    """
    wait = await limiter.wait_for(SIGN_IN_PER_ADDRESS, network(ip))
    wait = wait or await limiter.wait_for(SIGN_IN_PER_ACCOUNT, str(account))
    if wait:
        raise TooManySignIns(retry_after=wait)


async def forget_sign_ins(limiter: Limiter, account: uuid.UUID) -> None:
    """Start afresh for an account whose password was right."""
    await limiter.forget(SIGN_IN_PER_ACCOUNT, str(account))


async def count_knock(limiter: Limiter, limit: Limit, ip: str | None) -> None:
    """Count a request from an address; raises TooManyRequests."""
    if wait := await limiter.wait_for(limit, network(ip)):
        raise TooManyRequests(retry_after=wait)
