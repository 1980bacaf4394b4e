import httpx
import pytest
from starlette.applications import Starlette

from lumenhall.platform.web.middleware import SecurityHeaders


async def policy(*media_origins: str) -> dict[str, str]:
    app = SecurityHeaders(Starlette(), media_origins)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        reply = await client.get("http://test/")
    parts = reply.headers["content-security-policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


async def test_pages_reach_their_own_origin_only() -> None:
    assert not [value for value in (await policy()).values() if "http" in value]


@pytest.mark.parametrize("kind", ["img-src", "media-src", "connect-src"])
async def test_media_may_come_from_the_store_and_the_provider(kind: str) -> None:
    allowed = await policy("https://media.example.org", "https://*.example.com")
    assert allowed[kind].split()[:3] == [
        "'self'",
        "https://media.example.org",
        "https://*.example.com",
    ]
    assert allowed["script-src"] == "'self'"
