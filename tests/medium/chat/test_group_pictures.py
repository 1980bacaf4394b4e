"""The picture of a group, on both engines."""

import io

import httpx
import pytest
from PIL import Image

from lumenhall.platform.outbox import Relay
from tests.medium.chat.conftest import CHAT, Talker, Talkers


def picture(color: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (900, 600), color).save(target, "PNG")
    return target.getvalue()


async def put(who: Talker, group: str, data: bytes) -> httpx.Response:
    return await who.client.put(f"{CHAT}/{group}/picture", files={"file": ("a", data)})


async def test_an_admin_gives_a_group_a_picture_and_takes_it_away(
    talkers: Talkers, ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob)
    address = f"{CHAT}/{group}/picture"
    assert (await bob.client.get(address)).json()["code"] == "media_unknown"
    assert (await put(ann, group, picture("teal"))).status_code == 204
    (entry,) = await bob.list()
    first = entry["picture_url"]
    sent = await bob.client.get(first)
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/webp")
    assert Image.open(io.BytesIO(sent.content)).size == (512, 512)
    assert (await cleo.client.get(first)).status_code == 404
    assert (await put(ann, group, picture("teal"))).status_code == 204
    assert (await put(ann, group, picture("plum"))).status_code == 204
    assert (await bob.look(group))["picture_url"] not in {first, None}
    assert (await ann.client.delete(address)).status_code == 204
    assert (await ann.client.delete(address)).status_code == 204
    assert (await bob.look(group))["picture_url"] is None
    told = [one["system"]["action"] for one in await bob.hear(group)]
    assert told == ["unpictured", "pictured", "pictured", "created"]
    await Relay(talkers.app).drain()
    assert await talkers.app.storage.list_prefix(f"chat/{group}") == []


async def test_the_picture_is_for_admins_of_groups_to_change(ann: Talker, bob: Talker) -> None:
    group, talk = await ann.gather(bob), await ann.begin(bob)
    refused = await put(bob, group, picture("teal"))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_group_admin")
    refused = await bob.client.delete(f"{CHAT}/{group}/picture")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_group_admin")
    assert (await put(ann, talk, picture("teal"))).json()["code"] == "not_a_group"


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b""])
async def test_what_is_no_picture_is_refused(ann: Talker, bob: Talker, data: bytes) -> None:
    refused = await put(ann, await ann.gather(bob), data)
    assert (refused.status_code, refused.json()["code"]) == (415, "picture_not_readable")
