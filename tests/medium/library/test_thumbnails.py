"""The picture of a video: uploaded, a frame of it, or the automatic one again."""

import io
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from lumenhall.domains.identity.models import User
from lumenhall.domains.media.models import Asset
from lumenhall.domains.media.service import set_automatic_thumbnail
from lumenhall.domains.processing import queries as processing
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs.models import Job
from tests.factories.people import People
from tests.factories.videos import add_video, files_under, make_asset

AUTOMATIC = b"automatic"


def picture(colour: str = "red", size: tuple[int, int] = (1600, 900)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


@dataclass
class Place:
    """A video that everybody sees, and its picture that processing made."""

    address: str
    asset_id: UUID
    folder: str
    owner: httpx.AsyncClient
    other: httpx.AsyncClient
    owner_user: User

    async def put(self, data: bytes, name: str = "a.png") -> httpx.Response:
        return await self.owner.put(self.address, files={"file": (name, data)})

    async def shown(self) -> bytes:
        video = (await self.other.get(self.address.removesuffix("/thumbnail"))).json()
        return (await self.other.get(video["asset"]["thumbnail_url"])).content


@pytest.fixture
async def place(people: People, app_context: AppContext) -> Place:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        asset = make_asset(bea)
        video = await add_video(session, bea, asset=asset)
        key = f"{asset.folder}/posters/auto.jpg"
        await set_automatic_thumbnail(session, asset.id, key)
    await app_context.storage.put_bytes(key, AUTOMATIC)
    address = f"/api/videos/{video.id}/thumbnail"
    return Place(address, asset.id, asset.folder, owner, other, bea)


async def test_an_uploaded_picture_is_shown_until_it_is_taken_away(
    place: Place, app_context: AppContext
) -> None:
    for colour in ("red", "blue", "blue"):
        reply = await place.put(picture(colour))
        assert reply.status_code == 200, reply.text
        assert reply.json()["asset"]["has_own_thumbnail"]
    with Image.open(io.BytesIO(await place.shown())) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 720))
        assert image.getpixel((9, 9)) == (0, 0, 254)
    assert await files_under(app_context.storage, f"{place.folder}/posters", 2)
    reset = await place.owner.delete(place.address)
    assert not reset.json()["asset"]["has_own_thumbnail"]
    assert await place.shown() == AUTOMATIC
    assert await files_under(app_context.storage, f"{place.folder}/posters", 1)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"no picture", 415, "picture_not_readable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "picture_not_readable"),
        (picture()[:2000], 415, "picture_not_readable"),
        (picture(size=(9000, 9000)), 413, "picture_too_large"),
        (picture() + bytes(10 * 1024 * 1024), 413, "picture_too_large"),
    ],
    ids=["text", "svg", "torn", "bomb", "heavy"],
)
async def test_what_is_no_picture_is_refused(
    place: Place, app_context: AppContext, data: bytes, status: int, code: str
) -> None:
    reply = await place.put(data, "holiday.jpg")
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert await place.shown() == AUTOMATIC
    assert await files_under(app_context.storage, f"{place.folder}/posters", 1)


async def test_a_chosen_frame_is_on_its_way(place: Place, app_context: AppContext) -> None:
    reply = await place.owner.post(place.address, json={"at_seconds": 12.5})
    assert reply.status_code == 202
    asset = reply.json()["asset"]
    assert (asset["thumbnail_pending"], asset["has_own_thumbnail"]) == (True, False)
    async with app_context.database.read() as session:
        jobs = await session.scalars(select(Job.args).where(Job.name == processing.FRAME))
        assert jobs.all() == [{"asset_id": str(place.asset_id), "at_ms": 12_500}]
    await place.put(picture())
    async with app_context.database.read() as session:
        found = await session.get_one(Asset, place.asset_id)
        assert not found.thumbnail_pending


@pytest.mark.parametrize("at", [-1, 10**9, "NaN", "Infinity", None, "soon"])
async def test_a_moment_is_a_number_of_seconds(place: Place, at: object) -> None:
    reply = await place.owner.post(place.address, json={"at_seconds": at})
    assert reply.status_code == 422


async def test_a_video_that_does_not_play_has_no_frames(
    place: Place, app_context: AppContext
) -> None:
    async with app_context.database.write() as session:
        asset = make_asset(place.owner_user, playable=False)
        video = await add_video(session, place.owner_user, asset=asset)
    reply = await place.owner.post(f"/api/videos/{video.id}/thumbnail", json={"at_seconds": 1})
    assert (reply.status_code, reply.json()["code"]) == (409, "asset_state_conflict")


async def test_only_whoever_may_edit_the_video_chooses_its_picture(
    place: Place, app_context: AppContext
) -> None:
    async with app_context.database.write() as session:
        draft = await add_video(session, place.owner_user, published=False)
    file = {"file": ("a.png", picture())}
    for video, code in (
        (place.address, "not_your_video"),
        (f"/api/videos/{draft.id}/thumbnail", "video_unknown"),
    ):
        replies = [
            await place.other.put(video, files=file),
            await place.other.post(video, json={"at_seconds": 1}),
            await place.other.delete(video),
        ]
        assert [reply.json()["code"] for reply in replies] == [code] * 3
    assert await files_under(app_context.storage, f"{place.folder}/posters", 1)
