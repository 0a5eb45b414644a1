"""Options that nobody would choose, and gauges that tell nothing."""

from collections.abc import Iterator

from threebirds_rules.conditions import Condition, GaugeWithin, IssueIn
from threebirds_rules.linting.finding import Found
from threebirds_rules.linting.reached import Reaches, gauges_in
from threebirds_rules.names import GaugeId, IssueId
from threebirds_rules.ruleset import Gauge, Issue, Option, RuleSet


def option_findings(rules: RuleSet) -> Iterator[Found]:
    conditions = _conditions(rules)
    for at, issue in enumerate(rules.issues):
        for index, option in enumerate(issue.options):
            better = _better(rules, issue, index)
            if better is None:
                continue
            names = f"{issue.title}: '{option.label}'"
            told = any(_tells_apart(one, issue.id, index, better) for one in conditions)
            yield Found(
                "option_dominated",
                ("issues", at, "options", index),
                f"issues.{issue.id}.{index}",
                f"{names} is worth no more to anybody than '{issue.options[better].label}' and moves the same gauges"
                + (", though a rule, body, road or ending tells them apart." if told else "."),
                "Give somebody a reason to want it, or leave it out.",
            )


def _better(rules: RuleSet, issue: Issue, index: int) -> int | None:
    """Another option that is as good for everybody; of two that are the same, the earlier one."""
    option = issue.options[index]
    for other, rival in enumerate(issue.options):
        if other == index or _effects(rival) != _effects(option):
            continue
        gains = [sum(rival.points.get(role.id, ())) - sum(option.points.get(role.id, ())) for role in rules.roles]
        if min(gains) >= 0 and (max(gains) > 0 or other < index):
            return other
    return None


def _effects(option: Option) -> dict[GaugeId, int]:
    return {gauge: change for gauge, change in option.effects.items() if change}


def _tells_apart(condition: Condition, issue: IssueId, one: int, other: int) -> bool:
    match condition:
        case IssueIn(issue=named, options=options):
            return named == issue and (one in options) != (other in options)
        case GaugeWithin():
            return False
        case _:
            return any(_tells_apart(part, issue, one, other) for part in condition.parts)


def gauge_findings(rules: RuleSet, reaches: Reaches) -> Iterator[Found]:
    read = _read(rules)
    for at, gauge in enumerate(rules.gauges):
        path, place = ("gauges", at), f"gauges.{gauge.id}"
        low, high = reaches.span(gauge.id)
        if gauge.id not in read:
            yield Found(
                "gauge_unread",
                path,
                place,
                f"Nothing reads '{gauge.name}': no rule, curve, body, road or ending.",
                "Let a rule or a curve use it, or leave it out.",
            )
        if low == high:
            yield Found(
                "gauge_never_moves",
                path,
                place,
                f"'{gauge.name}' is {low} for every text.",
                "Let some options move it, or leave it out.",
            )
        elif _is_balance(gauge) and (low >= 0 or high <= 0):
            yield Found(
                "one_sided",
                path,
                place,
                f"'{gauge.name}' weighs one side against the other, but lies between {low} and {high} for every text.",
                "Let some options burden the other side, or say that it is meant so.",
            )


def _is_balance(gauge: Gauge) -> bool:
    signs = {times > 0 for _, times in gauge.formula if times}
    return len(signs) > 1


def _read(rules: RuleSet) -> set[GaugeId]:
    """What is used, and what those are made of."""
    read = {curve.gauge for curve in rules.curves}
    read |= {ending.tag for ending in rules.endings if ending.tag is not None}
    read |= {gauge for condition in _conditions(rules) for gauge in gauges_in(condition)}
    formulas = {gauge.id: [part for part, _ in gauge.formula] for gauge in rules.gauges}
    waiting = list(read)
    while waiting:
        parts = [part for part in formulas[waiting.pop()] if part not in read]
        read.update(parts)
        waiting += parts
    return read


def _conditions(rules: RuleSet) -> list[Condition]:
    found = [one.when for one in (*rules.rules, *rules.bodies, *rules.paths, *rules.endings)]
    return [when for when in found if when is not None]
