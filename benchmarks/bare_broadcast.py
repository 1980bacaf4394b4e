"""The least that tells many sockets of a message: Starlette, a set of sockets, nothing stored."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

OPEN: set[WebSocket] = set()


async def listen(websocket: WebSocket) -> None:
    await websocket.accept()
    OPEN.add(websocket)
    try:
        while True:
            await websocket.receive_text()
    except WebSocketDisconnect:
        OPEN.discard(websocket)


async def say(request: Request) -> Response:
    text = (await request.body()).decode()
    for websocket in OPEN:
        await websocket.send_text(text)
    return Response(status_code=201)


app = Starlette(routes=[WebSocketRoute("/live", listen), Route("/say", say, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        log_level="error",
        access_log=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
