"""The public part of the rule set, and the seat's own mandate."""

from threebirds_rules.names import BodyId
from threebirds_rules.play import phases, role_of, voters
from threebirds_rules.ruleset import Phase, RuleSet
from threebirds_rules.variables import filled, seat_values
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.shapes import (
    AspectView,
    BodyView,
    GaugeView,
    IssueView,
    MandateView,
    OptionView,
    PathView,
    PhaseView,
    ReplacementView,
    SwitchView,
    TrackView,
    TreatyView,
)


def treaty(lens: Lens) -> TreatyView:
    rules = lens.rules
    after = rules.schedule.implementation
    return TreatyView(
        id=rules.id,
        language=rules.language,
        title=rules.title,
        summary=rules.summary,
        date_stamp=rules.date_stamp,
        minutes=rules.minutes,
        rounds=rules.schedule.rounds,
        phases=tuple(_phase(phase) for phase in phases(rules)),
        implementation=None if after is None else _phase(after),
        vote_from_round=rules.schedule.voting.from_round,
        aspects=tuple(AspectView(id=aspect.id, name=aspect.name) for aspect in rules.aspects),
        issues=_issues(rules),
        gauges=tuple(
            GaugeView(id=gauge.id, name=gauge.name, start=gauge.start, formula=gauge.formula) for gauge in rules.gauges
        ),
        paths=tuple(PathView(id=path.id, name=path.name, when=path.when) for path in rules.paths),
        switches=tuple(SwitchView(id=one.id, name=one.name) for one in rules.switches if one.id in lens.state.switches),
        sources=rules.sources,
    )


def _phase(phase: Phase) -> PhaseView:
    return PhaseView(id=phase.id, title=phase.title, text=phase.text, seconds=phase.seconds)


def _issues(rules: RuleSet) -> tuple[IssueView, ...]:
    return tuple(
        IssueView(
            id=issue.id,
            title=issue.title,
            paragraphs=issue.paragraphs,
            options=tuple(
                OptionView(label=option.label, article=option.article, effects=option.effects)
                for option in issue.options
            ),
        )
        for issue in rules.issues
    )


def replacements(lens: Lens) -> tuple[ReplacementView, ...]:
    return tuple(
        ReplacementView(at=one.at, digest=one.digest if lens.facilitates else None) for one in lens.state.replacements
    )


def bodies(lens: Lens) -> tuple[BodyView, ...]:
    """Whose consent is needed, and by how much more than walking away: known to everybody."""
    return tuple(
        BodyView(
            id=body.id,
            name=body.name,
            members=members,
            when=body.when,
            decides=body.decides,
            vetoes=tuple(role for role in body.vetoes if role in members),
            quorum=body.quorum,
            weights={role: body.weights[role] for role in members if role in body.weights},
            threshold=body.threshold,
            margin=body.margin + _raised(lens, body.id),
            text=body.text,
        )
        for body in lens.rules.bodies
        for members in (voters(lens.state, body),)
    )


def _raised(lens: Lens, body: BodyId) -> int:
    """What cards added to a body's margin for all of its members."""
    return sum(offset.points for offset in lens.state.offsets if offset.body == body and offset.role is None)


def tracks(lens: Lens) -> tuple[TrackView, ...]:
    return tuple(
        TrackView(
            id=track.id,
            name=track.name,
            low=track.low,
            high=track.high,
            value=lens.state.tracks.get(track.id, 0),
        )
        for track in lens.rules.tracks
    )


def mandate(lens: Lens) -> MandateView | None:
    """The seat's own interests, and nobody else's."""
    own = lens.mandate
    if own is None:
        return None
    role = role_of(lens.rules, own.role)
    brief = filled(role.confidential_brief, seat_values(own))
    return MandateView(confidential_brief=brief, weights=role.weights, mandate=own)
