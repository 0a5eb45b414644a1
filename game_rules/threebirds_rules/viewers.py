"""Who looks: a seat (with all who hold it), the facilitator, an observer, or the public on the wall."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import RoleId

ViewerKind = Literal["seat", "facilitator", "observer", "public"]

ONLOOKERS = frozenset({"observer", "public"})
"""They see what everybody may see, and do nothing."""


class Viewer(Struct, frozen=True):
    """`role` is set for a seat only. Written `seat:POL`, `facilitator`, `observer`, `public`."""

    kind: ViewerKind
    role: RoleId | None = None

    def __str__(self) -> str:
        return f"seat:{self.role}" if self.kind == "seat" else self.kind


def viewer_named(name: str) -> Viewer | None:
    """The viewer so written, or None if nobody is written like that. Whether the role exists is not asked."""
    kind, _, role = name.partition(":")
    if kind == "seat" and role:
        return Viewer("seat", RoleId(role))
    if name in {"facilitator", "observer", "public"}:
        return Viewer(name)  # pyright: ignore[reportArgumentType]  # narrowed by the test above
    return None
