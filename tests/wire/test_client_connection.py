"""The client's end of a connection, over several sockets."""

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.rulesets import a_rule_set
from tests.support.tables import started
from tests.wire.frames_in import CID, text
from threebirds_rules.actions import Pass, Say
from threebirds_rules.names import PersonId, PhaseKey, RoleId
from threebirds_rules.state import PLENARY
from threebirds_wire.client import Answered, ClientConnection, Happened, Unread, ViewReplaced
from threebirds_wire.codec import encode, event_frame
from threebirds_wire.errors import CloseCode, Error, error
from threebirds_wire.frames import (
    Act,
    Granted,
    Head,
    Notice,
    Ping,
    Presence,
    Reply,
    Snapshot,
    Typing,
    TypingSeen,
    Welcome,
)
from threebirds_wire.limits import PUBLISHED
from threebirds_wire.marks import NO_FRAMES, mark_after

KEY = ("t1", "seat:NOR")
VIEW = started(a_rule_set()).view(RoleId("NOR"))
PLAIN_VIEW = json.loads(msgspec.json.encode(VIEW))


def welcome() -> bytes:
    granted = Granted(table="t1", viewer="seat:NOR", epoch="e1", mode="snapshot")
    return encode(Welcome(v=1, heartbeat_s=10, limits=PUBLISHED, now=0, tables=(granted,)))


def snapshot(n: int, **changes: Any) -> bytes:
    return encode(Snapshot(table="t1", viewer="seat:NOR", epoch="e1", n=n, mark=NO_FRAMES, view=VIEW, **changes))


def event(n: int, *changes: tuple[tuple[str | int, ...], Any]) -> bytes:
    return event_frame("t1", "seat:NOR", n, {"kind": "passed", "at": n, "role": "SOU"}, changes)


def connected(n: int = 0) -> ClientConnection:
    """A client that was welcomed and holds a view after event `n`; what led there is taken away."""
    client = ClientConnection(sdk="test")
    client.open("a ticket", 0)
    client.receive(welcome(), 0)
    client.receive(snapshot(n), 0)
    client.events_received()
    client.data_to_send()
    return client


def sent(client: ClientConnection) -> list[dict[str, Any]]:
    return [json.loads(data) for data in client.data_to_send()]


def a_pass(client: ClientConnection) -> Act:
    return Act(
        id=client.next_id(),
        table="t1",
        viewer="seat:NOR",
        cid=CID,
        phase=PhaseKey("1.talk"),
        action=Pass(),
    )


def test_the_first_thing_said_is_hello() -> None:
    client = ClientConnection(sdk="test")
    client.open("a ticket", 0)
    assert sent(client) == [{"type": "hello", "v": 1, "ticket": "a ticket", "sdk": "test"}]


def test_a_snapshot_is_the_view_from_which_events_go_on() -> None:
    client = ClientConnection(sdk="test")
    client.open("a ticket", 0)
    client.receive(welcome(), 1)
    client.receive(snapshot(4), 2)
    [hail, replaced] = client.events_received()
    assert isinstance(hail, Welcome)
    assert replaced == ViewReplaced(client.holdings[KEY], None)
    assert (client.holdings[KEY].n, client.holdings[KEY].view) == (4, PLAIN_VIEW)


def test_an_event_changes_the_view_the_number_and_the_mark() -> None:
    client, frame = connected(4), event(5, (("status",), "paused"))
    client.receive(frame, 1)
    [happened] = client.events_received()
    assert isinstance(happened, Happened)
    assert (happened.event.kind, happened.fields["role"]) == ("passed", "SOU")
    assert client.holdings[KEY].view == {**PLAIN_VIEW, "status": "paused"}
    assert client.holdings[KEY].mark == mark_after(NO_FRAMES, frame)


def test_the_mark_is_the_same_for_text_and_for_bytes() -> None:
    assert mark_after(NO_FRAMES, "ü") == mark_after(NO_FRAMES, "ü".encode()) == "0ae6041646f37e28"


def test_after_a_frame_that_was_too_large_the_longest_one_is_not_sent_again() -> None:
    client = connected()
    short = a_pass(client)
    client.ask(short)
    long = replace(a_pass(client), action=Say(channel=PLENARY, text="x" * 2_000))
    client.ask(long)
    client.lost(CloseCode.TOO_LARGE)
    [answered] = client.events_received()
    assert isinstance(answered, Answered)
    assert answered.request == long
    assert answered.reply.error is not None
    assert answered.reply.error.code == "too_large"
    client.open("another ticket", 1)
    client.receive(welcome(), 1)
    assert [frame["id"] for frame in sent(client) if frame["type"] == "act"] == [short.id]


def test_a_frame_that_was_too_large_and_was_no_request_loses_nothing() -> None:
    client = connected()
    client.lost(CloseCode.TOO_LARGE)
    assert client.events_received() == []


def test_an_event_that_is_known_already_is_dropped() -> None:
    client = connected(4)
    client.receive(event(4, (("status",), "paused")), 1)
    assert client.events_received() == []
    assert client.holdings[KEY].n == 4


def test_an_event_of_a_stream_without_a_snapshot_is_dropped() -> None:
    client = ClientConnection(sdk="test")
    client.open("a ticket", 0)
    client.receive(event(1), 1)
    assert client.events_received() == []


def test_a_gap_is_asked_for_once() -> None:
    client = connected(4)
    client.receive(event(6), 1)
    client.receive(event(7), 2)
    assert sent(client) == [{"type": "pull", "table": "t1", "viewer": "seat:NOR", "after": 4}]
    assert client.holdings[KEY].n == 4


def test_a_ping_is_answered_and_a_head_beyond_what_is_held_is_asked_for() -> None:
    client = connected(4)
    heads = (Head(table="t1", viewer="seat:NOR", n=5), Head(table="t2", viewer="public", n=9))
    client.receive(encode(Ping(now=1, heads=heads)), 1)
    client.receive(encode(Ping(now=2, heads=heads)), 2)
    pull = {"type": "pull", "table": "t1", "viewer": "seat:NOR", "after": 4}
    assert sent(client) == [{"type": "pong"}, pull, {"type": "pong"}, pull]


def test_a_head_that_is_held_is_not_asked_for() -> None:
    client = connected(4)
    client.receive(encode(Ping(now=1, heads=(Head(table="t1", viewer="seat:NOR", n=4),))), 1)
    assert sent(client) == [{"type": "pong"}]


def test_on_the_next_socket_the_client_says_what_it_holds() -> None:
    client, frame = connected(4), event(5)
    client.receive(frame, 1)
    client.lost()
    client.open("another ticket", 2)
    [hello] = sent(client)
    held = {"table": "t1", "viewer": "seat:NOR", "epoch": "e1", "after": 5}
    assert hello["resume"] == [{**held, "mark": mark_after(NO_FRAMES, frame)}]


def test_a_snapshot_in_place_of_what_was_held_says_why() -> None:
    client = connected(4)
    client.receive(snapshot(2, reason="history_differs"), 1)
    assert client.events_received() == [ViewReplaced(client.holdings[KEY], "history_differs")]
    assert client.holdings[KEY].n == 2


def test_a_request_waits_for_the_welcome() -> None:
    client = ClientConnection(sdk="test")
    client.ask(a_pass(client))
    client.open("a ticket", 0)
    assert [frame["type"] for frame in sent(client)] == ["hello"]
    client.receive(welcome(), 1)
    assert [frame["type"] for frame in sent(client)] == ["act"]


def test_a_request_is_sent_again_under_its_cid_until_it_is_answered() -> None:
    client = connected()
    client.ask(a_pass(client))
    first = sent(client)
    client.open("another ticket", 1)
    client.receive(welcome(), 2)
    [_, again] = sent(client)
    assert [again] == first


def test_an_answer_is_matched_to_its_request_and_ends_it() -> None:
    client = connected()
    request = a_pass(client)
    client.ask(request)
    reply = Reply(id=request.id, ok=True, n=5)
    client.receive(encode(reply), 1)
    assert client.events_received() == [Answered(request, reply)]
    client.open("another ticket", 2)
    client.receive(welcome(), 3)
    assert [frame["type"] for frame in sent(client)] == ["hello"]


def test_a_request_that_is_too_long_is_refused_before_it_is_sent() -> None:
    client = connected()
    request = a_pass(client)
    long = Act(
        id=2,
        table="t1",
        viewer="seat:NOR",
        cid=CID,
        phase=PhaseKey("x" * 70_000),
        action=request.action,
    )
    client.ask(long)
    [answered] = client.events_received()
    assert isinstance(answered, Answered)
    assert answered.reply.error is not None
    assert (answered.reply.error.code, sent(client)) == ("too_large", [])


@pytest.mark.parametrize("number", [None, 99])
def test_an_error_that_answers_nothing_is_told(number: int | None) -> None:
    client, because = connected(), error("bad_frame", "What?")
    client.receive(encode(Reply(id=number, ok=False, error=because)), 1)
    assert client.events_received() == [Unread(because)]


def test_a_second_answer_to_one_request_is_dropped() -> None:
    client = connected()
    client.receive(encode(Reply(id=99, ok=True)), 1)
    assert client.events_received() == []


@pytest.mark.parametrize(
    "frame",
    [
        Presence(table="t1", present=(PersonId("ann"),)),
        TypingSeen(
            table="t1",
            viewer="seat:NOR",
            channel=PLENARY,
            role=RoleId("SOU"),
            person=PersonId("bob"),
        ),
        Notice(kind="restarting", message="Back at once.", after_ms=500),
    ],
)
def test_what_is_only_news_is_handed_on(frame: Presence | TypingSeen | Notice) -> None:
    client = connected()
    client.receive(encode(frame), 1)
    assert client.events_received() == [frame]


def test_a_frame_of_a_newer_server_is_passed_over() -> None:
    client = connected()
    client.receive(text(type="fireworks"), 1)
    [unread] = client.events_received()
    assert isinstance(unread, Unread)
    assert isinstance(unread.error, Error)
    assert not client.dead


def test_typing_is_sent_only_where_there_is_somebody_to_see_it() -> None:
    typing = Typing(table="t1", viewer="seat:NOR", channel=PLENARY)
    client = ClientConnection(sdk="test")
    client.send(typing)
    assert client.data_to_send() == []
    client = connected()
    client.send(typing)
    assert [frame["type"] for frame in sent(client)] == ["typing"]


def test_twenty_seconds_of_silence_mean_that_the_socket_is_dead() -> None:
    client = connected()
    client.receive(encode(Ping(now=1)), 9_000)
    assert client.deadline == 29_000
    client.tick(28_999)
    assert not client.dead
    client.tick(29_000)
    assert client.dead


def test_a_new_socket_begins_with_a_new_silence() -> None:
    client = connected()
    client.tick(20_000)
    client.open("another ticket", 50_000)
    client.tick(50_001)
    assert not client.dead


def test_a_change_that_fits_nowhere_makes_the_client_begin_anew() -> None:
    client = connected(4)
    client.receive(event(5, (("nowhere", "at", "all"), 1)), 1)
    assert (client.dead, client.holdings) == (True, {})
    client.open("another ticket", 2)
    assert "resume" not in sent(client)[0]
