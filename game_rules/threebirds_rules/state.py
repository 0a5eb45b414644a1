"""The state of one table: immutable, folded from the log by `evolve`, never written anywhere but in a cache."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from threebirds_rules.actions import Choice, Position3
from threebirds_rules.events import BodyCount, Result, RoleResult, Undone
from threebirds_rules.mandate import Offset, Position
from threebirds_rules.mechanics.progress import Progress
from threebirds_rules.names import (
    AmendmentId,
    AspectId,
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

LOBBY = PhaseKey("lobby")
PLENARY = ChannelId("plenary")
DELEGATION = ChannelId("delegation")

Status = Literal["new", "lobby", "running", "paused", "ended"]
ProposalStatus = Literal["circulated", "tabled", "voting", "rejected", "adopted", "withdrawn", "taken_back"]
AmendmentStatus = Literal["open", "accepted", "lapsed", "taken_back"]


class Person(Struct, frozen=True, kw_only=True):
    id: PersonId
    name: str
    role: RoleId | None


class SeatState(Struct, frozen=True, kw_only=True):
    """A seat at the table: held by people, by a bot, or by nobody."""

    role: RoleId
    people: tuple[PersonId, ...] = ()
    head: PersonId | None = None
    bot: str | None = None
    dropped: bool = False
    passed: bool = False
    attended: bool = False

    @property
    def occupied(self) -> bool:
        return not self.dropped and (bool(self.people) or self.bot is not None)


class Message(Struct, frozen=True, kw_only=True):
    id: MessageId
    at: int
    role: RoleId
    person: PersonId | None
    text: str
    removed: bool = False


class Channel(Struct, frozen=True, kw_only=True):
    """`members` None: the plenary."""

    id: ChannelId
    members: tuple[RoleId, ...] | None
    messages: tuple[Message, ...] = ()


class Version(Struct, frozen=True, kw_only=True):
    package: Package
    digest: str
    at: int
    note: str


class Amendment(Struct, frozen=True, kw_only=True):
    id: AmendmentId
    role: RoleId
    version: int
    package: Package
    note: str
    status: AmendmentStatus = "open"


class Opinion(Struct, frozen=True, kw_only=True):
    """A seat's place in the straw poll on the current version."""

    position: Position3
    issue: IssueId | None
    aspect: AspectId | None
    reason: str


class Proposal(Struct, frozen=True, kw_only=True):
    """`to` None: tabled, so that all may see it. `counted` is the result of its last vote."""

    id: ProposalId
    number: int | None
    sponsor: RoleId
    to: tuple[RoleId, ...] | None
    status: ProposalStatus
    round: int
    versions: tuple[Version, ...]
    amendments: tuple[Amendment, ...] = ()
    opinions: Mapping[RoleId, Opinion] = {}
    counted: tuple[BodyCount, ...] = ()
    counted_in: PhaseKey | None = None

    @property
    def version(self) -> int:
        return len(self.versions)

    @property
    def package(self) -> Package:
        return self.versions[-1].package

    @property
    def digest(self) -> str:
        return self.versions[-1].digest

    def seen_by(self, role: RoleId) -> bool:
        return self.to is None or role == self.sponsor or role in self.to


class Cast(Struct, frozen=True, kw_only=True):
    choice: Choice
    issue: IssueId | None
    reason: str


class Ballot(Struct, frozen=True, kw_only=True):
    proposal: ProposalId
    version: int
    caller: RoleId | None
    closes_at: int
    counts_from: int = 0
    closing: bool = False
    votes: Mapping[RoleId, Cast] = {}
    ruled_present: tuple[RoleId, ...] = ()
    """Absent seats whose silence counts, because the facilitator has ruled so."""


class News(Struct, frozen=True, kw_only=True):
    title: str
    text: str


class Drawn(Struct, frozen=True, kw_only=True):
    """`news` are the facilitator's own words, where the card is none of the deck."""

    card: CardId
    round: int
    at: int
    shifts: Mapping[RoleId, int]
    news: News | None = None


class Undoable(Struct, frozen=True, kw_only=True):
    """A seat's last action of this phase, as long as nobody has answered it. `before` is the opinion it replaced."""

    undone: Undone
    ref: str
    channel: ChannelId | None = None
    proposal: ProposalId | None = None
    before: Opinion | None = None


class Adoption(Struct, frozen=True, kw_only=True):
    """The adopted text, and all that touched scores at the vote: what comes later moves nobody's result."""

    proposal: ProposalId
    package: Package
    position: Position


class Outcome(Struct, frozen=True, kw_only=True):
    result: Result
    proposal: ProposalId | None
    ending: EndingId | None
    reservations: bool
    results: tuple[RoleResult, ...]


class Replacement(Struct, frozen=True, kw_only=True):
    at: int
    digest: str


class Announcement(Struct, frozen=True, kw_only=True):
    at: int
    text: str


class State(Struct, frozen=True, kw_only=True):
    status: Status = "new"
    digest: str = ""
    replacements: tuple[Replacement, ...] = ()
    """The rule sets that took the place of the first one; `digest` is the last of them."""
    seed: str = ""
    switches: tuple[SwitchId, ...] = ()
    variant: VariantId = VariantId("")
    utc_offset_minutes: int = 0
    rekey: Mapping[RoleId, int] = {}
    """What was added to walk-aways when the table opened: a secret of each role."""
    people: tuple[Person, ...] = ()
    seats: tuple[SeatState, ...] = ()
    round: int = 0
    phase_index: int = 0
    phase: PhaseKey = LOBBY
    opened_at: int = 0
    """When the phase opened."""
    closes_at: int = 0
    counts_from: int = 0
    """From when the deadline counts, as with a ballot's: time that the service was away before is settled."""
    paused_at: int | None = None
    cards: tuple[Drawn, ...] = ()
    woken: tuple[RuleId, ...] = ()
    tracks: Mapping[TrackId, int] = {}
    shifts: Mapping[RoleId, int] = {}
    offsets: tuple[Offset, ...] = ()
    drafts: Mapping[RoleId, Mapping[IssueId, int]] = {}
    channels: tuple[Channel, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    muted: tuple[PersonId, ...] = ()
    """Kept here and not with the person, so that nobody speaks again by leaving and coming back."""
    proposals: tuple[Proposal, ...] = ()
    tabled: int = 0
    ballot: Ballot | None = None
    last_call: bool = False
    """The schedule itself has put the last text to the vote: it does so once."""
    adoption: Adoption | None = None
    undoable: Mapping[RoleId, Undoable] = {}
    progress: Progress = Progress()
    outcome: Outcome | None = None

    def seat(self, role: RoleId) -> SeatState | None:
        for seat in self.seats:
            if seat.role == role:
                return seat
        return None

    def person(self, person: PersonId) -> Person | None:
        for one in self.people:
            if one.id == person:
                return one
        return None

    def proposal(self, proposal: ProposalId) -> Proposal | None:
        for one in self.proposals:
            if one.id == proposal:
                return one
        return None
