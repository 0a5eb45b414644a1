"""The mandate of a role in a position: what of the rule set concerns this role now, with every offset in its place."""

from collections.abc import Mapping, Sequence

from threebirds_rules.mandate import (
    Mandate,
    MandateBody,
    MandateCurve,
    MandateGauge,
    MandateRule,
    Offset,
    Position,
)
from threebirds_rules.names import BodyId, IssueId, RoleId, RuleId, SwitchId
from threebirds_rules.ruleset import Body, Curve, Issue, Role, Rule, RuleSet


def opening(
    rules: RuleSet, *, seated: Sequence[RoleId] | None = None, switches: Sequence[SwitchId] | None = None
) -> Position:
    """The position before any card, with tracks at 0.

    By default all but the optional roles are seated, and the switches are as the rule set has them.
    """
    if seated is None:
        seated = [role.id for role in rules.roles if not role.optional]
    if switches is None:
        switches = [switch.id for switch in rules.switches if switch.on]
    return Position(
        seated=tuple(seated),
        switches=tuple(switches),
        woken=(),
        tracks={track.id: 0 for track in rules.tracks},
        shifts={},
        offsets=(),
    )


def mandate(rules: RuleSet, role: RoleId, position: Position) -> Mandate:
    """All that `role` needs to score a package alone; KeyError for a role that the rule set does not have."""
    who = {known.id: known for known in rules.roles}[role]
    mine = [offset for offset in position.offsets if offset.role in (None, role)]
    return Mandate(
        role=role,
        walk_away=_walk_away(rules, who, position),
        offset=sum(one.points for one in mine if one.rule is None and one.option is None and one.body is None),
        aspects=tuple(aspect.id for aspect in rules.aspects),
        issues=tuple(issue.id for issue in rules.issues),
        labels=tuple(tuple(option.label for option in issue.options) for issue in rules.issues),
        paragraphs=tuple(issue.paragraphs for issue in rules.issues),
        values=tuple(_values(issue, role, len(rules.aspects), mine) for issue in rules.issues),
        effects=tuple(tuple(option.effects for option in issue.options) for issue in rules.issues),
        gauges=tuple(MandateGauge(id=one.id, start=one.start, formula=one.formula) for one in rules.gauges),
        rules=_rules(rules.rules, role, position, mine),
        curves=_curves(rules, role, position),
        bodies=_bodies(rules.bodies, role, mine),
    )


def _walk_away(rules: RuleSet, role: Role, position: Position) -> int:
    steps = sum(position.tracks.get(track, 0) * factor for track, factor in role.factors.items())
    readings = sum(one.comfort.get(role.id, 0) for one in rules.switches if one.id in position.switches)
    return role.comfort + readings + position.shifts.get(role.id, 0) + steps


def _values(issue: Issue, role: RoleId, aspects: int, offsets: Sequence[Offset]) -> tuple[tuple[int, ...], ...]:
    """An offset on an option is counted in the first aspect, so that tables of points show what an option is worth."""
    rows: list[tuple[int, ...]] = []
    for index, option in enumerate(issue.options):
        points = option.points.get(role, (0,) * aspects)
        extra = _sum_on_option(offsets, (issue.id, index), touched=role in option.points)
        rows.append((points[0] + extra, *points[1:]))
    return tuple(rows)


def _sum_on_option(offsets: Sequence[Offset], option: tuple[IssueId, int], *, touched: bool) -> int:
    return sum(one.points for one in offsets if one.option == option and (touched or one.role is not None))


def _rules(
    rules: Sequence[Rule], role: RoleId, position: Position, offsets: Sequence[Offset]
) -> tuple[MandateRule, ...]:
    awake = [rule for rule in rules if _is_awake(rule, position)]
    added = _by_rule(offsets)
    named = {one.rule for one in offsets if one.role is not None}
    return tuple(
        MandateRule(
            id=rule.id,
            when=rule.when,
            points=rule.points.get(role, 0) + added.get(rule.id, 0),
            aspect=rule.aspect,
            text=rule.text,
            paragraphs=rule.paragraphs,
        )
        for rule in awake
        if rule.points.get(role, 0) or rule.id in named
    )


def _is_awake(rule: Rule, position: Position) -> bool:
    return _is_switched_on(rule, position) and (not rule.sleeps or rule.id in position.woken)


def _is_switched_on(one: Rule | Curve, position: Position) -> bool:
    wanted = one.switch is None or one.switch in position.switches
    return wanted and not any(switch in position.switches for switch in one.unless)


def _by_rule(offsets: Sequence[Offset]) -> Mapping[RuleId, int]:
    added: dict[RuleId, int] = {}
    for one in offsets:
        if one.rule is not None:
            added[one.rule] = added.get(one.rule, 0) + one.points
    return added


def _curves(rules: RuleSet, role: RoleId, position: Position) -> tuple[MandateCurve, ...]:
    return tuple(
        MandateCurve(
            id=curve.id,
            gauge=curve.gauge,
            points=curve.points,
            aspect=curve.aspect,
            text=curve.text,
            paragraphs=curve.paragraphs,
        )
        for curve in rules.curves
        if role in curve.roles and _is_switched_on(curve, position)
    )


def _bodies(bodies: Sequence[Body], role: RoleId, offsets: Sequence[Offset]) -> tuple[MandateBody, ...]:
    return tuple(
        MandateBody(id=body.id, when=body.when, margin=body.margin + _raised(body.id, offsets))
        for body in bodies
        if role in body.members
    )


def _raised(body: BodyId, offsets: Sequence[Offset]) -> int:
    return sum(one.points for one in offsets if one.body == body)
