"""The commands of `threebirds` that need no server: play a game among bots, and check a rule set."""

import sys
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import TextIO

from threebirds_client.arena import Game, play_game
from threebirds_client.narration import Narrator
from threebirds_client.strategies import UnknownStrategyError, strategy_named
from threebirds_rules.events import RoleResult
from threebirds_rules.loading import RuleSetError, UnknownScenarioError, load, load_scenario
from threebirds_rules.ruleset import RuleSet

BAD_INPUT = 2
"""The exit code for input that cannot be used."""


class UnreadableFileError(Exception):
    """A file that is not there, or not text."""


def play(scenario: str, *, bots: str = "conceder", seed: int = 7) -> int:
    """Play a whole game among bots and print what happened, every score, and the ending.

    Args:
        scenario: The id of a scenario (european-security-treaty, winter), or the path of a rule set.
        bots: Who plays: the name of a bot, or several joined by commas that take the seats in turn.
        seed: All chance comes from it: the same seed gives the same game.
    """
    try:
        rules = _rule_set(scenario)
        game = _played(rules, bots.split(","), str(seed))
    except (RuleSetError, UnknownScenarioError, UnknownStrategyError, UnreadableFileError) as error:
        return _refuse(error)
    _print(sys.stdout, _told(game))
    return 0


def check(path: str) -> int:
    """Read a rule set and list all that is wrong with it, with line and column.

    Args:
        path: A YAML file, or the id of a scenario that ships with Three Birds.
    """
    try:
        rules = _rule_set(path)
    except (RuleSetError, UnknownScenarioError, UnreadableFileError) as error:
        return _refuse(error)
    packages = 1
    for issue in rules.issues:
        packages *= len(issue.options)
    summary = f"{len(rules.roles)} roles, {len(rules.issues)} issues, {packages:,} packages. Digest {rules.digest}."
    _print(sys.stdout, [f"{rules.title} is a complete rule set: {summary}"])
    return 0


def _rule_set(named: str) -> RuleSet:
    """A scenario by its id, or a file: whatever has a suffix or a folder in it is meant as a path."""
    path = Path(named)
    if path.suffix or len(path.parts) > 1:
        return load(_text(path), source=named)
    return load_scenario(named)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path} is not a text file in UTF-8") from error


def _played(rules: RuleSet, bots: Sequence[str], seed: str) -> Game:
    roles = [role.id for role in rules.roles if not role.optional]
    names = dict(zip(roles, cycle(bots), strict=False))
    return play_game(rules, {role: strategy_named(name) for role, name in names.items()}, seed=seed, names=names)


def _told(game: Game) -> Iterator[str]:
    narrator = Narrator(game.rules)
    yield f"{game.rules.title}, seed {game.state.seed}"
    yield from (line for event in game.log if (line := narrator.tell(event)) is not None)
    yield from _outcome(game)


def _outcome(game: Game) -> Iterator[str]:
    outcome = game.state.outcome
    if outcome is None:
        return
    ending = next(one for one in game.rules.endings if one.id == outcome.ending)
    reservations = f" {game.rules.reservations}" if outcome.reservations else ""
    yield ""
    yield f"{ending.title}. {ending.text}{reservations}".strip()
    yield ""
    names = {role.id: role.name for role in game.rules.roles}
    width = max(len(name) for name in names.values())
    yield f"{'':{width}}  score  walk-away  above it"
    yield from (_score_line(names[one.role], width, one) for one in outcome.results)


def _score_line(name: str, width: int, result: RoleResult) -> str:
    return f"{name:{width}}  {result.score:5}  {result.walk_away:9}  {result.surplus:+8}"


def _refuse(error: Exception) -> int:
    _print(sys.stderr, [str(error)])
    return BAD_INPUT


def _print(stream: TextIO, lines: Sequence[str] | Iterator[str]) -> None:
    stream.writelines(f"{line}\n" for line in lines)
