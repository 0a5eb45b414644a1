"""Whether a rule set can take another one's place at a table in play."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from threebirds_rules.ruleset import RuleSet

Shapes = Sequence[tuple[str, Hashable]]
"""Names in their order, each with what cannot become another thing while people sit there."""


def incompatible(old: RuleSet, new: RuleSet) -> tuple[str, ...]:
    """What stands in the way, in sentences for people; nothing if only numbers and texts differ."""
    found = [problem for section, shapes in SHAPES.items() for problem in _compared(section, shapes(old), shapes(new))]
    for what, count in COUNTS.items():
        if count(old) != count(new):
            found.append(f"{what}: {count(old)} before, {count(new)} now.")
    return tuple(found)


def _compared(section: str, old: Shapes, new: Shapes) -> Iterator[str]:
    before, after = dict(old), dict(new)
    for name in before:
        if name not in after:
            yield f"{section}: {name} is missing."
    for name, shape in after.items():
        if name not in before:
            yield f"{section}: {name} is new."
        elif before[name] != shape:
            yield f"{section}: {name} is of another kind than before."
    if before.keys() == after.keys() and list(before) != list(after):
        yield f"{section}: they stand in another order."


def _named(section: str) -> Callable[[RuleSet], Shapes]:
    return lambda rules: [(str(one.id), None) for one in getattr(rules, section)]


SHAPES: Mapping[str, Callable[[RuleSet], Shapes]] = {
    "aspects": _named("aspects"),
    "roles": lambda rules: [(one.id, (one.vote, one.chair, one.optional)) for one in rules.roles],
    "issues": lambda rules: [(one.id, len(one.options)) for one in rules.issues],
    "gauges": _named("gauges"),
    "tracks": _named("tracks"),
    "rules": lambda rules: [(one.id, one.sleeps) for one in rules.rules],
    "bodies": lambda rules: [(one.id, (one.members, one.decides)) for one in rules.bodies],
    "switches": _named("switches"),
    "phases": lambda rules: [(one.id, one.mechanic) for one in rules.schedule.phases],
    "cards": _named("cards"),
    "paths": _named("paths"),
    "endings": _named("endings"),
    "mechanics": lambda rules: [(name, None) for name in rules.mechanics.names],
}
COUNTS: Mapping[str, Callable[[RuleSet], int]] = {"rounds": lambda rules: rules.schedule.rounds}
