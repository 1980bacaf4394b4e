"""What uploads can be for: the domains above register here what makes it.

A tus client may start with the file alone. Then somebody has to make the video, the lesson's
video or the chat attachment that it is for; only the domain above knows how.
"""

import uuid
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.uploads.errors import UnknownPurpose
from lumenhall.domains.uploads.schemas import UploadRequest

MakeTarget: TypeAlias = Callable[[AsyncSession, Actor, UploadRequest], Awaitable[uuid.UUID]]

_makers: dict[str, MakeTarget] = {}


def upload_target(purpose: str) -> Callable[[MakeTarget], MakeTarget]:
    """Register the decorated function to make what uploads of this purpose are for.

    It checks that the actor may, makes the thing with an asset that waits for its upload,
    and returns the asset's id. The upload itself is made afterwards, in the same transaction.
    """

    def register(maker: MakeTarget) -> MakeTarget:
        if _makers.setdefault(purpose, maker) is not maker:
            message = f"Two makers for uploads of the purpose {purpose!r}."
            raise RuntimeError(message)
        return maker

    return register


async def make_target(
    session: AsyncSession, actor: Actor, purpose: str, request: UploadRequest
) -> uuid.UUID:
    """Make what an upload is for and return its asset's id; raises UnknownPurpose."""
    maker = _makers.get(purpose)
    if maker is None:
        raise UnknownPurpose(f"Nothing here takes uploads for {purpose!r}.")
    return await maker(session, actor, request)
