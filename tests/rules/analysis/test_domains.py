"""Plain domains: the same answers as were computed elsewhere, and what is said of files that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.reference import COPIED, ELSEWHERE, answers
from threebirds_rules.analysis import (
    Analysis,
    DomainError,
    Frontier,
    ScoresTooLargeError,
    Solution,
    analyse_model,
    blocks,
    model_of_domain,
    read_domain,
)
from threebirds_rules.analysis.domains import SCALE

SMALL: dict[str, Any] = {
    "id": "small",
    "issues": [{"name": "Price", "options": ["low", "high"]}, {"name": "Delivery", "options": ["now", "later"]}],
    "values": [[[0, 0.3], [0.1, 0]], [[0.2, 0], [0, 0.1]]],
    "reservation": [0.1, 0.1],
}


def analysed(path: Path, name: str) -> Analysis:
    return analyse_model(model_of_domain(read_domain(path.read_bytes(), name)))


def check(path: Path, name: str) -> None:
    """A published criterion may leave ties of the least gain open, where ours goes on to the second least."""
    expected, found = answers(path)[name], analysed(path, name)
    known = expected["brute_force"]
    assert (found.packages, found.zopa) == (known["n_outcomes"], known["zopa_count"])
    assert counts(found.frontier_all) == known["pareto_all"]
    assert counts(found.frontier_zopa) == {key: known["pareto_in_zopa"][key] for key in known["pareto_all"]}
    assert places(found.nash, expected) == set(known["nash_product"]["outcome_indices"])
    assert places(found.utilitarian, expected) == set(known["utilitarian_sum"]["outcome_indices"])
    assert places(found.utilitarian_all, expected) == set(known["utilitarian_sum_unconstrained"]["outcome_indices"])
    for solution, key, scale in (
        (found.egalitarian, "egalitarian_maxmin_gain", SCALE),
        (found.kalai_smorodinsky, "ks_maxmin_ideal_in_zopa", 1),
    ):
        assert solution is not None
        assert solution.value / scale == pytest.approx(known[key]["value"])
        assert places(solution, expected) <= set(known[key]["outcome_indices"])


def counts(frontier: Frontier | None) -> dict[str, int]:
    assert frontier is not None
    return {"packages": frontier.packages, "distinct_vectors": frontier.vectors}


def places(solution: Solution | None, domain: dict[str, Any]) -> set[int]:
    """The places of packages when the last issue changes fastest."""
    assert solution is not None
    found: set[int] = set()
    for point in solution.points:
        place = 0
        for option, issue in zip(point.package, domain["issues"], strict=True):
            place = place * len(issue["options"]) + option
        found.add(place)
    return found


@pytest.mark.parametrize("name", answers(COPIED))
def test_a_domain_has_the_answers_computed_elsewhere(name: str) -> None:
    check(COPIED, name)


@pytest.mark.skipif(not ELSEWHERE.exists(), reason=f"{ELSEWHERE} is not there: its domains may not be copied")
def test_all_reference_domains_have_the_answers_computed_elsewhere() -> None:
    for name in answers(ELSEWHERE):
        check(ELSEWHERE, name)


@pytest.mark.parametrize("suffixes", [4, 64, 1024])
def test_a_pair_counts_wherever_packages_are_cut(suffixes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SUFFIXES", suffixes)
    check(COPIED, "synthetic_pairs_k6_n6_p10")


def test_a_deal_that_all_seven_accept_exists_as_often_as_its_authors_say() -> None:
    assert analysed(COPIED, "llm-deliberation_base_7players").zopa == 52


def document(**changes: Any) -> bytes:
    return json.dumps({"domains": [SMALL | changes]}).encode()


def test_parties_without_names_are_numbered() -> None:
    found = analyse_model(model_of_domain(read_domain(document(), "small")))
    assert list(found.per_role) == ["P1", "P2"]
    assert found.zopa == 2
    assert list(analyse_model(model_of_domain(read_domain(document(party_names=["A", "B"]), "small"))).per_role) == [
        "A",
        "B",
    ]


def test_a_pair_may_name_its_issues_in_either_order() -> None:
    table = [[[0, 0], [5, 0]], [[0, 0], [0, 0]]]
    turned = [[[0, 5], [0, 0]], [[0, 0], [0, 0]]]
    one, other = (
        analyse_model(model_of_domain(read_domain(document(pairs=[pair]), "small")))
        for pair in ({"i": 0, "j": 1, "values": table}, {"i": 1, "j": 0, "values": turned})
    )
    assert one == other
    assert next(iter(one.per_role.values())).maximum.package == (1, 0)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"{", "small", "this is not a file of domains: Input data was truncated"),
        (b'{"domains": [{"id": 7}]}', "small", r"Expected `str`, got `int` - at `\$\.domains\[0\]\.id`"),
        (document(), "smal", "there is no domain smal; did you mean small?"),
        (document(), "xyz", "there is no domain xyz; there are small"),
        (b'{"domains": []}', "xyz", "there is no domain xyz; the file has none"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, name: str, told: str) -> None:
    with pytest.raises(DomainError, match=told.replace("?", "[?]")):
        read_domain(data, name)


MISFITS: list[tuple[dict[str, Any], str]] = [
    ({"issues": []}, "expected issues with 1 to 256 options each"),
    ({"issues": [{"name": "Price", "options": []}]}, "expected issues with 1 to 256 options each"),
    ({"values": [], "reservation": []}, "expected one table, one reservation value and one name for each party"),
    ({"reservation": [0]}, "expected one table, one reservation value and one name for each party"),
    ({"party_names": ["A"]}, "expected one table, one reservation value and one name for each party"),
    ({"values": [[[0, 1]], [[0, 1], [0, 1]]]}, "expected points for every option of every issue"),
    ({"pairs": [{"i": 0, "j": 0, "values": []}]}, "expected pairs of two different issues"),
    ({"pairs": [{"i": 0, "j": 2, "values": []}]}, "expected pairs of two different issues"),
    ({"pairs": [{"i": 0, "j": 1, "values": [[[0, 1]]]}]}, "expected pairs of two different issues"),
]


@pytest.mark.parametrize(("changes", "told"), MISFITS)
def test_tables_that_do_not_fit_together_are_told(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(DomainError, match=f"small: {told}"):
        model_of_domain(read_domain(document(**changes), "small"))


def test_points_too_large_to_be_exact_are_told() -> None:
    with pytest.raises(DomainError, match=r"1e[+]300 are too many points: at most 4,503,599"):
        model_of_domain(read_domain(document(reservation=[0, 1e300]), "small"))


def test_points_whose_sums_would_not_be_exact_are_told() -> None:
    model = model_of_domain(read_domain(document(reservation=[0, 4e6]), "small"))
    with pytest.raises(ScoresTooLargeError, match="too large to be added exactly"):
        analyse_model(model)
