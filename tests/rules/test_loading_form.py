"""What a document may not be before anything in it is read: too large, too deep, clever, or no YAML."""

from time import perf_counter

import pytest
import yaml

from tests.support.documents import changed, problems_in
from threebirds_rules.loading import RuleSetError
from threebirds_rules.loading.problems import Position
from threebirds_rules.loading.scalars import resolved
from threebirds_rules.loading.tree import marked, read_tree

DEEP = "at most 20 lists and mappings within each other"


def refusal(text: str) -> str:
    """The one problem of a text that cannot be read."""
    with pytest.raises(RuleSetError) as caught:
        read_tree(text, source="x.yaml")
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("Null", None),
        ("", None),
        ("-12", -12),
        ("+7", 7),
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1.5", 1.5),
        ("-.5e1", -5.0),
        ("2010-01-01", "2010-01-01"),
        (".inf", float("inf")),
        ("-.inf", float("-inf")),
    ],
)
def test_plain_words_mean_what_yaml_1_2_says(word: str, value: object) -> None:
    assert resolved(word) == value
    assert type(resolved(word)) is type(value)


def test_quoted_words_are_text() -> None:
    assert read_tree("""["1", 'true', "~"]""", source="").data == ["1", "true", "~"]
    assert read_tree("a: >-\n  1\n", source="").data == {"a": "1"}


def test_keys_are_text_even_if_they_look_like_numbers() -> None:
    assert read_tree("{1: a, true: b, ~: c, NO: d}", source="").data == {"1": "a", "true": "b", "~": "c", "NO": "d"}


def test_positions_of_keys_and_values_are_known() -> None:
    tree = read_tree("a:\n  - x\n  - b: 1\n", source="")
    assert tree.values["a", 1, "b"] == Position(3, 8)
    assert tree.keys["a", 1, "b"] == Position(3, 5)


def test_a_document_larger_than_a_mebibyte_is_refused_unread() -> None:
    assert refusal("#" * 1_048_577) == "1:1: document: expected at most 1,048,576 bytes, found more"
    assert read_tree("#" * 1_048_576, source="").data is None


def test_size_is_counted_in_bytes() -> None:
    assert refusal("é" * 524_289).endswith("at most 1,048,576 bytes, found more")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
@pytest.mark.parametrize("count", [21, 2_000, 20_000])
def test_deep_nesting_is_refused_at_once(opening: str, count: int) -> None:
    before = perf_counter()
    with pytest.raises(RuleSetError) as caught:
        read_tree(opening * count, source="")
    assert perf_counter() - before < 1
    assert caught.value.problems[0].expected in {DEEP, "well-formed YAML", "a name as the key"}


def test_twenty_levels_are_allowed_and_no_more() -> None:
    assert read_tree("[" * 20 + "]" * 20, source="").data
    assert refusal("[" * 21 + "]" * 21) == f"1:21: {'[0]' * 20}: expected {DEEP}, found level 21"


def test_many_small_values_are_refused() -> None:
    assert read_tree(f"[{'1,' * 19_999}]", source="").data
    assert refusal(f"[{'1,' * 20_000}]") == "1:40000: document: expected at most 20,000 values, found more"


def test_aliases_anchors_and_tags_are_named_together() -> None:
    text = changed(
        ("title: The river treaty", "title: &t The river treaty"),
        ("summary: Two banks, one river.", "summary: *t"),
        ("minutes: 10", "minutes: !!int 10"),
        ("banks: [NOR, SOU]", "banks: !<x> [NOR, SOU]"),
        ("factors: {trust: -1}", "factors: !map {!k trust: -1}"),
    )
    assert problems_in(text) == [
        "4:8: title: expected the value alone, found the anchor &t",
        "5:10: summary: expected the value itself, found the alias *t",
        "7:10: minutes: expected the value alone, found the tag tag:yaml.org,2002:int",
        "17:14: roles[0].factors: expected the value alone, found the tag !map",
        "17:20: roles[0].factors: expected the value alone, found the tag !k",
        "37:10: groups.banks: expected the value alone, found the tag x",
    ]


def test_a_bomb_of_aliases_is_never_unfolded() -> None:
    levels = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 30)]
    problems = problems_in("\n".join(["a0: &a0 x", *levels]))
    assert problems[0] == "1:1: document: expected the key bodies, found nothing"
    assert sum("alias" in problem for problem in problems) == 29 * 9


def test_a_key_that_comes_twice_is_named_where_it_comes_again() -> None:
    text = changed(("minutes: 10", "minutes: 10\ntitle: {a: b}"), ("    comfort: 2", "    comfort: 2\n    comfort: 3"))
    assert problems_in(text) == [
        "8:1: title: expected every key once, found 'title' for the second time",
        "17:5: roles[0].comfort: expected every key once, found 'comfort' for the second time",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [b", "2:1: document: expected well-formed YAML, found a fault: did not find expected ',' or ']'"),
        (
            "a: b: c",
            "1:5: document: expected well-formed YAML, found a fault: mapping values are not allowed in this context",
        ),
        ("a: é\x07", "1:5: document: expected characters that can be printed, found character 0x0007"),
        ("a: 1\nb: \ud800", "2:4: document: expected characters that can be printed, found half of a surrogate pair"),
        ("a: 1\n---\nb: 2", "2:1: document: expected one document, found another document"),
        ("? [a]\n: b", "1:3: document: expected a name as the key, found something else"),
        ("x: {? {a: b} : c}", "1:7: x: expected a name as the key, found something else"),
    ],
)
def test_what_is_not_yaml_or_not_one_document_is_refused(text: str, problem: str) -> None:
    assert refusal(text) == problem


def test_directives_are_not_taken() -> None:
    assert problems_in("%YAML 1.1\n---\n{}")[0] == "1:1: document: expected no directives, found a directive"


def test_a_fault_without_a_place_is_shown_at_the_top() -> None:
    assert marked(None) == Position(1, 1)
    assert yaml.MarkedYAMLError().problem_mark is None
