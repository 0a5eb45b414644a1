"""The protocol as an AsyncAPI 3 document: one channel, its messages, and who sends which."""

from inspect import cleandoc
from typing import Any, cast, get_args

from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import Act, ClientFrame, Reply, Score, ServerFrame
from threebirds_wire.limits import FRAME_BYTES, HEARTBEAT_S, HELLO_WITHIN_S, PROTOCOL_VERSION, SILENCE_S, SUBPROTOCOL
from threebirds_wire.schema import IN_COMPONENTS, definitions

CHANNEL = {"$ref": "#/channels/table"}
_ABOUT = f"""
One JSON object a text frame of at most {FRAME_BYTES:,} bytes; its `type` says which. A client begins with `hello`
within {HELLO_WITHIN_S} seconds. The server pings every {HEARTBEAT_S} seconds, and {SILENCE_S} seconds of silence
mean that the other end is gone. Unknown fields are refused in a client frame, and are to be ignored in a server frame.
"""

FrameType = type[Any]


def asyncapi() -> dict[str, Any]:
    """From where the server stands: it receives client frames and sends server frames."""
    received, sent = get_args(ClientFrame), get_args(ServerFrame)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Three Birds", "version": str(PROTOCOL_VERSION), "description": _ABOUT.strip()},
        "defaultContentType": "application/json",
        "channels": {
            "table": {
                "address": "/ws",
                "title": f"A websocket of the subprotocol {SUBPROTOCOL}",
                "description": _closings(),
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in map(_name, received + sent)},
                "bindings": {"ws": {"method": "GET"}},
            }
        },
        "operations": {
            **{f"receive{_name(frame)}": _received(frame) for frame in received},
            **{f"send{_name(frame)}": _operation("send", frame) for frame in sent},
        },
        "components": {
            "messages": {_name(frame): _message(frame) for frame in received + sent},
            "schemas": _named_discriminators(definitions(IN_COMPONENTS)),
        },
    }


def _name(frame: FrameType) -> str:
    return frame.__name__


def _operation(action: str, frame: FrameType) -> dict[str, Any]:
    return {"action": action, "channel": CHANNEL, "messages": [_in_channel(frame)]}


def _received(frame: FrameType) -> dict[str, Any]:
    """Requests are answered by their `id`."""
    operation = _operation("receive", frame)
    if frame in (Act, Score):
        operation["reply"] = {"channel": CHANNEL, "messages": [_in_channel(Reply)]}
    return operation


def _in_channel(frame: FrameType) -> dict[str, str]:
    return {"$ref": f"#/channels/table/messages/{_name(frame)}"}


def _message(frame: FrameType) -> dict[str, Any]:
    message = {
        "name": str(frame.__struct_config__.tag),
        "title": _name(frame),
        "payload": {"$ref": IN_COMPONENTS.format(name=_name(frame))},
    }
    return {**message, "description": cleandoc(frame.__doc__)} if frame.__doc__ else message


def _closings() -> str:
    codes = ", ".join(f"{code.value} {code.name.lower().replace('_', ' ')}" for code in CloseCode)
    return f"Close codes: {codes}. After 4000 to 4499 come back, after 4500 to 4999 do not."


def _named_discriminators(part: Any) -> Any:
    """AsyncAPI wants the name of the field alone: which value means which type each schema's `enum` says already."""
    if isinstance(part, list):
        return [_named_discriminators(inner) for inner in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    whole = cast("dict[str, Any]", part)
    return {
        key: inner["propertyName"] if key == "discriminator" else _named_discriminators(inner)
        for key, inner in whole.items()
    }
