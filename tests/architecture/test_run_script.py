"""`run.py` knows what is made already, and says in a sentence what is missing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.support.checkout import ROOT


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    return tmp_path


def test_an_old_python_can_read_it_as_far_as_the_sentence_about_its_age() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 7))


def test_what_was_made_is_remembered() -> None:
    with run.making("a nest", "nest", "twigs"):
        assert run.stamped("nest") == ""
    assert run.stamped("nest") == "twigs"


def test_what_failed_is_not_taken_for_made() -> None:
    with run.making("a nest", "nest", "twigs"):
        pass
    with pytest.raises(OSError, match="no straw"), run.making("a nest", "nest", "straw"):
        raise OSError("no straw")
    assert run.stamped("nest") == ""


def test_a_change_of_content_or_name_or_machine_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("two")
    (tmp_path / "c").write_text("one")
    a, b, c = (tmp_path / name for name in "abc")
    assert len({run.digest([a]), run.digest([b]), run.digest([c]), run.digest([a], "3.12"), run.digest([a, b])}) == 5
    assert run.digest([a, b]) == run.digest([b, a])


@pytest.mark.parametrize(
    "said",
    [
        "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
        "npm error code EAI_AGAIN",
        "Caused by: dns error: failed to lookup address information",
    ],
)
def test_without_a_network_it_says_so(said: str) -> None:
    with pytest.raises(SystemExit, match=r"There is no network\."):
        run.step(sys.executable, "-c", f"import sys; sys.exit({said!r})")


def test_another_failure_is_shown_in_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="failed: the lines above are its own words"):
        run.step(sys.executable, "-c", "import sys; sys.exit('the disk is full')")
    assert "the disk is full" in capsys.readouterr().out


def test_a_failed_part_stops_no_other_and_is_named_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    fine, broken = (sys.executable, "-c", ""), (sys.executable, "-c", "raise SystemExit(1)")
    parts = run.Run()
    parts.parts({"eggs": (fine,), "nest": (broken, fine), "song": (fine,)})
    assert list(parts.seconds) == ["eggs", "nest", "song"]
    assert parts.close() == 1
    assert capsys.readouterr().out.endswith("Failed: nest.\n")


def test_an_unknown_command_is_answered_with_the_known_ones() -> None:
    done = subprocess.run([sys.executable, ROOT / "run.py", "tset"], capture_output=True, text=True, check=False)
    assert done.stderr == "There is no command 'tset': try serve, setup, test, check, lock.\n"
    assert done.returncode == 1
