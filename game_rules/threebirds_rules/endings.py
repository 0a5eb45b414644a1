"""How the story ends, and which named path a package takes."""

from collections.abc import Set

from msgspec import Struct

from threebirds_rules.conditions import holds
from threebirds_rules.names import EndingId, GaugeId, IssueId, Package
from threebirds_rules.ruleset import Ending, Path, RuleSet
from threebirds_rules.scoring.gauges import gauges_of


class Epilogue(Struct, frozen=True, kw_only=True):
    """With `reservations` the ending is only the nearest one, and the rule set's sentence is added to it."""

    ending: EndingId
    reservations: bool


def ending(
    rules: RuleSet,
    *,
    adopted: Package | None,
    last_rejected: Package | None,
    objective_cards: int,
    happened: Set[str] = frozenset(),
) -> Epilogue:
    """The first ending in the rule set's order that fits; `happened` are effects such as `pledges.broken`.

    If none fits the adopted text, the nearest is the one whose `tag` gauge is largest, the earlier of two equals.
    A loaded rule set has an ending for every outcome without a text, and a tag or an ending for every text.
    """
    text = adopted if adopted is not None else last_rejected
    played = [one for one in rules.endings if _is_played(one, rules, happened)]
    for one in played:
        if _suits(one, agreed=adopted is not None, objective_cards=objective_cards) and _describes(one, rules, text):
            return Epilogue(ending=one.id, reservations=False)
    reached: dict[GaugeId, int] = {} if text is None else gauges_of(rules, text)
    tagged = [(reached.get(one.tag, 0), one.id) for one in played if one.tag is not None]
    return Epilogue(ending=max(tagged, key=lambda pair: pair[0])[1], reservations=True)


def path_of(rules: RuleSet, package: Package) -> Path | None:
    """The first named path that the package takes."""
    chosen, reached = _seen(rules, package)
    return next((path for path in rules.paths if holds(path.when, chosen, reached)), None)


def _is_played(one: Ending, rules: RuleSet, happened: Set[str]) -> bool:
    if one.happened is not None and one.happened not in happened:
        return False
    return all(map(rules.mechanics.plays, one.needs))


def _suits(one: Ending, *, agreed: bool, objective_cards: int) -> bool:
    low, high = one.objective_cards or (0, objective_cards)
    return one.adopted in {None, agreed} and low <= objective_cards <= high


def _describes(one: Ending, rules: RuleSet, text: Package | None) -> bool:
    if one.when is None:
        return True
    return text is not None and holds(one.when, *_seen(rules, text))


def _seen(rules: RuleSet, package: Package) -> tuple[dict[IssueId, int], dict[GaugeId, int]]:
    chosen = {issue.id: option for issue, option in zip(rules.issues, package, strict=True)}
    return chosen, gauges_of(rules, package)
