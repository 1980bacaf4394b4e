"""A quick look at the outermost element of a Matroska or WebM file, to see if it is complete."""

_SEGMENT = b"\x18\x53\x80\x67"
_HEADER_ID_BYTES = 4


def matroska_cut_short(head: bytes, size: int) -> bool:
    """Say whether a file of `size` bytes that starts with `head` ends before it says it does.

    A live recording says nothing about its length; it is never called cut short.
    """
    header = _length(head, _HEADER_ID_BYTES)
    if header is None:
        return False
    place = header[1] + header[0]
    if head[place : place + len(_SEGMENT)] != _SEGMENT:
        return False
    segment = _length(head, place + len(_SEGMENT))
    return segment is not None and segment[1] + segment[0] > size


def _length(data: bytes, at: int) -> tuple[int, int] | None:
    """Return an element's length and where its content starts, None when it has none."""
    if at >= len(data) or data[at] == 0:
        return None
    width = 9 - data[at].bit_length()
    if at + width > len(data):
        return None
    length = int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1)
    if length == (1 << 7 * width) - 1:
        return None
    return length, at + width
