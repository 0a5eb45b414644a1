"""Frames from text and to text. Bad text gives an `Error`, never an exception."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from threebirds_wire.bodies import ActionBody, Done
from threebirds_wire.complaints import complaint
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import ClientFrame, EventFields, PathStep, ServerFrame
from threebirds_wire.limits import FRAME_BYTES, PROTOCOL_VERSION

HALF_A_CHARACTER = error("bad_frame", "This frame has half of a character in it (a lone surrogate).")
Sent = TypeVar("Sent")

_CLIENT: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_CLIENT_TYPE = inspect.type_info(ClientFrame)
_ACTION = msgspec.json.Decoder(ActionBody)
_ACTION_TYPE = inspect.type_info(ActionBody)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode(frame: ClientFrame | ServerFrame | ActionBody | Done) -> bytes:
    return _ENCODER.encode(frame)


def event_frame(
    table: str,
    viewer: str,
    n: int,
    fields: EventFields,
    changes: Sequence[tuple[Sequence[PathStep], Any]],
) -> bytes:
    """An `event` frame. `fields` are `kind`, `at` and what that kind says; the same facts give the same bytes."""
    return numbered(event_head(table, viewer), n, event_body(fields, changes)).encode()


def event_head(table: str, viewer: str) -> str:
    """How each `event` frame of a stream begins, up to its number."""
    named = _ENCODER.encode({"table": table, "viewer": viewer}).decode()
    return f'{{"type":"event",{named[1:-1]},"n":'


def event_body(fields: EventFields, changes: Sequence[tuple[Sequence[PathStep], Any]]) -> str:
    """How an `event` frame goes on after its number: alike for all who see the same."""
    return _ENCODER.encode({**fields, "set": changes})[1:].decode()


def numbered(head: str, n: int, body: str) -> str:
    """An `event` frame from its parts."""
    return f"{head}{n},{body}"


def decode_client(data: str | bytes) -> ClientFrame | Error:
    """What a client sent, or what is wrong with it."""
    return _decoded(data, _CLIENT, _CLIENT_TYPE)


def decode_action(body: bytes) -> ActionBody | Error:
    """The same for what was posted over HTTP."""
    return _decoded(body, _ACTION, _ACTION_TYPE)


def _decoded(data: str | bytes, decoder: msgspec.json.Decoder[Sent], expected: inspect.Type) -> Sent | Error:
    raw = _bytes(data)
    if isinstance(raw, Error):
        return raw
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as fault:
        return _invalid(fault, raw, expected)
    except msgspec.DecodeError as fault:
        what = str(fault).removeprefix("JSON is malformed: ")
        return HALF_A_CHARACTER if "surrogate" in what else error("bad_frame", f"This frame is not JSON: {what}.")
    except UnicodeDecodeError:
        return error("bad_frame", "This frame is not in UTF-8.")
    except RecursionError:
        return error("bad_frame", "This frame nests too deeply.")


def request_id(data: str | bytes) -> int | None:
    """The `id` in a frame that is bad in other ways, so that its sender can match the answer."""
    match _loose(data) or _looser(data):
        case {"id": int(number)} if not isinstance(number, bool) and number >= 0:
            return number
        case _:
            return None


def decode_server(data: str | bytes) -> tuple[ServerFrame, Mapping[str, Any]] | Error:
    """What the server sent, and the whole object, which may hold more than the frame's type knows."""
    body = _loose(data)
    try:
        return msgspec.convert(body, ServerFrame), body
    except msgspec.ValidationError as fault:
        return error("bad_frame", f"The server sent something else than a frame: {fault}.")


def _bytes(data: str | bytes) -> bytes | Error:
    try:
        raw = data.encode() if isinstance(data, str) else data
    except UnicodeEncodeError:
        return HALF_A_CHARACTER
    if len(raw) > FRAME_BYTES:
        return error("too_large", f"A frame has at most {FRAME_BYTES:,} bytes; this one has {len(raw):,}.")
    return raw


def _loose(data: str | bytes) -> Any:
    """Any JSON, or None for what is not JSON or nests too deeply."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _looser(data: str | bytes) -> Any:
    """The same for what browsers take for JSON and msgspec does not: half a character, a number beyond all bounds."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _invalid(fault: msgspec.ValidationError, raw: bytes, expected: inspect.Type) -> Error:
    body = _loose(raw)
    match body:
        case {"type": "hello", "v": int(version)} if version != PROTOCOL_VERSION:
            return unsupported(version)
        case _:
            pass
    sentence, path = complaint(fault, body, expected)
    inside = path is not None and path.startswith("action.")
    return error("invalid_action" if inside else "bad_frame", sentence, path=path)


def unsupported(version: int) -> Error:
    """The error for a hello in another version of the protocol."""
    return error(
        "unsupported_version",
        f"This server speaks version {PROTOCOL_VERSION}, not {version}.",
        path="v",
    )
