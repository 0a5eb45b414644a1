"""`threebirds serve` and what belongs to it: options from the command line, the rest from the environment."""

import sys
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from threebirds_server import serving
from threebirds_server.keeping import backup as keeping_backup
from threebirds_server.keeping import doctor as keeping_doctor
from threebirds_server.keeping import repair as keeping_repair
from threebirds_server.keeping import restore as keeping_restore
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


def backup(file: Path, /, *, data: Path | None = None) -> int:
    """Copy the records into a new file, also while the server runs, and check the copy.

    Args:
        file: The file to make.
        data: The folder of the embedded database.
    """
    settings = _settings(data=data)
    return BAD_SETTINGS if settings is None else keeping_backup.back_up(settings, file)


def restore(file: Path | None = None, /, *, epochs_only: bool = False, data: Path | None = None) -> int:
    """Put a backup in the place of the records. The server must be stopped; the old records are kept beside it.

    Args:
        file: The backup.
        epochs_only: Restore nothing, and only let clients notice that something else (pg_restore) has.
        data: The folder of the embedded database.
    """
    settings = _settings(data=data)
    if settings is None or epochs_only == (file is not None):
        if settings is not None:
            sys.stderr.write("Say either which backup is to be restored, or --epochs-only.\n")
        return BAD_SETTINGS
    return keeping_restore.new_epochs(settings) if file is None else keeping_restore.restore(settings, file)


def doctor(*, repair: str | None = None, data: Path | None = None) -> int:
    """Look whether the records are well, and say what to do where they are not.

    Args:
        repair: Play on from the last sound event of this table, at a new table; nothing else is changed.
        data: The folder of the embedded database.
    """
    settings = _settings(data=data)
    if settings is None:
        return BAD_SETTINGS
    return keeping_doctor.doctor(settings) if repair is None else keeping_repair.repair(settings, repair)


def _settings(**chosen: bool | str | int | Path | None) -> Settings | None:
    """The settings with what was chosen here; None, and a line for each fault, if they cannot be used."""
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})  # pyright: ignore[reportArgumentType]
    except SettingsError as error:
        sys.stderr.write(f'A setting of the environment cannot be read ({error}): a list is JSON, such as ["a"].\n')
        return None
    except ValidationError as error:
        for fault in error.errors():
            name = ".".join(str(step) for step in fault["loc"])
            sys.stderr.write(f"The setting {name} cannot be {fault['input']!r}: {fault['msg']}.\n")
        return None
