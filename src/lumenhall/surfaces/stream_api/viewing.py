"""What every part of delivery is given, and the headers that let pages of other sites play."""

from dataclasses import dataclass

from starlette.requests import Request

from lumenhall.domains.media.models import Asset
from lumenhall.domains.stream.admission import Screening
from lumenhall.domains.stream.models import StreamVideo
from lumenhall.platform.context import AppContext

CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Range, If-None-Match",
    "Access-Control-Expose-Headers": "Content-Length, Content-Range, ETag",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a viewer who was let in."""

    request: Request
    app: AppContext
    screening: Screening

    @property
    def video(self) -> StreamVideo:
        return self.screening.shown.video

    @property
    def asset(self) -> Asset:
        return self.screening.shown.asset
