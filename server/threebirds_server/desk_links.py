"""Facilitator links that the command line leaves beside an embedded database, for a server that may be using it.

Only the server writes into that database; and a link must be to be had while it runs, and also while it does not.
"""

import contextlib
from hashlib import sha256
from pathlib import Path

from threebirds_server.store.opening import address
from threebirds_server.store.private import make_folder, make_private


def left_links(database: str) -> "LeftLinks | None":
    """Where they are left for the database at this address; None for one that the command line may write into."""
    place = address(database)
    return LeftLinks(place.parent / "desk-links") if isinstance(place, Path) else None


class LeftLinks:
    """A file for each link, named by the hash of its token: taken by whoever comes first, for a week."""

    GOOD_MS = 7 * 24 * 60 * 60 * 1_000

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def leave(self, token: str) -> None:
        """Raise `OSError` where that cannot be written."""
        make_folder(self._folder)
        make_private(self._file(token))

    def take(self, token: str, now: int) -> bool:
        file = self._file(token)
        with contextlib.suppress(OSError):
            left_at = int(file.stat().st_mtime * 1_000)
            file.unlink()
            return now - left_at < self.GOOD_MS
        return False

    def served_on(self, port: int) -> None:
        """Remember where the server listens, for links that are made later."""
        make_private(self._port_file)
        self._port_file.write_text(str(port))

    def port(self) -> int | None:
        with contextlib.suppress(OSError, ValueError):
            return int(self._port_file.read_text())
        return None

    @property
    def _port_file(self) -> Path:
        return self._folder.parent / "port"

    def _file(self, token: str) -> Path:
        return self._folder / sha256(token.encode()).hexdigest()
