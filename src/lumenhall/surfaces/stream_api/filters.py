"""Reading what the list of videos is asked for."""

import re
from collections.abc import Mapping
from datetime import datetime

from lumenhall.domains.stream.errors import StreamFieldInvalid
from lumenhall.domains.stream.models import StreamState
from lumenhall.domains.stream.queries import MOST_LISTED, Filters
from lumenhall.domains.stream.schemas import in_utc

_TRUE, _FALSE = {"true", "1", ""}, {"false", "0"}
_KINDS = {"vod", "live"}
# A state of the API that no video of ours is ever in.
_LIVE = "live-inprogress"
_LIMIT = re.compile(r"[0-9]{1,4}")
# A plus that was not escaped arrives as a space.
_BARE_PLUS = re.compile(r" (?=\d\d:?\d\d$)")


def read_filters(query: Mapping[str, str]) -> Filters:
    """Return what is asked for; raises StreamFieldInvalid."""
    kind = query.get("type")
    if kind is not None and kind not in _KINDS:
        raise StreamFieldInvalid("type: vod or live")
    status = query.get("status", "")
    states = _states(status)
    return Filters(
        after=_moment(query, "after") or _moment(query, "start"),
        before=_moment(query, "before") or _moment(query, "end"),
        states=states,
        creator=query.get("creator"),
        search=query.get("search") or None,
        name=query.get("video_name") or query.get("name") or None,
        uids=frozenset(filter(None, query.get("id", "").split(","))),
        # Nothing here was ever recorded from a live input.
        nothing=kind == "live" or "live_input_id" in query or (_LIVE in status and not states),
        oldest_first=flag(query, "asc"),
        limit=_limit(query.get("limit")),
    )


def flag(query: Mapping[str, str], name: str) -> bool:
    """Return whether something is asked for; raises StreamFieldInvalid."""
    text = query.get(name, "false").lower()
    if text not in _TRUE | _FALSE:
        raise StreamFieldInvalid(f"{name}: true or false")
    return text in _TRUE


def _moment(query: Mapping[str, str], name: str) -> datetime | None:
    text = query.get(name)
    if not text:
        return None
    try:
        return in_utc(datetime.fromisoformat(_BARE_PLUS.sub("+", text.strip())))
    except ValueError:
        raise StreamFieldInvalid(f"{name}: a moment such as 2026-01-31T12:00:00Z") from None


def _states(text: str) -> frozenset[StreamState]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    try:
        found = {StreamState(name) for name in names if name != _LIVE}
    except ValueError:
        raise StreamFieldInvalid(f"status: one of {', '.join(StreamState)}") from None
    return frozenset(found)


def _limit(text: str | None) -> int:
    if text is None:
        return MOST_LISTED
    if not _LIMIT.fullmatch(text) or not 1 <= int(text) <= MOST_LISTED:
        raise StreamFieldInvalid(f"limit: 1 to {MOST_LISTED}")
    return int(text)
