"""Every code of the protocol over a real socket: what is said, what to do next, and what becomes of the socket."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from tests.support.desks import Desk
from tests.support.dialled import dial, dialled_desk
from tests.support.houses import Guest, seated_table
from tests.support.sockets import Frame
from tests.support.wilful import WilfulStore, wilful
from threebirds_server.ports import StoreUnavailableError
from threebirds_wire.errors import HANDLING, ErrorCode

SAID: dict[str, Any] = {"channel": "plenary", "text": "Good morning."}
FEW = 12


class Scene(NamedTuple):
    """A started game of Winter behind a real port; both delegations and the facilitator sit at real sockets."""

    store: WilfulStore
    port: int
    guest: Guest
    mine: Desk
    theirs: Desk
    facilitator: Desk


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    async with wilful(tmp_path, actions_per_minute=FEW) as (house, store, _, port):
        table, guests = await seated_table(house, "winter", ["SUP", "BUY"])
        viewers = (*zip(guests, ("seat:SUP", "seat:BUY"), strict=True), (await house.facilitator(), "facilitator"))
        desks = [await dialled_desk(guest, port, table, viewer) for guest, viewer in viewers]
        yield Scene(store, port, guests[0], *desks)
        for desk in desks:
            await desk.socket.leave()


async def bad_frame(scene: Scene) -> Frame:
    scene.mine.socket.send("{")
    return await scene.mine.read_until("reply")


async def unsupported_version(scene: Scene) -> Frame:
    return await hello(scene, v=2)


async def unauthenticated(scene: Scene) -> Frame:
    return await hello(scene, ticket="made up")


async def forbidden(scene: Scene) -> Frame:
    return await scene.mine.act("pause")


async def not_your_seat(scene: Scene) -> Frame:
    return await scene.mine.act("pass", viewer="seat:BUY")


async def unknown_table(scene: Scene) -> Frame:
    return await scene.mine.act("pass", table="t_other")


async def invalid_action(scene: Scene) -> Frame:
    return await scene.mine.act("sya", action=SAID)


async def illegal_action(scene: Scene) -> Frame:
    await scene.mine.does("pass")
    return await scene.mine.act("pass")


async def wrong_phase(scene: Scene) -> Frame:
    return await scene.mine.act("say", action=SAID, phase="lobby")


async def stale_proposal(scene: Scene) -> Frame:
    await scene.theirs.does("table", options={"transit": 2})
    await scene.mine.until_event("tabled")
    proposal = scene.mine.view["proposals"][0]["id"]
    stale = {"if": {"proposal": proposal, "version": 9, "digest": "another"}}
    return await scene.mine.act("support", action={"proposal": proposal, "position": "yes"}, **stale)


async def cid_reused(scene: Scene) -> Frame:
    cid = scene.mine.cid()
    await scene.mine.act("say", cid=cid, action=SAID)
    return await scene.mine.act("say", cid=cid, action={**SAID, "text": "Something else."})


async def rate_limited(scene: Scene) -> Frame:
    for _ in range(2):
        await scene.mine.does("say", **SAID)
    return await scene.mine.act("say", action=SAID)


async def too_large(scene: Scene) -> Frame:
    return await scene.mine.act("say", action={**SAID, "text": "x" * 4_001})


async def paused(scene: Scene) -> Frame:
    await scene.facilitator.does("pause")
    return await scene.mine.act("say", action=SAID)


async def game_over(scene: Scene) -> Frame:
    await scene.facilitator.does("end")
    await scene.mine.until_event("table_ended")
    return await scene.mine.act("say", action=SAID)


async def busy(scene: Scene) -> Frame:
    scene.store.raises = StoreUnavailableError("The disk is full.")
    return await scene.mine.act("say", action=SAID)


async def internal(scene: Scene) -> Frame:
    scene.store.raises = ZeroDivisionError("a mistake of ours")
    return await scene.mine.act("say", action=SAID)


async def hello(scene: Scene, **wrong: Any) -> Frame:
    """On a socket of its own, which takes the place of ours."""
    socket = await dial(scene.port)
    ticket = await scene.guest.ticket(scene.mine.table, scene.mine.viewer)
    socket.send({"type": "hello", "v": 1, "ticket": ticket, **wrong})
    await scene.mine.socket.leave()
    scene.mine.socket = socket
    return await socket.receive()


ROWS: Mapping[str, Callable[[Scene], Awaitable[Frame]]] = {
    provoke.__name__: provoke
    for provoke in (
        bad_frame,
        unsupported_version,
        unauthenticated,
        forbidden,
        not_your_seat,
        unknown_table,
        invalid_action,
        illegal_action,
        wrong_phase,
        stale_proposal,
        cid_reused,
        rate_limited,
        too_large,
        paused,
        game_over,
        busy,
        internal,
    )
}


def test_every_code_has_its_row() -> None:
    assert ROWS.keys() == set(get_args(ErrorCode))


@pytest.mark.parametrize("code", get_args(ErrorCode))
async def test_a_refusal_says_what_is_wrong_and_what_to_do(scene: Scene, code: ErrorCode) -> None:
    reply = await ROWS[code](scene)
    fault = reply["error"]
    assert (reply["ok"], fault["code"], fault["retry"]) == (False, code, HANDLING[code].retry)
    assert fault["message"].endswith((".", "?"))
    assert (code == "illegal_action") <= bool(fault.get("rule"))
    assert (code == "rate_limited") <= bool(fault.get("after_ms"))
    closes = HANDLING[code].close
    if closes is not None:
        assert await scene.mine.socket.closed() == closes
    else:
        scene.mine.socket.send({"type": "score", "id": 900, **here(scene), "packages": [[0, 0, 0]]})
        assert (await scene.mine.reply(900))["ok"]


def here(scene: Scene) -> dict[str, str]:
    return {"table": scene.mine.table, "viewer": scene.mine.viewer}
