"""Whatever lies where the records should be: every command says what it is, where, and what to do."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from threebirds_migrations import upgrade
from threebirds_server import commands

PAGE = 4_096
NOISE = bytes(range(1, 256)) * 17
"""More than a page of what no database begins with."""


def good(path: Path) -> bytes:
    upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        sessions = [(f"{number:064}", number) for number in range(500)]
        connection.executemany("INSERT INTO session (id, facilitator, expires_at) VALUES (?, 0, ?)", sessions)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def a_diary(path: Path) -> None:
    path.write_text("Dear diary, " * 1_000)


def cut_short(path: Path) -> None:
    path.write_bytes(good(path)[: 3 * PAGE])


def without_a_schema(path: Path) -> None:
    whole = good(path)
    path.write_bytes(whole[:100] + NOISE[: PAGE - 100] + whole[PAGE:])


def spoilt_behind(path: Path) -> None:
    whole = good(path)
    path.write_bytes(whole[: 2 * PAGE] + NOISE[:PAGE] * (len(whole) // PAGE - 2))


def of_others(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.commit()


def a_folder(path: Path) -> None:
    path.mkdir()


BROKEN = (a_diary, cut_short, without_a_schema, spoilt_behind)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def told(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_told_by_every_command_that_needs_it(
    data: Path, broken: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    broken(data / "threebirds.db")
    runs = {
        "serve": lambda: commands.serve(port=0, data=data),
        "doctor": lambda: commands.doctor(data=data),
        "repair": lambda: commands.doctor(repair="t1", data=data),
        "backup": lambda: commands.backup(data.parent / "backup.db", data=data),
    }
    for name, run in runs.items():
        assert run() == 1, name
        said = told(capsys)
        for part in (f"{data / 'threebirds.db'} is damaged, or no database at all: ", "backup", "--data"):
            assert part in said, f"{name}: {said}"
        assert "Traceback" not in said
    assert not (data.parent / "backup.db").exists()


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_backup_is_not_restored(
    data: Path, broken: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    backup = data.parent / "backup.db"
    broken(backup)
    before = good(data / "threebirds.db")
    assert commands.restore(backup, data=data) == 1
    assert f"Nothing was restored: {backup} is damaged, or no database at all: " in told(capsys)
    assert (data / "threebirds.db").read_bytes() == before


def test_a_database_of_another_program_is_left_alone(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_others(data / "threebirds.db")
    assert commands.serve(port=0, data=data) == 1
    assert "is a database of another program (it has a table 'recipe'): choose another folder" in told(capsys)
    with closing(sqlite3.connect(data / "threebirds.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]


def test_a_folder_in_the_place_of_the_file_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_folder(data / "threebirds.db")
    for run in (lambda: commands.serve(port=0, data=data), lambda: commands.doctor(data=data)):
        assert run() == 1
        assert f"Cannot use {data / 'threebirds.db'}: unable to open database file. Choose another" in told(capsys)


def test_a_folder_that_no_server_has_used_is_told_and_stays_as_it_is(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = data.parent / "backup.db"
    for run in (lambda: commands.doctor(data=data), lambda: commands.backup(backup, data=data)):
        assert run() == 1
        assert f"No server has ever used {data}: " in told(capsys)
    assert [*data.iterdir()] == []


@pytest.mark.parametrize("level", ["loud", "10", "warn"])
def test_a_log_level_that_is_none_is_refused_with_those_there_are(
    level: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THREEBIRDS_LOG_LEVEL", level)
    assert commands.serve(port=0, data=data) == 2
    said = told(capsys)
    for word in ("log_level", repr(level), "'debug'", "'info'", "'warning'", "'error'", "'critical'"):
        assert word in said
