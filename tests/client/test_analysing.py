"""`threebirds analyse`: a rule set in a position, one text among all, a plain domain."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from tests.support.hostile import LEAST
from tests.support.positions import after_cards
from tests.support.reference import COPIED
from threebirds_client.analysing.commands import Plain, analyse, progress_on
from threebirds_client.analysing.position import At
from threebirds_client.printing import BAD_INPUT, MINUS
from threebirds_rules.analysis import zone_sizes
from threebirds_rules.loading import load_scenario, scenario_ids
from threebirds_rules.names import TrackId

Capture = pytest.CaptureFixture[str]
WINTER = "winter"


def read(capsys: Capture, **asked: Any) -> dict[str, Any]:
    assert analyse(**asked, json=True) == 0
    return json.loads(capsys.readouterr().out)


def test_the_whole_is_printed_for_programs(capsys: Capture) -> None:
    found = read(capsys, scenario=WINTER)
    assert (found["scenario"], found["packages"], found["examined"], found["zopa"]) == (WINTER, 27, 27, 2)
    assert found["frontier_zopa"] == {"packages": 2, "vectors": 2}
    assert found["nash"]["points"] == [{"package": [1, 2, 2], "surpluses": {"SUP": 2, "BUY": 4}}]
    assert {"kalai_smorodinsky", "egalitarian", "utilitarian", "per_role", "per_path"} <= found.keys()
    assert "efficiency" not in found


KEYS = {
    *("packages", "zopa", "frontier_zopa", "frontier_all", "per_role", "per_path"),
    *("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"),
}
ALL_AT_ONCE = At(cards="E1,E2", trust=1, dossier=-1, switch=("view_institutions_first",), seats="RUS,USA,DEU,POL")


@pytest.mark.parametrize(
    "asked",
    [
        *({"scenario": scenario} for scenario in scenario_ids()),
        {"scenario": "european-security-treaty", "at": ALL_AT_ONCE, "threads": 2},
        {"plain": Plain(COPIED, "synthetic_pairs_k4_n6_p6")},
    ],
)
def test_whatever_is_looked_at_has_the_same_keys(asked: dict[str, Any], capsys: Capture) -> None:
    found = read(capsys, **asked)
    assert found.keys() >= KEYS
    assert found["frontier_zopa"].keys() == found["frontier_all"].keys() == {"packages", "vectors"}


def too_large(folder: Path) -> Path:
    """The least rule set with 24 issues of four options: 4^24 packages."""
    document = yaml.safe_load(LEAST)
    some = [{"label": "x", "article": "x", "points": {"A": at, "B": 2 - at}} for at in range(4)]
    document["issues"] = [{"id": f"issue{at}", "title": "x", "options": some} for at in range(24)]
    path = folder / "large.yaml"
    path.write_text(json.dumps(document))
    return path


def test_of_too_many_packages_a_sample_is_looked_at_and_said_to_be_one(tmp_path: Path, capsys: Capture) -> None:
    path = too_large(tmp_path)
    assert analyse(str(path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == f"{4**24:,} packages, a sample of 32,768 looked at"
    share = re.fullmatch(r"ZOPA: (.*)% to (.*)% of them. Too many for frontiers and solution points.", lines[3])
    assert share is not None
    assert 0 < float(share[1]) < float(share[2]) < 100
    found = read(capsys, scenario=str(path))
    assert found.keys() >= KEYS
    assert (found["packages"], found["examined"], found["frontier_all"], found["nash"]) == (4**24, 1 << 15, None, None)
    assert found["zopa_share"]["low"] < found["zopa_share"]["high"]
    assert analyse(str(path), package="") == BAD_INPUT
    assert "too many" in capsys.readouterr().err


def test_cards_and_seats_make_the_position(capsys: Capture) -> None:
    assert read(capsys, scenario=WINTER, at=At(cards="flow_stops"))["zopa"] == 4
    alone = read(capsys, scenario=WINTER, at=At(seats="SUP"))
    assert list(alone["per_role"]) == ["SUP"]


def test_a_text_is_compared_with_all_others(capsys: Capture) -> None:
    compared = read(capsys, scenario=WINTER, package="")["efficiency"]
    assert compared["package"] == [0, 0, 0]
    assert compared["dominating_zopa"] == 2
    assert compared["best_zopa"]["total"] == 15


def test_the_whole_is_told_to_people(capsys: Capture) -> None:
    assert analyse(WINTER, package="") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Winter"
    assert lines[2:4] == ["27 packages, all looked at", "ZOPA: 2 packages, 7.4074%"]
    assert lines[lines.index("Nash                      8") + 1 :][:2] == ["    1 2 2", "    SUP +2, BUY +4"]
    assert ["Supplier", "(Russia)", "25.9259%", "11", f"{MINUS}15", "9", "+5"] in [line.split() for line in lines]
    assert (
        "Left on the table: 15 points together, by transit 0\N{RIGHTWARDS ARROW}2, investment 0\N{RIGHTWARDS ARROW}2"
        in lines
    )


def test_an_efficient_text_is_told_to_be_so(capsys: Capture) -> None:
    assert analyse(WINTER, package=in_words(capsys, [1, 2, 2])) == 0
    assert "Nobody can gain without a loss for somebody else: it is efficient." in capsys.readouterr().out


def in_words(capsys: Capture, package: list[int]) -> str:
    issues = read(capsys, scenario=WINTER)["options"]
    return ",".join(f"{issue}={option}" for issue, option in zip(issues, package, strict=True))


def test_a_domain_is_read_in_its_own_points(capsys: Capture) -> None:
    found = read(capsys, plain=Plain(COPIED, "llm-deliberation_base_7players"))
    assert (found["packages"], found["zopa"]) == (2880, 52)
    assert found["frontier_all"] == {"packages": 1360, "vectors": 1360}
    assert found["nash"]["value"] == pytest.approx(267_079_680)
    for share in found["per_role"].values():
        assert 0 <= share["minimum"]["score"] <= share["maximum"]["score"] <= 100


def test_a_domain_is_told_to_people(capsys: Capture) -> None:
    assert analyse(plain=Plain(COPIED, "synthetic_pairs_k4_n6_p6")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "synthetic_pairs_k4_n6_p6"
    assert "Efficient in the ZOPA: 19" in lines


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "scenario: expected the id of a scenario or the path of a rule set, or --domain, found nothing"),
        ({"scenario": "wintr"}, "there is no scenario wintr; did you mean winter?"),
        ({"scenario": WINTER, "at": At(cards="flow")}, "--cards: expected "),
        ({"scenario": WINTER, "at": At(seats="SUP,BUI")}, "--seats: expected the id of a role, found 'BUI'"),
        ({"scenario": WINTER, "at": At(seats="SUP,SUP")}, "--seats: expected every role once, found 'SUP,SUP'"),
        (
            {"scenario": WINTER, "at": At(switch=("views",))},
            "--switch: expected nothing, as this rule set has no switch",
        ),
        ({"scenario": WINTER, "at": At(track=("foo=2",))}, "--track: expected nothing, as this rule set has no track"),
        ({"scenario": WINTER, "at": At(trust=1)}, "--trust: expected nothing, as this rule set has no track"),
        ({"scenario": "european-security-treaty", "at": At(trust=9)}, "--trust: expected trust from "),
        ({"scenario": "european-security-treaty", "at": At(track=("dossier",))}, "--track: expected dossier from "),
        ({"scenario": WINTER, "package": "x"}, "--package, character 1: expected "),
        ({"plain": Plain(Path("nowhere.json"))}, "nowhere.json cannot be read: No such file or directory"),
        ({"plain": Plain(COPIED, "synthetic")}, "there is no domain synthetic; "),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(asked: dict[str, Any], told: str, capsys: Capture) -> None:
    assert analyse(**asked) == BAD_INPUT
    assert capsys.readouterr().err.startswith(told)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_that_is_taken_away() -> None:
    screen = Terminal()
    with progress_on(screen) as progress:
        assert progress is not None
        progress(1, 2)
    drawn, taken_away = screen.getvalue().lstrip("\r").split("\r", 1)
    assert drawn == f"[{'#' * 15}{'.' * 15}]  50%"
    assert taken_away.strip() == ""


def test_what_is_no_terminal_sees_no_bar(capsys: Capture) -> None:
    assert analyse(WINTER, json=True) == 0
    assert capsys.readouterr().err == ""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("threebirds")
    return subprocess.run([program, "analyse", *arguments], capture_output=True, text=True, check=False)


def test_the_program_takes_a_whole_position_from_its_options() -> None:
    done = run("european-security-treaty", "--switch", "view_institutions_first", "--json")
    assert json.loads(done.stdout)["zopa"] == 8776
    moved = run("european-security-treaty", "--cards", "E1", "--trust", "1", "--track", "dossier=-1", "--json")
    rules = load_scenario("european-security-treaty")
    position = replace(after_cards(rules, ["E1"]), tracks={TrackId("trust"): 1, TrackId("dossier"): -1})
    assert [json.loads(moved.stdout)["zopa"]] == zone_sizes(rules, [position])


def test_without_numpy_the_program_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError(name='numpy')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = run(WINTER)
    assert done.returncode == 1
    assert done.stderr == "This command needs numpy, which comes with an extra: pip install 'threebirds[analysis]'\n"
