"""The websocket endpoint: joins a socket, a conversation and the clock."""

from contextlib import suppress

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from threebirds_server.framing import WRITE_NOW
from threebirds_server.live.connection import Connection
from threebirds_server.ports import Clock
from threebirds_server.tasks import Together
from threebirds_wire.errors import CloseCode
from threebirds_wire.limits import SUBPROTOCOL

PARTING_MS = 5_000
"""How long a socket may take to read what is left before it is dropped."""

log = structlog.get_logger()


async def converse(websocket: WebSocket, connection: Connection, clock: Clock) -> None:
    """Accept, and return when either side has closed."""
    offered = SUBPROTOCOL in websocket.scope["subprotocols"]
    straight = websocket.scope.get("extensions", {}).get(WRITE_NOW)
    await websocket.accept(SUBPROTOCOL if offered else None)
    if straight:
        connection.outbox.write_through(straight["write"])
    works = Together()
    connection.outbox.call_writer(lambda: works.start(_write(websocket, connection)))
    works.start(_read(websocket, connection), _keep_time(connection, clock))
    try:
        # Whoever is gone in the middle of a word is gone like everybody else.
        with suppress(WebSocketDisconnect):
            await works.until_over()
            await _part(websocket, connection)
    finally:
        connection.left()


async def _part(websocket: WebSocket, connection: Connection) -> None:
    """Close for a writer that got stuck: `Framing` never waits for the peer to do that."""
    code = connection.outbox.code
    if code is not None and websocket.application_state is WebSocketState.CONNECTED:
        await websocket.close(code)


async def _read(websocket: WebSocket, connection: Connection) -> bool:
    while (message := await websocket.receive())["type"] == "websocket.receive":
        text = message.get("text")
        await connection.receive(message.get("bytes") or b"" if text is None else text)
    if message["code"] == CloseCode.SLOW:
        connection.outbox.close(CloseCode.SLOW)
    return True


async def _write(websocket: WebSocket, connection: Connection) -> bool:
    """Write what waits; True if nothing may follow."""
    while isinstance(text := connection.outbox.take_now(), str):
        await websocket.send_text(text)
    if text is None:
        return False
    await websocket.close(text)
    return True


async def _keep_time(connection: Connection, clock: Clock) -> bool:
    """Tick until the conversation is to end, and then give the writer a moment to say so."""
    while not await clock.wait(connection.outbox.closing, connection.deadline):
        await connection.tick()
    await clock.sleep_until(clock.now() + PARTING_MS)
    return True
