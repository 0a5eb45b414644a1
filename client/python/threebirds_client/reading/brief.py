"""A role's briefs with the numbers behind them: what it wants most, what it pays for, and whose consent it holds."""

from collections.abc import Iterator, Mapping

from threebirds_client.reading.layout import cited, heading, plain, pointed, signed, small_heading, wrapped
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import BodyId, RoleId
from threebirds_rules.ruleset import Body, Role, RuleSet
from threebirds_rules.scoring import mandate, opening
from threebirds_rules.variables import filled, seat_values

MOST = 8
"""How many wordings, dearest first, are listed on either side."""


def told_brief(rules: RuleSet, role: Role) -> Iterator[str]:
    position = opening(rules, seated=[one.id for one in rules.roles])
    own = mandate(rules, role.id, position)
    yield from heading(f"{role.name} ({role.id}) in {rules.title}, the world as of {rules.date_stamp}")
    yield ""
    yield from wrapped(_standing(role, own))
    yield from _section("What everybody may know", role.public_brief)
    yield from _section("For this delegation alone", filled(role.confidential_brief, seat_values(own)))
    yield from _wordings("What it gains most from", rules, own, sign=1)
    yield from _wordings("What it pays most for", rules, own, sign=-1)
    yield from _rules(own)
    yield from _curves(rules, own)
    yield from _bodies(rules, own)
    yield from _sources(rules)


def _standing(role: Role, own: Mandate) -> str:
    vote = "It votes" if role.vote else "It has no vote"
    chair = " and is in the chair" if role.chair else ""
    seat = " It is an optional seat." if role.optional else ""
    return f"Walk-away {plain(own.walk_away)}. {vote}{chair}.{seat}"


def _section(title: str, text: str) -> Iterator[str]:
    yield from small_heading(title)
    yield from wrapped(text)


def _wordings(title: str, rules: RuleSet, own: Mandate, *, sign: int) -> Iterator[str]:
    found = [
        (sum(points), f"{issue.title}: {option.label}", issue.paragraphs)
        for issue, rows in zip(rules.issues, own.values, strict=True)
        for option, points in zip(issue.options, rows, strict=True)
        if sum(points) * sign > 0
    ]
    if found:
        yield from small_heading(title)
    for points, text, paragraphs in sorted(found, key=lambda one: -abs(one[0]))[:MOST]:
        yield from pointed(points, cited(text, paragraphs))


def _rules(own: Mandate) -> Iterator[str]:
    if own.rules:
        yield from small_heading("What articles are worth together")
    for rule in own.rules:
        yield from pointed(rule.points, cited(rule.text, rule.paragraphs))


def _curves(rules: RuleSet, own: Mandate) -> Iterator[str]:
    names = {gauge.id: gauge.name for gauge in rules.gauges}
    if own.curves:
        yield from small_heading("What grows step by step")
    for curve in own.curves:
        points = ", ".join(f"{plain(x)}: {signed(y)}" for x, y in curve.points)
        text = cited(curve.text, curve.paragraphs)
        yield from wrapped(f"{names[curve.gauge]} ({points}). {text}", first="  ", indent="    ")


def _bodies(rules: RuleSet, own: Mandate) -> Iterator[str]:
    mine = {seat.id: seat.margin for seat in own.bodies}
    if mine:
        yield from small_heading("Where its consent counts")
    names = {role.id: role.name for role in rules.roles}
    for body in rules.bodies:
        if body.id in mine:
            yield from wrapped(_body(body, names, mine), first="  ", indent="    ")


def _body(body: Body, names: Mapping[RoleId, str], margins: Mapping[BodyId, int]) -> str:
    margin = f", {plain(margins[body.id])} above the walk-away" if margins[body.id] else ""
    when = "" if body.when is None else " for some texts"
    members = ", ".join(names[role] for role in body.members)
    return f"{body.name} ({body.decides}{when}{margin}): {members}. {body.text}"


def _sources(rules: RuleSet) -> Iterator[str]:
    if rules.sources:
        yield from small_heading("Sources")
    for source in rules.sources:
        yield from wrapped(source)
