"""Pledges: what is asked for, what happens, what the table remembers, and what people see."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.tagged import Ask, Fact

Standing = Literal["down", "unmatched", "due", "honoured", "broken", "lapsed"]
"""Face down; shown without one from every side; to be honoured in the next round; and what came of that."""
Settled = Literal["honoured", "broken", "lapsed"]


class LayPledge(Ask, frozen=True, tag="pledge"):
    """Lay an article face down, in place of what the seat had laid; `issue` None takes it up again."""

    issue: IssueId | None
    option: int = 0


class HonourPledge(Ask, frozen=True, tag="honour"):
    pledge: str


class RenegePledge(Ask, frozen=True, tag="renege"):
    pledge: str


class PledgeLaid(Fact, frozen=True, tag="pledge_laid"):
    """Only the seat itself knows. `issue` None: taken up again."""

    role: RoleId
    round: int
    issue: IssueId | None
    option: int


class Pledge(Struct, frozen=True, kw_only=True):
    """`id` is its round and role, written `2.POL`."""

    id: str
    role: RoleId
    round: int
    issue: IssueId
    option: int
    standing: Standing = "down"


class PledgesShown(Fact, frozen=True, tag="pledges_shown"):
    """All that were laid in this round, in the order of the roles."""

    round: int
    pledges: tuple[Pledge, ...]


class PledgeSettled(Fact, frozen=True, tag="pledge_settled"):
    """`lapsed`: nobody of the seat was there when it fell due."""

    pledge: str
    role: RoleId
    standing: Settled


class PledgesView(Struct, frozen=True, kw_only=True):
    """`sides` as the rule set names them; `pledges` are those shown, and the viewer's own that still lie face down."""

    sides: tuple[tuple[RoleId, ...], ...]
    pledges: tuple[Pledge, ...]
