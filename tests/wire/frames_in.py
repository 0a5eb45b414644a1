"""Frames as a client would write them, for tests of the wire."""

import json
from typing import Any

CID = "01890a5d-ac96-774b-bcce-b302099a8057"


def text(**fields: Any) -> str:
    return json.dumps(fields)


def hello(**changes: Any) -> str:
    return text(**{"type": "hello", "v": 1, "ticket": "a ticket", **changes})


def act(action: Any, **changes: Any) -> str:
    fields = {
        "type": "act",
        "id": 7,
        "table": "t1",
        "viewer": "seat:POL",
        "cid": CID,
        "phase": "1.talk",
    }
    return text(**{**fields, "action": action, **changes})


def score(*packages: Any, **changes: Any) -> str:
    return text(
        **{
            "type": "score",
            "id": 8,
            "table": "t1",
            "viewer": "seat:POL",
            "packages": packages,
            **changes,
        }
    )
