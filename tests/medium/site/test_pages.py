"""The built pages, from a folder that may be built anew while the server runs."""

import shutil
from pathlib import Path

import httpx
import pytest

from lumenhall.surfaces.site import Pages

FILES = {
    "index.html": "<!doctype html>",
    "index.html.br": "small",
    "favicon.svg": "<svg/>",
    "assets/index-a1.js": "let a",
    ".vite/manifest.json": "{}",
}


def build(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "web_dist"
    build(folder, FILES)
    (tmp_path / "secret.txt").write_text("secret")
    return folder


async def get(folder: Path, path: str, method: str = "GET", coding: str = "") -> httpx.Response:
    return await ask(Pages(folder), path, method, coding)


async def ask(pages: Pages, path: str, method: str = "GET", coding: str = "") -> httpx.Response:
    transport = httpx.ASGITransport(pages)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, path, headers={"Accept-Encoding": coding})


@pytest.mark.parametrize("path", ["/", "/watch/x", "/people/ann.lee", "/index"])
async def test_every_page_is_the_one_page(folder: Path, path: str) -> None:
    reply = await get(folder, path)
    assert (reply.status_code, reply.text) == (200, "<!doctype html>")
    assert reply.headers["cache-control"] == "no-cache"


async def test_files_go_out_as_they_are_and_names_with_a_hash_for_good(folder: Path) -> None:
    reply = await get(folder, "/assets/index-a1.js")
    assert (reply.status_code, reply.text) == (200, "let a")
    assert "immutable" in reply.headers["cache-control"]
    assert (await get(folder, "/favicon.svg")).headers["content-type"] == "image/svg+xml"


async def test_who_takes_it_gets_the_compressed_file(folder: Path) -> None:
    reply = await get(folder, "/", "HEAD", "gzip, br")
    assert (reply.headers["content-encoding"], reply.headers["content-length"]) == ("br", "5")
    assert "content-encoding" not in (await get(folder, "/", "HEAD", "gzip")).headers


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/media/x",
        "/assets/gone.js",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/robots.txt",
        "/a%00b.js",
        f"/{'x' * 300}.js",
    ],
)
async def test_what_is_no_page_is_not_found(folder: Path, path: str) -> None:
    reply = await get(folder, path)
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/%2e%2e/secret.txt", "/.vite/manifest.json"])
async def test_nothing_else_of_the_machine_is_served(folder: Path, path: str) -> None:
    assert (await get(folder, path)).text == FILES["index.html"]


async def test_only_reading_is_possible(folder: Path) -> None:
    assert (await get(folder, "/", "POST")).status_code == 404


async def test_pages_that_are_built_anew_are_served_at_once(folder: Path) -> None:
    pages = Pages(folder)
    assert (await ask(pages, "/")).status_code == 200
    shutil.rmtree(folder)
    missing = await ask(pages, "/")
    assert (missing.status_code, missing.json()["code"]) == (503, "pages_not_built")
    assert missing.headers["retry-after"] == "5"
    assert (await ask(pages, "/assets/index-a1.js")).status_code == 404
    build(folder, {"index.html": "new", "assets/index-b2.js": "let b"})
    assert (await ask(pages, "/", coding="br")).text == "new"
    assert (await ask(pages, "/assets/index-b2.js")).text == "let b"
