"""`threebirds score`, `threebirds explain` and `threebirds brief`."""

import sys
from collections.abc import Callable, Iterator

import msgspec

from threebirds_client.documents import (
    AS_WRITTEN,
    UNKNOWN_WORDS,
    ScenarioName,
    UnreadableFileError,
    Words,
    rule_set_named,
)
from threebirds_client.printing import BAD_INPUT, print_lines
from threebirds_client.reading.asked import AskedError, cards_asked, package_asked, role_asked
from threebirds_client.reading.brief import told_brief
from threebirds_client.reading.report import Report, report
from threebirds_client.reading.telling import told_scores, told_text
from threebirds_rules.loading import RuleSetError, UnknownScenarioError
from threebirds_rules.ruleset import RuleSet


def score(
    scenario: ScenarioName, *, package: str = "", cards: str = "", json: bool = False, words: Words = AS_WRITTEN
) -> int:
    """Print what a text is worth to every role: score, walk-away, what it needs to sign, and why.

    Args:
        scenario: The id of a scenario, or the path of a rule set.
        package: The text, such as "frame=2,seat=1"; what is not named stays as it is.
        cards: Cards that have been drawn, such as "E1,E2".
        json: Print it for programs.
        words: What it is told in.
    """

    def told(rules: RuleSet) -> Iterator[str]:
        found = _report(rules, package, cards)
        return _encoded(found) if json else told_scores(rules, found)

    return _answer(scenario, words, told)


def explain(
    scenario: ScenarioName,
    *,
    package: str = "",
    cards: str = "",
    role: str | None = None,
    json: bool = False,
    words: Words = AS_WRITTEN,
) -> int:
    """Print a text article by article, what it moves, whose consent it needs, and the account of every role.

    Args:
        scenario: The id of a scenario, or the path of a rule set.
        package: The text, such as "frame=2,seat=1"; what is not named stays as it is.
        cards: Cards that have been drawn, such as "E1,E2".
        role: Only the account of this role: its id, its name, or the beginning of one.
        json: Print it for programs.
        words: What it is told in.
    """

    def told(rules: RuleSet) -> Iterator[str]:
        found = _report(rules, package, cards)
        only = None if role is None else role_asked(rules, role).id
        if json:
            shown = tuple(one for one in found.roles if only in (None, one.role))
            return _encoded(msgspec.structs.replace(found, roles=shown))
        return told_text(rules, found, only)

    return _answer(scenario, words, told)


def brief(scenario: ScenarioName, *, role: str, words: Words = AS_WRITTEN) -> int:
    """Print a role's briefs, public and confidential, with the numbers behind them.

    Args:
        scenario: The id of a scenario, or the path of a rule set.
        role: Its id, its name, or the beginning of one.
        words: What it is told in.
    """
    return _answer(scenario, words, lambda rules: told_brief(rules, role_asked(rules, role)))


def _report(rules: RuleSet, package: str, cards: str) -> Report:
    return report(rules, package_asked(rules, package), cards_asked(rules, cards))


def _encoded(found: Report) -> Iterator[str]:
    yield msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _answer(scenario: str, words: Words, told: Callable[[RuleSet], Iterator[str]]) -> int:
    try:
        lines = told(rule_set_named(scenario, words))
    except (RuleSetError, UnknownScenarioError, UnreadableFileError, AskedError, *UNKNOWN_WORDS) as error:
        print_lines(sys.stderr, [str(error)])
        return BAD_INPUT
    print_lines(sys.stdout, lines)
    return 0
