"""boardgame.io, the best known library of its kind, with a game of as much traffic: eight players, eight views.

It is installed from npm into a folder that is thrown away; where that cannot be done, there are no figures of it.
"""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tests.benchmarks.hub.servers import SERVER_CORE, Running, listening, process

Kept = Literal["memory", "flat"]
"""Where its games are: a process's memory, or files. Neither is durable."""

VERSION = "0.50.2"
PORT = 9_932
PROGRAM = """
const { Server, FlatFile } = require("boardgame.io/server");
const { ActivePlayers } = require("boardgame.io/core");
const [, , port, kept, folder] = process.argv;
const PLAYERS = 8;
const KEPT = 50;
const own = () => ({ role: "a role", score: 0, walkAway: 100.5, brief: "n".repeat(210) });
const game = {
  name: "hub",
  minPlayers: PLAYERS,
  maxPlayers: PLAYERS,
  setup: () => ({ said: [], own: Object.fromEntries([...Array(PLAYERS).keys()].map((seat) => [seat, own()])) }),
  turn: { activePlayers: ActivePlayers.ALL },
  playerView: ({ G, playerID }) => ({ said: G.said, own: G.own[playerID] }),
  moves: {
    act: ({ G, playerID }, move) => {
      if (typeof move.text !== "string" || move.text.length > 4000) return "INVALID_MOVE";
      G.said.push({ by: playerID, ...move });
      if (G.said.length > KEPT) G.said.shift();
    },
  },
};
Server({
  games: [game],
  origins: [/.*/],
  ...(kept === "flat" ? { db: new FlatFile({ dir: folder }) } : {}),
}).run(Number(port));
"""


def installed(folder: Path) -> bool:
    npm = Path(sys.executable).parent / "npm"
    command = [
        npm,
        "install",
        "--no-audit",
        "--no-fund",
        "--prefix",
        folder,
        f"boardgame.io@{VERSION}",
        "node-persist@2",
    ]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    (folder / "peer.js").write_text(PROGRAM)
    return done.returncode == 0


@contextmanager
def board_game(folder: Path, kept: Kept) -> Generator[Running]:
    node = Path(sys.executable).parent / "node"
    command = [str(node), str(folder / "peer.js"), str(PORT), kept, str(folder / "games")]
    with process(SERVER_CORE, command, {"NODE_ENV": "production"}) as running:
        listening(PORT)
        yield Running(PORT, running.pid)
