"""Small rule sets for tests, built by hand: `a_rule_set()` and the parts it is made of.

The river treaty: North and South vote, the Bureau chairs without a vote, East is optional. Points are direct, so
that a test can add them up in its head: every builder takes changes by field name.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from threebirds_rules.conditions import GaugeWithin, IssueIn
from threebirds_rules.mechanics.settings import (
    AccessionOffers,
    Archive,
    Attribution,
    Audits,
    BoldOffers,
    EarlyBodies,
    Effect,
    Future,
    FutureCard,
    IdleRounds,
    Mechanics,
    OpenConflicts,
    Patience,
    Pledges,
    Priorities,
    Project,
    Projects,
    ReasonedRefusals,
    ReturningComfort,
    Side,
    SideTable,
    SideTables,
    Suspension,
)
from threebirds_rules.names import (
    AspectId,
    BodyId,
    CardId,
    EndingId,
    GaugeId,
    IssueId,
    RoleId,
    RuleId,
    SwitchId,
    TrackId,
)
from threebirds_rules.ruleset import (
    Aspect,
    Body,
    Card,
    Curve,
    DealLimit,
    Ending,
    Gauge,
    Issue,
    Option,
    Path,
    Phase,
    Role,
    Rule,
    RuleSet,
    Schedule,
    Switch,
    Track,
    Voting,
)

NORTH, SOUTH, BUREAU, EAST = (RoleId(name) for name in ("NOR", "SOU", "BUR", "EAS"))
DAM, TOLL, WATCH = (IssueId(name) for name in ("dam", "toll", "watch"))
POINTS = AspectId("points")
TALK = ("say", "draft", "take_back", "pass")
TRADE = (*TALK, "circulate", "amend", "support")
DECIDE = (*TRADE, "table", "accept_amendment", "withdraw", "call_vote", "vote", "break_silence")


def a_role(name: str, /, **changes: Any) -> Role:
    """A voting role with walk-away 0."""
    role = Role(
        id=RoleId(name),
        name=name.title(),
        initials=name[:2],
        vote=True,
        chair=False,
        optional=False,
        comfort=0,
        weights={},
        factors={},
        public_brief=f"{name} lives by the river.",
        confidential_brief=f"{name} wants a good treaty.",
    )
    return replace(role, **changes)


def an_issue(name: str, points: Mapping[RoleId, Sequence[int]], effects: Sequence[Mapping[GaugeId, int]] = ()) -> Issue:
    """An issue with as many options as the longest list of points; `effects` are by option, too."""
    count = max(len(row) for row in points.values())
    options = tuple(
        Option(
            label=f"{name} {index}",
            article=f"The parties agree on {name} {index}.",
            points={role: (row[index],) for role, row in points.items() if row[index]},
            effects=effects[index] if index < len(effects) else {},
        )
        for index in range(count)
    )
    return Issue(id=IssueId(name), title=name.title(), paragraphs="", options=options)


def a_rule(name: str, /, **changes: Any) -> Rule:
    """A rule that is always awake and gives nothing, when the dam is built."""
    rule = Rule(
        id=RuleId(name),
        when=IssueIn(DAM, (1, 2)),
        points={},
        aspect=POINTS,
        text=f"Because of {name}.",
        paragraphs="",
        switch=None,
        unless=(),
        sleeps=False,
    )
    return replace(rule, **changes)


def a_body(name: str, /, *members: RoleId, **changes: Any) -> Body:
    """A body that decides by unanimity, always, without a margin."""
    body = Body(
        id=BodyId(name),
        name=name.title(),
        members=members,
        when=None,
        decides="unanimity",
        vetoes=(),
        quorum=0,
        margin=0,
        text=f"{name} has to agree.",
    )
    return replace(body, **changes)


def a_card(name: str, /, **changes: Any) -> Card:
    """A neutral card that changes nothing."""
    card = Card(
        id=CardId(name),
        title=name.title(),
        text=f"{name} has happened.",
        effect="",
        kind="neutral",
        shifts={},
        tracks={},
        margins={},
        wakes=(),
        paragraphs="",
    )
    return replace(card, **changes)


def a_phase(name: str, /, *actions: str, **changes: Any) -> Phase:
    """A phase of one minute without cards."""
    phase = Phase(
        id=name, title=name.title(), text=f"Now: {name}.", seconds=60, actions=actions, draws=0, mechanic=None
    )
    return replace(phase, **changes)


def an_ending(name: str, /, **changes: Any) -> Ending:
    """An ending that fits everything."""
    ending = Ending(
        id=EndingId(name),
        title=name.title(),
        text=f"So it ended: {name}.",
        adopted=None,
        when=None,
        objective_cards=None,
        tag=None,
        mechanic=None,
        happened=None,
    )
    return replace(ending, **changes)


def a_voting(**changes: Any) -> Voting:
    """From round 1 on the chair or the sponsor may call a vote; the last tabled text is voted on at the end."""
    voting = Voting(callers=("chair", "sponsor"), from_round=1, seconds=60, closing_seconds=10, last_text=True)
    return replace(voting, **changes)


def a_schedule(**changes: Any) -> Schedule:
    """Two rounds of card, corridors and plenary."""
    schedule = Schedule(
        rounds=2,
        phases=(
            a_phase("card", *TALK, draws=1, seconds=30),
            a_phase("corridors", *TRADE),
            a_phase("plenary", *DECIDE, seconds=120),
        ),
        voting=a_voting(),
        implementation=None,
    )
    return replace(schedule, **changes)


def an_effect(text: str, **tracks: int) -> Effect:
    return Effect(text=text, tracks={TrackId(track): step for track, step in tracks.items()})


PLEDGES = Pledges(
    sides=((NORTH,), (SOUTH, EAST)),
    matched=an_effect("Both banks begin.", trust=1),
    kept=an_effect("Both banks kept their word.", trust=1),
    broken=an_effect("A pledge was broken.", trust=-2),
    article_broken=an_effect("An article was broken."),
)
AUDITS = Audits(positive=an_effect("It was kept."), negative=an_effect("It was not."))
ARCHIVE = Archive(
    sides=((NORTH,), (SOUTH, EAST)), points=2, most=2, archived=an_effect("It belongs to the past.", trust=-1)
)
PROJECTS = Projects(
    sides=((NORTH,), (SOUTH, EAST)),
    projects=tuple(
        Project(id=name, title=name.title(), text="A small thing.", issue=WATCH, options=(1, 2), points=1)
        for name in ("ferry", "school")
    ),
    done=an_effect("It worked.", trust=1),
)
ATTRIBUTION = Attribution(
    sides=(Side(id="north", name="North", roles=(NORTH,)), Side(id="south", name="South", roles=(SOUTH, EAST))),
    ill_will=an_effect("Most see ill will.", trust=-1),
)
SUSPENSION = Suspension(
    switch=SwitchId("proud_north"),
    cards=(CardId("rumour"), CardId("election")),
    adopted=IssueIn(DAM, (0,)),
    suspended=an_effect("All stands still."),
)
IDLE_ROUNDS = IdleRounds(idle=an_effect("Nothing was begun.", trust=-1))
PATIENCE = Patience(roles=(SOUTH, EAST), points=2, waited=an_effect("South has time."))
ACCESSION_OFFERS = AccessionOffers(
    to=NORTH,
    offer=IssueIn(WATCH, (2,)),
    refused=an_effect("North would not.", trust=-1),
    countered=an_effect("North would rather."),
    accepted=an_effect("North would."),
    wakes=(RuleId("flood"),),
)
BOLD_OFFERS = BoldOffers(turned=1, bold=an_effect("That was bold."))
REASONED_REFUSALS = ReasonedRefusals(
    rules=(RuleId("deep"), RuleId("flood")), points=2, at_most=3, softened=an_effect("They said why.")
)
EARLY_BODIES = EarlyBodies(
    switch=SwitchId("proud_north"),
    bodies={WATCH: (1, 2)},
    conflicts=(CardId("rumour"),),
    opened=an_effect("The watch has begun."),
    worked=an_effect("They watch together.", trust=1),
)
FUTURE = Future(cards=(FutureCard(id="flood", title="A flood", text="It rained.", aspect=POINTS),))
PRIORITIES = Priorities(
    role=NORTH,
    count=3,
    points=5,
    switched=an_effect("North goes another way.", trust=-1),
    matched="As North wanted.",
    missed="Not as North wanted.",
)
SIDE_TABLES = SideTables(
    tables=(
        SideTable(id="banks", name="The two banks", members=(NORTH, SOUTH), issues=()),
        SideTable(id="boats", name="The boats", members=(SOUTH, BUREAU, EAST), issues=(TOLL,)),
        SideTable(id="far", name="Far away", members=(NORTH, EAST), issues=()),
    ),
    broken=an_effect("What was initialled was broken.", trust=-1),
)
OPEN_CONFLICTS = OpenConflicts(cards=(CardId("rumour"),), points=3, text="It goes on.")
RETURNING_COMFORT = ReturningComfort(rounds=2, halved=an_effect("What happened is fading."))


def _roles() -> tuple[Role, ...]:
    trust = TrackId("trust")
    return (
        a_role("NOR", name="North", comfort=2, factors={trust: -1}),
        a_role("SOU", name="South", comfort=3, factors={trust: -2}),
        a_role("BUR", name="Bureau", vote=False, chair=True, comfort=1),
        a_role("EAS", name="East", optional=True),
    )


def _issues() -> tuple[Issue, ...]:
    depth, outside, inside = GaugeId("depth"), GaugeId("outside"), GaugeId("inside")
    return (
        an_issue("dam", {NORTH: (0, 6, 9), SOUTH: (0, -2, -6), EAST: (0, 1, 1)}, ({}, {depth: 1}, {depth: 3})),
        an_issue("toll", {NORTH: (0, -3), SOUTH: (0, 7), BUREAU: (0, 2)}, ({}, {depth: 1, inside: 1})),
        an_issue("watch", {NORTH: (0, 1, -1), SOUTH: (0, 1, 3), BUREAU: (0, 1, 4)}, ({}, {outside: 1}, {inside: 2})),
    )


def _rules() -> tuple[Rule, ...]:
    return (
        a_rule("deep", when=GaugeWithin(GaugeId("depth"), 3, None), points={SOUTH: -4, BUREAU: 1}),
        a_rule("flood", when=IssueIn(WATCH, (2,)), points={NORTH: 3, SOUTH: 2}, sleeps=True),
        a_rule("pride", when=IssueIn(TOLL, (1,)), points={NORTH: -5}, switch=SwitchId("proud_north")),
    )


def _cards() -> tuple[Card, ...]:
    trust = TrackId("trust")
    return (
        a_card("storm", kind="objective", shifts={NORTH: -2, SOUTH: -1}, wakes=(RuleId("flood"),)),
        a_card("rumour", kind="subjective", tracks={trust: -1}),
        a_card("festival", kind="success", tracks={trust: 2}),
        a_card("election", margins={BodyId("south_assembly"): 3}),
    )


def _endings() -> tuple[Ending, ...]:
    return (
        an_ending("one_river", adopted=True, when=GaugeWithin(GaugeId("inside"), 3, None), tag=GaugeId("inside")),
        an_ending("two_banks", adopted=True, when=IssueIn(WATCH, (1,)), tag=GaugeId("outside")),
        an_ending("drought", adopted=False, objective_cards=(1, 9)),
        an_ending("as_before", adopted=False),
    )


def _gauges() -> tuple[Gauge, ...]:
    return (
        Gauge(id=GaugeId("depth"), name="Depth", start=0, formula=()),
        Gauge(id=GaugeId("outside"), name="Outside", start=0, formula=()),
        Gauge(id=GaugeId("inside"), name="Inside", start=0, formula=()),
        Gauge(id=GaugeId("lean"), name="Lean", start=0, formula=((GaugeId("inside"), 1), (GaugeId("outside"), -1))),
    )


def _silt() -> Curve:
    return Curve(
        id="silt",
        gauge=GaugeId("depth"),
        roles=(NORTH,),
        points=((0, 0), (2, 1), (4, -4)),
        aspect=POINTS,
        text="A deep lake fills with silt.",
        paragraphs="",
        switch=None,
        unless=(),
    )


def a_switch(name: str, /, **changes: Any) -> Switch:
    """A switch that is off and moves no walk-away."""
    switch = Switch(id=SwitchId(name), name=name, on=False, comfort={}, excludes=())
    return replace(switch, **changes)


def a_rule_set(**changes: Any) -> RuleSet:
    """The river treaty: three issues, 18 packages, three bodies, four cards, two rounds."""
    rules = RuleSet(
        id="river",
        title="The river treaty",
        summary="Two banks, one river.",
        date_stamp="1900",
        minutes=10,
        digest="ab" * 32,
        aspects=(Aspect(POINTS, "Points"),),
        roles=_roles(),
        issues=_issues(),
        gauges=_gauges(),
        tracks=(Track(id=TrackId("trust"), name="Trust", low=-3, high=3),),
        rules=_rules(),
        curves=(_silt(),),
        bodies=(
            a_body("north_council", NORTH),
            a_body("south_assembly", SOUTH, when=IssueIn(DAM, (2,)), margin=2),
            a_body("league", NORTH, SOUTH, EAST, decides="consensus"),
        ),
        switches=(a_switch("proud_north", name="North is proud"),),
        schedule=a_schedule(),
        cards=_cards(),
        deal_limits=(DealLimit((CardId("rumour"), CardId("election")), 1),),
        paths=(
            Path(id="banks", name="Two banks", when=IssueIn(WATCH, (1,))),
            Path(id="river", name="One river", when=IssueIn(WATCH, (2,))),
        ),
        endings=_endings(),
        reservations="There were reservations.",
        mechanics=Mechanics(),
        fill_order=(NORTH, SOUTH, BUREAU, EAST),
        sources=("Made up for tests.",),
    )
    return replace(rules, **changes)
