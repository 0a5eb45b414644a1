"""Mechanics in a document: what is wrong in them is said like everything else."""

import pytest

from tests.support.documents import changed, loaded, problems_in
from threebirds_rules.conditions import AllOf, IssueIn
from threebirds_rules.names import IssueId, RuleId

SAID = "{text: So it was.}"
OFFERS = f"to: NOR, offer: {{OFFER}}, refused: {SAID}, countered: {SAID}, accepted: {SAID}, wakes: [flood]"


def with_offers(offer: str) -> str:
    return changed(("mechanics: {}", f"mechanics: {{accession_offers: {{{OFFERS.replace('{OFFER}', offer)}}}}}"))


def test_side_tables_have_names_of_their_own() -> None:
    table = "{id: boats, name: Boats, members: [banks], issues: [toll]}"
    whole = f"mechanics: {{side_tables: {{tables: [{table}], broken: {SAID}}}}}"
    played = loaded(changed(("mechanics: {}", whole))).mechanics.side_tables
    assert played is not None
    assert [(one.members, one.issues) for one in played.tables] == [(("NOR", "SOU"), ("toll",))]
    (problem,) = problems_in(changed(("mechanics: {}", whole.replace(table, f"{table}, {table}"))))
    assert "mechanics.side_tables.tables: expected every side table once" in problem


def test_wordings_stand_in_the_order_of_the_documents_issues() -> None:
    offers = loaded(with_offers("{toll: [1], dam: [1]}")).mechanics.accession_offers
    assert offers is not None
    assert offers.offer == AllOf((IssueIn(IssueId("dam"), (1,)), IssueIn(IssueId("toll"), (1,))))
    assert offers.wakes == (RuleId("flood"),)


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        ("{dam: [0, 7]}", "expected options of dam from 0 to 1, found"),
        ("{damm: [1]}", "expected the name of an issue, found 'damm'; did you mean dam?"),
        ("{}", "expected at least 1 entries, found"),
    ],
)
def test_a_wording_that_there_is_not_is_a_problem(offer: str, expected: str) -> None:
    (problem,) = problems_in(with_offers(offer))
    assert "mechanics.accession_offers.offer" in problem
    assert expected in problem
