"""The protocol as one JSON Schema (draft 2020-12), made from the types themselves."""

from collections.abc import Mapping
from typing import Any

import msgspec

from threebirds_rules.conditions import Condition
from threebirds_wire.frames import AskedAction, ClientFrame, EventFrame, ServerFrame

Schema = Mapping[str, Any]

_UNIONS = {
    "ClientFrame": ClientFrame,
    "ServerFrame": ServerFrame,
    "AskedAction": AskedAction,
    "Condition": Condition,
}


def protocol_schema() -> dict[str, Any]:
    """All types by name under `$defs`, and under the same key the unions that one decodes into."""
    unions, types = msgspec.json.schema_components(_UNIONS.values(), ref_template="#/$defs/{name}")
    named = {**types, **dict(zip(_UNIONS, unions, strict=True))}
    named[EventFrame.__name__]["additionalProperties"] = True
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "threebirds.v1",
        "$defs": {name: named[name] for name in sorted(named)},
    }
