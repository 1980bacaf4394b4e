"""No request may fill the memory or the disk."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request, UploadFile

from lumenhall.platform.web import install_problem_handlers
from lumenhall.platform.web.body_limit import BodyLimit


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = FastAPI()
    install_problem_handlers(app)

    @app.put("/form")
    async def take_form(file: UploadFile) -> int:
        return len(await file.read())

    @app.put("/json")
    async def take_json(body: dict[str, str]) -> int:
        return len(body)

    @app.put("/stream/1")
    async def take_stream(request: Request) -> int:
        return sum([len(part) async for part in request.stream()])

    app.add_middleware(BodyLimit, streaming=("/stream/",), most_bytes=1000)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'


async def in_parts(size: int, first: bytes = b"") -> AsyncIterator[bytes]:
    yield first
    for _ in range(size // 100):
        yield bytes(100)


async def test_a_body_that_says_it_is_too_large_is_not_read(client: httpx.AsyncClient) -> None:
    fits = await client.put("/form", files={"file": bytes(500)})
    reply = await client.put("/form", files={"file": bytes(1001)})

    assert (fits.status_code, fits.json()) == (200, 500)
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")
    assert reply.json()["max_bytes"] == 1000


@pytest.mark.parametrize(
    ("path", "kind", "first"),
    [("/form", "multipart/form-data; boundary=x", FORM), ("/json", "application/json", b"{")],
)
async def test_a_body_of_unknown_length_is_read_only_so_far(
    client: httpx.AsyncClient, path: str, kind: str, first: bytes
) -> None:
    body = in_parts(5000, first)
    reply = await client.put(path, content=body, headers={"Content-Type": kind})

    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


async def test_streams_are_let_by(client: httpx.AsyncClient) -> None:
    assert (await client.put("/stream/1", content=in_parts(5000))).json() == 5000
    assert (await client.put("/stream/1", content=bytes(5000))).json() == 5000
