"""The shape of a view: everything a viewer may know, each field put in by hand.

Times are milliseconds since 1970, UTC. A field that is None is not this viewer's, or not there yet.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from threebirds_rules.actions import Choice, Position3
from threebirds_rules.conditions import Condition
from threebirds_rules.events import Adjustment, Result
from threebirds_rules.legal import Legal
from threebirds_rules.mandate import Mandate
from threebirds_rules.mechanics.views import MechanicsView
from threebirds_rules.names import (
    AmendmentId,
    AspectId,
    BodyId,
    CardId,
    ChannelId,
    EndingId,
    GaugeId,
    IssueId,
    MessageId,
    Package,
    PersonId,
    PhaseKey,
    ProposalId,
    RoleId,
    SwitchId,
    TrackId,
)
from threebirds_rules.ruleset import CardKind, DecisionRule
from threebirds_rules.state import AmendmentStatus, ProposalStatus

Status = Literal["lobby", "running", "paused", "ended"]
Reading = Literal["yes", "no", "silent", "waiting"]


class PathView(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    when: Condition


class OptionView(Struct, frozen=True, kw_only=True):
    label: str
    article: str
    effects: Mapping[GaugeId, int]


class IssueView(Struct, frozen=True, kw_only=True):
    id: IssueId
    title: str
    paragraphs: str
    options: tuple[OptionView, ...]


class GaugeView(Struct, frozen=True, kw_only=True):
    id: GaugeId
    name: str
    start: int
    formula: tuple[tuple[GaugeId, int], ...]


class AspectView(Struct, frozen=True, kw_only=True):
    id: AspectId
    name: str


class ReplacementView(Struct, frozen=True, kw_only=True):
    """When other rules took over; `digest`, which covers every role's numbers, is for the facilitator."""

    at: int
    digest: str | None


class BodyView(Struct, frozen=True, kw_only=True):
    """`members` are the seated ones with a vote; `margin` includes what cards added.

    `weights` are the members' own where they are not alike: those who say yes must weigh `threshold` or more.
    """

    id: BodyId
    name: str
    members: tuple[RoleId, ...]
    when: Condition | None
    decides: DecisionRule
    vetoes: tuple[RoleId, ...]
    quorum: int
    weights: Mapping[RoleId, int]
    threshold: int
    margin: int
    text: str


class PhaseView(Struct, frozen=True, kw_only=True):
    id: str
    title: str
    text: str
    seconds: int


class SwitchView(Struct, frozen=True, kw_only=True):
    """A reading of the game that is in force at this table."""

    id: SwitchId
    name: str


class TreatyView(Struct, frozen=True, kw_only=True):
    """The public part of the rule set; all its texts are in `language`. `implementation` follows an adopted text."""

    id: str
    language: str
    title: str
    summary: str
    date_stamp: str
    minutes: int
    rounds: int
    phases: tuple[PhaseView, ...]
    implementation: PhaseView | None
    vote_from_round: int
    aspects: tuple[AspectView, ...]
    issues: tuple[IssueView, ...]
    gauges: tuple[GaugeView, ...]
    paths: tuple[PathView, ...]
    switches: tuple[SwitchView, ...]
    sources: tuple[str, ...]


class PersonView(Struct, frozen=True, kw_only=True):
    """`role` None: in the waiting room. `muted`: only its own delegation reads what it writes."""

    person: PersonId
    name: str
    role: RoleId | None
    muted: bool


class AnnouncementView(Struct, frozen=True, kw_only=True):
    """A sentence of the facilitator's to everybody."""

    at: int
    text: str


class SeatView(Struct, frozen=True, kw_only=True):
    role: RoleId
    name: str
    initials: str
    vote: bool
    chair: bool
    public_brief: str
    people: tuple[PersonId, ...]
    head: PersonId | None
    bot: str | None
    dropped: bool
    passed: bool


class ClockView(Struct, frozen=True, kw_only=True):
    """`phase` is what every action names. `closes_at` is None while paused: then `left_ms` stands still.

    `opened_at` stays what it was, however long the phase is paused or extended.
    """

    round: int
    phase: PhaseKey
    id: str
    title: str
    text: str
    opened_at: int
    closes_at: int | None
    left_ms: int | None


class MessageView(Struct, frozen=True, kw_only=True):
    """`text` is empty when `removed`."""

    id: MessageId
    at: int
    role: RoleId
    person: PersonId | None
    name: str
    text: str
    removed: bool


class ChannelView(Struct, frozen=True, kw_only=True):
    """`members` None: the plenary, which everybody reads. The facilitator reads every channel."""

    id: ChannelId
    members: tuple[RoleId, ...] | None
    messages: tuple[MessageView, ...]


class VersionView(Struct, frozen=True, kw_only=True):
    version: int
    package: Package
    digest: str
    at: int
    note: str


class AmendmentView(Struct, frozen=True, kw_only=True):
    id: AmendmentId
    role: RoleId
    version: int
    package: Package
    note: str
    status: AmendmentStatus


class SupportView(Struct, frozen=True, kw_only=True):
    role: RoleId
    position: Position3
    issue: IssueId | None
    aspect: AspectId | None
    reason: str


class MemberReading(Struct, frozen=True, kw_only=True):
    role: RoleId
    reading: Reading


class BodyReading(Struct, frozen=True, kw_only=True):
    """Where a competent body stands: by the straw poll before a vote, by the votes during and after one."""

    body: BodyId
    consents: bool
    members: tuple[MemberReading, ...]


class OwnScore(Struct, frozen=True, kw_only=True):
    """For the viewer's own seat: points, what it needs for this text, and points above or below walk-away."""

    score: int
    needed: int
    surplus: int


class ProposalView(Struct, frozen=True, kw_only=True):
    """`number` None: not tabled. `to` None: everybody may see it. `single`: the chair's single text of its round."""

    id: ProposalId
    number: int | None
    sponsor: RoleId
    to: tuple[RoleId, ...] | None
    status: ProposalStatus
    round: int
    versions: tuple[VersionView, ...]
    amendments: tuple[AmendmentView, ...]
    supports: tuple[SupportView, ...]
    bodies: tuple[BodyReading, ...]
    single: bool
    own: OwnScore | None


class VoteView(Struct, frozen=True, kw_only=True):
    role: RoleId
    choice: Choice
    issue: IssueId | None
    reason: str


class BallotView(Struct, frozen=True, kw_only=True):
    """`closing`: everybody has voted, and votes may still change until `closes_at`.

    `ruled_present`: absent seats whose silence counts, because the facilitator has ruled so. `absent`: whose silence
    would not count, for the facilitator's eyes.
    """

    proposal: ProposalId
    version: int
    caller: RoleId | None
    closes_at: int | None
    left_ms: int | None
    closing: bool
    votes: tuple[VoteView, ...]
    ruled_present: tuple[RoleId, ...]
    absent: tuple[RoleId, ...] | None


class CardView(Struct, frozen=True, kw_only=True):
    """`own_shift` is what the card did to the viewer's own walk-away."""

    card: CardId
    title: str
    text: str
    effect: str
    kind: CardKind
    round: int
    at: int
    own_shift: int | None


class TrackView(Struct, frozen=True, kw_only=True):
    id: TrackId
    name: str
    low: int
    high: int
    value: int


class ResultView(Struct, frozen=True, kw_only=True):
    """`adjustments` are in the score and the surplus, what stands `beside` is not."""

    role: RoleId
    score: int
    walk_away: int
    surplus: int
    adjustments: tuple[Adjustment, ...]
    beside: tuple[Adjustment, ...]


class OutcomeView(Struct, frozen=True, kw_only=True):
    result: Result
    proposal: ProposalId | None
    ending: EndingId | None
    ending_title: str
    ending_text: str
    reservations: str
    results: tuple[ResultView, ...]


class MandateView(Struct, frozen=True, kw_only=True):
    """`weights` by aspect; `mandate` scores any package with the engine's own scorer."""

    confidential_brief: str
    weights: Mapping[AspectId, int]
    mandate: Mandate


class View(Struct, frozen=True, kw_only=True):
    viewer: str
    status: Status
    treaty: TreatyView
    bodies: tuple[BodyView, ...]
    clock: ClockView | None
    people: tuple[PersonView, ...]
    seats: tuple[SeatView, ...]
    tracks: tuple[TrackView, ...]
    cards: tuple[CardView, ...]
    mandate: MandateView | None
    draft: Mapping[IssueId, int] | None
    proposals: tuple[ProposalView, ...]
    ballot: BallotView | None
    channels: tuple[ChannelView, ...]
    announcements: tuple[AnnouncementView, ...]
    replacements: tuple[ReplacementView, ...]
    outcome: OutcomeView | None
    mechanics: MechanicsView
    legal: tuple[Legal, ...]
