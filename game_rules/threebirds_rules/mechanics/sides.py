"""Sides of a rule set's mechanics: groups of roles that stand opposite each other."""

from collections.abc import Iterable, Sequence

from threebirds_rules.names import RoleId
from threebirds_rules.play import occupied
from threebirds_rules.state import State

Sides = Sequence[Sequence[RoleId]]


def across(sides: Sides, role: RoleId, roles: Iterable[RoleId]) -> tuple[RoleId, ...]:
    """Those of these roles that are on another side than `role`; none if it is on no side."""
    if not any(role in side for side in sides):
        return ()
    return tuple(other for other in roles if any(other in side and role not in side for side in sides))


def partners(sides: Sides, state: State, role: RoleId) -> tuple[RoleId, ...]:
    """Who is there on another side."""
    return across(sides, role, (seat.role for seat in occupied(state)))
