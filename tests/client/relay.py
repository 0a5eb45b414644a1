"""A network between client and server that a test can break: it passes bytes on, both ways, until it is told not to."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress


class Relay:
    """`cut` ends every connection; while `down`, new ones end at once; while `mute`, nothing comes back."""

    def __init__(self, port: int) -> None:
        self.down = False
        self.mute = False
        self.connections = 0
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self.heard = asyncio.Event()
        """Set whenever something went from a client to the server."""

    def cut(self) -> None:
        for writer in self._writers:
            writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            writer.close()
            return
        self.connections += 1
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers |= {writer, up_writer}
        await asyncio.gather(self._pass_on(reader, up_writer, back=False), self._pass_on(up_reader, writer, back=True))
        self._writers -= {writer, up_writer}

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, back: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                if back and self.mute:
                    continue
                writer.write(data)
                await writer.drain()
                if not back:
                    self.heard.set()
        writer.close()


@asynccontextmanager
async def relay_to(port: int) -> AsyncGenerator[tuple[Relay, str]]:
    """A relay to that port of this machine, and its address."""
    relay = Relay(port)
    listening = await asyncio.start_server(relay.serve, "127.0.0.1", 0)
    try:
        yield relay, f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        relay.cut()
        listening.close()
