"""From a checked document to the rule set. Whatever order a mapping's keys are in, the result is the same."""

from threebirds_rules.loading.conditions_in import Conditions
from threebirds_rules.loading.document import Document, ImplementationPart, PhasePart, RangePart, SchedulePart
from threebirds_rules.loading.known import Known
from threebirds_rules.loading.mechanic_numbers import Numbers
from threebirds_rules.loading.translate import Translation
from threebirds_rules.loading.variants import variants_of
from threebirds_rules.names import BodyId, CardId, EndingId, GaugeId, RuleId, SwitchId, TrackId
from threebirds_rules.ruleset import (
    Body,
    Card,
    Curve,
    DealLimit,
    Ending,
    Gauge,
    Path,
    Phase,
    Rule,
    RuleSet,
    Schedule,
    Switch,
    Track,
    Voting,
)


def rule_set_of(document: Document, known: Known, conditions: Conditions, digest: str) -> RuleSet:
    """The rule set that the document describes; the document has been found without problems."""
    words = Translation(document, known)
    return RuleSet(
        id=document.id,
        title=document.title,
        summary=document.summary,
        date_stamp=document.date,
        minutes=document.minutes,
        digest=digest,
        aspects=words.aspects,
        roles=tuple(words.role(role) for role in document.roles),
        issues=tuple(words.issue(issue) for issue in document.issues),
        gauges=_gauges(document, words),
        tracks=tuple(Track(id=TrackId(one.id), name=one.name, low=one.low, high=one.high) for one in document.tracks),
        rules=_rules(document, words, conditions),
        curves=_curves(document, words),
        bodies=_bodies(document, words, conditions),
        switches=_readings(document, words),
        schedule=_schedule(document.schedule),
        cards=_cards(document, words),
        deal_limits=tuple(
            DealLimit(tuple(CardId(card) for card in limit.cards), limit.at_most) for limit in document.deck.limits
        ),
        paths=tuple(
            Path(id=one.id, name=one.name, when=conditions["paths", at, "when"])
            for at, one in enumerate(document.paths)
        ),
        endings=_endings(document, conditions),
        reservations=document.reservations,
        mechanics=Numbers(known).mechanics(document.mechanics),
        fill_order=words.fill_order(),
        sources=tuple(document.sources),
        variants=variants_of(document.variants),
        rekey=document.rekey,
    )


def _gauges(document: Document, words: Translation) -> tuple[Gauge, ...]:
    return tuple(
        Gauge(id=GaugeId(one.id), name=one.name, start=one.start, formula=tuple(words.by_gauge(one.formula).items()))
        for one in document.gauges
    )


def _rules(document: Document, words: Translation, conditions: Conditions) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            id=RuleId(one.id),
            when=conditions["rules", at, "when"],
            points=words.by_role(one.points),
            aspect=words.aspect(one.aspect),
            text=one.text,
            paragraphs=one.paragraphs,
            switch=_switch(one.switch),
            unless=_switches(one.unless),
            sleeps=one.sleeps,
        )
        for at, one in enumerate(document.rules)
    )


def _curves(document: Document, words: Translation) -> tuple[Curve, ...]:
    return tuple(
        Curve(
            id=one.id,
            gauge=GaugeId(one.gauge),
            roles=words.roles(one.roles),
            points=tuple((x, y) for x, y in one.points),
            aspect=words.aspect(one.aspect),
            text=one.text,
            paragraphs=one.paragraphs,
            switch=_switch(one.switch),
            unless=_switches(one.unless),
        )
        for one in document.curves
    )


def _switch(name: str | None) -> SwitchId | None:
    return None if name is None else SwitchId(name)


def _switches(names: list[str]) -> tuple[SwitchId, ...]:
    return tuple(SwitchId(name) for name in names)


def _readings(document: Document, words: Translation) -> tuple[Switch, ...]:
    return tuple(
        Switch(
            id=SwitchId(one.id),
            name=one.name,
            on=one.on,
            comfort=words.by_role(one.comfort),
            excludes=_switches(one.excludes),
        )
        for one in document.switches
    )


def _bodies(document: Document, words: Translation, conditions: Conditions) -> tuple[Body, ...]:
    return tuple(
        Body(
            id=BodyId(one.id),
            name=one.name,
            members=words.roles(one.members),
            when=conditions.get(("bodies", at, "when")),
            decides=one.decides,
            vetoes=words.roles(one.vetoes),
            quorum=one.quorum,
            margin=one.margin,
            text=one.text,
            weights=words.by_role(one.weights),
            threshold=one.threshold,
        )
        for at, one in enumerate(document.bodies)
    )


def _schedule(schedule: SchedulePart) -> Schedule:
    voting = schedule.voting
    return Schedule(
        rounds=schedule.rounds,
        phases=tuple(_phase(one, one.mechanic) for one in schedule.phases),
        voting=Voting(
            callers=tuple(voting.callers),
            from_round=voting.from_round,
            seconds=voting.seconds,
            closing_seconds=voting.closing_seconds,
            last_text=voting.last_text,
        ),
        implementation=None if schedule.implementation is None else _phase(schedule.implementation, None),
    )


def _phase(part: PhasePart | ImplementationPart, mechanic: str | None) -> Phase:
    return Phase(
        id=part.id,
        title=part.title,
        text=part.text,
        seconds=part.seconds,
        actions=tuple(part.actions),
        draws=part.draws,
        mechanic=mechanic,
    )


def _cards(document: Document, words: Translation) -> tuple[Card, ...]:
    return tuple(
        Card(
            id=CardId(one.id),
            title=one.title,
            text=one.text,
            effect=one.effect,
            kind=one.kind,
            shifts=words.by_role(one.shifts),
            tracks=words.by_track(one.tracks),
            margins={BodyId(body.id): one.margins[body.id] for body in document.bodies if body.id in one.margins},
            wakes=tuple(RuleId(rule) for rule in one.wakes),
            paragraphs=one.paragraphs,
        )
        for one in document.cards
    )


def _endings(document: Document, conditions: Conditions) -> tuple[Ending, ...]:
    return tuple(
        Ending(
            id=EndingId(one.id),
            title=one.title,
            text=one.text,
            adopted=one.adopted,
            when=conditions.get(("endings", at, "when")),
            objective_cards=_counts(one.objective_cards),
            tag=None if one.tag is None else GaugeId(one.tag),
            mechanic=one.mechanic,
            happened=one.happened,
        )
        for at, one in enumerate(document.endings)
    )


def _counts(allowed: RangePart | None) -> tuple[int, int] | None:
    return None if allowed is None else (allowed.at_least, allowed.at_most)
