"""How the story ends, and which named path a package takes."""

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
    rules: RuleSet, *, adopted: Package | None, last_rejected: Package | None, objective_cards: int
) -> Epilogue:
    """The first ending in the rule set's order that fits. A text that fits none gets the ending with the largest
    `tag` gauge, the earlier one of two equals.
    """
    played = [
        one for one in rules.endings if one.mechanic is None or one.mechanic in rules.mechanics
    ]
    for one in played:
        if _fits(rules, one, adopted, last_rejected, objective_cards):
            return Epilogue(ending=one.id, reservations=False)
    reached: dict[GaugeId, int] = gauges_of(
        rules, adopted or last_rejected or (0,) * len(rules.issues)
    )
    tagged = [(reached[one.tag], one.id) for one in played if one.tag is not None]
    return Epilogue(ending=max(tagged, key=lambda pair: pair[0])[1], reservations=True)


def path_of(rules: RuleSet, package: Package) -> Path | None:
    """The first named path that the package takes."""
    chosen, reached = _seen(rules, package)
    return next((path for path in rules.paths if holds(path.when, chosen, reached)), None)


def _fits(
    rules: RuleSet,
    one: Ending,
    adopted: Package | None,
    last_rejected: Package | None,
    objective_cards: int,
) -> bool:
    if one.adopted is not None and one.adopted != (adopted is not None):
        return False
    if one.objective_cards is not None:
        low, high = one.objective_cards
        if not low <= objective_cards <= high:
            return False
    if one.when is None:
        return True
    text = adopted if adopted is not None else last_rejected
    return text is not None and holds(one.when, *_seen(rules, text))


def _seen(rules: RuleSet, package: Package) -> tuple[dict[IssueId, int], dict[GaugeId, int]]:
    chosen = {issue.id: option for issue, option in zip(rules.issues, package, strict=True)}
    return chosen, gauges_of(rules, package)
