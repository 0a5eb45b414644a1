"""Documents with something wrong in them: every problem, with its place, in words that help."""

from pathlib import Path

import pytest
import yaml

from tests.support.documents import RIVER, changed, loaded, problems_in
from threebirds_rules.loading import RuleSetError

BROKEN = yaml.safe_load((Path(__file__).parent / "data" / "broken.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["new"][:60])
def test_every_problem_is_named_with_its_place(case: dict[str, str]) -> None:
    assert problems_in(changed((case["old"], case["new"]))) == case["problems"]


def test_problems_of_all_parts_come_at_once_and_in_the_order_of_the_text() -> None:
    text = changed(
        ("minutes: 10", "minutes: 0"),
        ("banks: [NOR, SOU]", "banks: [NORD, SOU]"),
        ("formula: {depth: 2}", "formula: {depth: 20}"),
        ("text: Silt.", "test: Silt."),
        ("callers: [chair, sponsor]", "callers: [everybody]"),
        ("when: {dam: [0]}", "when: {damn: [0]}"),
    )
    assert [problem.split(": ")[0:2] for problem in problems_in(text)] == [
        ["7:10", "minutes"],
        ["37:11", "groups.banks[0]"],
        ["57:47", "gauges[1].formula.depth"],
        ["75:5", "curves[0]"],
        ["80:5", "curves[0].test"],
        ["98:22", "schedule.voting.callers[0]"],
        ["113:33", "paths[0].when.damn"],
    ]


def test_a_problem_can_be_read_by_a_program() -> None:
    with pytest.raises(RuleSetError) as caught:
        loaded(changed(("switch: careful", "switch: carefull")))
    problem = caught.value.problems[0]
    assert (problem.line, problem.column, problem.path) == (67, 13, "rules[0].switch")
    assert (problem.found, problem.expected, problem.nearest) == ("'carefull'", "the name of a switch", "careful")


def test_the_error_as_a_whole_reads_like_a_compilers() -> None:
    with pytest.raises(RuleSetError) as caught:
        loaded(changed(("minutes: 10", "minutes: 0"), ("rounds: 2", "rounds: two")))
    assert str(caught.value) == (
        "river.yaml:7:10: minutes: expected 1 or more, found 0\n"
        "river.yaml:93:11: schedule.rounds: expected a whole number, found 'two'"
    )


@pytest.mark.parametrize("text", ["", "# nothing but a comment", "[]", "river", "3", "null", "{}"])
def test_what_is_no_document_at_all_has_one_problem(text: str) -> None:
    problems = problems_in(text)
    assert len(problems) == 1
    assert "document: expected a mapping with the keys of a rule set, found " in problems[0]


def test_sections_of_the_wrong_shape_are_named_once_each() -> None:
    sections = ("roles", "groups", "issues", "gauges", "rules", "bodies", "schedule", "cards", "paths", "endings")
    rest = [f"{section}: 1" for section in sections]
    text = "\n".join(["schema: 1", "id: x", "title: x", "summary: x", 'date: "1"', "minutes: 1", *rest])
    assert len(problems_in(text)) == len(sections)


def test_too_many_of_anything_are_counted() -> None:
    roles = "".join(
        f"  - {{id: R{at}, name: R, initials: R, comfort: 0, weights: {{w: 1, h: 1}}, "
        "public_brief: x, confidential_brief: x}\n"
        for at in range(14)
    )
    assert problems_in(changed(("roles:\n", f"roles:\n{roles}"))) == [
        "12:3: roles: expected at most 16 entries, found 17"
    ]


def test_a_long_text_is_shown_by_its_beginning() -> None:
    problem = problems_in(changed(("text: Silt.", f"text: {'silt ' * 1_601}end")))[0]
    assert problem == (
        "80:11: curves[0].text: expected at most 8000 characters, "
        "found 'silt silt silt silt silt silt silt silt silt silt silt si...'"
    )


def test_a_number_without_end_is_no_whole_number() -> None:
    for word in (".inf", "-.INF", ".nan", "1e400", "9" * 5_000):
        assert (
            "roles[0].comfort: expected a whole number" in problems_in(changed(("comfort: 2", f"comfort: {word}")))[0]
        )


def test_the_sound_document_has_no_problems() -> None:
    assert loaded(RIVER).id == "river"
