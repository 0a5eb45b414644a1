"""`threebirds check`, as it is called from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.checkout import ROOT
from threebirds_client import checking
from threebirds_client.analysing.opening import opening_counts
from threebirds_client.checking import check
from threebirds_client.commands import play
from threebirds_client.printing import BAD_INPUT
from threebirds_rules.analysis import counts
from threebirds_rules.linting.zone import bounds
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import IssueId
from threebirds_rules.scoring import mandate, opening

SCENARIOS = ROOT / "game_rules" / "threebirds_rules" / "scenarios"
WINTER = (SCENARIOS / "winter.yaml").read_text(encoding="utf-8")
FLAGSHIP = (SCENARIOS / "european-security-treaty.yaml").read_text(encoding="utf-8")


@pytest.fixture(name="broken")
def _broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text(WINTER.replace("minutes: 10", "minutes: ten").replace("initials: BU", "intials: BU"))
    return path


@pytest.fixture(name="odd")
def _odd(tmp_path: Path) -> Path:
    """A rule that no text fulfils: guaranteed flows and transit as now."""
    path = tmp_path / "odd.yaml"
    path.write_text(WINTER.replace("{investment: [2], transit: [0]}", "{transit: [2], all: [{transit: [0]}]}"))
    return path


def test_a_complete_rule_set_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("winter") == 0
    summary, counts = capsys.readouterr().out.splitlines()
    assert summary.startswith("Winter is a complete rule set: 2 roles, 3 issues, 27 packages. Digest ")
    assert counts == "0 findings to look at, 0 accepted in the document."


def test_what_is_odd_is_told_with_its_place_and_is_no_error(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(odd)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"{odd}:100:11: rule_never_fires at rules.G3_owners_without_flows: No text can fulfil")
    assert told[-1] == "1 findings to look at, 0 accepted in the document."


def test_a_zone_of_millions_is_looked_at_with_arrays(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("european-security-treaty", json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["packages"], told["zone_judged"]) == (11_943_936, True)
    assert [one["code"] for one in told["findings"] if one["accepted"] is None] == []


def test_a_role_that_signs_nothing_is_found_among_millions_of_packages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sums of its best parts would reach its walk-away; no package has them all."""
    rules = load_scenario("european-security-treaty")
    russia = rules.roles[0]
    best = counts(rules, opening(rules)).per_role[russia.id].maximum.score
    assert bounds(mandate(rules, russia.id, opening(rules)))[1] > best
    dear = tmp_path / "dear.yaml"
    dear.write_text(FLAGSHIP.replace(f"comfort: {russia.comfort}\n", f"comfort: {best + 1}\n", 1), encoding="utf-8")
    assert check(str(dear), json=True) == 0
    found = {(one["code"], one["place"]) for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found >= {("no_zone", "issues"), ("role_never_content", "roles.RUS")}


def test_without_arrays_a_large_zone_is_not_judged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "opening_counts", None)
    assert check("european-security-treaty") == 0
    told = capsys.readouterr().out
    assert "was not looked at: that needs pip install 'threebirds[analysis]'." in told
    assert "0 findings to look at, " in told


def test_a_zone_that_no_pass_can_count_is_not_judged() -> None:
    rules = load_scenario("winter")
    issues = tuple(replace(rules.issues[0], id=IssueId(f"issue{at}")) for at in range(24))
    endless = replace(rules, issues=issues, rules=(), paths=(), endings=())
    assert opening_counts(endless) is None
    assert opening_counts(rules) == (2, {"SUP": 7, "BUY": 13})


def test_programs_get_findings_with_line_and_column(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(odd), json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["line"], one["column"]) for one in told["findings"]] == [("rule_never_fires", 100, 11)]
    assert (told["id"], told["packages"], told["zone_judged"], told["errors"]) == ("winter", 27, True, [])


def test_programs_get_errors_with_line_and_column(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(broken), json=True) == BAD_INPUT
    told = json.loads(capsys.readouterr().out)
    assert [error["path"] for error in told["errors"]] == ["minutes", "roles[1]", "roles[1].intials"]
    assert (told["id"], told["findings"]) == (None, [])


@pytest.mark.parametrize("command", [play, check])
def test_a_broken_rule_set_is_told_with_every_problem_and_its_place(
    command: Callable[[str], int], broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(str(broken)) == BAD_INPUT
    told = capsys.readouterr().err
    assert "minutes: expected a whole number" in told
    assert "did you mean initials?" in told
    assert all(line.startswith(f"{broken}:") for line in told.splitlines())


@pytest.mark.parametrize("path", ["wintr", "nowhere/game.yaml"])
def test_what_is_not_there_is_told_in_a_sentence(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(path) == BAD_INPUT
    assert path in capsys.readouterr().err


def test_a_file_that_is_no_text_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "picture.yaml"
    picture.write_bytes(b"\xff\xd8")
    assert check(str(picture)) == BAD_INPUT
    assert capsys.readouterr().err == f"{picture}:1:1: document: expected text in UTF-8, found the byte 0xff\n"
