"""What a linter says: where, what is odd there, and what to do."""

from typing import NamedTuple

from msgspec import Struct

from threebirds_rules.loading.problems import Path


class Found(NamedTuple):
    """Something odd at `path` of the document. `place` names it by ids, so that it stays when entries are moved."""

    code: str
    path: Path
    place: str
    says: str
    advice: str


class Finding(Struct, frozen=True, kw_only=True):
    """`accepted` is the author's reason for leaving it as it is, if the document has one."""

    code: str
    place: str
    line: int
    column: int
    says: str
    advice: str
    accepted: str | None = None

    def __str__(self) -> str:
        told = f"{self.line}:{self.column}: {self.code} at {self.place}: {self.says}"
        return f"{told} {self.advice}" if self.accepted is None else f"{told} Accepted: {self.accepted}"
