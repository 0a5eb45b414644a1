"""The card of the future: what happens, what the table remembers, and what people see."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.names import AspectId, RoleId
from threebirds_rules.tagged import Fact


class FutureDrawn(Fact, frozen=True, tag="future_drawn"):
    """`surpluses` of the adopted text with one aspect counted twice; none without a text."""

    card: str
    surpluses: Mapping[RoleId, int]


class DrawnFuture(Struct, frozen=True, kw_only=True):
    card: str
    surpluses: Mapping[RoleId, int]


class FutureView(Struct, frozen=True, kw_only=True):
    """`own` is the viewer's surplus in that future: below 0 it would regret the treaty. `surpluses`: facilitator."""

    card: str
    title: str
    text: str
    aspect: AspectId
    own: int | None
    surpluses: Mapping[RoleId, int] | None
