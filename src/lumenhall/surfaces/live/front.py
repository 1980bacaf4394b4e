"""The address of the live connection, answered before anything else sees it.

Every layer between costs a frame for each open socket, a call for each message, and does nothing.
"""

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from lumenhall.platform.web.middleware import same_origin
from lumenhall.surfaces.live.doors import DOORS
from lumenhall.surfaces.live.protocol import Close, Closed, read_since
from lumenhall.surfaces.live.socket import Socket
from lumenhall.surfaces.live.watch import watch_of

PATH = "/api/live"


class LiveFront:
    """Converses with the pages that connect to our address, and lets all else by."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        websocket = WebSocket(scope, receive, send)
        try:
            await _converse(websocket)
        except Closed as closed:
            await websocket.close(closed.code, closed.reason)
        except WebSocketDisconnect:
            pass


async def _converse(websocket: WebSocket) -> None:
    context = websocket.app.state.context
    own_host = context.settings.base_url.split("://")[-1].split("/")[0]
    if not same_origin(websocket.headers, own_host):
        # Before the socket is accepted, so that the other site learns nothing but "403".
        raise Closed(Close.FORBIDDEN, "This connection comes from another site.")
    actor = await DOORS.authenticate(context, websocket)
    await websocket.accept()
    if actor is None:
        raise Closed(Close.SIGNED_OUT, "Sign in first.")
    socket = Socket(websocket, context, actor, DOORS)
    async with watch_of(websocket.app, DOORS).over(socket):
        await socket.run(read_since(websocket.query_params.get("since")))
