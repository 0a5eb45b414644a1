"""Rules that never count, switches and cards that do nothing."""

from collections.abc import Iterator

from threebirds_rules.linting.finding import Found
from threebirds_rules.linting.reached import Reaches
from threebirds_rules.ruleset import Card, Curve, Rule, RuleSet


def rule_findings(rules: RuleSet, reaches: Reaches) -> Iterator[Found]:
    woken = {rule for card in rules.cards for rule in card.wakes}.union(rules.mechanics.wakes)
    for at, rule in enumerate(rules.rules):
        path, place = ("rules", at), f"rules.{rule.id}"
        if not _counts(rule):
            yield Found(
                "rule_without_points",
                path,
                place,
                f"{rule.id} gives nobody any points.",
                "Give it points, or leave it out.",
            )
        if rule.sleeps and rule.id not in woken:
            yield Found(
                "rule_never_woken",
                path,
                place,
                f"{rule.id} sleeps, and no card or mechanic wakes it.",
                "Let a card wake it, or let it not sleep.",
            )
        if reaches.ever(rule.when) is False:
            yield Found(
                "rule_never_fires",
                (*path, "when"),
                place,
                f"No text can fulfil the condition of {rule.id}.",
                "Loosen its condition, or leave it out.",
            )


def path_findings(rules: RuleSet, reaches: Reaches) -> Iterator[Found]:
    for at, path in enumerate(rules.paths):
        if reaches.ever(path.when) is False:
            yield Found(
                "path_never_taken",
                ("paths", at, "when"),
                f"paths.{path.id}",
                f"No text can take the road '{path.name}'.",
                "Loosen its condition, or leave it out.",
            )


def switch_findings(rules: RuleSet) -> Iterator[Found]:
    counting = [rule for rule in rules.rules if _counts(rule)] + [curve for curve in rules.curves if _bends(curve)]
    switched = {switch for one in counting for switch in (one.switch, *one.unless)}
    if rules.mechanics.suspension is not None:
        switched.add(rules.mechanics.suspension.switch)
    for at, switch in enumerate(rules.switches):
        if switch.id not in switched and not any(switch.comfort.values()):
            yield Found(
                "switch_switches_nothing",
                ("switches", at),
                f"switches.{switch.id}",
                f"No rule or curve with points hangs on the switch {switch.id}, and it moves no walk-away.",
                "Put a rule behind it, or leave it out.",
            )


def card_findings(rules: RuleSet) -> Iterator[Found]:
    for at, card in enumerate(rules.cards):
        if not _does_anything(rules, card):
            yield Found(
                "card_changes_nothing",
                ("cards", at),
                f"cards.{card.id}",
                f"The card '{card.title}' moves no walk-away and no margin and wakes no rule with points.",
                "Give it an effect, or say that it is only a story.",
            )


def _does_anything(rules: RuleSet, card: Card) -> bool:
    counting = {rule.id for rule in rules.rules if _counts(rule)}
    felt = {track for role in rules.roles for track, factor in role.factors.items() if factor}
    tracks = any(steps and track in felt for track, steps in card.tracks.items())
    return tracks or any(card.shifts.values()) or any(card.margins.values()) or not counting.isdisjoint(card.wakes)


def _bends(curve: Curve) -> bool:
    return any(points for _, points in curve.points)


def _counts(rule: Rule) -> bool:
    return any(rule.points.values())
