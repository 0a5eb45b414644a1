"""`threebirds serve` and `threebirds link`: options from the command line, the rest from the environment."""

import sys
from pathlib import Path

from pydantic import ValidationError

from threebirds_server import serving
from threebirds_server.settings import Settings

BAD_SETTINGS = 2


def serve(*, lan: bool = False, host: str | None = None, port: int | None = None, data: Path | None = None) -> int:
    """Start the server. Everything has a default; the environment can set the rest (DATABASE_URL, REDIS_URL).

    Args:
        lan: Listen on all interfaces, so that others on this network can join.
        host: The address to listen on [default: 127.0.0.1].
        port: The port to listen on [default: 8000].
        data: The folder of the embedded database.
    """
    settings = _settings(lan=lan or None, host=host, port=port, data=data)
    return BAD_SETTINGS if settings is None else serving.serve(settings)


def link(*, port: int | None = None, data: Path | None = None) -> int:
    """Print a new one-time link for the facilitator.

    Args:
        port: The port of the server [default: 8000].
        data: The folder of the embedded database.
    """
    settings = _settings(port=port, data=data)
    return BAD_SETTINGS if settings is None else serving.link(settings)


def _settings(**chosen: bool | str | int | Path | None) -> Settings | None:
    """The settings with what was chosen here; None, and a line for each fault, if they cannot be used."""
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        for fault in error.errors():
            name = ".".join(str(step) for step in fault["loc"])
            sys.stderr.write(f"The setting {name} cannot be {fault['input']!r}: {fault['msg']}.\n")
        return None
