"""How much a document may hold: as much as the limits say, and not one more."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.documents import loaded, problems_in

LEAST = (Path(__file__).parent / "data" / "least.yaml").read_text(encoding="utf-8")
OPTION = {"label": "x", "article": "x"}
ENTRIES: dict[str, dict[str, Any]] = {
    "roles": {"name": "x", "initials": "x", "comfort": 0, "public_brief": "", "confidential_brief": ""},
    "issues": {"title": "x", "options": [OPTION, OPTION]},
    "rules": {"when": {"deal": [1]}, "points": {"A": 1}, "text": "x"},
    "cards": {"title": "x", "text": "x", "effect": "x", "kind": "neutral"},
}


def document(**changes: Any) -> str:
    return json.dumps(yaml.safe_load(LEAST) | changes)


def with_entries(section: str, count: int) -> str:
    """The least document with `count` entries in a section, those that it has among them."""
    own = yaml.safe_load(LEAST).get(section, [])
    more = [{**ENTRIES[section], "id": f"x{at}"} for at in range(count - len(own))]
    named = [{**entry, "name": entry["id"]} if "name" in entry else entry for entry in more]
    return document(**{section: [*own, *named]})


@pytest.mark.parametrize(("section", "most"), [("roles", 16), ("issues", 24), ("rules", 200), ("cards", 100)])
def test_a_section_may_be_full_but_not_fuller(section: str, most: int) -> None:
    assert len(getattr(loaded(with_entries(section, most)), section)) == most
    (problem,) = problems_in(with_entries(section, most + 1))
    assert problem.endswith(f"{section}: expected at most {most} entries, found {most + 1}")


@pytest.mark.parametrize(("section", "least"), [("roles", 2), ("issues", 1), ("bodies", 1), ("endings", 1)])
def test_a_section_may_not_be_too_empty(section: str, least: int) -> None:
    problems = problems_in(document(**{section: []}))
    assert any(problem.endswith(f"{section}: expected at least {least} entries, found 0") for problem in problems)


def with_options(count: int) -> str:
    return document(issues=[{"id": "deal", "title": "Deal", "options": [OPTION] * count}])


@pytest.mark.parametrize("count", [2, 8])
def test_an_issue_has_from_two_to_eight_options(count: int) -> None:
    assert len(loaded(with_options(count)).issues[0].options) == count


@pytest.mark.parametrize(("count", "expected"), [(1, "at least 2"), (9, "at most 8")])
def test_an_issue_has_no_fewer_and_no_more(count: int, expected: str) -> None:
    (problem,) = problems_in(with_options(count))
    assert problem.endswith(f"issues[0].options: expected {expected} entries, found {count}")


def test_a_name_has_up_to_64_characters_and_a_text_up_to_8000() -> None:
    assert loaded(document(date="n" * 64, summary="t" * 8_000)).date_stamp == "n" * 64
    problems = problems_in(document(date="n" * 65, summary="t" * 8_001))
    assert [problem.split(", found")[0].split(": ", 1)[1] for problem in problems] == [
        "summary: expected at most 8000 characters",
        "date: expected at most 64 characters",
    ]


def test_there_are_up_to_twenty_translations() -> None:
    languages = [f"a{letter}" for letter in "abcdefghijklmnopqrstu"]
    told = {language: {"title": "x"} for language in languages}
    assert len(loaded(document(translations=dict(list(told.items())[:20]))).wordings) == 21
    (problem,) = problems_in(document(translations=told))
    assert problem.endswith("translations: expected at most 20 entries, found 21")


def test_a_group_has_up_to_as_many_roles_as_there_can_be() -> None:
    assert loaded(document(groups={"all": ["A"] * 16})).id == "least"
    (problem,) = problems_in(document(groups={"all": ["A"] * 17}))
    assert problem.endswith("groups.all: expected at most 16 entries, found 17")
