"""What has happened: frozen facts in the past tense. The log of a table is a list of these.

`at` is milliseconds since 1970, in UTC. `audience` is written with the event and never changes: None is everybody,
otherwise the roles that may see it (the facilitator sees all).
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from threebirds_rules.actions import Choice, Position3
from threebirds_rules.mechanics.facts import MechanicFact
from threebirds_rules.names import (
    AmendmentId,
    AspectId,
    BodyId,
    CardId,
    ChannelId,
    EndingId,
    IssueId,
    MessageId,
    Package,
    PersonId,
    PhaseKey,
    ProposalId,
    RoleId,
    RuleId,
    SwitchId,
    TrackId,
    VariantId,
)
from threebirds_rules.tagged import Fact, PersonName, PersonText

CloseReason = Literal["time", "passed", "facilitator", "adopted"]
Result = Literal["adopted", "no_agreement", "stopped"]
Undone = Literal["say", "circulate", "table", "amend", "support", "pass"]


class TableOpened(Fact, frozen=True, tag="table_opened"):
    """Whoever plays or reads this table does it with the rule set as it was chosen here: `variants.as_opened`.

    `rekey` is what is added to walk-aways.
    """

    digest: str
    seed: str
    roles: tuple[RoleId, ...]
    switches: tuple[SwitchId, ...]
    language: str = ""
    names: str = ""
    variant: VariantId = VariantId("")
    utc_offset_minutes: int = 0
    rekey: Mapping[RoleId, int] = {}


class PersonJoined(Fact, frozen=True, tag="person_joined"):
    person: PersonId
    name: PersonName


class PersonSeated(Fact, frozen=True, tag="person_seated"):
    """`role` None: the person stood up."""

    person: PersonId
    role: RoleId | None


class PersonLeft(Fact, frozen=True, tag="person_left"):
    person: PersonId


class HeadChanged(Fact, frozen=True, tag="head_changed"):
    role: RoleId
    person: PersonId


class SeatHandedToBot(Fact, frozen=True, tag="seat_handed_to_bot"):
    role: RoleId
    bot: str


class SeatDropped(Fact, frozen=True, tag="seat_dropped"):
    role: RoleId


class TableStarted(Fact, frozen=True, tag="table_started"):
    pass


class PhaseOpened(Fact, frozen=True, tag="phase_opened"):
    phase: PhaseKey
    round: int
    index: int
    closes_at: int


class PhaseClosed(Fact, frozen=True, tag="phase_closed"):
    phase: PhaseKey
    reason: CloseReason


class CardDrawn(Fact, frozen=True, tag="card_drawn"):
    """What the card did, so that a replay needs neither the deck nor the scenario's numbers."""

    card: CardId
    round: int
    shifts: Mapping[RoleId, int]
    tracks: Mapping[TrackId, int]
    margins: Mapping[BodyId, int]
    woken: tuple[RuleId, ...]


class Said(Fact, frozen=True, tag="said"):
    message: MessageId
    channel: ChannelId
    role: RoleId
    person: PersonId | None
    text: PersonText


class Drafted(Fact, frozen=True, tag="drafted"):
    """The whole draft after the edit: what is not named is at the status quo."""

    role: RoleId
    options: Mapping[IssueId, int]


class Circulated(Fact, frozen=True, tag="circulated"):
    proposal: ProposalId
    sponsor: RoleId
    to: tuple[RoleId, ...]
    package: Package
    digest: str
    note: PersonText


class Tabled(Fact, frozen=True, tag="tabled"):
    proposal: ProposalId
    number: int
    sponsor: RoleId
    package: Package
    digest: str
    note: PersonText


class AmendmentProposed(Fact, frozen=True, tag="amendment_proposed"):
    """`package` is the whole text as it would be; `version` the one it amends."""

    proposal: ProposalId
    amendment: AmendmentId
    role: RoleId
    version: int
    package: Package
    note: PersonText


class VersionMade(Fact, frozen=True, tag="version_made"):
    """The sponsor's new version. `amendment` names the one it accepts, if any."""

    proposal: ProposalId
    version: int
    package: Package
    digest: str
    role: RoleId
    amendment: AmendmentId | None
    note: PersonText


class Withdrawn(Fact, frozen=True, tag="withdrawn"):
    proposal: ProposalId


class Supported(Fact, frozen=True, tag="supported"):
    proposal: ProposalId
    version: int
    role: RoleId
    position: Position3
    issue: IssueId | None
    aspect: AspectId | None
    reason: PersonText


class VoteCalled(Fact, frozen=True, tag="vote_called"):
    """`role` None: the schedule put the last text to the vote."""

    proposal: ProposalId
    version: int
    role: RoleId | None
    closes_at: int


class VoteCast(Fact, frozen=True, tag="vote_cast"):
    """A *no* in a body that decides by silence breaks it; `issue` and `reason` say why where they were given."""

    proposal: ProposalId
    role: RoleId
    choice: Choice
    issue: IssueId | None
    reason: PersonText


class ClosingBegan(Fact, frozen=True, tag="closing_began"):
    """Everybody has voted: a last moment to change a vote before the count."""

    proposal: ProposalId
    closes_at: int


class BodyCount(Struct, frozen=True, kw_only=True):
    """`absent` are members whose silence does not count, for nobody of the seat was there in this phase."""

    body: BodyId
    consents: bool
    yes: tuple[RoleId, ...]
    no: tuple[RoleId, ...]
    silent: tuple[RoleId, ...]
    absent: tuple[RoleId, ...]


class VoteCounted(Fact, frozen=True, tag="vote_counted"):
    proposal: ProposalId
    version: int
    adopted: bool
    bodies: tuple[BodyCount, ...]


class Passed(Fact, frozen=True, tag="passed"):
    role: RoleId


class Attended(Fact, frozen=True, tag="attended"):
    role: RoleId


class TakenBack(Fact, frozen=True, tag="taken_back"):
    """`ref` is the message, proposal or amendment that goes; empty for a pass."""

    role: RoleId
    undone: Undone
    ref: str
    channel: ChannelId | None
    proposal: ProposalId | None


class TablePaused(Fact, frozen=True, tag="table_paused"):
    pass


class TableResumed(Fact, frozen=True, tag="table_resumed"):
    closes_at: int
    ballot_closes_at: int | None


class PhaseExtended(Fact, frozen=True, tag="phase_extended"):
    seconds: int
    closes_at: int
    ballot_closes_at: int | None


class TimeGivenBack(Fact, frozen=True, tag="time_given_back"):
    """The service was away from `since` to `until`, and deadlines move by that; a date that is still ahead stays.

    `until` is the earlier one where its clock was set back.
    """

    since: int
    until: int
    closes_at: int
    ballot_closes_at: int | None


class Adjustment(Struct, frozen=True, kw_only=True):
    """Points that a role gets at the end for something else than a text, with the sentence that people read."""

    points: int
    text: str


class RoleResult(Struct, frozen=True, kw_only=True):
    """`score` and `surplus` of the adopted text; without one both are the sum of the `adjustments`.

    What stands `beside` is never in the score.
    """

    role: RoleId
    score: int
    walk_away: int
    surplus: int
    adjustments: tuple[Adjustment, ...] = ()
    beside: tuple[Adjustment, ...] = ()


class Injected(Fact, frozen=True, tag="injected"):
    """News of the facilitator's own with all that they did. `card` stands for them among the cards."""

    card: CardId
    round: int
    title: PersonText
    text: PersonText
    shifts: Mapping[RoleId, int]
    tracks: Mapping[TrackId, int]


class RulesReplaced(Fact, frozen=True, tag="rules_replaced"):
    """Between two phases: all that follows goes by the rule set with this digest."""

    digest: str


class Announced(Fact, frozen=True, tag="announced"):
    text: PersonText


class PersonMuted(Fact, frozen=True, tag="person_muted"):
    """`muted` False: the person may speak again."""

    person: PersonId
    muted: bool


class MessageHidden(Fact, frozen=True, tag="message_hidden"):
    """The words stay in the log: who reads the table is not shown them any more."""

    message: MessageId
    channel: ChannelId


class VoteReopened(Fact, frozen=True, tag="vote_reopened"):
    """Everybody votes anew; what was said and counted before stays in the log."""

    proposal: ProposalId
    version: int
    closes_at: int


class PresenceRuled(Fact, frozen=True, tag="presence_ruled"):
    """Whether the silence of this seat counts in the vote on this text although nobody of it was there."""

    proposal: ProposalId
    role: RoleId
    present: bool


class TableEnded(Fact, frozen=True, tag="table_ended"):
    result: Result
    proposal: ProposalId | None
    ending: EndingId | None
    reservations: bool
    results: tuple[RoleResult, ...]


Event = (
    TableOpened
    | PersonJoined
    | PersonSeated
    | PersonLeft
    | HeadChanged
    | SeatHandedToBot
    | SeatDropped
    | TableStarted
    | PhaseOpened
    | PhaseClosed
    | CardDrawn
    | Said
    | Drafted
    | Circulated
    | Tabled
    | AmendmentProposed
    | VersionMade
    | Withdrawn
    | Supported
    | VoteCalled
    | VoteCast
    | ClosingBegan
    | VoteCounted
    | Passed
    | Attended
    | TakenBack
    | TablePaused
    | TableResumed
    | PhaseExtended
    | TimeGivenBack
    | Injected
    | RulesReplaced
    | Announced
    | PersonMuted
    | MessageHidden
    | VoteReopened
    | PresenceRuled
    | TableEnded
    | MechanicFact
)
