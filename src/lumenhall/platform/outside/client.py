"""A client for addresses that somebody else has given.

Only http and https are spoken. A name is resolved here, every address it stands for is looked
at, and the connection goes to one that was looked at: asking the name server again could give
another answer. Redirects are followed a few times, each checked like the first address. No
proxy of the environment is used, and no cookie is kept.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
from httpcore import AsyncNetworkBackend, AsyncNetworkStream
from typing_extensions import override

from lumenhall.platform.errors import AppError, BadRequest

MOST_REDIRECTS = 5
MOST_LENGTH = 4096
_REDIRECTS = {301, 302, 303, 307, 308}
_FAILURES = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)
_SCHEMES = {"http", "https"}


class AddressRefused(BadRequest):
    """The detail says what is wrong with the address."""

    code = "address_refused"
    title = "This address can't be used."
    permanent = True


class OutsideError(AppError):
    """The other side could not be reached, or broke off."""

    code = "outside_unreachable"
    status = 502
    title = "The other server could not be reached."


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of an answer, and its body to read piece by piece."""

    status: int
    headers: Mapping[str, str]
    url: str
    pieces: AsyncIterator[bytes]


def check_address(url: str) -> str:
    """Return an address that may be asked for; raises AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("It is not an address.") from error
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise AddressRefused("Only http and https addresses are taken.")
    if len(url) > MOST_LENGTH or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused("It is too long, or has characters that no address has.")
    if parts.username is not None or parts.password is not None or port == 0:
        raise AddressRefused("It may not carry a name or a password.")
    return url


class Outside:
    """Asks outside; `private` also allows addresses of private networks and of this machine."""

    def __init__(self, *, private: bool = False, seconds: float = 20.0) -> None:
        self._seconds = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        # Each of them begins anew with every byte: whoever sends one at a time has no end.
        self._patience = len(self._seconds) * seconds
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=_Checked(private=private)
        )

    @asynccontextmanager
    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> AsyncIterator[Reply]:
        """Send a request and give its answer; redirects of GET and HEAD are followed.

        Raises AddressRefused, for redirects too, or OutsideError.
        """
        for _ in range(MOST_REDIRECTS + 1):
            async with self._once(method, check_address(url), headers, body) as reply:
                target = reply.headers.get("location")
                follows = reply.status in _REDIRECTS and target and method in {"GET", "HEAD"}
                if not follows:
                    yield reply
                    return
                url = urljoin(url, target or "")
        raise AddressRefused("It redirects too often.")

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    @asynccontextmanager
    async def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> AsyncIterator[Reply]:
        given = {"Host": urlsplit(url).netloc, "User-Agent": "Lumenhall", **headers}
        if body:
            given["Content-Length"] = str(len(body))
        asked = self._pool.stream(
            method,
            url,
            headers=list(given.items()),
            content=body or None,
            extensions={"timeout": self._seconds},
        )
        try:
            async with AsyncExitStack() as stack:
                async with asyncio.timeout(self._patience):
                    answer = await stack.enter_async_context(asked)
                yield Reply(answer.status, _readable(answer.headers), url, _pieces(answer))
        except _FAILURES as error:
            raise OutsideError(_said(error)) from error
        except TimeoutError as error:
            raise OutsideError("It took too long to answer.") from error


class _Checked(AsyncNetworkBackend):
    """Connects to addresses that were looked at, and to no other."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._backend = httpcore.AnyIOBackend()

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncNetworkStream:
        addresses = await _resolve(host, port)
        if not self._private and not all(is_public(address) for address in addresses):
            raise AddressRefused("It leads into a private network.")
        error: Exception = httpcore.ConnectError("It has no address.")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    @override
    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def is_public(address: str) -> bool:
    """Say whether an address belongs to the open internet, whichever way it is written."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found not in _OPEN:
            return False
    return found.is_global and not found.is_multicast


# All of IPv6 that is given out to the open internet.
_OPEN = ipaddress.ip_network("2000::/3")
# What networks without IPv4 reach it by.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} has no address.") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _readable(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


async def _pieces(answer: httpcore.Response) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.aiter_stream():
            yield piece
    except _FAILURES as error:
        raise OutsideError(_said(error)) from error


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
