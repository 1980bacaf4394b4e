"""What people say about themselves, and their pictures."""

import io

import httpx
from PIL import Image

from lumenhall.platform.context import AppContext
from tests.factories.people import People
from tests.medium.identity.conftest import Inbox


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **options)
    return target.getvalue()


async def put(browser: httpx.AsyncClient, data: bytes, name: str = "me.jpg") -> httpx.Response:
    return await browser.put("/api/me/picture", files={"file": (name, data, "image/jpeg")})


async def test_a_person_changes_what_they_say_about_themselves(people: People) -> None:
    _, browser = await people.add("ann")
    change = {
        "display_name": "Ann  of\nGreen Gables",
        "bio": " Reads a lot. ",
        "time_zone": "Europe/Madrid",
        "language": "es",
        "theme": "dark",
        "username": "ANNE",
    }

    reply = await browser.patch("/api/me", json=change)

    assert reply.status_code == 200, reply.text
    me = (await browser.get("/api/me")).json()
    assert me == reply.json()
    assert me["display_name"] == "Ann of Green Gables"
    assert (me["bio"], me["time_zone"], me["language"], me["theme"]) == (
        "Reads a lot.",
        "Europe/Madrid",
        "es",
        "dark",
    )
    person = (await browser.get("/api/people/Anne")).json()
    assert person["display_name"] == "Ann of Green Gables"
    assert "email" not in person


async def test_what_is_not_valid_is_refused_and_named(people: People) -> None:
    _, browser = await people.add("ann")

    reply = await browser.patch("/api/me", json={"username": "a b", "bio": "x" * 501})

    assert reply.status_code == 422
    assert [problem["field"] for problem in reply.json()["errors"]] == ["username", "bio"]


async def test_a_name_that_somebody_has_is_refused(people: People) -> None:
    _, browser = await people.add("ann")
    await people.add("bob")

    taken = await browser.patch("/api/me", json={"username": "Bob"})
    own = await browser.patch("/api/me", json={"username": "ann", "email": "ann@example.org"})

    assert (taken.status_code, taken.json()["code"]) == (409, "username_taken")
    assert own.status_code == 200


async def test_the_old_address_is_told_of_a_new_one(people: People, inbox: Inbox) -> None:
    _, browser = await people.add("ann")

    await browser.patch("/api/me", json={"email": "anne@example.org"})

    (text,) = await inbox.texts("ann@example.org")
    assert "another e-mail address" in text
    assert "anne@example.org" not in text


async def test_people_are_shown_to_members_only(people: People) -> None:
    await people.add("ann")
    assert (await people.browser().get("/api/people/ann")).status_code == 401


async def test_a_picture_becomes_a_square_webp_of_512_pixels(people: People) -> None:
    _, browser = await people.add("ann")

    me = (await put(browser, picture("PNG"), "anything.txt")).json()

    reply = await browser.get(me["picture_url"])
    assert reply.headers["content-type"] == "image/webp"
    assert "immutable" in reply.headers["cache-control"]
    with Image.open(io.BytesIO(reply.content)) as image:
        assert (image.format, image.size) == ("WEBP", (512, 512))
    etag = reply.headers["etag"]
    again = await browser.get(me["picture_url"], headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert (await people.browser().get(me["picture_url"])).status_code == 401


async def test_metadata_is_removed_and_the_picture_stands_upright(people: People) -> None:
    _, browser = await people.add("ann")
    image = Image.new("RGB", (600, 600), "red")
    image.paste("blue", (0, 0, 600, 300))
    exif = Image.Exif()
    exif[0x0112] = 3  # Upside down.
    exif[0x010F] = "SpyCam"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif)

    me = (await put(browser, target.getvalue())).json()

    data = (await browser.get(me["picture_url"])).content
    assert b"SpyCam" not in data
    with Image.open(io.BytesIO(data)) as shown:
        assert not shown.getexif()
        red, _, blue = shown.convert("RGB").getpixel((256, 50))  # type: ignore[misc]
        assert red > blue


async def test_a_new_picture_replaces_the_old_and_none_shows_initials(
    people: People, app_context: AppContext
) -> None:
    user, browser = await people.add("ann")
    await put(browser, picture())
    me = (await put(browser, picture(size=(300, 700), quality=20))).json()

    assert len(await app_context.storage.list_prefix(f"people/{user.id}")) == 1
    assert (await browser.delete("/api/me/picture")).status_code == 204
    assert await app_context.storage.list_prefix(f"people/{user.id}") == []
    assert (await browser.get(me["picture_url"])).status_code == 404
    me = (await browser.get("/api/me")).json()
    assert me["picture_url"] is None
    assert me["initials_color"].startswith("#")


async def test_hostile_pictures_are_refused(people: People) -> None:
    _, browser = await people.add("ann")

    text = await put(browser, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    heavy = await put(browser, picture() + bytes(10 * 1024 * 1024))

    assert (text.status_code, text.json()["code"]) == (415, "picture_not_readable")
    assert (heavy.status_code, heavy.json()["code"]) == (413, "picture_too_large")
