"""`threebirds play` and the program itself, as they are called from the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from threebirds_client import commands
from threebirds_client.documents import Words
from threebirds_client.printing import BAD_INPUT
from threebirds_rules.loading import scenario_ids

SCENARIOS = ROOT / "game_rules" / "threebirds_rules" / "scenarios"


def test_a_game_is_told_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("winter") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Winter, seed 7"
    assert told[1] == "12:00:00  -- Round 1, At the table"
    assert told[2] == "12:00:01  Supplier (Russia) tables text 1: Investment: Mutual stakes"
    assert any(
        line.endswith("is adopted: Supplier's government consents, Council of the buyers consents") for line in told
    )
    assert told[-3].split() == ["score", "walk-away", "above", "it"]
    assert [line.split("  ")[0] for line in told[-2:]] == ["Supplier (Russia)", "Buyers (European Union)"]


def test_a_game_is_told_in_russian_with_invented_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("winter", words=Words(language="ru", names="invented")) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Зима")
    assert [line.split("  ")[0] for line in told[-2:]] == ["Поставщик (Орвания)", "Покупатели (Лаврийское сообщество)"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (Words(language="rus"), "This rule set is not written in 'rus'; did you mean ru?"),
        (Words(names="other"), "This rule set has no 'other' names; there are historical and invented ones"),
    ],
)
def test_words_that_a_rule_set_does_not_have_are_told(
    words: Words, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.play("winter", words=words) == BAD_INPUT
    assert capsys.readouterr().err.strip() == told


def test_a_variant_is_played_in_its_own_rounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("european-security-treaty", bots="random", variant="lesson") == 0
    told = capsys.readouterr().out
    assert "-- Round 4, Plenary" in told
    assert "-- Round 5" not in told
    assert "Pledges" not in told


def test_a_variant_that_is_not_there_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("european-security-treaty", variant="weak") == BAD_INPUT
    assert capsys.readouterr().err == "european-security-treaty has no variant weak; did you mean week?\n"


def test_the_same_seed_tells_the_same_game(capsys: pytest.CaptureFixture[str]) -> None:
    commands.play("winter", bots="random", seed=3)
    first = capsys.readouterr().out
    commands.play("winter", bots="random", seed=3)
    assert capsys.readouterr().out == first


def test_another_seed_tells_another_game(capsys: pytest.CaptureFixture[str]) -> None:
    commands.play("winter", bots="random", seed=3)
    first = capsys.readouterr().out
    commands.play("winter", bots="random", seed=4)
    assert capsys.readouterr().out != first


@pytest.mark.parametrize("seed", [0, 1])
def test_every_event_of_a_wild_game_can_be_told(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("european-security-treaty", bots="random", seed=seed) == 0
    assert "asks to change" in capsys.readouterr().out


def test_a_rule_set_can_be_played_from_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play(str(SCENARIOS / "winter.yaml"), bots="conceder,random") == 0
    assert capsys.readouterr().out.startswith("Winter, seed 7\n")


@pytest.mark.parametrize(
    ("scenario", "bots", "told"),
    [
        ("wintr", "conceder", "there is no scenario wintr; did you mean winter?"),
        ("winter", "concedr", "there is no bot concedr; did you mean conceder?"),
        ("winter", "xyz", "there is no bot xyz; there are conceder, random"),
        ("nowhere/game.yaml", "conceder", "nowhere/game.yaml cannot be read: No such file or directory"),
    ],
)
def test_what_does_not_exist_is_told_in_a_sentence(
    scenario: str, bots: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.play(scenario, bots=bots) == BAD_INPUT
    assert capsys.readouterr().err == f"{told}\n"


def test_without_a_text_only_what_that_costs_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("european-security-treaty", bots="random", seed=3) == 0
    told = capsys.readouterr().out.splitlines()
    assert "walk-away" not in "\n".join(told)
    assert told[-9].split() == ["no", "text"]
    assert told[-8].split() == ["Russia", "0"]
    assert told[-2].split() == ["NATO", "Secretariat", "-5"]
    assert told[-1].strip() == "-5  Whoever presided has nothing to show for it."


def test_a_body_that_does_not_consent_is_told_with_its_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.play("shield", bots="random", seed=3) == 0
    told = capsys.readouterr().out
    assert "Text 3 is not adopted: Conference of the four does not consent\n" in told


def test_a_withdrawn_paper_keeps_the_name_of_its_sponsor(capsys: pytest.CaptureFixture[str]) -> None:
    words = Words(names="invented")
    assert commands.play("european-security-treaty", bots="random", seed=2, words=words) == 0
    assert "  A paper of Sundria (for the Amber states) is withdrawn\n" in capsys.readouterr().out


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("threebirds")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


def test_the_program_lists_its_commands() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert [
        name for name in ("brief", "check", "explain", "link", "play", "score", "serve") if name not in done.stdout
    ] == []


def test_the_help_of_play_lists_every_scenario() -> None:
    told = " ".join(run("play", "--help").stdout.replace("│", " ").split())
    assert f"The id of a scenario ({', '.join(scenario_ids())}), or the path of a rule set." in told


def test_the_program_ends_with_the_code_of_its_command() -> None:
    done = run("play", "wintr", "--bots", "random")
    assert (done.returncode, done.stderr) == (2, "there is no scenario wintr; did you mean winter?\n")
