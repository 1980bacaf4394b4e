"""Tells a container by its first bytes; the file's name is never asked."""

HEAD_BYTES = 4096

# Names that an admin may put on the list of accepted formats.
KNOWN_CONTAINERS = ("mp4", "mov", "avi", "mkv", "webm", "ts", "mpeg", "flv", "wmv", "ogg")

_ISO_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_TS_PACKET, _TS_SYNC = 188, 0x47


def container_of(head: bytes) -> str | None:
    """Return the name of the container that starts with `head`, None when it is none we know."""
    if head[4:8] in _ISO_BOXES:
        # Old QuickTime files have no `ftyp` at all.
        return "mov" if head[4:8] != b"ftyp" or head[8:12] == b"qt  " else "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return "avi"
    starts = {b"FLV\x01": "flv", b"OggS": "ogg", b"\x00\x00\x01\xba": "mpeg", _ASF: "wmv"}
    for start, name in starts.items():
        if head.startswith(start):
            return name
    return "ts" if _is_transport_stream(head) else None


def is_playlist(head: bytes) -> bool:
    """Say whether `head` starts a text that lists media elsewhere."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith((b"#EXTM3U", b"ffconcat", b"[playlist]")) or (
        text.startswith(b"<") and b"<MPD" in head
    )


def _is_transport_stream(head: bytes) -> bool:
    # Cameras put four bytes of time before each packet.
    for first, step in ((0, _TS_PACKET), (4, _TS_PACKET + 4)):
        marks = head[first::step]
        if len(marks) >= 3 and all(mark == _TS_SYNC for mark in marks):  # noqa: PLR2004
            return True
    return False
