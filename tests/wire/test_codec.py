"""Text becomes a frame, or an error that says what is wrong and where; nothing else ever comes
out.
"""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as drawn
from msgspec import inspect

from tests.wire.frames_in import CID, act, hello, score, text
from threebirds_rules.actions import Given, Pass, Vote
from threebirds_rules.names import PhaseKey, ProposalId
from threebirds_wire.bodies import ActionBody
from threebirds_wire.codec import decode_action, decode_client, decode_server, encode, event_frame, request_id
from threebirds_wire.complaints import complaint
from threebirds_wire.errors import Error
from threebirds_wire.frames import Act, ClientFrame, Hello, If, Ping, Pong, Score
from threebirds_wire.limits import FRAME_BYTES

TEXT = ProposalId("p1")
TALK = PhaseKey("1.talk")


def what_is_wrong(data: str | bytes) -> tuple[str, str | None, str]:
    found = decode_client(data)
    assert isinstance(found, Error)
    return found.code, found.path, found.message


def test_a_frame_is_decoded_into_its_type() -> None:
    assert decode_client(hello()) == Hello(v=1, ticket="a ticket")
    assert decode_client(b'{"type":"pong"}') == Pong()


def test_an_action_comes_with_all_that_its_sender_had_before_its_eyes() -> None:
    thing = {"proposal": "p1", "version": 2, "digest": "abc"}
    frame = decode_client(act({"kind": "vote", "proposal": "p1", "choice": "yes"}, **{"if": thing}))
    assert isinstance(frame, Act)
    assert frame.action == Vote(proposal=TEXT, choice="yes")
    assert frame.had == Given(phase=TALK, proposal=TEXT, version=2, digest="abc")


def test_an_action_without_a_condition_still_names_its_phase() -> None:
    frame = decode_client(act({"kind": "pass"}))
    assert isinstance(frame, Act)
    assert (frame.action, frame.had) == (Pass(), Given(phase=TALK))


@pytest.mark.parametrize(
    ("data", "code", "path", "message"),
    [
        ("[]", "bad_frame", None, "The frame is a list; expected an object."),
        ('"hello"', "bad_frame", None, "The frame is text; expected an object."),
        ("{}", "bad_frame", "type", "The frame lacks `type`."),
        ('{"type":3}', "bad_frame", "type", "`type` must be text."),
        (
            '{"type":"helo"}',
            "bad_frame",
            "type",
            "`type` is “helo”; expected hello, act, score, pull, typing or pong. Did you mean `hello`?",
        ),
        (
            '{"type":"zzz"}',
            "bad_frame",
            "type",
            "`type` is “zzz”; expected hello, act, score, pull, typing or pong.",
        ),
        ('{"type":"hello","v":1}', "bad_frame", "ticket", "The frame lacks `ticket`."),
        (hello(sdk=4), "bad_frame", "sdk", "`sdk` is a whole number; expected text."),
        (
            hello(tiket=4),
            "bad_frame",
            "tiket",
            "The frame has a field `tiket` that is not known here. Did you mean `ticket`?",
        ),
        (hello(zzz=4), "bad_frame", "zzz", "The frame has a field `zzz` that is not known here."),
        (
            hello(ticket=""),
            "bad_frame",
            "ticket",
            "`ticket` has too few characters: the limit is 1.",
        ),
        (hello(resume=[{}]), "bad_frame", "resume.0.table", "`resume.0` lacks `table`."),
        (
            hello(resume=[{"table": "t", "viewer": "POL"}]),
            "bad_frame",
            "resume.0.viewer",
            "`resume.0.viewer` is “POL”; expected seat:ROLE, facilitator, observer or public.",
        ),
        (
            act({"kind": "pass"}, cid="x"),
            "bad_frame",
            "cid",
            "`cid` is “x”; expected a UUID of version 7 in lower case.",
        ),
        (
            act({"kind": "pass"}, cid=CID + "\n"),
            "bad_frame",
            "cid",
            "`cid` has too many characters: the limit is 36.",
        ),
        (act({"kind": "pass"}, id=-1), "bad_frame", "id", "`id` must be at least 0."),
        (act({"kind": "pass"}, id=2**53), "bad_frame", "id", f"`id` must be at most {2**53 - 1}."),
        (
            act({"kind": "pass"}, dry=0),
            "bad_frame",
            "dry",
            "`dry` is a whole number; expected true or false.",
        ),
        (act(3), "bad_frame", "action", "`action` is a whole number; expected an object."),
        (act({}), "invalid_action", "action.kind", "`action` lacks `kind`."),
        (
            act({"kind": "pass", "why": 1}),
            "invalid_action",
            "action.why",
            "`action` has a field `why` that is not known here.",
        ),
        (
            act({"kind": "table", "options": {"frame": 1, "seat": "two"}}),
            "invalid_action",
            "action.options.seat",
            "`action.options.seat` is text; expected a whole number.",
        ),
        (
            act({"kind": "vote", "proposal": "p1", "choice": "maybe"}),
            "invalid_action",
            "action.choice",
            "`action.choice` is “maybe”; expected no or yes.",
        ),
        (
            act({"kind": "support", "proposal": "p1", "position": "yes", "issue": 4}),
            "invalid_action",
            "action.issue",
            "`action.issue` is a whole number; expected text or null.",
        ),
        (
            act({"kind": "pass"}, **{"if": {"proposal": 3}}),
            "bad_frame",
            "if.proposal",
            "`if.proposal` is a whole number; expected text.",
        ),
        (score(), "bad_frame", "packages", "`packages` has too few entries: the limit is 1."),
        (
            score(*[[0]] * 257),
            "bad_frame",
            "packages",
            "`packages` has too many entries: the limit is 256.",
        ),
        (
            score([0, 1.5]),
            "bad_frame",
            "packages.0.1",
            "`packages.0.1` is a number with a point; expected a whole number.",
        ),
        (
            '{"type":"score","id":' + "9" * 5000 + "}",
            "bad_frame",
            "id",
            "`id` is too large a number.",
        ),
        ('{"type":"score","id":1e999}', "bad_frame", "id", "`id` is too large a number."),
        (
            '{"type":"score","id":NaN}',
            "bad_frame",
            None,
            "This frame is not JSON: invalid character (byte 21).",
        ),
        ('{"type":"pong"', "bad_frame", None, "This frame is not JSON: Input data was truncated."),
        ("", "bad_frame", None, "This frame is not JSON: Input data was truncated."),
        (b'{"type":"pong\xff"}', "bad_frame", None, "This frame is not in UTF-8."),
        (
            '{"type":"\ud800"}',
            "bad_frame",
            None,
            "This frame has half of a character in it (a lone surrogate).",
        ),
        (
            '{"type":"\\ud800 and so on"}',
            "bad_frame",
            None,
            "This frame has half of a character in it (a lone surrogate).",
        ),
        (
            " " * (FRAME_BYTES + 1),
            "too_large",
            None,
            "A frame has at most 65,536 bytes; this one has 65,537.",
        ),
    ],
)
def test_a_bad_frame_is_told_what_is_wrong_with_it_and_where(
    data: str | bytes, code: str, path: str | None, message: str
) -> None:
    assert what_is_wrong(data) == (code, path, message)


def test_a_fault_that_nobody_foresaw_is_still_told_with_its_place() -> None:
    fault = msgspec.ValidationError("Something new - at `$.id`")
    found = complaint(fault, {"id": 3}, inspect.type_info(ClientFrame))
    assert found == ("`id` cannot be read: Something new.", "id")


def test_a_wrong_kind_of_action_is_told_the_nearest_one() -> None:
    code, path, message = what_is_wrong(act({"kind": "tabel", "options": {}}))
    assert (code, path) == ("invalid_action", "action.kind")
    assert message.startswith("`action.kind` is “tabel”; expected say, draft,")
    assert message.endswith("Did you mean `table`?")


def test_a_later_version_of_the_protocol_is_told_which_one_is_spoken_here() -> None:
    assert what_is_wrong(hello(v=2, compress="zstd")) == (
        "unsupported_version",
        "v",
        "This server speaks version 1, not 2.",
    )


@pytest.mark.parametrize("opening", ["[", '{"type":', '{"type":"act","action":[', '{"type":"act","x":[['])
def test_a_frame_that_nests_without_end_is_an_error_like_any_other(opening: str) -> None:
    data = (opening * FRAME_BYTES)[:FRAME_BYTES]
    assert what_is_wrong(data)[0] == "bad_frame"


@given(drawn.text() | drawn.binary())
def test_whatever_is_sent_gives_a_frame_or_an_error(data: str | bytes) -> None:
    assert isinstance(decode_client(data), ClientFrame | Error)


@given(
    drawn.recursive(
        drawn.none() | drawn.booleans() | drawn.integers() | drawn.text(),
        lambda inner: (
            drawn.lists(inner)
            | drawn.dictionaries(drawn.sampled_from(["kind", "type", "options", "proposal", "x"]), inner)
        ),
    )
)
def test_whatever_stands_for_an_action_gives_a_frame_or_an_error(action: object) -> None:
    assert isinstance(decode_client(act(action)), ClientFrame | Error)


@pytest.mark.parametrize(
    ("first", "last", "path"),
    [
        ('"packages":[[0],[1],["x"]]', '"packages":[]', "packages.2.0"),
        ('"packages":[[0],[1],["x"]]', '"packages":7', "packages.2.0"),
        ('"type":"scor","packages":[[0]]', '"type":"score"', "type"),
        ('"type":"dance","packages":[[0]]', '"type":7', "type"),
        ('"viewer":"nobody","packages":[[0]]', '"viewer":{"a":1}', "viewer"),
    ],
)
def test_a_key_that_is_there_twice_is_complained_of_where_it_is_wrong(first: str, last: str, path: str) -> None:
    frame = f'{{"type":"score","id":7,"table":"t1","viewer":"seat:POL",{first},{last}}}'
    assert what_is_wrong(frame)[:2] == ("bad_frame", path)
    assert request_id(frame) == 7


def test_a_frame_that_is_wrong_before_it_ends_to_be_json_is_complained_of() -> None:
    """A quote is missing: msgspec stops at a value that nobody knows, and no other reader reads the frame at all."""
    frame = act({"kind": "mute", "person": "p"}).replace('mute"', "mute")
    assert what_is_wrong(frame)[:2] == ("invalid_action", "action.kind")
    assert request_id(frame) is None


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (act(3), 7),
        ('{"id":true}', None),
        ('{"id":-1}', None),
        ("[1]", None),
        ("{", None),
        ("[" * 60_000, None),
        ('{"id":7,"text":"a bird\\ud83d"}', 7),
        ('{"id":7,"text":"\\ud83d"}', 7),
        (b'{"id":7,"table":1e999}', 7),
        ('{"id":' + "9" * 5_000 + "}", None),
        (b'{"id":7,"text":"\xff"}', None),
    ],
)
def test_the_number_of_a_bad_request_is_found_where_there_is_one(data: str | bytes, number: int | None) -> None:
    assert request_id(data) == number


def test_a_frame_survives_the_way_over_the_wire() -> None:
    frame = Act(
        id=1,
        table="t1",
        viewer="seat:POL",
        cid=CID,
        phase=TALK,
        action=Vote(proposal=TEXT, choice="no"),
        given=If(proposal=TEXT, version=1, digest="abc"),
        dry=True,
    )
    assert decode_client(encode(frame)) == frame


def test_an_action_over_http_is_the_frame_without_what_the_address_says() -> None:
    body = decode_action(text(viewer="seat:POL", cid=CID, phase="1.talk", action={"kind": "pass"}, dry=True).encode())
    assert isinstance(body, ActionBody)
    frame = Act(id=0, table="t1", viewer="seat:POL", cid=CID, phase=TALK, action=Pass(), dry=True)
    assert body.at("t1") == frame


def test_a_bad_action_over_http_is_told_what_is_wrong_with_it_and_where() -> None:
    found = decode_action(text(viewer="seat:POL", cid=CID, phase="1.talk", action={"kind": "tabel"}).encode())
    assert isinstance(found, Error)
    assert (found.code, found.path) == ("invalid_action", "action.kind")
    assert found.message.endswith("Did you mean `table`?")


def test_what_is_not_set_is_not_sent() -> None:
    frame = Score(id=1, table="t1", viewer="seat:POL", packages=((0, 1),))
    assert json.loads(encode(frame)) == {
        "type": "score",
        "id": 1,
        "table": "t1",
        "viewer": "seat:POL",
        "packages": [[0, 1]],
    }


def test_the_same_event_has_the_same_bytes_whatever_the_order_of_its_fields() -> None:
    one = event_frame("t1", "seat:POL", 3, {"kind": "said", "at": 5, "text": "Hi"}, [(("a", 0), 1)])
    other = event_frame("t1", "seat:POL", 3, {"text": "Hi", "at": 5, "kind": "said"}, [(("a", 0), 1)])
    assert one == other
    assert json.loads(one)["set"] == [[["a", 0], 1]]


def test_a_client_ignores_what_it_does_not_know_in_a_server_frame() -> None:
    decoded = decode_server(text(type="ping", now=5, heads=[], weather="fine"))
    assert not isinstance(decoded, Error)
    assert decoded == (Ping(now=5), {"type": "ping", "now": 5, "heads": [], "weather": "fine"})


@pytest.mark.parametrize("data", ["{", '{"type":"fireworks"}', '{"type":"ping"}', b"\xff"])
def test_what_a_client_cannot_read_is_an_error_as_well(data: str | bytes) -> None:
    found = decode_server(data)
    assert isinstance(found, Error)
    assert found.code == "bad_frame"


def test_an_error_leaves_out_what_it_does_not_say() -> None:
    sent = msgspec.json.encode(Error(code="busy", message="Soon.", retry="same_cid"))
    assert json.loads(sent) == {"code": "busy", "message": "Soon.", "retry": "same_cid"}
