"""What a stranger or a broken client may send: every frame gets a coded answer, and the honest socket stays open."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Running, running, seated_table
from tests.support.sockets import ClosedError, Socket
from threebirds_wire.limits import FRAME_BYTES


async def a_desk(house: Running) -> Desk:
    table, (supplier,) = await seated_table(house, "winter", ["SUP"])
    return await supplier.at_table(table, "seat:SUP")


async def a_socket(house: Running, **headers: str) -> Socket:
    return await Socket(house.app, headers).open()


SAY = {"kind": "say", "channel": "plenary", "text": "Hello."}


def an_act(desk: Desk, **changes: Any) -> dict[str, Any]:
    frame = {"type": "act", "id": 7, "table": desk.table, "viewer": desk.viewer, "cid": desk.cid()}
    return {**frame, "phase": desk.phase, "action": SAY, **changes}


BAD = [
    ("{not json", "bad_frame"),
    ("[1, 2]", "bad_frame"),
    ('{"type": "dance"}', "bad_frame"),
    ('{"type": "typing", "table": 4}', "bad_frame"),
    ("[" * 30_000, "bad_frame"),
    ('{"type": "pong", "extra": 1}', "bad_frame"),
    ('{"type": "hello", "v": 1, "ticket": "again"}', "bad_frame"),
]


@pytest.mark.parametrize(("text", "code"), BAD)
async def test_a_bad_frame_is_answered_and_the_socket_stays_open(house: Running, text: str, code: str) -> None:
    desk = await a_desk(house)
    desk.socket.send(text)
    reply = await desk.read_until("reply")
    assert reply["error"]["code"] == code
    await desk.does("say", channel="plenary", text="Still here.")


@pytest.mark.parametrize("data", [b"", b'{"type": "pong"}', b"\xff\xfe"])
async def test_a_binary_frame_is_refused_whatever_is_in_it(house: Running, data: bytes) -> None:
    desk = await a_desk(house)
    desk.socket.send_binary(data)
    assert (await desk.read_until("reply"))["error"]["message"] == "A frame is text, and this one is binary."
    await desk.does("say", channel="plenary", text="Still here.")


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"table": "t_other"}, "unknown_table", "table"),
        ({"viewer": "seat:BUY"}, "not_your_seat", "viewer"),
        ({"viewer": "facilitator"}, "not_your_seat", "viewer"),
        ({"action": {"kind": "time_up"}}, "invalid_action", "action.kind"),
        ({"action": {"kind": "open", "seed": "mine", "roles": [], "switches": []}}, "invalid_action", "action.kind"),
        ({"action": {"kind": "sya"}}, "invalid_action", "action.kind"),
        ({"action": {**SAY, "txet": "x"}}, "invalid_action", "action.txet"),
        ({"action": {"kind": "pause"}}, "forbidden", None),
        ({"action": {"kind": "hand_to_bot", "role": "SUP", "bot": "still"}}, "forbidden", None),
    ],
)
async def test_an_action_that_is_not_for_this_seat_is_answered_by_its_code(
    house: Running, changes: dict[str, Any], code: str, path: str | None
) -> None:
    desk = await a_desk(house)
    desk.socket.send(an_act(desk, **changes))
    reply = await desk.reply(7)
    assert reply["error"]["code"] == code
    assert reply["error"].get("path") == path
    await desk.does("say", channel="plenary", text="Still here.")


async def test_a_frame_that_is_too_large_closes_with_1009(house: Running) -> None:
    desk = await a_desk(house)
    desk.socket.send('{"type": "pong", "x": "' + "x" * FRAME_BYTES + '"}')
    assert await desk.socket.closed() == 1009


async def test_a_ticket_that_nobody_made_is_answered_and_closes_for_good(house: Running) -> None:
    socket = await a_socket(house)
    socket.send({"type": "hello", "v": 1, "ticket": "made-up"})
    reply = await socket.receive()
    assert reply["error"]["code"] == "unauthenticated"
    assert await socket.closed() == 4500


async def test_a_ticket_is_good_once(house: Running) -> None:
    table, (supplier,) = await seated_table(house, "winter", ["SUP"])
    ticket = await supplier.ticket(table, "seat:SUP")
    first, second = await a_socket(house), await a_socket(house)
    first.send({"type": "hello", "v": 1, "ticket": ticket})
    await first.receive_until("welcome")
    second.send({"type": "hello", "v": 1, "ticket": ticket})
    assert await second.closed() == 4500


async def test_a_ticket_is_good_for_a_minute(house: Running, clock: FakeClock) -> None:
    table, (supplier,) = await seated_table(house, "winter", ["SUP"])
    ticket = await supplier.ticket(table, "seat:SUP")
    await clock.advance(61_000)
    socket = await a_socket(house)
    socket.send({"type": "hello", "v": 1, "ticket": ticket})
    assert await socket.closed() == 4500


async def test_acting_before_hello_is_answered_and_closes(house: Running) -> None:
    desk = await a_desk(house)
    socket = await a_socket(house)
    socket.send(an_act(desk))
    reply = await socket.receive()
    assert (reply["id"], reply["error"]["code"]) == (7, "bad_frame")
    assert await socket.closed() == 4501


async def test_who_does_not_say_hello_in_time_is_let_go(house: Running, clock: FakeClock) -> None:
    socket = await a_socket(house)
    await clock.waited_for(3)
    await clock.advance(10_000)
    assert await socket.closed() == 4003


async def test_a_client_that_speaks_another_version_is_told_which_one_is_spoken(house: Running) -> None:
    socket = await a_socket(house)
    socket.send({"type": "hello", "v": 2, "ticket": "x"})
    assert (await socket.receive())["error"]["code"] == "unsupported_version"
    assert await socket.closed() == 4501


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://localhost.evil.example",
        "http://localhost:9000",
        "null",
    ],
)
async def test_a_page_of_another_site_gets_no_socket(house: Running, origin: str) -> None:
    with pytest.raises(ClosedError):
        await a_socket(house, origin=origin)


@pytest.mark.parametrize("origin", ["http://localhost", "https://localhost"])
async def test_our_own_pages_get_a_socket_with_the_protocols_name(house: Running, origin: str) -> None:
    socket = await a_socket(house, origin=origin)
    assert socket.accepted is not None
    assert socket.accepted["subprotocol"] == "threebirds.v1"


async def test_an_origin_that_the_operator_allows_gets_a_socket(tmp_path: Path) -> None:
    async with running(tmp_path / "open", allowed_origins=["https://play.example"]) as house:
        assert (await a_socket(house, origin="https://play.example")).accepted


async def test_a_fourth_window_of_one_person_is_turned_away_for_now(house: Running) -> None:
    table, (supplier,) = await seated_table(house, "winter", ["SUP"])
    for _ in range(3):
        await supplier.at_table(table, "seat:SUP")
    socket = await a_socket(house)
    socket.send({"type": "hello", "v": 1, "ticket": await supplier.ticket(table, "seat:SUP")})
    assert (await socket.receive())["error"]["code"] == "rate_limited"
    assert await socket.closed() == 4002


async def test_a_ticket_for_a_seat_that_was_lost_meanwhile_is_not_let_in(house: Running) -> None:
    table, (supplier,) = await seated_table(house, "winter", ["SUP"])
    ticket = await supplier.ticket(table, "seat:SUP")
    await supplier.post("/api/seat", table=table, role="BUY")
    socket = await a_socket(house)
    socket.send({"type": "hello", "v": 1, "ticket": ticket})
    assert (await socket.receive())["error"]["code"] == "not_your_seat"
    assert await socket.closed() == 4503


async def test_an_unknown_bot_is_refused_with_the_nearest_name(house: Running) -> None:
    table, _ = await seated_table(house, "winter", ["SUP"])
    desk = await (await house.facilitator()).at_table(table, "facilitator")
    reply = await desk.act("hand_to_bot", action={"role": "BUY", "bot": "concede"})
    assert reply["error"]["code"] == "invalid_action"
    assert "conceder" in reply["error"]["message"]
