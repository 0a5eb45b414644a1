"""`python -m threebirds_server.describing [FILE]` writes the OpenAPI document of this server."""

import sys
from pathlib import Path

from threebirds_server.app import create_app
from threebirds_server.settings import Settings
from threebirds_wire.published import FOLDER, written


def openapi() -> str:
    return written(create_app(Settings()).openapi())


def main(arguments: list[str]) -> None:
    """Write it to the file named first, or to its place in the checkout."""
    target = Path(arguments[0]) if arguments else FOLDER / "openapi.json"
    target.write_text(openapi(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
