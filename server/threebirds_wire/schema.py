"""The protocol as one JSON Schema (draft 2020-12), made from the types themselves."""

from collections.abc import Mapping
from typing import Any

import msgspec

from threebirds_rules.conditions import Condition
from threebirds_wire.bodies import ActionBody, Done
from threebirds_wire.frames import AskedAction, ClientFrame, EventFrame, ServerFrame

Schema = Mapping[str, Any]

IN_DEFS = "#/$defs/{name}"
IN_COMPONENTS = "#/components/schemas/{name}"

_UNIONS = {
    "ClientFrame": ClientFrame,
    "ServerFrame": ServerFrame,
    "AskedAction": AskedAction,
    "Condition": Condition,
}
_BODIES = (ActionBody, Done)


def definitions(reference: str) -> dict[str, dict[str, Any]]:
    """All types by name, and the unions that one decodes into; `reference` is how one names another."""
    whole, types = msgspec.json.schema_components((*_UNIONS.values(), *_BODIES), ref_template=reference)
    named = {**types, **dict(zip(_UNIONS, whole[: len(_UNIONS)], strict=True))}
    named[EventFrame.__name__]["additionalProperties"] = True
    return {name: named[name] for name in sorted(named)}


def protocol_schema() -> dict[str, Any]:
    """All types under `$defs`. As it stands, the schema is that of a frame in either direction."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "threebirds.v1",
        "anyOf": [{"$ref": IN_DEFS.format(name=name)} for name in ("ClientFrame", "ServerFrame")],
        "$defs": definitions(IN_DEFS),
    }
