"""What a mechanic moved, in one line: its sentence, and every number that is another one now."""

from collections.abc import Iterator, Mapping, Sequence

from threebirds_client.naming import Naming
from threebirds_client.reading.layout import signed
from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.facts import PositionMoved
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import RoleId


def told_move(on: Mechanics, names: Naming, fact: PositionMoved) -> str:
    moved = "; ".join(_moved(names, fact))
    return f"{on.sentence(f'{fact.mechanic}.{fact.effect}')} {moved}".strip()


def points_by_role(names: Naming, points: Mapping[RoleId, int]) -> str:
    return ", ".join(f"{names.who(role)} {signed(number)}" for role, number in points.items())


def _moved(names: Naming, fact: PositionMoved) -> Iterator[str]:
    yield from (f"{names.track(track)} {signed(steps)}" for track, steps in fact.tracks.items() if steps)
    shifts = {role: points for role, points in fact.shifts.items() if points}
    if shifts:
        yield f"Walk-aways: {points_by_role(names, shifts)}"
    yield from _offsets(names, fact.offsets)
    yield from (f"From now on: {names.rule(rule)}" for rule in fact.woken)


def _offsets(names: Naming, offsets: Sequence[Offset]) -> Iterator[str]:
    """One sentence for all roles to whom the same happens."""
    alike: dict[str, list[RoleId]] = {}
    for one in offsets:
        roles = alike.setdefault(f"{names.moved_by(one)} {signed(one.points)}", [])
        roles.extend(() if one.role is None else (one.role,))
    for sentence, roles in alike.items():
        yield f"{sentence} for {names.everybody(roles) if roles else 'everybody'}"
