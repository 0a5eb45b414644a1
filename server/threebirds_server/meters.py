"""What is counted of a running server, for its operator alone: never at which table, in which seat or of whom."""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Meter(Protocol):
    def acted(self, kind: str, outcome: str, /) -> None:
        """An action was answered: `done`, `dry`, `repeated`, or the code of its refusal."""
        ...

    def commit(self, appends: int, /) -> AbstractContextManager[None]:
        """Around the writing of a batch."""
        ...

    def resumed(self, mode: str, reason: str, /) -> None:
        """Somebody has a stream now. `reason`: why it begins with a snapshot, if it does."""
        ...

    def closed(self, code: int, /) -> None:
        """We have closed a connection."""
        ...

    def late(self, ms: int, /) -> None:
        """A phase closed so long after it could."""
        ...


class Unmetered:
    """For whoever wants no counts."""

    def acted(self, kind: str, outcome: str, /) -> None: ...

    def commit(self, appends: int, /) -> AbstractContextManager[None]:  # noqa: ARG002  # as all meters
        return nullcontext()

    def resumed(self, mode: str, reason: str, /) -> None: ...

    def closed(self, code: int, /) -> None: ...

    def late(self, ms: int, /) -> None: ...


UNMETERED = Unmetered()
