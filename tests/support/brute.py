"""The analysis of a small rule set by its definitions, package by package."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product
from math import prod

from threebirds_rules.conditions import Condition, holds
from threebirds_rules.mandate import Position
from threebirds_rules.names import Package, RoleId
from threebirds_rules.ruleset import Body, RuleSet
from threebirds_rules.scoring import gauges_of, mandate, needed, score, surplus

Vector = tuple[int, ...]


class Brute:
    """Everything about every package of one rule set in one position."""

    def __init__(self, rules: RuleSet, position: Position) -> None:
        self.rules = rules
        self.seated = position.seated
        self.voters = [role for role in position.seated if any(one.id == role and one.vote for one in rules.roles)]
        self.packages: list[Package] = list(product(*(range(len(issue.options)) for issue in rules.issues)))
        self.mandates = {role: mandate(rules, role, position) for role in position.seated}
        self.scores = {
            role: {package: score(own, package) for package in self.packages} for role, own in self.mandates.items()
        }
        self.margins = {body.id: body.margin for own in self.mandates.values() for body in own.bodies}
        self.zopa = [package for package in self.packages if self.adopts(package)]

    def surplus(self, role: RoleId, package: Package) -> int:
        return surplus(self.mandates[role], package)

    def vector(self, package: Package) -> Vector:
        return tuple(self.surplus(role, package) for role in self.voters)

    def acceptable(self, role: RoleId) -> list[Package]:
        own = self.mandates[role]
        return [package for package in self.packages if self.scores[role][package] >= needed(own, package)]

    def needs(self, body: Body, package: Package) -> bool:
        return body.when is None or self.holds(body.when, package)

    def holds(self, condition: Condition, package: Package) -> bool:
        chosen = {issue.id: option for issue, option in zip(self.rules.issues, package, strict=True)}
        return holds(condition, chosen, gauges_of(self.rules, package))

    def consents(self, body: Body, package: Package, but_for: RoleId | None = None) -> bool:
        members = [role for role in body.members if role in self.seated]
        margin = self.margins[body.id]
        yes = [role for role in members if role == but_for or self.surplus(role, package) >= margin]
        if len(members) < body.quorum or any(role in members and role not in yes for role in body.vetoes):
            return False
        match body.decides:
            case "majority":
                return 2 * len(yes) > len(members)
            case "weighted":
                return sum(body.weights[role] for role in yes) >= body.threshold
            case _:
                return yes == members

    def adopts(self, package: Package, but_for: RoleId | None = None) -> bool:
        bodies = [body for body in self.rules.bodies if body.id in self.margins and self.needs(body, package)]
        return all(self.consents(body, package, but_for) for body in bodies)

    def dominates(self, one: Package, other: Package) -> bool:
        pairs = list(zip(self.vector(one), self.vector(other), strict=True))
        return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)

    def frontier(self, among: Iterable[Package]) -> list[Package]:
        all_of_them = list(among)
        return [it for it in all_of_them if not any(self.dominates(other, it) for other in all_of_them)]

    def nash(self) -> list[Package]:
        fair = [it for it in self.frontier(self.zopa) if min(self.vector(it)) >= 0]
        return best(fair, lambda it: prod(self.vector(it)))

    def egalitarian(self, among: Iterable[Package]) -> list[Package]:
        return best(among, lambda package: tuple(sorted(self.vector(package))))

    def kalai_smorodinsky(self) -> list[Package]:
        ideal = [max(1, *(self.surplus(role, package) for package in self.zopa)) for role in self.voters]
        return best(self.zopa, lambda it: sorted(map(Fraction, self.vector(it), ideal)))

    def utilitarian(self, among: Iterable[Package]) -> list[Package]:
        return best(among, lambda package: sum(self.vector(package)))


def best(among: Iterable[Package], key: Callable[[Package], object]) -> list[Package]:
    """All packages with the greatest key."""
    keyed = [(key(package), package) for package in among]
    greatest = max((one for one, _ in keyed), default=None)  # pyright: ignore[reportArgumentType]
    return [package for one, package in keyed if one == greatest]
