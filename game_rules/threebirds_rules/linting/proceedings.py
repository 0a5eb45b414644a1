"""Bodies that cannot decide, phases in which nothing happens, endings that are never told."""

from collections.abc import Iterator

from threebirds_rules.conditions import AllOf, AnyOf, Condition, NoneOf
from threebirds_rules.linting.finding import Found
from threebirds_rules.linting.reached import Reaches
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.play import phases
from threebirds_rules.ruleset import Body, Ending, Phase, RuleSet

IDLE_ACTIONS = frozenset({"pass", "take_back"})
NEEDED_TO_SIGN = ("table", "vote")


def body_findings(rules: RuleSet, reaches: Reaches) -> Iterator[Found]:
    for at, body in enumerate(rules.bodies):
        place = f"bodies.{body.id}"
        fault = _fault(rules, body)
        if fault is not None:
            yield Found(
                "body_cannot_decide",
                ("bodies", at),
                place,
                f"{body.name} {fault}.",
                "Change its members, its quorum or its threshold, or seat a member by default.",
            )
        if body.when is not None and reaches.ever(body.when) is False:
            yield Found(
                "body_never_asked",
                ("bodies", at, "when"),
                place,
                f"No text needs the consent of {body.name}.",
                "Loosen its condition, or leave it out.",
            )


def _fault(rules: RuleSet, body: Body) -> str | None:
    optional = {role.id for role in rules.roles if role.optional}
    seated = [role for role in body.members if role not in optional]
    if not seated:
        return "has no member that is seated by default, and is then never asked"
    if body.quorum > len(seated):
        return f"needs {body.quorum} votes, and {len(seated)} of its members are seated by default"
    weight = sum(body.weights.get(role, 0) for role in seated)
    if weight < body.threshold:
        return f"needs votes of weight {body.threshold}, and those of its members seated by default weigh {weight}"
    return None


def phase_findings(rules: RuleSet) -> Iterator[Found]:
    played = phases(rules)
    for at, phase in enumerate(rules.schedule.phases):
        path, place = ("schedule", "phases", at), f"phases.{phase.id}"
        if phase not in played:
            yield _off(path, place, f"The phase '{phase.title}'", phase.mechanic)
        elif not _is_busy(rules, phase):
            yield _empty(path, place, phase)
    after = rules.schedule.implementation
    if after is not None and not _is_busy(rules, after):
        yield _empty(("schedule", "implementation"), f"phases.{after.id}", after)
    yield from _voting(rules)


def _empty(path: tuple[str | int, ...], place: str, phase: Phase) -> Found:
    return Found(
        "phase_empty",
        path,
        place,
        f"There is nothing to do in '{phase.title}', and no card is drawn.",
        "Allow an action such as say, draw a card, or leave it out.",
    )


def _is_busy(rules: RuleSet, phase: Phase) -> bool:
    return not IDLE_ACTIONS.issuperset(phase.actions) or bool(phase.draws and rules.cards)


def _voting(rules: RuleSet) -> Iterator[Found]:
    allowed = {action for phase in phases(rules) for action in phase.actions}
    voting = rules.schedule.voting
    missing = [action for action in NEEDED_TO_SIGN if action not in allowed]
    if not voting.last_text and not (voting.callers and "call_vote" in allowed):
        missing.append("call_vote")
    if missing:
        yield Found(
            "no_vote_possible",
            ("schedule",),
            "schedule",
            f"No text can ever be adopted: no phase allows {' and '.join(missing)}.",
            "Allow it in a phase.",
        )


def mechanic_findings(rules: RuleSet) -> Iterator[Found]:
    """Mechanics that are on, and whose actions no phase allows."""
    after = rules.schedule.implementation
    stages = (*phases(rules), *(() if after is None else (after,)))
    allowed = {action for phase in stages for action in phase.actions}
    for name in rules.mechanics.names:
        actions = [kind for kind, mechanic in MECHANIC_OF.items() if mechanic == name]
        if actions and allowed.isdisjoint(actions):
            yield Found(
                "mechanic_unplayed",
                ("mechanics", name),
                f"mechanics.{name}",
                f"The mechanic {name} is on, and no phase allows an action of it.",
                f"Allow {actions[0]} in a phase, or leave the mechanic out.",
            )


def ending_findings(rules: RuleSet, reaches: Reaches) -> Iterator[Found]:
    before: list[Ending] = []
    for at, ending in enumerate(rules.endings):
        path, place = ("endings", at), f"endings.{ending.id}"
        off = next((one for one in ending.needs if not rules.mechanics.plays(one)), None)
        if off is not None:
            yield _off(path, place, f"The ending '{ending.title}'", off)
            continue
        if not any(_fits(rules, reaches, ending, before, agreed=agreed) for agreed in (True, False)):
            yield Found(
                "ending_never_fits",
                path,
                place,
                f"'{ending.title}' is never told: no outcome fits it that does not fit an earlier ending.",
                "Loosen its condition, or move it up.",
            )
        if ending.happened is None:  # what may not happen leaves all to later endings
            before.append(ending)


def _fits(rules: RuleSet, reaches: Reaches, ending: Ending, before: list[Ending], *, agreed: bool) -> bool:
    """Whether some outcome comes to this ending; yes where it would take too long to find out."""
    if ending.adopted not in {None, agreed}:
        return False
    if ending.happened is not None and rules.mechanics.effect(ending.happened) is None:
        return False
    if agreed and ending.tag is not None:
        return True  # it may be the nearest
    for cards in range(_most_objective(rules) + 1):
        rivals = [one for one in before if one.adopted in {None, agreed} and _counts(one, cards)]
        if _counts(ending, cards) and _is_left(reaches, ending, rivals, agreed=agreed):
            return True
    return False


def _is_left(reaches: Reaches, ending: Ending, rivals: list[Ending], *, agreed: bool) -> bool:
    if any(one.when is None for one in rivals):
        return False
    if not agreed and ending.when is None:
        return True  # told at least where no text was voted on
    own: Condition = ending.when or AllOf(())
    others = tuple(one.when for one in rivals if one.when is not None)
    return reaches.ever(AllOf((own, NoneOf((AnyOf(others),))))) is not False


def _counts(ending: Ending, cards: int) -> bool:
    low, high = ending.objective_cards or (0, cards)
    return low <= cards <= high


def _most_objective(rules: RuleSet) -> int:
    """The most objective cards that one game can draw."""
    objective = {card.id for card in rules.cards if card.kind == "objective"}
    after = rules.schedule.implementation
    late = 0 if after is None else after.draws
    draws = rules.schedule.rounds * sum(phase.draws for phase in phases(rules)) + late
    limits = [len(objective.difference(one.cards)) + one.at_most for one in rules.deal_limits]
    return min([len(objective), draws, *limits])


def _off(path: tuple[str | int, ...], place: str, what: str, mechanic: str | None) -> Found:
    return Found(
        "mechanic_off",
        path,
        place,
        f"{what} needs the mechanic {mechanic}, which is off.",
        "List the mechanic, or leave this out.",
    )
