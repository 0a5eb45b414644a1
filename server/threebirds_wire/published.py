"""The documents that describe the protocol: `python -m threebirds_wire.published [FOLDER]` writes them."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from threebirds_wire.asyncapi import asyncapi
from threebirds_wire.schema import protocol_schema

FOLDER = Path("server/protocol")
DOCUMENTS: Mapping[str, Callable[[], Mapping[str, Any]]] = {"schema.json": protocol_schema, "asyncapi.json": asyncapi}


def written(document: Mapping[str, Any]) -> str:
    """The same document is the same text."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> None:
    """Write all of them into the folder named first, or to their place in the checkout."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in DOCUMENTS.items():
        (folder / name).write_text(written(make()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
