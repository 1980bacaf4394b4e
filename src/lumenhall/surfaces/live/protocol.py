"""What goes over the socket: a few kinds of JSON objects, and the codes it is closed with."""

from enum import IntEnum
from typing import Any

import orjson

LONGEST_MESSAGE = 1024
LONGEST_TOPIC = 100


class Close(IntEnum):
    """Why the server closed the socket; a page does not try again after SIGNED_OUT."""

    RUBBISH = 4400
    SIGNED_OUT = 4401
    FORBIDDEN = 4403
    SILENT = 4408
    FLOODING = 4429


class Closed(Exception):
    """Ends the conversation with a reason for people."""

    def __init__(self, code: Close, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def hello(seq: int) -> str:
    """Return the first message: the number of the newest event there is."""
    return _text({"type": "hello", "seq": seq})


def resync(seq: int) -> str:
    """Return the message that makes the page fetch everything; later events start after `seq`."""
    return _text({"type": "resync", "seq": seq})


def event(seq: int | None, kind: str, data: bytes) -> str:
    """Return an event with its data, which is JSON already; `seq` is None if it is not stored."""
    number = "null" if seq is None else seq
    return f'{{"type":"event","seq":{number},"kind":"{kind}","data":{data.decode()}}}'


def ping() -> str:
    """Return the question whether the page is still there; it answers `pong`."""
    return _text({"type": "ping"})


def refused(topic: str) -> str:
    """Return the answer to joining a topic that is none of the member's business."""
    return _text({"type": "refused", "topic": topic})


def read(message: str) -> tuple[str, str]:
    """Return type and topic of what a page said; raises Closed for what no page of ours says."""
    if len(message) > LONGEST_MESSAGE:
        raise Closed(Close.RUBBISH, "That message is too long.")
    try:
        said = orjson.loads(message)
        kind, topic = said["type"], said.get("topic", "")
    except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError):
        raise Closed(Close.RUBBISH, "That is not a message of this protocol.") from None
    if kind not in ("join", "leave", "typing", "pong") or not isinstance(topic, str):
        raise Closed(Close.RUBBISH, "That is not a message of this protocol.")
    if kind != "pong" and not 0 < len(topic) <= LONGEST_TOPIC:
        raise Closed(Close.RUBBISH, "That is not the name of a topic.")
    return kind, topic


def read_since(text: str | None) -> int | None:
    """Return the number a page knows, None if it knows none, -1 for what is no number."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1  # noqa: PLR2004 Longer ones do not fit the column.


def _text(message: dict[str, Any]) -> str:
    return orjson.dumps(message).decode()
