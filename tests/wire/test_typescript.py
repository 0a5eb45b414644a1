"""The web client's types are made from ours: the committed file is the one that would be written
now.
"""

import sys
from pathlib import Path
from runpy import run_path

import pytest

from threebirds_wire.typescript import GENERATED, main, typescript

REPOSITORY = Path(__file__).parents[2]


def test_the_committed_types_are_up_to_date() -> None:
    committed = (REPOSITORY / GENERATED).read_text(encoding="utf-8")
    assert committed == typescript(), "run: python -m threebirds_wire.typescript"


def test_the_types_are_written_to_the_file_that_is_named(tmp_path: Path) -> None:
    main([str(tmp_path / "new" / "protocol.ts")])
    assert (tmp_path / "new" / "protocol.ts").read_text(encoding="utf-8") == typescript()


def test_the_module_runs_as_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["typescript", str(tmp_path / "protocol.ts")])
    run_path(str(REPOSITORY / "server/threebirds_wire/typescript.py"), run_name="__main__")
    assert (tmp_path / "protocol.ts").is_file()


def test_without_a_name_they_go_to_their_place_in_the_web_client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main([])
    assert (tmp_path / GENERATED).is_file()


def test_each_direction_is_one_discriminated_union() -> None:
    text = typescript()
    assert "export type ClientFrame =\n  | Hello\n  | Act\n" in text
    assert 'export interface Pong {\n  type: "pong";\n}\n' in text


def test_an_event_may_have_fields_that_are_not_named() -> None:
    assert "  set: Array<[Array<string | number>, unknown]>;\n  [field: string]: unknown;\n" in typescript()


def test_names_that_browsers_own_are_not_taken() -> None:
    text = typescript()
    assert "export interface WireError {" in text
    assert "error?: WireError | null;" in text
