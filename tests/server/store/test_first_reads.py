"""A server that has just been started reads many tables at once, in several threads."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from tests.support.checkout import ROOT
from tests.support.houses import running, seated_table
from threebirds_server.ids import RandomIds


async def test_nothing_about_types_is_left_to_be_worked_out_by_threads_that_read(tmp_path: Path) -> None:
    """Two that did so at the same moment ended the server with a segmentation fault, now and then."""
    async with running(tmp_path, ids=RandomIds()) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk = await guest.at_table(table, "seat:SUP")
        await desk.does("say", channel="plenary", text="Good morning.")
    command = [sys.executable, "-m", "tests.support.fresh_reader", f"sqlite:///{tmp_path / 'threebirds.db'}", table]
    said = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=True, capture_output=True, text=True)
    told = json.loads(said.stdout)
    assert told["types"] == []
    assert told["events"] > 5
