"""The smaller copy of a picture, for the bubble; the viewer shows the picture itself."""

from lumenhall.domains.chat.models import MediaType, MessageMedia
from lumenhall.platform.storage import Storage

# A bubble is at most 340 points wide, and a point of a phone is two or three dots.
SMALL_SIDE = 720


def has_small(attached: MessageMedia) -> bool:
    """Say whether an attachment is a picture that is larger than a bubble."""
    sides = (attached.width or 0, attached.height or 0)
    return attached.type is MediaType.IMAGE and max(sides) > SMALL_SIDE


def small_key(file_key: str) -> str:
    """Return where the smaller copy of a picture lies in the storage."""
    return f"{file_key.removesuffix('.webp')}-small.webp"


async def key_for_bubble(storage: Storage, attached: MessageMedia, file_key: str) -> str:
    """Return the key of the smaller copy, or of the file itself where there is none."""
    small = small_key(file_key)
    # Pictures that came before there were copies have none.
    return small if has_small(attached) and await storage.exists(small) else file_key
