"""A rule set as it is played: shorter, with fewer rounds, without some of its phases and mechanics, or over days."""

from msgspec.structs import replace

from threebirds_rules.events import TableOpened
from threebirds_rules.mechanics.asked import MECHANIC_OF
from threebirds_rules.mechanics.settings import MECHANICS
from threebirds_rules.nearest import nearest
from threebirds_rules.ruleset import Phase, RuleSet, Schedule, Variant
from threebirds_rules.wording import as_worded

CARDS, CONFIDENTIAL = "cards", "confidential"
FEATURES = (CARDS, CONFIDENTIAL)
"""What a variant can be without besides phases and mechanics: events, and talk and papers among some."""


class UnknownVariantError(LookupError):
    """`nearest` is the variant that was probably meant."""

    def __init__(self, variant: str, rules: RuleSet) -> None:
        names = [one.id for one in rules.variants]
        self.nearest = nearest(variant, names)
        hint = f"did you mean {self.nearest}?" if self.nearest else f"there are {', '.join(names) or 'none'}"
        super().__init__(f"{rules.id} has no variant {variant}; {hint}")


def as_played(rules: RuleSet, variant: str = "") -> RuleSet:
    """The rule set in a variant (the first one, if none is named); raises UnknownVariantError.

    The digest stays the document's. What comes out offers no variants any more, and stays as it is.
    """
    chosen = next((one for one in rules.variants if variant in {one.id, ""}), None)
    if chosen is None:
        if variant not in {rules.variant, ""}:
            raise UnknownVariantError(variant, rules)
        return rules
    has_cards = CARDS not in chosen.without
    return replace(
        rules,
        variants=(),
        variant=chosen.id,
        minutes=chosen.minutes,
        confidential=CONFIDENTIAL not in chosen.without,
        schedule=_schedule(rules.schedule, chosen),
        mechanics=replace(rules.mechanics, **dict.fromkeys({*MECHANICS} & {*chosen.without})),
        cards=rules.cards if has_cards else (),
        deal_limits=rules.deal_limits if has_cards else (),
        endings=tuple(one for one in rules.endings if {*chosen.without}.isdisjoint(one.needs)),
    )


def as_opened(rules: RuleSet, opened: TableOpened) -> RuleSet:
    """The rule set of a table, as its first event chose it: in its words and its variant.

    Logs from before there was a choice chose nothing.
    """
    return as_played(as_worded(rules, opened), opened.variant)


def _schedule(schedule: Schedule, variant: Variant) -> Schedule:
    rounds = schedule.rounds if variant.rounds is None else variant.rounds
    from_round = schedule.voting.from_round if variant.from_round is None else variant.from_round
    seconds = schedule.voting.seconds if variant.vote_seconds is None else variant.vote_seconds
    after = schedule.implementation
    return Schedule(
        rounds=rounds,
        phases=tuple(_phase(phase, variant) for phase in schedule.phases if phase.id not in variant.without),
        voting=replace(schedule.voting, from_round=from_round, seconds=seconds),
        implementation=None if after is None or after.id in variant.without else _phase(after, variant),
    )


def _phase(phase: Phase, variant: Variant) -> Phase:
    draws = variant.draws.get(phase.id, phase.draws)
    return replace(
        phase,
        seconds=_seconds(phase, variant),
        deadline=variant.closes.get(phase.id),
        draws=draws if CARDS not in variant.without else 0,
        actions=tuple(action for action in phase.actions if _needs(action) not in variant.without),
    )


def _needs(action: str) -> str | None:
    """What must be there for this action to make sense."""
    return CONFIDENTIAL if action == "circulate" else MECHANIC_OF.get(action)


def _seconds(phase: Phase, variant: Variant) -> int:
    """Of a phase that closes at a date, about as long as it lasts."""
    deadline = variant.closes.get(phase.id)
    if deadline is not None:
        return deadline.days * 86_400
    return variant.seconds.get(phase.id, max(1, phase.seconds * variant.pace // 100))
