"""The recorded game beside the protocol's documents is what a server says today, and is what they describe."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.recording import RECORD, main, record
from tests.support.references import validity
from threebirds_wire.codec import decode_client, decode_server
from threebirds_wire.errors import Error
from threebirds_wire.schema import protocol_schema

LINES = (ROOT / RECORD).read_text(encoding="utf-8").splitlines()


async def test_the_committed_record_is_what_would_be_recorded_now(tmp_path: Path) -> None:
    recorded = await record(tmp_path)
    assert recorded.splitlines() == LINES, "run: python -m tests.support.recording"


def test_it_is_written_to_the_file_that_is_named(tmp_path: Path) -> None:
    main([str(tmp_path / "game.jsonl")])
    assert (tmp_path / "game.jsonl").read_text(encoding="utf-8").splitlines() == LINES


@pytest.fixture(scope="module")
def is_frame() -> Callable[[str], bool]:
    return validity(protocol_schema())


def texts(sender: str) -> list[str]:
    return [line["text"] for line in map(json.loads, LINES) if line["from"] == sender]


def test_every_frame_of_it_is_what_the_schema_describes(is_frame: Callable[[str], bool]) -> None:
    frames = texts("client") + texts("server")
    assert len(frames) == len(LINES)
    assert [text for text in frames if not is_frame(text)] == []


def test_both_ends_read_it() -> None:
    assert [text for text in texts("client") if isinstance(decode_client(text), Error)] == []
    assert [text for text in texts("server") if isinstance(decode_server(text), Error)] == []


def test_it_shows_every_frame_of_an_ordinary_game() -> None:
    kinds = {json.loads(text)["type"] for text in texts("client") + texts("server")}
    assert kinds == {
        *("hello", "act", "score", "pull", "pong"),
        *("welcome", "snapshot", "event", "reply", "ping", "presence"),
    }
