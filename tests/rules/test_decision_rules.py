"""Decision rules of bodies: weights, vetoes and quorums, and what absence and silence do to them."""

from collections.abc import Mapping
from itertools import product

import pytest

from tests.support.documents import changed, loaded, problems_in
from tests.support.rulesets import EAST, NORTH, SOUTH, a_body, a_rule_set
from tests.support.tables import PlayedTable, started
from threebirds_rules import actions as asked
from threebirds_rules.consent import consents
from threebirds_rules.events import VoteCounted
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import Body, DecisionRule

MEMBERS = (NORTH, SOUTH, EAST)
RULES: tuple[DecisionRule, ...] = ("consensus", "unanimity", "majority", "weighted")
HEAVY_NORTH = {NORTH: 3, SOUTH: 2, EAST: 1}
SILENT = "decides: consensus, vetoes: [SOU], quorum: 1"
WEIGHTED = "decides: weighted, vetoes: [SOU], quorum: 1, weights: {NOR: 2, SOU: 1}, threshold: 2"


def by_the_book(body: Body, said: Mapping[RoleId, str]) -> bool:
    """`said` is yes, no, silent (and there) or absent."""
    yes = {role for role, word in said.items() if word == "yes"}
    no = {role for role, word in said.items() if word == "no"}
    silence_speaks = {role for role, word in said.items() if word == "silent" and body.decides == "consensus"}
    if no & set(body.vetoes) or len(yes | no | silence_speaks) < body.quorum:
        return False
    return {
        "consensus": yes | silence_speaks == set(said),
        "unanimity": yes == set(said),
        "majority": len(yes) > len(said) / 2,
        "weighted": sum(HEAVY_NORTH[role] for role in yes) >= body.threshold,
    }[body.decides]


@pytest.mark.parametrize("decides", RULES)
@pytest.mark.parametrize("vetoes", [(), (EAST,), (NORTH, EAST)])
@pytest.mark.parametrize("quorum", [0, 2, 3])
def test_whatever_the_members_say_or_leave_unsaid_the_rule_is_followed(
    decides: DecisionRule, vetoes: tuple[RoleId, ...], quorum: int
) -> None:
    weights, threshold = (HEAVY_NORTH, 4) if decides == "weighted" else ({}, 0)
    body = a_body("b", *MEMBERS, decides=decides, vetoes=vetoes, quorum=quorum, weights=weights, threshold=threshold)
    for words in product(("yes", "no", "silent", "absent"), repeat=3):
        said = dict(zip(MEMBERS, words, strict=True))
        yes, no, absent = (tuple(role for role in MEMBERS if said[role] == word) for word in ("yes", "no", "absent"))
        assert consents(body, len(MEMBERS), yes, no, absent) == by_the_book(body, said), said


def voted(*choices: tuple[RoleId, asked.Choice], roles: tuple[RoleId, ...] = MEMBERS) -> PlayedTable:
    council = a_body("council", *MEMBERS, decides="weighted", weights=HEAVY_NORTH, threshold=4)
    table = started(a_rule_set(bodies=(council,)), *roles)
    table.go_to("1.plenary")
    text = table.tabled(NORTH, {"toll": 1})
    table.by(NORTH, asked.CallVote(proposal=text.id))
    for role, choice in choices:
        table.by(role, asked.Vote(proposal=text.id, choice=choice))
    table.time_up()
    return table


def adopted(table: PlayedTable) -> bool:
    return next(event.adopted for event in table.log if isinstance(event, VoteCounted))


def test_two_heavy_members_carry_a_weighted_vote_and_two_light_ones_do_not() -> None:
    assert adopted(voted((NORTH, "yes"), (EAST, "yes"), (SOUTH, "no")))
    assert not adopted(voted((SOUTH, "yes"), (EAST, "yes"), (NORTH, "no")))
    assert not adopted(voted((NORTH, "yes")))


def test_a_seat_that_was_left_out_takes_its_weight_with_it_and_the_threshold_stays() -> None:
    table = voted((SOUTH, "yes"), (EAST, "yes"), roles=(SOUTH, EAST, NORTH))
    assert not adopted(table)
    (shown,) = voted((NORTH, "yes"), (SOUTH, "yes"), roles=(NORTH, SOUTH)).view(SOUTH).bodies
    assert (shown.weights, shown.threshold, shown.decides) == ({NORTH: 3, SOUTH: 2}, 4, "weighted")


def test_vetoes_and_a_quorum_are_shown_to_everybody() -> None:
    body = a_body("council", *MEMBERS, decides="majority", vetoes=(SOUTH, EAST), quorum=2)
    (shown,) = started(a_rule_set(bodies=(body,)), NORTH, SOUTH).view(NORTH).bodies
    assert (shown.vetoes, shown.quorum, shown.weights) == ((SOUTH,), 2, {})


def test_a_weighted_body_is_loaded_with_its_weights_in_the_order_of_roles() -> None:
    text = changed(
        ("decides: consensus, vetoes: [SOU], quorum: 1", WEIGHTED.replace("{NOR: 2, SOU: 1}", "{SOU: 1, NOR: 2}"))
    )
    body = loaded(text).bodies[0]
    assert (list(body.weights.items()), body.threshold) == ([("NOR", 2), ("SOU", 1)], 2)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("SOU: 1}", "SOU: 1, NO: 1}", ".weights.NO: expected a member of the body, found 'NO'"),
        ("NOR: 2, SOU: 1", "NOR: 2", ".weights: expected a weight for every member (SOU not given), found nothing"),
        ("threshold: 2", "threshold: 4", ".threshold: expected at most 3, the weight of all its members, found 4"),
        (", threshold: 2", "", ": expected weights and a threshold, for a weighted body, found a mapping"),
        ("weighted", "majority", ": expected weights and a threshold in weighted bodies only, found a mapping"),
        ("SOU: 1}", "SOU: 0}", ".weights.SOU: expected 1 or more, found 0"),
    ],
)
def test_weights_that_do_not_fit_are_named_with_their_place(old: str, new: str, problem: str) -> None:
    text = changed((SILENT, WEIGHTED.replace(old, new)))
    assert [found.split("bodies[0]", 1)[1] for found in problems_in(text)] == [problem]
