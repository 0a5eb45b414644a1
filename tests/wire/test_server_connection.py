"""The server's end of a connection: fed with text and time, asked what came in and what goes
out.
"""

import json
from typing import Any

import pytest

from tests.wire.frames_in import act, hello, score, text
from threebirds_wire.errors import CloseCode, error
from threebirds_wire.frames import Act, Hello, Ping, Pull, Reply, Score, Typing
from threebirds_wire.limits import FRAME_BYTES
from threebirds_wire.server import Closing, FrameRefused, HeartbeatDue, ServerConnection

PONG = text(type="pong")


def greeted() -> ServerConnection:
    """A connection that has said hello at time 0."""
    connection = ServerConnection(0)
    connection.receive(hello(), 0)
    connection.events_received()
    return connection


def sent(connection: ServerConnection) -> list[dict[str, Any]]:
    return [json.loads(data) for data in connection.data_to_send()]


def close_code(connection: ServerConnection) -> CloseCode | None:
    return None if connection.closing is None else connection.closing.code


def test_a_hello_is_handed_on_and_the_connection_stays_open() -> None:
    connection = ServerConnection(0)
    connection.receive(hello(sdk="a bot"), 5)
    assert connection.events_received() == [Hello(v=1, ticket="a ticket", sdk="a bot")]
    assert (connection.greeted, connection.closing, sent(connection)) == (True, None, [])


def test_what_was_taken_is_not_given_twice() -> None:
    connection = greeted()
    connection.receive(score([0]), 1)
    connection.refuse(1, error("busy", "Soon."))
    assert len(connection.events_received()) == len(connection.data_to_send()) == 1
    assert connection.events_received() == connection.data_to_send() == []


def test_requests_are_handed_on_in_their_order() -> None:
    connection = greeted()
    where = {"table": "t1", "viewer": "seat:POL"}
    connection.receive(act({"kind": "pass"}), 1)
    connection.receive(score([0, 1]), 2)
    connection.receive(text(type="pull", after=3, **where), 3)
    connection.receive(text(type="typing", channel="plenary", **where), 4)
    assert [type(event) for event in connection.events_received()] == [Act, Score, Pull, Typing]


def test_the_first_frame_must_be_a_hello() -> None:
    connection = ServerConnection(0)
    connection.receive(score([0]), 0)
    assert close_code(connection) == CloseCode.BAD_PROTOCOL
    assert sent(connection)[0]["id"] == 8


def test_before_a_hello_even_a_pong_is_out_of_place() -> None:
    connection = ServerConnection(0)
    connection.receive(PONG, 0)
    assert close_code(connection) == CloseCode.BAD_PROTOCOL
    assert sent(connection)[0]["error"]["message"] == "The first frame must be a `hello`."


def test_a_first_frame_that_cannot_be_read_closes_the_connection() -> None:
    connection = ServerConnection(0)
    connection.receive("hi", 0)
    assert close_code(connection) == CloseCode.BAD_PROTOCOL


@pytest.mark.parametrize("other", [hello(v=2), hello(v=2, news=True)])
def test_another_version_of_the_protocol_is_refused_for_good(other: str) -> None:
    connection = ServerConnection(0)
    connection.receive(other, 0)
    assert close_code(connection) == CloseCode.BAD_PROTOCOL
    assert sent(connection)[0]["error"]["code"] == "unsupported_version"


def test_a_second_hello_is_refused_and_the_connection_stays_open() -> None:
    connection = greeted()
    connection.receive(hello(), 1)
    assert connection.closing is None
    assert sent(connection)[0]["error"]["message"] == "This connection has already said hello."


def test_a_bad_frame_is_answered_under_its_number_and_the_connection_stays_open() -> None:
    connection = greeted()
    connection.receive(act({"kind": "tabel"}), 1)
    [reply] = sent(connection)
    assert (reply["id"], reply["ok"], reply["error"]["code"]) == (7, False, "invalid_action")
    assert [type(event) for event in connection.events_received()] == [FrameRefused]
    assert connection.closing is None


def test_a_frame_that_is_too_large_closes_the_connection_as_the_websocket_standard_does() -> None:
    connection = greeted()
    connection.receive(" " * (FRAME_BYTES + 1), 1)
    assert close_code(connection) == CloseCode.TOO_LARGE


def test_a_binary_frame_is_none_of_ours() -> None:
    connection = greeted()
    connection.receive(PONG.encode(), 1)
    assert sent(connection)[0]["error"]["code"] == "bad_frame"
    assert connection.closing is None


def test_without_a_hello_the_connection_is_closed_after_ten_seconds() -> None:
    connection = ServerConnection(500)
    assert connection.deadline == 10_500
    connection.tick(10_499)
    assert connection.closing is None
    connection.tick(10_500)
    assert connection.closing == Closing(CloseCode.NO_PONG, "No hello within 10 seconds.")


def test_a_heartbeat_is_due_every_ten_seconds() -> None:
    connection = greeted()
    connection.receive(PONG, 9_000)
    connection.tick(connection.deadline)
    assert connection.events_received() == [HeartbeatDue()]
    assert connection.deadline == 20_000


def test_twenty_seconds_of_silence_mean_that_nobody_is_there() -> None:
    connection = greeted()
    connection.tick(10_000)
    connection.tick(20_000)
    assert connection.closing == Closing(CloseCode.NO_PONG, "Nothing heard for 20 seconds.")


def test_whoever_answers_stays() -> None:
    connection = greeted()
    for second in range(10, 100, 10):
        connection.tick(second * 1000)
        connection.receive(PONG, second * 1000 + 1)
    assert connection.closing is None


def test_nothing_more_is_heard_on_a_connection_that_is_closing() -> None:
    connection = greeted()
    connection.close(CloseCode.REMOVED, "You were removed.")
    connection.close(CloseCode.SLOW, "Too slow.")
    connection.receive(score([0]), 1)
    connection.tick(99_000)
    assert connection.events_received() == []
    assert connection.closing == Closing(CloseCode.REMOVED, "You were removed.")


def test_an_error_that_ends_the_conversation_closes_the_connection() -> None:
    connection = greeted()
    connection.refuse(None, error("unauthenticated", "This ticket is used up."))
    assert close_code(connection) == CloseCode.BAD_TOKEN
    assert sent(connection)[0]["id"] is None


def test_frames_go_out_in_the_order_in_which_they_were_sent() -> None:
    connection = greeted()
    connection.send(Ping(now=5))
    connection.send_encoded(b'{"type":"event"}')
    connection.send(Reply(id=1, ok=True, n=4))
    assert sent(connection) == [
        {"type": "ping", "now": 5},
        {"type": "event"},
        {"type": "reply", "id": 1, "ok": True, "n": 4},
    ]
