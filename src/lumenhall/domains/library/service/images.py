"""Pictures of categories; only admins change them."""

import hashlib
import uuid

from lumenhall.domains.identity.policy import Actor, may_administer
from lumenhall.domains.identity.service.pictures import encode_picture
from lumenhall.domains.library import queries
from lumenhall.domains.library.models import Category, category_image_key
from lumenhall.domains.library.service.auditing import audit_category
from lumenhall.domains.media.service.removal import remove_file
from lumenhall.platform.context import AppContext


async def set_category_image(
    app: AppContext, actor: Actor, category_id: uuid.UUID, data: bytes
) -> Category:
    """Give a category a picture; raises CategoryUnknown or what `encode_picture` refuses."""
    may_administer(actor).demand()
    async with app.database.read() as reading:
        await queries.get_category(reading, category_id)
    webp = await encode_picture(data, square=False)
    image_hash = hashlib.sha256(webp).hexdigest()
    await app.storage.put_bytes(category_image_key(category_id, image_hash), webp)
    return await _change(app, actor, category_id, image_hash)


async def remove_category_image(app: AppContext, actor: Actor, category_id: uuid.UUID) -> None:
    """Take a category's picture away."""
    may_administer(actor).demand()
    await _change(app, actor, category_id, None)


async def _change(
    app: AppContext, actor: Actor, category_id: uuid.UUID, image_hash: str | None
) -> Category:
    async with app.database.write() as session:
        category = await queries.get_category_locked(session, category_id)
        if category.image_key and category.image_hash != image_hash:
            await remove_file(session, category.image_key)
        category.image_hash = image_hash
        await session.flush()
        await audit_category(session, actor, category, "changed", "image")
        return category
