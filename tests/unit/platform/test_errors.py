import httpx
import orjson
import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from lumenhall.platform.errors import AppError, Conflict, TooManyRequests
from lumenhall.platform.web import install_problem_handlers


class NameTaken(Conflict):
    code = "name_taken"
    title = "This name is taken."


class Body(BaseModel):
    size: int


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = FastAPI()
    install_problem_handlers(app)

    @app.get("/taken")
    async def taken() -> None:
        raise NameTaken("Choose another one.", name="ann")

    @app.get("/often")
    async def often() -> None:
        raise TooManyRequests(retry_after=30)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("with a secret in it")

    @app.post("/body")
    async def body(body: Body) -> None: ...

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_an_error_is_a_problem_document(client: httpx.AsyncClient) -> None:
    reply = await client.get("/taken")
    assert reply.status_code == 409
    assert reply.headers["content-type"] == "application/problem+json"
    assert orjson.loads(reply.content) == {
        "type": "urn:lumenhall:error:name_taken",
        "title": "This name is taken.",
        "status": 409,
        "code": "name_taken",
        "detail": "Choose another one.",
        "name": "ann",
    }


async def test_too_many_requests_says_when_to_come_back(client: httpx.AsyncClient) -> None:
    reply = await client.get("/often")
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "30")


async def test_an_unexpected_error_shows_nothing_of_its_inside(client: httpx.AsyncClient) -> None:
    reply = await client.get("/broken")
    assert reply.status_code == 500
    assert reply.json()["code"] == AppError.code
    assert "secret" not in reply.text


@pytest.mark.parametrize("content", [b"{", b'{"size": "many"}', b"[]", b""])
async def test_a_bad_body_names_what_is_wrong(client: httpx.AsyncClient, content: bytes) -> None:
    reply = await client.post("/body", content=content)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert reply.json()["errors"]


@pytest.mark.parametrize(
    ("path", "code"), [("/none", "not_found"), ("/body", "method_not_allowed")]
)
async def test_unknown_addresses_and_methods_have_the_same_shape(
    client: httpx.AsyncClient, path: str, code: str
) -> None:
    reply = await client.get(path)
    assert reply.json()["code"] == code
