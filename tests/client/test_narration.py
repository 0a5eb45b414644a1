"""The lines of a log that tell of mechanics: names instead of ids, and what has moved."""

import re

import pytest

from threebirds_client.arena import play_game
from threebirds_client.mechanics_narration import WORDS
from threebirds_client.narration import Narrator
from threebirds_client.strategies import strategy_named
from threebirds_rules import events as facts
from threebirds_rules.loading import load_scenario
from threebirds_rules.mandate import Offset
from threebirds_rules.mechanics.archive.shapes import ArchiveClosed, ArchiveProposed
from threebirds_rules.mechanics.attribution.shapes import Answer, Attributed, AttributionCounted
from threebirds_rules.mechanics.audits.shapes import AuditAsked
from threebirds_rules.mechanics.chair.shapes import AgendaSet, FloorGiven, ItemHeld
from threebirds_rules.mechanics.facts import SHOWN, PositionMoved
from threebirds_rules.mechanics.future.shapes import FutureDrawn
from threebirds_rules.mechanics.pledges.shapes import Pledge, PledgeLaid, PledgeSettled, PledgesShown
from threebirds_rules.mechanics.priorities.shapes import PathSwitched, PrioritiesDeclared, PrioritiesShown
from threebirds_rules.mechanics.projects.shapes import ProjectJoined, ProjectOver, ProjectProposed
from threebirds_rules.mechanics.side_tables.shapes import ArticleInitialled, InitialBroken, InitialPut
from threebirds_rules.names import BodyId, CardId, IssueId, ProposalId, RoleId, RuleId, TrackId

RULES = load_scenario("european-security-treaty")
RUS, USA, POL, DEU, NSG = (RoleId(name) for name in ("RUS", "USA", "POL", "DEU", "NSG"))
FORCES, SEAT = IssueId("forces"), IssueId("seat")
IN_SECRET = {PledgeLaid, InitialPut, Attributed, PrioritiesDeclared}
PLEDGES = PledgesShown(
    at=0,
    round=1,
    pledges=(
        Pledge(id="1.RUS", role=RUS, round=1, issue=FORCES, option=1, standing="due"),
        Pledge(id="1.POL", role=POL, round=1, issue=SEAT, option=1, standing="due"),
    ),
)
TABLED = facts.Tabled(
    at=0,
    proposal=ProposalId("p1"),
    number=1,
    sponsor=RUS,
    package=(0,) * len(RULES.issues),
    digest="",
    note="",
)
INITIALLED = ArticleInitialled(
    at=0, initial="russia_us.forces.1", table="russia_us", round=1, issue=FORCES, option=1, parties=(RUS, USA)
)
OFFER = ArchiveProposed(at=0, offer="a1", role=RUS, to=POL, round=1, note="The crash.")
NOTICE = "Conventional forces: Information exchange and notice"


def moved(
    mechanic: str,
    effect: str,
    *,
    tracks: dict[TrackId, int] | None = None,
    shifts: dict[RoleId, int] | None = None,
    offsets: tuple[Offset, ...] = (),
    woken: tuple[RuleId, ...] = (),
) -> PositionMoved:
    return PositionMoved(
        at=0,
        mechanic=mechanic,
        effect=effect,
        round=1,
        about="",
        tracks=tracks or {},
        shifts=shifts or {},
        offsets=offsets,
        woken=woken,
    )


def told(*log: facts.Event) -> str:
    """The last line, without its time."""
    narrator = Narrator(RULES)
    lines = [narrator.tell(event) for event in log]
    assert lines[-1] is not None
    return lines[-1].removeprefix("00:00:00  ")


def test_every_fact_of_a_mechanic_is_told_but_what_is_done_in_secret() -> None:
    assert {*WORDS} == {*SHOWN} - IN_SECRET
    assert [Narrator(RULES).tell(PledgeLaid(at=0, role=RUS, round=1, issue=FORCES, option=1))] == [None]


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (
            moved("pledges", "broken", tracks={TrackId("trust"): -2, TrackId("dossier"): 1}),
            "A pledge was not carried out. It will be remembered. Trust \N{MINUS SIGN}2; Negative dossier +1",
        ),
        (moved("pledges", "kept", tracks={TrackId("trust"): 0}), "What was pledged on both sides was carried out."),
        (
            moved("patience", "waited", shifts={POL: 1, USA: 1}),
            "A quiet round. Some expect time to work for them, and have more patience than before (P26, P40, P66). "
            "Walk-aways: Poland +1, United States +1",
        ),
        (
            moved("archive", "archived", offsets=(Offset(points=-2, role=RUS), Offset(points=-2, role=POL))),
            "Two parties put one of the old entries away, and paid for it. It belongs to the past now (P28). "
            "Every text \N{MINUS SIGN}2 for Russia and Poland",
        ),
        (
            moved("projects", "done", offsets=(Offset(points=1, option=(FORCES, 1)),)),
            "A small thing worked, and nobody stood in its way. Success carries further (P28, P38). "
            f"{NOTICE} +1 for everybody",
        ),
        (
            moved("accession_offers", "accepted", woken=(RuleId("R31_conditions_without_end"),)),
            "Russia accepted an offer of accession. Conditions without end open up (P13). "
            "From now on: Accession was accepted, so the examination comes whether the text names it or not.",
        ),
    ],
)
def test_what_a_mechanic_moved_is_told_with_its_sentence(fact: PositionMoved, line: str) -> None:
    assert told(fact) == line


@pytest.mark.parametrize("rule", RULES.mechanics.reasoned_refusals.rules if RULES.mechanics.reasoned_refusals else ())
def test_a_softened_rule_is_told_by_its_sentence(rule: RuleId) -> None:
    (text,) = [one.text for one in RULES.rules if one.id == rule]
    softened = moved("reasoned_refusals", "softened", offsets=(Offset(points=2, role=POL, rule=rule),))
    assert told(softened).endswith(f' "{text}" +2 for Poland')


def test_a_body_that_decides_more_easily_is_told_by_its_name() -> None:
    body = RULES.bodies[0]
    assert told(moved("pledges", "kept", offsets=(Offset(points=1, body=BodyId(body.id)),))).endswith(
        f"{body.name} +1 for everybody"
    )


@pytest.mark.parametrize(
    ("log", "line"),
    [
        ((PLEDGES,), f"Pledges are shown: Russia, {NOTICE}; Poland, Russia's place in decisions: "),
        (
            (PLEDGES, PledgeSettled(at=0, pledge="1.RUS", role=RUS, standing="broken")),
            f"Russia breaks its pledge: {NOTICE}",
        ),
        (
            (PLEDGES, PledgeSettled(at=0, pledge="1.RUS", role=RUS, standing="honoured")),
            f"Russia carries out its pledge: {NOTICE}",
        ),
        (
            (PLEDGES, PledgeSettled(at=0, pledge="1.RUS", role=RUS, standing="lapsed")),
            f"Nobody is there to carry out the pledge of Russia: {NOTICE}",
        ),
        (
            (PLEDGES, AuditAsked(at=0, role=POL, pledge="1.RUS", round=2)),
            f"Poland asks for an audit of the pledge of Russia: {NOTICE}",
        ),
        (
            (INITIALLED,),
            f"Russia and United States have initialled at the side table Russia and the United States: {NOTICE}",
        ),
        (
            (TABLED, INITIALLED, InitialBroken(at=0, initial=INITIALLED.initial, role=RUS, proposal=TABLED.proposal)),
            f"Russia wants another wording in text 1 than it had initialled: {NOTICE}",
        ),
        ((OFFER,), "Russia offers Poland to archive an entry together. The crash."),
        (
            (OFFER, ArchiveClosed(at=0, offer="a1", role=POL, standing="joined")),
            "The offer to archive an entry of Russia to Poland is accepted",
        ),
        (
            (ProjectProposed(at=0, project="explosives", role=RUS, to=POL, round=1),),
            "Russia asks Poland to join a project: Detection of explosives",
        ),
        ((ProjectJoined(at=0, project="explosives", role=POL),), "Poland joins the project: Detection of explosives"),
        (
            (ProjectOver(at=0, project="explosives", role=None, standing="done"),),
            "The project is done: Detection of explosives",
        ),
        (
            (ProjectOver(at=0, project="explosives", role=DEU, standing="vetoed"),),
            "The project is vetoed by Germany: Detection of explosives",
        ),
        (
            (PathSwitched(at=0, role=RUS, path="outside_equal"),),
            "Russia switches to another path: Outside, as an equal",
        ),
        (
            (PrioritiesShown(at=0, role=RUS, path="outside_equal", issues=(FORCES, SEAT)),),
            "Russia had declared the path Outside, as an equal with the priorities Conventional forces, ",
        ),
        (
            (FutureDrawn(at=0, card="F3", surpluses={RUS: -2, POL: 4}),),
            "The future: A lost decade. Markets fall and stay down. What was built for the long run counts twice. "
            "Above the walk-aways then: Russia \N{MINUS SIGN}2, Poland +4",
        ),
        ((AgendaSet(at=0, role=NSG, issues=(FORCES,)),), "NATO Secretariat sets the agenda: Conventional forces"),
        ((AgendaSet(at=0, role=NSG, issues=()),), "NATO Secretariat lifts the agenda"),
        ((FloorGiven(at=0, role=NSG, to=POL),), "NATO Secretariat gives the floor to Poland"),
        ((FloorGiven(at=0, role=NSG, to=None),), "NATO Secretariat gives the floor to whoever wishes"),
        (
            (ItemHeld(at=0, role=NSG, round=1, issue=FORCES),),
            "NATO Secretariat holds Conventional forces back until the round is over",
        ),
    ],
)
def test_what_was_done_is_told_with_names(log: tuple[facts.Event, ...], line: str) -> None:
    assert told(*log).startswith(line)


def test_verdicts_are_told_together_once_they_are_counted() -> None:
    card = RULES.cards[0]
    answers = (
        Answer(role=RUS, verdict="failure", side=None),
        Answer(role=POL, verdict="intent", side="russia"),
        Answer(role=DEU, verdict="intent", side="russia"),
    )
    assert told(AttributionCounted(at=0, card=CardId(card.id), answers=answers, side="russia")) == (
        f"{card.title} is held to be the intent of Russia: Russia sees a failure of arrangements; "
        "Poland sees the intent of Russia; Germany sees the intent of Russia"
    )
    assert told(AttributionCounted(at=0, card=CardId(card.id), answers=(), side=None)).endswith(
        "is held to be nobody's intent: nobody judged it"
    )


@pytest.mark.parametrize("bot", ["conceder", "random"])
def test_no_id_is_printed_in_a_whole_game(bot: str) -> None:
    strategies = {role.id: strategy_named(bot) for role in RULES.roles if not role.optional}
    game = play_game(RULES, strategies, seed="0")
    narrator = Narrator(game.rules)
    lines = [(type(event), line) for event in game.log if (line := narrator.tell(event)) is not None]
    assert {kind for kind, _ in lines} >= {PositionMoved, PledgesShown, PledgeSettled, AttributionCounted, FutureDrawn}
    ids = {one.id for one in (*RULES.roles, *RULES.rules, *RULES.cards, *RULES.issues, *RULES.tracks)}
    spoken = {word for _, line in lines for word in re.findall(r"\w+", line)}
    assert {name for name in ids if name.isupper() or "_" in name} & spoken == set()
    assert not any(re.search(r"\b\d\.[A-Z]{3}\b", line) for _, line in lines)
