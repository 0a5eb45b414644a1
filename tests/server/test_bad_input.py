"""Clients that do wrong over a real socket, by mistake or on purpose: each is answered, and nobody else notices."""

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from httpx2 import AsyncClient
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.dialled import dial, dialled_desk
from tests.support.houses import Guest, Running, seated_table
from tests.support.sockets import ClosedError
from tests.support.wilful import WilfulStore, wilful
from threebirds_wire.limits import FRAME_BYTES

SAID = {"kind": "say", "channel": "plenary", "text": "Once."}


class Scene(NamedTuple):
    """A started game of Winter behind a real port, with both delegations at real sockets."""

    house: Running
    store: WilfulStore
    clock: FakeClock
    port: int
    guests: list[Guest]
    mine: Desk
    theirs: Desk

    @property
    def table(self) -> str:
        return self.mine.table


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    async with wilful(tmp_path) as (house, store, clock, port):
        table, guests = await seated_table(house, "winter", ["SUP", "BUY"])
        desks = [
            await dialled_desk(guest, port, table, viewer)
            for guest, viewer in zip(guests, ("seat:SUP", "seat:BUY"), strict=True)
        ]
        yield Scene(house, store, clock, port, guests, *desks)
        for desk in desks:
            await desk.socket.leave()


async def still_there(scene: Scene) -> None:
    await scene.mine.does("say", channel="delegation", text="Still here.")


async def test_who_never_says_hello_is_let_go_after_ten_seconds(scene: Scene) -> None:
    waiting = len(scene.clock.alarms)
    silent = await dial(scene.port)
    await scene.clock.waited_for(waiting + 1)
    await scene.clock.advance(10_000)
    assert await silent.closed() == 4003


async def test_who_says_hello_twice_is_told_so_and_stays(scene: Scene) -> None:
    ticket = await scene.guests[0].ticket(scene.table, "seat:SUP")
    scene.mine.socket.send({"type": "hello", "v": 1, "ticket": ticket})
    assert (await scene.mine.read_until("reply"))["error"]["code"] == "bad_frame"
    await still_there(scene)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"after": 1_000}, "history_differs"),
        ({"after": 2**53 - 1}, "history_differs"),
        ({"mark": "0123456789abcdef"}, "history_differs"),
        ({"epoch": "another"}, "epoch_changed"),
    ],
)
async def test_who_holds_what_never_was_gets_a_snapshot_and_the_reason(
    scene: Scene, change: dict[str, object], reason: str
) -> None:
    await still_there(scene)
    held = {"table": scene.table, "viewer": "seat:SUP", **scene.mine.moment.held, **change}
    socket = await dial(scene.port)
    ticket = await scene.guests[0].ticket(scene.table, "seat:SUP")
    socket.send({"type": "hello", "v": 1, "ticket": ticket, "resume": [held]})
    snapshot = await socket.receive_until("snapshot")
    assert (snapshot["reason"], snapshot["view"]) == (reason, scene.mine.view)
    await socket.leave()


async def test_a_ticket_opens_the_seat_it_was_made_for_and_no_other(scene: Scene) -> None:
    await still_there(scene)
    held = {"table": scene.table, "viewer": "seat:SUP", **scene.mine.moment.held}
    socket = await dial(scene.port)
    ticket = await scene.guests[1].ticket(scene.table, "seat:BUY")
    socket.send({"type": "hello", "v": 1, "ticket": ticket, "resume": [held]})
    snapshot = await socket.receive_until("snapshot")
    desk = Desk(socket, scene.table, "seat:SUP")
    desk.view = snapshot["view"]
    assert (snapshot["viewer"], "reason" in snapshot) == ("seat:BUY", False)
    assert (await desk.act("pass"))["error"]["code"] == "not_your_seat"
    assert "Still here." not in "".join(socket.texts)
    await socket.leave()


async def test_a_used_ticket_opens_nothing(scene: Scene) -> None:
    ticket = await scene.guests[0].ticket(scene.table, "seat:SUP")
    first, second = await dial(scene.port), await dial(scene.port)
    first.send({"type": "hello", "v": 1, "ticket": ticket})
    await first.receive_until("snapshot")
    second.send({"type": "hello", "v": 1, "ticket": ticket})
    assert (await second.receive())["error"]["code"] == "unauthenticated"
    assert await second.closed() == 4500
    await first.leave()


FOREIGN = (
    "https://evil.example",
    "null",
    "http://127.0.0.1.evil.example:{port}",
    "http://evil127.0.0.1:{port}",
    "http://127.0.0.1:1",
    "http://127.0.0.1",
    "http://localhost:{port}",
    "",
)


async def test_no_page_of_another_origin_gets_a_socket_on_any_route(scene: Scene) -> None:
    routes = [route.path for route in scene.house.app.routes if isinstance(route, WebSocketRoute)]
    assert routes
    for path in routes:
        for origin in FOREIGN:
            there = f"ws://127.0.0.1:{scene.port}{path}"
            with pytest.raises(InvalidStatus) as refused:
                await connect(there, additional_headers={"origin": origin.format(port=scene.port)}, proxy=None)
            assert refused.value.response.status_code == 403
    await (await dial(scene.port, additional_headers={"origin": f"http://127.0.0.1:{scene.port}"})).leave()


async def test_a_pass_that_arrives_a_phase_late_is_refused_and_passes_nothing(scene: Scene) -> None:
    facilitator = await dialled_desk(await scene.house.facilitator(), scene.port, scene.table, "facilitator")
    queued = scene.mine.phase
    await facilitator.does("close_phase")
    reply = await scene.mine.act("pass", phase=queued)
    assert (reply["error"]["code"], reply["error"]["retry"]) == ("wrong_phase", "never")
    assert [seat["passed"] for seat in scene.mine.view["seats"]] == [False, False]
    assert scene.mine.phase != queued
    await facilitator.socket.leave()


async def test_a_cid_sent_again_on_another_connection_while_it_is_under_way_is_done_once(scene: Scene) -> None:
    other = await dialled_desk(scene.guests[0], scene.port, scene.table, "seat:SUP")
    scene.store.open.clear()
    scene.store.asked.clear()
    cid = scene.mine.cid()
    first = scene.mine.ask("say", cid=cid, action=SAID)
    await scene.store.asked.wait()
    second = other.ask("say", cid=cid, action=SAID)
    other.socket.send({"type": "score", "id": 900, **here(scene), "packages": [[0, 0, 0]]})
    scene.store.open.set()
    replies = await asyncio.gather(scene.mine.reply(first), other.reply(second))
    assert [reply["ok"] for reply in replies] == [True, True]
    assert sorted(reply.get("dup", False) for reply in replies) == [False, True]
    assert replies[0]["n"] == replies[1]["n"]
    await scene.theirs.until_event("said")
    await still_there(scene)
    said = [event["text"] for event in scene.mine.events if event["kind"] == "said"]
    assert said == ["Once.", "Still here."]
    await other.socket.leave()


def here(scene: Scene) -> dict[str, str]:
    return {"table": scene.table, "viewer": "seat:SUP"}


async def test_a_frame_of_one_byte_too_many_closes_and_one_of_just_enough_does_not(scene: Scene) -> None:
    frame = '{"type":"pong"'
    scene.mine.socket.send(frame + " " * (FRAME_BYTES - len(frame) - 1) + "}")
    await still_there(scene)
    scene.mine.socket.send(frame + " " * (FRAME_BYTES - len(frame)) + "}")
    assert await scene.mine.socket.closed() == 1009
    await scene.theirs.does("say", channel="plenary", text="Not our business.")


@pytest.mark.parametrize("data", [b"", b'{"type":"pong"}', b"\xff"])
async def test_a_binary_frame_is_refused_and_the_socket_stays(scene: Scene, data: bytes) -> None:
    scene.mine.socket.send_binary(data)
    assert (await scene.mine.read_until("reply"))["error"]["code"] == "bad_frame"
    await still_there(scene)


@pytest.mark.parametrize("words", ["\\ud800", "\\udfff and more", "\\ud800\\ud800"])
async def test_half_a_character_is_refused_and_the_socket_stays(scene: Scene, words: str) -> None:
    act = {"type": "act", "id": 7, **here(scene), "cid": scene.mine.cid(), "phase": scene.mine.phase}
    scene.mine.socket.send(json.dumps({**act, "action": {**SAID, "text": "WORDS"}}).replace("WORDS", words))
    assert (await scene.mine.read_until("reply"))["error"]["code"] == "bad_frame"
    await still_there(scene)


async def test_a_stream_over_http_that_was_cut_goes_on_where_it_was(scene: Scene) -> None:
    cookies = dict(scene.guests[0].http.cookies.items())
    address = f"http://127.0.0.1:{scene.port}/api/tables/{scene.table}/stream"
    async with AsyncClient(cookies=cookies) as http:
        async with http.stream("GET", address, params={"viewer": "seat:SUP"}) as first:
            kinds = [json.loads(line)["type"] async for line in until(first.aiter_lines(), "snapshot")]
        held = scene.mine.moment.held
        await scene.theirs.does("say", channel="plenary", text="While you were away.")
        async with http.stream("GET", address, params={"viewer": "seat:SUP", **held}) as second:
            rest = [json.loads(line) async for line in until(second.aiter_lines(), "event")]
    assert kinds == ["welcome", "snapshot"]
    assert (rest[0]["tables"][0]["mode"], rest[-1]["n"]) == ("replay", held["after"] + 1)


async def until(lines: Any, kind: str) -> AsyncGenerator[str]:
    async for line in lines:
        yield line
        if line and json.loads(line)["type"] == kind:
            return


async def test_who_has_no_seat_any_more_gets_no_answer_to_what_it_queued(scene: Scene) -> None:
    facilitator = await dialled_desk(await scene.house.facilitator(), scene.port, scene.table, "facilitator")
    await facilitator.does("hand_to_bot", role="SUP", bot="still")
    scene.mine.ask("say", action=SAID)
    with pytest.raises(ClosedError) as closed:
        await scene.mine.read_until("reply")
    assert closed.value.code == 4503
    await facilitator.socket.leave()
