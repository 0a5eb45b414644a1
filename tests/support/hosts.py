"""A facilitator's browser at a real server: opens tables, starts them, and lets people in by the door."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from httpx2 import AsyncClient

from threebirds_client import Door, connect
from threebirds_client.door import Place
from threebirds_rules import actions as asked

FACILITATOR = "facilitator"
LONG_S = 3_600


class OpenedTable(NamedTuple):
    id: str
    code: str


class Host:
    """`url` may change with the server behind it: tables and the session stay."""

    def __init__(self, url: str, http: AsyncClient) -> None:
        self.url = url
        self._http = http

    async def opened(self, scenario: str = "winter") -> OpenedTable:
        made = await self._post("tables", scenario=scenario)
        return OpenedTable(made["table"], made["code"])

    async def ticket(self, table: str) -> str:
        return (await self._post("ticket", table=table, viewer=FACILITATOR))["ticket"]

    async def begin(self, table: str) -> None:
        """Start with the seats that are filled, in a first phase that does not end during a test."""
        async with connect(self.url, table=table, viewer=FACILITATOR, ticket=await self.ticket(table)) as desk:
            await desk.act(asked.Start(empty="drop"))
            await desk.act(asked.Extend(seconds=LONG_S))

    async def become_facilitator(self, token: str) -> None:
        await self._post("facilitator", token=token)

    async def _post(self, path: str, **body: str) -> Any:
        return (await self._http.post(f"{self.url}/api/{path}", json=body)).raise_for_status().json()


@asynccontextmanager
async def host(url: str, token: str) -> AsyncGenerator[Host]:
    """`token` is the one of the link that the server prints at its start."""
    async with AsyncClient() as http:
        made = Host(url, http)
        await made.become_facilitator(token)
        yield made


async def seated(door: Door, code: str, role: str) -> Place:
    """Somebody who has joined and sits there."""
    return await door.sit(await door.join(code, name=f"{role} one"), role)
