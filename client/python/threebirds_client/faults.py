"""What can go wrong at a table, as exceptions that carry the protocol's error."""

from threebirds_wire.errors import Error, ErrorCode


class RefusedError(Exception):
    """The server said no: `error` says why, in the protocol's words."""

    def __init__(self, error: Error) -> None:
        super().__init__(f"{error.code}: {error.message}")
        self.error = error

    @property
    def code(self) -> ErrorCode:
        return self.error.code


class ActionRefusedError(RefusedError):
    """An action or another request at the table; the seat stays as it is."""


class DoorClosedError(RefusedError):
    """A request at the door: a link, a code, a ticket."""


class SeatLostError(Exception):
    """The connection ended for good: the seat was given away, the person removed, or the seat closed by its user."""

    def __init__(self, code: int | None, reason: str) -> None:
        super().__init__(reason)
        self.code = code
