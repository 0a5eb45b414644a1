"""`threebirds play`: a whole game among bots."""

import sys
from collections.abc import Iterator, Sequence
from itertools import cycle

from threebirds_client.arena import Game, play_game
from threebirds_client.documents import (
    AS_WRITTEN,
    UNKNOWN_WORDS,
    ScenarioName,
    UnreadableFileError,
    Words,
    rule_set_named,
)
from threebirds_client.narration import Narrator
from threebirds_client.outcome import told_outcome
from threebirds_client.printing import BAD_INPUT, print_lines
from threebirds_client.strategies import UnknownStrategyError, strategy_named
from threebirds_rules.loading import RuleSetError, UnknownScenarioError
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.variants import UnknownVariantError

REFUSED = (
    RuleSetError,
    UnknownScenarioError,
    UnknownStrategyError,
    UnknownVariantError,
    UnreadableFileError,
    *UNKNOWN_WORDS,
)
"""What somebody may have asked for in vain."""


def play(
    scenario: ScenarioName, *, bots: str = "conceder", seed: int = 7, variant: str = "", words: Words = AS_WRITTEN
) -> int:
    """Play a whole game among bots and print what happened, every score, and the ending.

    Args:
        scenario: The id of a scenario, or the path of a rule set.
        bots: Who plays: the name of a bot, or several joined by commas that take the seats in turn.
        seed: All chance comes from it: the same seed gives the same game.
        variant: How it is played, such as lesson; the whole game if it is left out.
        words: What it is told in.
    """
    try:
        rules = rule_set_named(scenario, words)
        game = _played(rules, bots.split(","), str(seed), variant)
    except REFUSED as error:
        return _refuse(error)
    print_lines(sys.stdout, _told(game))
    return 0


def _played(rules: RuleSet, bots: Sequence[str], seed: str, variant: str) -> Game:
    roles = [role.id for role in rules.roles if not role.optional]
    names = dict(zip(roles, cycle(bots), strict=False))
    strategies = {role: strategy_named(name) for role, name in names.items()}
    return play_game(rules, strategies, seed=seed, names=names, variant=variant)


def _told(game: Game) -> Iterator[str]:
    narrator = Narrator(game.rules)
    yield f"{game.rules.title}, seed {game.state.seed}"
    yield from (line for event in game.log if (line := narrator.tell(event)) is not None)
    yield from told_outcome(game)


def _refuse(error: Exception) -> int:
    print_lines(sys.stderr, [str(error)])
    return BAD_INPUT
