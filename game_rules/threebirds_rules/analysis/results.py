"""What an analysis says. Surpluses are points above the walk-away; efficiency is among the parties with a vote."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.names import BodyId, IssueId, Package, RoleId

LISTED = 16
"""How many packages a solution lists when several are equally good; `ties` counts them all."""


class Point(Struct, frozen=True):
    """A package and what it gives to each party with a vote."""

    package: Package
    surpluses: Mapping[RoleId, int]


class Solution(Struct, frozen=True):
    """The best packages by one criterion. `value` is what it measures: rounded here, decided without rounding."""

    value: float
    ties: int
    points: tuple[Point, ...]


class Frontier(Struct, frozen=True):
    """How many packages nobody can improve on, how many vectors of scores they have, and the first of them."""

    packages: int
    vectors: int
    points: tuple[Point, ...]


class Share(Struct, frozen=True):
    """A share of packages; `low` and `high` differ from it when it is estimated from a sample (95 % interval)."""

    share: float
    low: float
    high: float


class Extreme(Struct, frozen=True):
    score: int
    package: Package


class RoleShare(Struct, frozen=True, kw_only=True):
    """`acceptable` counts packages that reach the walk-away and every margin the role has to meet there.

    `but_for`: how many packages all others could sign, and this role alone stands in the way. `ideal`: its best
    surplus in the ZOPA, None where that is empty or was not gone through.
    """

    acceptable: int
    share: Share
    at_walk_away: int
    but_for: int
    minimum: Extreme
    maximum: Extreme
    ideal: int | None


class BodyShare(Struct, frozen=True):
    """`needed` counts packages that need the body's consent, `consents` those of them that get it."""

    needed: int
    consents: int
    share: Share


class PathShare(Struct, frozen=True, kw_only=True):
    """`best` is the package that serves the worst-served best: in the ZOPA if any of the path is there, else of all.

    `per_role`: each role's best surplus on this path in the ZOPA; empty where the path is not in it.
    """

    packages: int
    zopa: int
    best: Point | None
    per_role: Mapping[RoleId, int]


class Analysis(Struct, frozen=True, kw_only=True):
    """`examined` of `packages` were looked at. If that is not all of them, counts are those of the sample.

    - `zopa`: packages to which every needed body consents when each member accepts exactly from its margin on.
    - `frontier_zopa`, `frontier_all`: no other package (there) is at least as good for every party with a vote and
      better for one.
    - `nash`: the greatest product of surpluses on the frontier of the ZOPA, where nobody gets less than the walk-away.
    - `kalai_smorodinsky`: in the ZOPA, the greatest least gain (then second least, ...) as a share of each party's
      own best surplus there.
    - `egalitarian`: in the ZOPA, the greatest least surplus (then second least, ...).
    - `utilitarian`: the greatest sum of surpluses in the ZOPA; `utilitarian_all` over all packages.
    - `options`: by issue, how many packages of the ZOPA choose each option.
    """

    packages: int
    examined: int
    zopa: int
    zopa_share: Share
    frontier_zopa: Frontier | None
    frontier_all: Frontier | None
    nash: Solution | None
    kalai_smorodinsky: Solution | None
    egalitarian: Solution | None
    utilitarian: Solution | None
    utilitarian_all: Solution | None
    per_role: Mapping[RoleId, RoleShare]
    per_body: Mapping[BodyId, BodyShare]
    per_path: Mapping[str, PathShare]
    options: Mapping[IssueId, tuple[int, ...]]
