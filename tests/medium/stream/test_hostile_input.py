"""Whatever programs send, they are told what is wrong with it, on both engines."""

import base64
from typing import Any

import httpx
import pytest

from lumenhall.domains.identity.models import Scope
from lumenhall.platform.context import AppContext
from tests.factories.people import People, add_token

STREAM = "/client/v4/accounts/hostile/stream"
FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "9"}


@pytest.fixture
async def program(app_context: AppContext, people: People) -> httpx.AsyncClient:
    """A program with a token, whose account has one video."""
    user, _ = await people.add("stranger")
    async with app_context.database.write() as session:
        token = await add_token(session, user, Scope.STREAM)
    browser = people.browser(Authorization=f"Bearer {token}")
    made = await browser.post(f"{STREAM}/direct_upload", json={"maxDurationSeconds": 5})
    assert made.status_code == 200
    return browser


async def uid_of(program: httpx.AsyncClient) -> str:
    (video,) = (await program.get(STREAM)).json()["result"]
    uid: str = video["uid"]
    return uid


def nested(levels: int) -> str:
    return f"""{{"meta":{'{"a":' * levels}1{"}" * levels}}}"""


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "1" * 5000},
        {"limit": "٣"},
        {"after": FIRST},
        {"before": LAST},
        {"search": "a\0"},
        {"creator": "\0"},
    ],
)
async def test_a_list_says_what_is_wrong_with_a_filter(
    program: httpx.AsyncClient, query: dict[str, str]
) -> None:
    reply = await program.get(STREAM, params=query)
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (400, 10005)


async def test_nothing_is_ever_live(program: httpx.AsyncClient) -> None:
    for status, count in {"live-inprogress": 0, "live-inprogress,pendingupload": 1}.items():
        reply = await program.get(STREAM, params={"status": status})
        assert len(reply.json()["result"]) == count


@pytest.mark.parametrize(
    "body",
    [
        f'{{"scheduledDeletion":"{FIRST}"}}',
        f'{{"scheduledDeletion":"{LAST}"}}',
        f'{{"uploadExpiry":"{LAST}"}}',
        '{"meta":{"name":"a\\u0000"}}',
        '{"allowedOrigins":["a\\r\\nSet-Cookie:x=1"]}',
        '{"allowedOrigins":["a;script-src"]}',
        '{"allowedOrigins":["a\\tb"]}',
        '{"allowedOrigins":["https://example.com/path"]}',
        nested(101),
        nested(1000),
    ],
)
async def test_an_edit_says_what_is_wrong_with_a_field(
    program: httpx.AsyncClient, body: str
) -> None:
    # As curl sends it, and as clients do that say what they send.
    for kind in ("application/x-www-form-urlencoded", "application/json"):
        headers = {"Content-Type": kind}
        reply = await program.post(
            f"{STREAM}/{await uid_of(program)}", content=body, headers=headers
        )
        assert (reply.status_code, reply.json()["errors"][0]["code"]) == (400, 10005)


async def test_no_token_is_made_that_nobody_would_take(program: httpx.AsyncClient) -> None:
    addresses = [f"10.{count // 256}.{count % 256}.0/24" for count in range(1000)]
    rules = [{"type": "ip.src", "action": "allow", "ip": addresses}]
    path = f"{STREAM}/{await uid_of(program)}/token"
    assert (await program.post(path, json={"accessRules": rules})).status_code == 400
    rules[0]["ip"] = addresses[:100]
    assert (await program.post(path, json={"accessRules": rules})).status_code == 200


async def test_what_is_nested_as_deep_as_may_be_comes_back(program: httpx.AsyncClient) -> None:
    uid = await uid_of(program)
    body = nested(90)
    assert (await program.post(f"{STREAM}/{uid}", content=body)).status_code == 200
    (video,) = (await program.get(STREAM)).json()["result"]
    assert video["meta"]["a"]["a"]


async def test_deep_text_in_halves_of_letters_is_refused_by_every_door(people: People) -> None:
    _, browser = await people.add("writer")
    body = "[" * 500 + '"\\ud83d\\ude00"' + "]" * 500
    headers = {"Content-Type": "application/json"}
    reply = await browser.post("/api/conversations", content=body, headers=headers)
    assert reply.status_code == 422


def form(head: str, **fields: str) -> dict[str, Any]:
    parts = [f"name={name}\r\n\r\n{value}" for name, value in fields.items()] + [
        f"{head}\r\n\r\nabc"
    ]
    body = "".join(f"--x\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    return {
        "content": f"{body}--x--\r\n",
        "headers": {"Content-Type": "multipart/form-data; boundary=x"},
    }


@pytest.mark.parametrize(
    "given",
    [
        form("name=file; filename*=utf-8''%00a.mp4"),
        form("name=file", creator="\0"),
        form("name=file", meta='{"name":"a\\u0000"}'),
        form("name=file", meta=nested(400).removeprefix('{"meta":').removesuffix("}")),
        form("name=file", allowedOrigins="a\tb"),
        {
            "content": b"--",
            "headers": {"Content-Type": f"multipart/form-data; boundary={'x' * 300}"},
        },
        {"headers": {**TUS, "Upload-Metadata": "name AA=="}},
        {"headers": {**TUS, "Upload-Metadata": "creator AA=="}},
        {"headers": {**TUS, "Upload-Metadata": "allowedorigins W3siYSI6MX1d"}},
        {"headers": {**TUS, "Upload-Creator": "c" * 65}},
    ],
)
async def test_an_upload_says_what_is_wrong_with_a_field(
    program: httpx.AsyncClient, given: dict[str, Any]
) -> None:
    reply = await program.post(STREAM, **given)
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (400, 10005)
    # Nothing was made of it.
    assert await uid_of(program)


async def test_a_name_in_metadata_may_be_any_bytes(program: httpx.AsyncClient) -> None:
    name = base64.b64encode(b"\xff\xfe").decode()
    reply = await program.post(STREAM, headers={**TUS, "Upload-Metadata": f"name {name}"})
    assert reply.status_code == 201
