"""Pictures of people and the site's logo: read by content, made small, without metadata."""

import hashlib
import uuid
from contextlib import suppress

from lumenhall.domains.identity.errors import PictureUnknown
from lumenhall.domains.identity.events import OptionsChanged, ProfileChanged
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_user
from lumenhall.domains.identity.schemas import Me
from lumenhall.domains.identity.service.audit import record_audit
from lumenhall.domains.identity.service.profile import describe_me
from lumenhall.platform import options
from lumenhall.platform.db import Database
from lumenhall.platform.events import announce
from lumenhall.platform.kit.pictures import make_webp
from lumenhall.platform.storage import Storage

SIDE = 512


async def set_picture(database: Database, storage: Storage, actor: Actor, data: bytes) -> Me:
    """Give the actor a new picture; raises PictureTooLarge or PictureNotReadable."""
    webp = await encode_picture(data, square=True)
    picture_hash = _hash(webp)
    await storage.put_bytes(person_key(actor.user_id, picture_hash), webp)
    return await _change_picture(database, storage, actor, picture_hash)


async def remove_picture(database: Database, storage: Storage, actor: Actor) -> None:
    """Take the actor's picture away, so that their initials are shown."""
    await _change_picture(database, storage, actor, None)


async def set_logo(database: Database, storage: Storage, actor: Actor, data: bytes) -> None:
    """Give the site a logo; raises PictureTooLarge or PictureNotReadable."""
    webp = await encode_picture(data, square=False)
    await storage.put_bytes(logo_key(_hash(webp)), webp)
    await _change_logo(database, storage, actor, _hash(webp))


async def remove_logo(database: Database, storage: Storage, actor: Actor) -> None:
    """Take the site's logo away."""
    await _change_logo(database, storage, actor, None)


def person_key(user_id: uuid.UUID, picture_hash: str) -> str:
    """Return where a person's picture lies in the storage."""
    return f"people/{user_id}/{picture_hash}.webp"


def logo_key(logo_hash: str) -> str:
    """Return where the site's logo lies in the storage."""
    return f"site/logo/{logo_hash}.webp"


async def read_picture(storage: Storage, key: str) -> bytes:
    """Return a stored picture; raises PictureUnknown."""
    try:
        return await storage.read_bytes(key)
    except FileNotFoundError as error:
        raise PictureUnknown from error


async def encode_picture(data: bytes, *, square: bool) -> bytes:
    """Return the picture in `data` as WebP, cut to 512 × 512 or at most that, without metadata.

    Raises PictureTooLarge or PictureNotReadable.
    """
    return await make_webp(data, SIDE, square=square)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def _change_picture(
    database: Database, storage: Storage, actor: Actor, picture_hash: str | None
) -> Me:
    async with database.write() as session:
        user = await get_user(session, actor.user_id)
        old_hash, user.picture_hash = user.picture_hash, picture_hash
        await session.flush()
        await announce(session, ProfileChanged(user.id))
        me = await describe_me(session, user)
    if old_hash and old_hash != picture_hash:
        await _delete(storage, person_key(user.id, old_hash))
    return me


async def _change_logo(
    database: Database, storage: Storage, actor: Actor, logo_hash: str | None
) -> None:
    async with database.write() as session:
        old_hash = (await options.get(session)).logo_hash
        await options.change(session, actor.user_id, logo_hash=logo_hash)
        action = "options.logo_set" if logo_hash else "options.logo_removed"
        await record_audit(session, actor, action, "options", 1)
        await announce(session, OptionsChanged(("logo",)))
    if old_hash and old_hash != logo_hash:
        await _delete(storage, logo_key(old_hash))


async def _delete(storage: Storage, key: str) -> None:
    # Nothing points there any more; what a store that is away keeps costs a few kilobytes.
    with suppress(OSError):
        await storage.delete(key)
