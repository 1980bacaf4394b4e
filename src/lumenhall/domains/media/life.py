"""The life of an asset: which state may follow which, in this one place.

pendingupload → queued → inprogress → ready | error, only ever forward; a step may be left
out, because a failure can come at any moment and a remote provider reports what it likes.
"Process again" is the one way back, from an end to the queue.
"""

from lumenhall.domains.media.errors import AssetStateConflict
from lumenhall.domains.media.models import AssetStatus

_ORDER = {
    AssetStatus.PENDING_UPLOAD: 0,
    AssetStatus.QUEUED: 1,
    AssetStatus.IN_PROGRESS: 2,
    AssetStatus.READY: 3,
    AssetStatus.ERROR: 3,
}
_ENDS = frozenset({AssetStatus.READY, AssetStatus.ERROR})


def rank(status: AssetStatus) -> int:
    """Return how far along a state is."""
    return _ORDER[status]


def has_ended(status: AssetStatus) -> bool:
    """Say whether nothing follows by itself."""
    return status in _ENDS


def is_forward(current: AssetStatus, following: AssetStatus) -> bool:
    """Say whether `following` lies ahead of `current`."""
    return _ORDER[following] > _ORDER[current]


def move(current: AssetStatus, following: AssetStatus) -> bool:
    """Return True for a step forward and False when there is nothing to do.

    Staying is fine, so that a step that is done twice after a crash does no harm.
    Raises AssetStateConflict for a step back or from one end to the other.
    """
    if current is following:
        return False
    if not is_forward(current, following):
        raise AssetStateConflict(f"It is {current} and can't become {following}.")
    return True


def demand_end(current: AssetStatus) -> None:
    """Raise AssetStateConflict unless the asset may be processed again."""
    if current not in _ENDS:
        raise AssetStateConflict("Only a video that is ready or has failed can be processed again.")
