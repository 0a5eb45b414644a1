"""Clock, people, seats, cards, talk: what everybody at the table sees, and who may read what."""

from threebirds_rules.mechanics.views import MechanicsView
from threebirds_rules.mechanics.views import mechanics as mechanics_seen
from threebirds_rules.names import ChannelId
from threebirds_rules.play import current_phase, role_of
from threebirds_rules.ruleset import Card
from threebirds_rules.state import DELEGATION, Channel, Message
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.shapes import (
    AnnouncementView,
    CardView,
    ChannelView,
    ClockView,
    MessageView,
    OutcomeView,
    PersonView,
    ResultView,
    SeatView,
    Status,
)

FORMER = "somebody who left"


def status(lens: Lens) -> Status:
    return "lobby" if lens.state.status == "new" else lens.state.status


def clock(lens: Lens) -> ClockView | None:
    state = lens.state
    if state.status not in {"running", "paused"}:
        return None
    phase = current_phase(lens.rules, state)
    paused_at = state.paused_at
    return ClockView(
        round=state.round,
        phase=state.phase,
        id=phase.id,
        title=phase.title,
        text=phase.text,
        opened_at=state.opened_at,
        closes_at=state.closes_at if paused_at is None else None,
        left_ms=None if paused_at is None else max(0, state.closes_at - paused_at),
    )


def people(lens: Lens) -> tuple[PersonView, ...]:
    return tuple(
        PersonView(person=one.id, name=one.name, role=one.role, muted=one.id in lens.state.muted)
        for one in lens.state.people
    )


def seats(lens: Lens) -> tuple[SeatView, ...]:
    return tuple(
        SeatView(
            role=seat.role,
            name=role.name,
            initials=role.initials,
            vote=role.vote,
            chair=role.chair,
            public_brief=role.public_brief,
            people=seat.people,
            head=seat.head,
            bot=seat.bot,
            dropped=seat.dropped,
            passed=seat.passed,
        )
        for seat in lens.state.seats
        for role in (role_of(lens.rules, seat.role),)
    )


def cards(lens: Lens) -> tuple[CardView, ...]:
    known = {card.id: card for card in lens.rules.cards}
    return tuple(
        CardView(
            card=drawn.card,
            title=told.title,
            text=told.text,
            effect=told.effect if isinstance(told, Card) else "",
            kind=told.kind if isinstance(told, Card) else "neutral",
            round=drawn.round,
            at=drawn.at,
            own_shift=None if lens.role is None else drawn.shifts.get(lens.role, 0),
        )
        for drawn in lens.state.cards
        for told in (drawn.news or known[drawn.card],)
    )


def shown_channel(channel: ChannelId) -> ChannelId:
    """A delegation's own channel is just that to whoever may read it."""
    return DELEGATION if channel.startswith(f"{DELEGATION}:") else channel


def seen_channels(lens: Lens) -> tuple[Channel, ...]:
    return tuple([one for one in (*lens.state.channels, *own_channel(lens)) if lens.sees_channel(one)])


def channels(lens: Lens) -> tuple[ChannelView, ...]:
    return tuple(channel_view(lens, one) for one in seen_channels(lens))


def channel_view(lens: Lens, channel: Channel) -> ChannelView:
    return ChannelView(
        id=channel.id if lens.facilitates else shown_channel(channel.id),
        members=channel.members,
        messages=tuple(message_view(lens, message) for message in channel.messages),
    )


def own_channel(lens: Lens) -> tuple[Channel, ...]:
    """A delegation can talk among itself from the start, so its channel is there before the first word."""
    if lens.role is None:
        return ()
    own = ChannelId(f"{DELEGATION}:{lens.role}")
    return () if own in [one.id for one in lens.state.channels] else (Channel(id=own, members=(lens.role,)),)


def message_view(lens: Lens, message: Message) -> MessageView:
    return MessageView(
        id=message.id,
        at=message.at,
        role=message.role,
        person=message.person,
        name=_speaker(lens, message),
        text="" if message.removed else message.text,
        removed=message.removed,
    )


def _speaker(lens: Lens, message: Message) -> str:
    if message.person is None:
        return role_of(lens.rules, message.role).name
    person = lens.state.person(message.person)
    return FORMER if person is None else person.name


def mechanics(lens: Lens) -> MechanicsView:
    return mechanics_seen(lens.rules, lens.state, lens.role, facilitates=lens.facilitates)


def announcements(lens: Lens) -> tuple[AnnouncementView, ...]:
    return tuple(AnnouncementView(at=one.at, text=one.text) for one in lens.state.announcements)


def outcome(lens: Lens) -> OutcomeView | None:
    found = lens.state.outcome
    if found is None:
        return None
    ending = next((one for one in lens.rules.endings if one.id == found.ending), None)
    return OutcomeView(
        result=found.result,
        proposal=found.proposal,
        ending=found.ending,
        ending_title="" if ending is None else ending.title,
        ending_text="" if ending is None else ending.text,
        reservations=lens.rules.reservations if found.reservations else "",
        results=tuple(
            ResultView(
                role=result.role,
                score=result.score,
                walk_away=result.walk_away,
                surplus=result.surplus,
                adjustments=result.adjustments,
                beside=result.beside,
            )
            for result in found.results
        ),
    )
