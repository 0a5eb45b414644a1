"""The documents that describe the protocol: made from its types, committed, and right by their own rules."""

import sys
from collections.abc import Callable
from pathlib import Path
from runpy import run_path
from typing import Any, get_args

import pytest

from tests.support.references import found, references, validity
from tests.wire.frames_in import CID, act, hello, score, text
from threebirds_wire.asyncapi import asyncapi
from threebirds_wire.frames import ClientFrame, ServerFrame
from threebirds_wire.published import DOCUMENTS, FOLDER, main, written
from threebirds_wire.schema import protocol_schema

REPOSITORY = Path(__file__).parents[2]
HERE = text(type="pull", table="t1", viewer="seat:POL", after=3)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_documents_are_up_to_date(name: str) -> None:
    committed = (REPOSITORY / FOLDER / name).read_text(encoding="utf-8")
    assert committed == written(DOCUMENTS[name]()), "run: python -m threebirds_wire.published"


def test_they_are_written_to_the_folder_that_is_named(tmp_path: Path) -> None:
    main([str(tmp_path / "new")])
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(DOCUMENTS)


def test_the_module_runs_as_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["published", str(tmp_path)])
    run_path(str(REPOSITORY / "server/threebirds_wire/published.py"), run_name="__main__")
    assert (tmp_path / "schema.json").is_file()


def test_without_a_name_they_go_to_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    main([])
    assert (tmp_path / FOLDER / "asyncapi.json").is_file()


@pytest.fixture(scope="module")
def is_frame() -> Callable[[str], bool]:
    return validity(protocol_schema())


@pytest.mark.parametrize("frame", [act({"kind": "pass"}), hello(), score([0, 1]), HERE, text(type="pong")])
def test_the_schema_takes_what_the_protocol_takes(is_frame: Callable[[str], bool], frame: str) -> None:
    assert is_frame(frame)


@pytest.mark.parametrize(
    "frame",
    [
        act({"kind": "tabel"}),
        act({"kind": "pass"}, extra=1),
        act({"kind": "pass"}, cid=CID.upper()),
        hello(resume=[{"table": "t1", "viewer": "seat:POL", "epoch": "e", "after": -1, "mark": "0" * 16}]),
        score(),
        text(type="dance"),
        text(),
        "[]",
    ],
)
def test_the_schema_refuses_what_the_protocol_refuses(is_frame: Callable[[str], bool], frame: str) -> None:
    assert not is_frame(frame)


@pytest.mark.parametrize("document", [protocol_schema(), asyncapi()], ids=["schema", "asyncapi"])
def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    pointed = set(references(document))
    assert len(pointed) > 100
    assert [one for one in pointed if not found(document, one)] == []


def test_every_frame_is_a_message_that_the_server_receives_or_sends() -> None:
    document = asyncapi()
    directions = {"receive": ClientFrame, "send": ServerFrame}
    for action, union in directions.items():
        told = [operation for operation in document["operations"].values() if operation["action"] == action]
        names = {found(document, reference)["$ref"] for operation in told for reference in messages(operation)}
        assert names == {f"#/components/messages/{frame.__name__}" for frame in get_args(union)}
        assert {operation["channel"]["$ref"] for operation in told} == {"#/channels/table"}


def test_a_message_is_a_frame_with_its_type_and_what_is_said_of_it() -> None:
    document = asyncapi()
    pull = document["components"]["messages"]["Pull"]
    assert (pull["name"], pull["payload"]) == ("pull", {"$ref": "#/components/schemas/Pull"})
    assert pull["description"].startswith("Ask for the events after number")
    assert document["operations"]["receiveAct"]["reply"]["messages"] == [{"$ref": "#/channels/table/messages/Reply"}]
    assert "4503 seat given" in document["channels"]["table"]["description"]


def test_a_union_is_told_apart_by_a_field_as_asyncapi_writes_it() -> None:
    schemas = asyncapi()["components"]["schemas"]
    assert (schemas["ClientFrame"]["discriminator"], schemas["AskedAction"]["discriminator"]) == ("type", "kind")
    assert schemas["Act"]["properties"]["action"]["discriminator"] == "kind"


def messages(operation: dict[str, Any]) -> list[str]:
    return [message["$ref"] for message in operation["messages"]]
