"""The example for whoever writes a client: it reads the recorded game, and plays against a real server."""

import ast
import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.client.relay import relay_to
from tests.client.served import served
from tests.support.checkout import ROOT
from tests.support.clock import FakeClock
from threebirds_client.strategies.conceder import ConcederBot
from threebirds_rules.names import RoleId
from threebirds_rules.viewers import Viewer
from threebirds_wire.published import FOLDER

CLIENT = ROOT / FOLDER / "client.py"
RECORD = ROOT / FOLDER / "winter.jsonl"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = spec_from_file_location("an_example", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_short_and_needs_nothing_of_ours() -> None:
    source = CLIENT.read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else names(node))
        if name
    }
    assert len(source.splitlines()) < 150
    assert imported - set(sys.stdlib_module_names) == {"websockets"}


def names(node: ast.AST) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_recorded_game_leads_it_to_the_very_view_of_the_last_snapshot(example: ModuleType) -> None:
    stream = example.Stream("t1", "seat:SUP")
    texts = [line["text"] for line in map(json.loads, RECORD.read_text(encoding="utf-8").splitlines())]
    last = max(place for place, text in enumerate(texts) if json.loads(text)["type"] == "snapshot")
    for text in texts[:last]:
        stream.take(text)
    followed = (stream.epoch, stream.n, stream.mark, stream.view)
    stream.take(texts[last])
    assert followed == (stream.epoch, stream.n, stream.mark, stream.view)
    assert (stream.n, stream.view["status"]) == (25, "ended")


@asynccontextmanager
async def passing_time(clock: FakeClock) -> AsyncGenerator[None]:
    """A minute in a little more than two seconds."""

    async def pass_time() -> None:
        while True:
            await clock.advance(500)
            await asyncio.sleep(0.02)

    passing = asyncio.create_task(pass_time())
    try:
        yield
    finally:
        passing.cancel()
        await asyncio.gather(passing, return_exceptions=True)


def listening(example: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every frame that the client takes."""
    heard: list[dict[str, Any]] = []
    take = example.Stream.take

    def kept(self: Any, text: str) -> dict[str, Any]:
        frame = take(self, text)
        heard.append(frame)
        return frame

    monkeypatch.setattr(example.Stream, "take", kept)
    return heard


async def test_it_plays_a_whole_game_and_goes_on_where_it_was_when_the_line_breaks(
    example: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    heard = listening(example, monkeypatch)
    async with served(tmp_path, bot=ConcederBot(), clock=clock) as (house, port), relay_to(port) as (relay, url):
        asked = {"scenario": "winter", "role": "SUP", "scope": "bot"}
        made = await asyncio.to_thread(example.post, f"{url}/api/play", asked)
        client = example.Client(url, made["table"], made["viewer"], made["token"])
        async with passing_time(clock):
            playing = asyncio.create_task(client.play())
            for cut_after in (1, 4):
                while sum(frame["type"] == "event" for frame in heard) < cut_after:
                    await asyncio.wait({playing}, timeout=0.01)
                    assert not playing.done()
                relay.cut()
            outcome = await playing
        table = await house.house.hub.table(made["table"])
    modes = [frame["tables"][0]["mode"] for frame in heard if frame["type"] == "welcome"]
    numbers = [frame["n"] for frame in heard if frame["type"] == "event"]
    assert modes[0] == "snapshot"
    assert len(modes) > 2
    assert set(modes[1:]) == {"replay"}
    assert len(set(numbers)) == max(numbers) - min(numbers) + 1
    assert outcome["result"] in {"adopted", "none"}
    assert client.stream.n == table.replica.stream(Viewer("seat", RoleId("SUP"))).n
