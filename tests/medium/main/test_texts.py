"""Whatever is written where a text may stand: refused by a problem document, or kept as it is.

The fields are read from the description of the interface, so a new one is tried by itself.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from unicodedata import category

import httpx
import pytest
from fastapi import FastAPI

from lumenhall.domains.identity.models import Role
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_id
from tests.factories.courses import add_course, add_lesson_videos
from tests.factories.people import PASSWORD, People
from tests.fixtures.application import BASE_URL
from tests.medium.main.stage import Stage

TEXTS = (
    "x" * 10_000,
    "🏔" * 300,
    "A family 👨‍👩‍👧‍👦 on a 🏔️ e\u0301",
    "مرحبا \u202eبالعالم\u202c שלום",  # noqa: RUF001 It is Arabic.
    "'; DROP TABLE videos; --",
    "\" OR 1=1 /* \\' % _ ` NEAR( AND NOT * ^",
    "<script>alert('x')</script><img src=x onerror=alert(1)> & &amp;",
    "${7*7} {{7*7}} %s %(id)s {0}",
    "../../../etc/passwd",
    "nothing\x00there",
    "half a letter \ud83c",
    "lines\r\nand\ttabs\u2028\x1b[31m",
    "ÿ\ufeff\ufffe\U0010ffff",
    " ",
    "",
)
REFUSALS = {400, 401, 403, 404, 409, 410, 411, 413, 415, 422, 429}
FORM = "multipart/form-data"
# Each is tried by itself: together they take minutes.
AREAS = ("courses", "chat", "videos", "others")


class Place(NamedTuple):
    """A field of a request in which a text may stand."""

    method: str
    path: str
    where: str
    name: str
    body: dict[str, Any]

    def told(self) -> str:
        """Return the place as people name it."""
        return f"{self.method.upper()} {self.path} {self.where} {self.name}"


def places(document: dict[str, Any], known: dict[str, Any]) -> Iterator[Place]:
    """Yield every field for text of every address; `known` has values that are good."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for given in operation.get("parameters", []):
                if _is_text(_plain(given["schema"], document)):
                    yield Place(method, path, given["in"], given["name"], {})
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                schema = _plain(content["schema"], document)
                body = _required(schema, document, known)
                for name, field in schema.get("properties", {}).items():
                    if _is_text(_plain(field, document)):
                        yield Place(method, path, kind, name, body)


def _area_of(place: Place) -> str:
    return next((area for area in AREAS if f"/{area}/" in f"{place.path}/"), "others")


def _plain(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without references, and the first real one where null will do."""
    if reference := schema.get("$ref"):
        found: dict[str, Any] = document["components"]["schemas"][reference.rpartition("/")[2]]
        return found
    for option in schema.get("anyOf", []):
        if option.get("type") != "null":
            return _plain(option, document)
    return schema


def _is_text(schema: dict[str, Any]) -> bool:
    if schema.get("type") == "array":
        return _is_text(schema.get("items", {}))
    is_file = "contentMediaType" in schema or schema.get("format") == "binary"
    return schema.get("type") == "string" and "enum" not in schema and not is_file


def _required(
    schema: dict[str, Any], document: dict[str, Any], known: dict[str, Any]
) -> dict[str, Any]:
    return {
        name: known.get(name, _example(_plain(schema["properties"][name], document)))
        for name in schema.get("required", [])
    }


def _example(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    examples = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
    return examples.get(schema.get("type", ""), "example")


async def send(
    client: httpx.AsyncClient, place: Place, text: str, ids: dict[str, str]
) -> httpx.Response:
    """Send a request with the text in its place; an error of the server is raised here."""
    names = ids | ({place.name: _in_address(text)} if place.where == "path" else {})
    path = place.path
    for name, value in names.items():
        path = path.replace(f"{{{name}}}", value)
    body = place.body | {"client_id": str(new_id())} if "client_id" in place.body else place.body
    if place.where == "query":
        asked = {"q": "tide"} if "/search" in path else {}
        query = asked | {place.name: text.encode("utf-8", "replace").decode()}
        return await client.request(place.method, path, params=query)
    if place.where == "path":
        return await client.request(place.method, path, json=body)
    if place.where == FORM:
        words = body | {place.name: text.encode("utf-8", "replace").decode()}
        files = {"file": ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n")}
        form = {name: value for name, value in words.items() if name != "file"}
        return await client.request(place.method, path, data=form, files=files)
    is_list = place.name in {"tags", "scopes", "accepted_formats", "accepted_video_formats"}
    content = json.dumps(body | {place.name: [text] if is_list else text})
    headers = {"Content-Type": "application/json"}
    return await client.request(place.method, path, content=content, headers=headers)


def _in_address(text: str) -> str:
    encoded = text.encode("utf-8", "replace")
    return "".join(f"%{byte:02x}" for byte in encoded) or "%20"


def _said(answer: Any, name: str) -> Iterator[str]:
    """Yield every text of this name in an answer."""
    if isinstance(answer, list):
        for each in answer:
            yield from _said(each, name)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            if key == name and isinstance(value, str):
                yield value
            else:
                yield from _said(value, name)


def _is_problem(reply: httpx.Response) -> bool:
    is_described = reply.headers.get("content-type", "").startswith("application/problem+json")
    return is_described and "code" in reply.json()


# Names of one line hold no control characters; those of captions are cut, and have a default.
CUT = {"label": 100}


def is_kept(text: str, kept: str, name: str) -> bool:
    """Say whether a text came back: white space and case may be folded, nothing else."""
    plain = "".join(" " if category(letter) == "Cc" else letter for letter in text).split()
    wanted = " ".join(plain)[: CUT.get(name)]
    folded = " ".join(kept.split()).casefold()
    return kept == text.strip() or folded == wanted.casefold()


@pytest.mark.parametrize("area", AREAS)
async def test_every_text_is_refused_or_kept(
    app: FastAPI, people: People, app_context: AppContext, area: str
) -> None:
    stage = Stage(people, app_context)
    await stage.set_up()
    thing = await stage.add("published")
    async with app_context.database.write() as session:
        course = await add_course(session, stage.users["admin"], "lesson-1")
        await add_lesson_videos(session, course, stage.users["admin"])
    ids = {
        "video_id": str(thing.video_id),
        "short_id": thing.short_id,
        "track_id": str(thing.track_id),
        "comment_id": str(thing.comment_id),
        "playlist_id": str(stage.playlists["owner"]),
        "category_id": str(stage.category.id),
        "member_id": str(stage.users["member"].id),
        "user_id": str(stage.users["member"].id),
        "person_id": str(stage.users["member"].id),
        "username": "member",
        "course_id": str(course.id),
        "lesson_id": "lesson-1",
        "slug": course.slug,
        "code": "a-code",
        "note_id": str(new_id()),
    }
    known = ids | {"password": PASSWORD, "current_password": PASSWORD, "client_id": "", "size": 1}
    tried, wrong = 0, []
    # What the server fails at is an answer here, so that all of it is told at once.
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url=BASE_URL)
    for place in places(app.openapi(), known):
        if area != _area_of(place):
            continue
        # Each asker may only write so much in a minute, and may be signed out by what is sent.
        _, browser = await people.add(f"p{new_id().hex[-12:]}", Role.ADMIN)
        if "/playlists/" in place.path or place.path.startswith("/api/comments"):
            browser = stage.browsers["owner"]
        client.cookies = browser.cookies
        for text in TEXTS:
            reply = await send(client, place, text, ids)
            tried += 1
            if reply.is_success:
                answer = reply.json() if reply.content[:1] in (b"{", b"[") else {}
                kept = list(_said(answer, place.name)) if place.where != "query" else []
                is_empty = not text.strip() and place.name in CUT
                if (
                    kept
                    and not is_empty
                    and place.where != "path"
                    and not any(is_kept(text, said, place.name) for said in kept)
                ):
                    wrong.append(f"{place.told()}: {text[:40]!r} became {kept[0][:40]!r}")
            elif reply.status_code not in REFUSALS or not _is_problem(reply):
                wrong.append(
                    f"{place.told()}: {text[:40]!r}: {reply.status_code}: {reply.text[:200]}"
                )
    await client.aclose()
    assert not wrong, "\n".join(wrong)
    assert tried > 100


NOT_PICTURES = {
    "nothing": b"",
    "text": b"I am a picture",
    "a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "the head of a PNG": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
    "the head of a JPEG": b"\xff\xd8\xff\xe0" + b"\x00" * 512,
    "a web page": b"<!doctype html><script>alert(1)</script>",
    "a caption file": b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n",
    "a GIF cut off": b"GIF89a\x01\x00\x01\x00",
}


@pytest.mark.parametrize("what", NOT_PICTURES)
async def test_pictures_that_are_none_are_refused_everywhere(
    people: People, app_context: AppContext, what: str
) -> None:
    stage = Stage(people, app_context)
    await stage.set_up()
    thing = await stage.add("published")
    for path in (
        "/api/me/picture",
        "/api/admin/options/logo",
        f"/api/categories/{stage.category.id}/image",
        f"/api/videos/{thing.video_id}/thumbnail",
    ):
        # The name and the type that are told count for nothing.
        files = {"file": ("picture.png", NOT_PICTURES[what], "image/png")}
        reply = await stage.browsers["admin"].put(path, files=files)
        assert reply.status_code in {413, 415, 422}, (path, reply.text)
        assert reply.json()["code"] != "invalid", path
