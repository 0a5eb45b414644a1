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
    assert parts.close({}) == 1
    assert capsys.readouterr().out.endswith("Failed: nest.\n")


def test_parts_run_side_by_side_and_each_is_heard_in_one_piece(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each waits for a file that the other one makes: one after the other they would wait for ever."""
    there, here = tmp_path / "there", tmp_path / "here"
    parts = run.Run()
    parts.side_by_side({"eggs": waits(there, for_=here), "nest": waits(here, for_=there), "song": fails("out of tune")})
    said = capsys.readouterr().out
    assert parts.close({}) == 1
    assert parts.failed == ["song"]
    assert set(parts.seconds) == {"eggs", "nest", "song", run.IN_ALL}
    for name, words in (("eggs", "begun\nthere"), ("nest", "begun\nhere"), ("song", "out of tune")):
        assert f"\n=== {name}\n{words}\n" in said


def waits(own: Path, *, for_: Path) -> tuple[run.Command, ...]:
    wait = (
        f"import pathlib, time; print('begun', flush=True); pathlib.Path({str(own)!r}).touch()\n"
        f"while not pathlib.Path({str(for_)!r}).exists(): time.sleep(0.01)\n"
        f"print({own.name!r})"
    )
    return ((sys.executable, "-c", wait),)


def fails(words: str) -> tuple[run.Command, ...]:
    return ((sys.executable, "-c", f"raise SystemExit({words!r})"),)


def test_what_takes_longer_than_it_may_is_said_and_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    parts = run.Run()
    parts.seconds = {"eggs": 12.0, "nest": 3.0, "song": 1.0}
    assert parts.close({"eggs": 10, "nest": 10}) == 0
    said = capsys.readouterr().out
    assert "   12.0  eggs (more than 10)\n    3.0  nest (at most 10)\n    1.0  song\n" in said


def test_every_folder_of_tests_is_run_once() -> None:
    folders = {
        f"tests/{path.parent.relative_to(ROOT / 'tests').parts[0]}" for path in ROOT.glob("tests/*/**/test_*.py")
    }
    (rest,) = run.TESTS["other tests"]
    own = {str(word).removeprefix("--ignore=") for word in rest if str(word).startswith("--ignore=")}
    named = [str(word) for part in (run.TESTS | run.BROWSER | run.proof()).values() for word in part[0][1:]]
    assert {name for name in own if named.count(name) != 1} == set()
    assert {folder for folder in folders if named.count(folder) + (folder not in own) != 1} == set()
    assert all((ROOT / name).exists() for name in own)


def test_what_it_starts_may_keep_what_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    keeps = "import sys; sys.exit(sys.dont_write_bytecode)"
    assert run.succeeds((sys.executable, "-c", keeps))


def test_an_unknown_command_is_answered_with_the_known_ones() -> None:
    done = subprocess.run([sys.executable, ROOT / "run.py", "tset"], capture_output=True, text=True, check=False)
    assert done.stderr == "There is no command 'tset': try serve, setup, test, check, bench, lock.\n"
    assert done.returncode == 1


def test_a_part_that_hangs_is_stopped_as_by_hand_and_what_it_said_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a child that outlives it and keeps its output open until we are through: nothing may wait for that one."""
    waiting = tmp_path / "waiting"
    waiting.touch()
    stray = f"import pathlib, time\nwhile pathlib.Path({str(waiting)!r}).exists(): time.sleep(0.05)"
    begun = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {stray!r}])"
    hangs = (sys.executable, "-c", f"{begun}; print('so far', flush=True); import time; time.sleep(99)")
    parts = run.Run()
    parts.within_s = 1
    parts.side_by_side({"nest": (hangs,)})
    waiting.unlink()
    said = capsys.readouterr().out
    assert parts.failed == ["nest"]
    assert "so far" in said
    assert "KeyboardInterrupt" in said
    assert "Stopped: it had not ended after 1 s." in said
