"""The address of the live connection."""

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from lumenhall.platform.web.middleware import same_origin
from lumenhall.surfaces.live.doors import DOORS, Doors
from lumenhall.surfaces.live.protocol import Close, Closed, read_since
from lumenhall.surfaces.live.socket import Socket
from lumenhall.surfaces.live.watch import watch_of


def make_router(doors: Doors) -> APIRouter:
    """Return the router of the live connection with its questions answered by `doors`."""
    router = APIRouter()

    async def listen_live(websocket: WebSocket) -> None:
        try:
            await _converse(websocket, doors)
        except Closed as closed:
            await websocket.close(closed.code, closed.reason)
        except WebSocketDisconnect:
            pass

    # Nothing is injected, and what FastAPI keeps for that as long as a socket is open adds up.
    router.add_websocket_route("/api/live", listen_live)
    return router


async def _converse(websocket: WebSocket, doors: Doors) -> None:
    context = websocket.app.state.context
    own_host = context.settings.base_url.split("://")[-1].split("/")[0]
    if not same_origin(websocket.headers, own_host):
        # Before the socket is accepted, so that the other site learns nothing but "403".
        raise Closed(Close.FORBIDDEN, "This connection comes from another site.")
    actor = await doors.authenticate(context, websocket)
    await websocket.accept()
    if actor is None:
        raise Closed(Close.SIGNED_OUT, "Sign in first.")
    socket = Socket(websocket, context, actor, doors)
    async with watch_of(websocket.app, doors).over(socket):
        await socket.run(read_since(websocket.query_params.get("since")))


router = make_router(DOORS)
