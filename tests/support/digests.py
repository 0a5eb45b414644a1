"""One digest of all that a game was and of all that everybody saw of it, for a process with its own order of hashes."""

import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from tests.support.checkout import ROOT
from tests.support.rulesets import a_rule_set
from tests.support.tables import PlayedTable
from tests.support.unruly import meddled
from tests.support.wandering import everybody, wander
from threebirds_rules.engine import canonical, evolve, seat_event, view
from threebirds_rules.events import Event
from threebirds_rules.loading import load_scenario
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer


def digest_of(rules: RuleSet, log: Iterable[Event], viewers: Iterable[Viewer]) -> str:
    """Of every state, every view and every told event, as the log is replayed from its beginning."""
    found = blake2b(digest_size=16)
    who = list(viewers)
    state = State()
    for event in log:
        told = [seat_event(rules, state, event, viewer) for viewer in who]
        state = evolve(rules, state, event)
        for part in (event, told, state):
            found.update(msgspec.json.encode(part, order="sorted"))
        for viewer in who:
            found.update(canonical(view(rules, state, viewer)))
    return found.hexdigest()


def digest_of_table(table: PlayedTable) -> str:
    return digest_of(table.rules, table.log, everybody(table))


def digests() -> list[str]:
    """Of some games, played anew: a whole one and a meddled one of each of some rule sets."""
    some = (a_rule_set(), load_scenario("winter"), load_scenario("shield"))
    tables = [table for rules in some for *_, table in (wander(rules, 5), meddled(rules, 5, moves=80))]
    return [digest_of_table(table) for table in tables]


def digests_elsewhere(hash_seed: str) -> list[str]:
    """The same in another process."""
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.split()


if __name__ == "__main__":
    sys.stdout.write("\n".join(digests()))
