"""Small rule sets drawn by hypothesis, with everything in them that analysis has to see."""

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.rulesets import a_body, a_role, a_rule, a_rule_set, a_schedule, an_issue
from threebirds_rules.conditions import AllOf, AnyOf, Condition, GaugeWithin, IssueIn, NoneOf
from threebirds_rules.mandate import Offset, Position
from threebirds_rules.names import AspectId, GaugeId, IssueId, RoleId, SwitchId
from threebirds_rules.ruleset import Body, Curve, Gauge, Issue, Path, Rule, RuleSet
from threebirds_rules.scoring import opening

ROLES = tuple(RoleId(name) for name in ("NOR", "SOU", "EAS", "WES"))
ISSUES = tuple(IssueId(name) for name in ("dam", "toll", "watch", "ferry"))
PLAIN, DERIVED = (GaugeId("depth"), GaugeId("inside")), GaugeId("lean")
GAUGES = (*PLAIN, DERIVED)

points = st.integers(-4, 4)
switched = st.none() | st.just(SwitchId("proud_north"))
unless = st.just(()) | st.just((SwitchId("proud_north"),))


@st.composite
def rule_sets(draw: st.DrawFn, *, gauges: bool = True) -> RuleSet:
    """Two to four roles, one of which may have no vote; two to four issues of two or three options."""
    roles = ROLES[: draw(st.integers(2, 4))]
    issues = tuple(draw(an_issue_of(name, roles, gauges=gauges)) for name in ISSUES[: draw(st.integers(2, 4))])
    known = conditions(issues, gauges=gauges)
    return a_rule_set(
        roles=tuple(a_role(role, comfort=draw(points), vote=role != "EAS" or draw(st.booleans())) for role in roles),
        issues=issues,
        gauges=_gauges(draw) if gauges else (),
        tracks=(),
        rules=tuple(draw(rules(f"rule{at}", roles, known)) for at in range(draw(st.integers(0, 3)))),
        curves=tuple(draw(curves(f"curve{at}", roles)) for at in range(draw(st.integers(0, 2)))) if gauges else (),
        bodies=tuple(draw(bodies(f"body{at}", roles, known)) for at in range(draw(st.integers(0, 3)))),
        cards=(),
        deal_limits=(),
        paths=tuple(Path(id=name, name=name, when=draw(known)) for name in ("high", "low")),
        schedule=a_schedule(),
        fill_order=roles,
    )


@st.composite
def positions(draw: st.DrawFn, rules: RuleSet) -> Position:
    """Somebody's seat may be empty; walk-aways, an option and a margin may have moved."""
    voters = [role.id for role in rules.roles if role.vote]
    seated = [role.id for role in rules.roles if role.id in voters[:1] or draw(st.booleans())]
    start = opening(rules, seated=seated, switches=[SwitchId("proud_north")] if draw(st.booleans()) else [])
    moved = [Offset(points=draw(points), option=(rules.issues[0].id, 1)), Offset(points=draw(points), role=seated[0])]
    moved += [Offset(points=draw(points), body=rules.bodies[0].id)] if rules.bodies else []
    return replace(start, shifts={seated[0]: draw(points)}, offsets=tuple(moved))


@st.composite
def an_issue_of(draw: st.DrawFn, name: str, roles: tuple[RoleId, ...], *, gauges: bool) -> Issue:
    size = draw(st.integers(2, 3))
    table = {role: draw(st.lists(points, min_size=size, max_size=size)) for role in roles}
    steps = st.dictionaries(st.sampled_from(PLAIN), st.integers(-2, 3), max_size=2 if gauges else 0)
    return an_issue(name, table, draw(st.lists(steps, min_size=size, max_size=size)))


def conditions(issues: tuple[Issue, ...], *, gauges: bool) -> st.SearchStrategy[Condition]:
    chosen = st.sampled_from(issues).flatmap(
        lambda issue: st.builds(
            IssueIn, st.just(issue.id), st.sets(st.integers(0, len(issue.options) - 1), min_size=1).map(tuple)
        )
    )
    ends = st.none() | st.integers(-2, 4)
    within = st.builds(GaugeWithin, st.sampled_from(GAUGES), ends, ends)
    parts: st.SearchStrategy[Condition] = chosen | within if gauges else chosen
    return st.recursive(parts, _joined, max_leaves=4)


def _joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(NoneOf, several)


@st.composite
def rules(draw: st.DrawFn, name: str, roles: tuple[RoleId, ...], known: st.SearchStrategy[Condition]) -> Rule:
    gives = draw(st.dictionaries(st.sampled_from(roles), points.filter(bool), min_size=1))
    return a_rule(name, when=draw(known), points=gives, switch=draw(switched), unless=draw(unless))


@st.composite
def curves(draw: st.DrawFn, name: str, roles: tuple[RoleId, ...]) -> Curve:
    steps = sorted(draw(st.sets(st.integers(-2, 6), min_size=2, max_size=4)))
    return Curve(
        id=name,
        gauge=draw(st.sampled_from(GAUGES)),
        roles=tuple(draw(st.sets(st.sampled_from(roles), min_size=1))),
        points=tuple((x, draw(points)) for x in steps),
        aspect=AspectId("points"),
        text="",
        paragraphs="",
        switch=draw(switched),
        unless=draw(unless),
    )


@st.composite
def bodies(draw: st.DrawFn, name: str, roles: tuple[RoleId, ...], known: st.SearchStrategy[Condition]) -> Body:
    members = sorted(draw(st.sets(st.sampled_from(roles), min_size=1)))
    changes: dict[str, Any] = {
        "when": draw(st.none() | known),
        "decides": draw(st.sampled_from(["consensus", "unanimity", "majority"])),
        **(draw(weights(members)) if draw(st.booleans()) else {}),
        "vetoes": tuple(draw(st.sets(st.sampled_from(members)))),
        "quorum": draw(st.sampled_from([0, 0, 0, 2])),
        "margin": draw(st.integers(-1, 3)),
    }
    return a_body(name, *members, **changes)


def weights(members: list[RoleId]) -> st.SearchStrategy[dict[str, Any]]:
    """Sometimes so heavy that the sum needs more than a byte, or so high a threshold that no vote reaches it."""
    weight = st.integers(1, 4) | st.just(100)
    return st.fixed_dictionaries(
        {
            "decides": st.just("weighted"),
            "weights": st.fixed_dictionaries(dict.fromkeys(members, weight)),
            "threshold": st.integers(1, 9) | st.integers(100, 400),
        }
    )


def _gauges(draw: st.DrawFn) -> tuple[Gauge, ...]:
    plain = tuple(Gauge(id=name, name=name, start=draw(st.integers(-1, 2)), formula=()) for name in PLAIN)
    return (*plain, Gauge(id=DERIVED, name=DERIVED, start=0, formula=((PLAIN[0], 1), (PLAIN[1], -2))))
