"""Whatever stands anywhere in a document: it becomes a rule set, or its problems are told. Nothing else happens."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.documents import RIVER
from threebirds_rules.loading import RuleSetError, load
from threebirds_rules.loading.problems import Path
from threebirds_rules.loading.tree import read_tree
from threebirds_rules.ruleset import RuleSet

DATA: Any = read_tree(RIVER, source="river.yaml").data
WORDS = st.sampled_from(["", "NOR", "banks", "dam", "depth", "all", "flood", "é", "n" * 9_000])
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "NOR", "dam", "depth", "all", "at_least", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


PLACES: list[Path] = [path for path in read_tree(RIVER, source="river.yaml").values if path]


def outcome(text: str) -> RuleSet | RuleSetError:
    try:
        return load(text, source="any.yaml")
    except RuleSetError as error:
        return error


def is_answer(outcome: RuleSet | RuleSetError) -> bool:
    return isinstance(outcome, RuleSet) or all(problem.line > 0 for problem in outcome.problems)


@given(st.sampled_from(PLACES), ANYTHING)
def test_anything_anywhere_is_answered(path: Path, value: object) -> None:
    data = deepcopy(DATA)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert is_answer(outcome(json.dumps(data)))


@given(st.integers(0, len(RIVER)), st.integers(0, 12), st.text(max_size=3))
def test_any_slip_of_the_pen_is_answered(at: int, cut: int, slip: str) -> None:
    assert is_answer(outcome(RIVER[:at] + slip + RIVER[at + cut :]))
