"""What an actor can ask for. Parsed once at the edge; nothing is legal that is not in these unions."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from threebirds_rules.names import (
    AmendmentId,
    AspectId,
    ChannelId,
    IssueId,
    PersonId,
    PhaseKey,
    ProposalId,
    RoleId,
    SwitchId,
)

Position3 = Literal["yes", "no", "reserve"]
Choice = Literal["yes", "no"]
EmptySeats = Literal["bot", "drop"]
ActorKind = Literal["seat", "facilitator", "clock", "host"]


class Actor(Struct, frozen=True, kw_only=True):
    """Who asks. `host` is the server itself, acting for a person at the door; a bot is a seat without a person."""

    kind: ActorKind
    role: RoleId | None = None
    person: PersonId | None = None


class Given(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sender had before its eyes: the phase, and the version and digest of the proposal it answers."""

    phase: PhaseKey | None = None
    proposal: ProposalId | None = None
    version: int | None = None
    digest: str | None = None


class _Ask(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    pass


class Say(_Ask, frozen=True, tag="say"):
    """`channel` is `plenary`, `delegation` (the sender's own), or role ids joined by `+` in any order."""

    channel: ChannelId
    text: str


class Draft(_Ask, frozen=True, tag="draft"):
    """Choose wordings in the seat's shared draft; with `fresh` everything not named returns to the status quo."""

    options: Mapping[IssueId, int]
    fresh: bool = False


class TakeBack(_Ask, frozen=True, tag="take_back"):
    pass


class Circulate(_Ask, frozen=True, tag="circulate"):
    """A confidential non-paper to some roles. Issues not named stay at the status quo."""

    options: Mapping[IssueId, int]
    to: tuple[RoleId, ...]
    note: str = ""


class Table(_Ask, frozen=True, tag="table"):
    """Put a text before everybody. Issues not named stay at the status quo."""

    options: Mapping[IssueId, int]
    note: str = ""


class Amend(_Ask, frozen=True, tag="amend"):
    """Change some issues of a proposal: a new version if its sponsor asks, else an amendment the sponsor may accept."""

    proposal: ProposalId
    options: Mapping[IssueId, int]
    note: str = ""


class AcceptAmendment(_Ask, frozen=True, tag="accept_amendment"):
    proposal: ProposalId
    amendment: AmendmentId


class Withdraw(_Ask, frozen=True, tag="withdraw"):
    proposal: ProposalId


class Support(_Ask, frozen=True, tag="support"):
    """A straw poll. A *no* names the article (`issue`) and the aspect that stands in the way."""

    proposal: ProposalId
    position: Position3
    issue: IssueId | None = None
    aspect: AspectId | None = None
    reason: str = ""


class CallVote(_Ask, frozen=True, tag="call_vote"):
    proposal: ProposalId


class Vote(_Ask, frozen=True, tag="vote"):
    proposal: ProposalId
    choice: Choice


class BreakSilence(_Ask, frozen=True, tag="break_silence"):
    """Object in a body that decides by silence: a *no* with the article and the reason."""

    proposal: ProposalId
    issue: IssueId
    reason: str


class Pass(_Ask, frozen=True, tag="pass"):
    pass


class Lead(_Ask, frozen=True, tag="lead"):
    """Make another member of the delegation its head."""

    person: PersonId


class Attend(_Ask, frozen=True, tag="attend"):
    """Somebody of this seat answers the server in this phase: only then can its silence be consent."""


class Open(_Ask, frozen=True, tag="open"):
    """The first action of a table. `seed` is secret: all draws and ids come from it."""

    seed: str
    roles: tuple[RoleId, ...]
    switches: tuple[SwitchId, ...]


class Join(_Ask, frozen=True, tag="join"):
    person: PersonId
    name: str


class Seat(_Ask, frozen=True, tag="seat"):
    """Seat a person, or with `role` None let it stand up. A bot in that seat makes room."""

    person: PersonId
    role: RoleId | None


class Leave(_Ask, frozen=True, tag="leave"):
    person: PersonId


class HandToBot(_Ask, frozen=True, tag="hand_to_bot"):
    role: RoleId
    bot: str


class Start(_Ask, frozen=True, tag="start"):
    """`empty`: seats without a person go to a bot of the strategy `bot`, or are dropped."""

    empty: EmptySeats = "bot"
    bot: str = "conceder"


class Pause(_Ask, frozen=True, tag="pause"):
    pass


class Resume(_Ask, frozen=True, tag="resume"):
    pass


class Extend(_Ask, frozen=True, tag="extend"):
    seconds: int


class ClosePhase(_Ask, frozen=True, tag="close_phase"):
    pass


class End(_Ask, frozen=True, tag="end"):
    pass


class TimeUp(_Ask, frozen=True, tag="time_up"):
    pass


SeatAction = (
    Say
    | Draft
    | TakeBack
    | Circulate
    | Table
    | Amend
    | AcceptAmendment
    | Withdraw
    | Support
    | CallVote
    | Vote
    | BreakSilence
    | Pass
    | Lead
    | Attend
)
FacilitatorAction = Start | Pause | Resume | Extend | ClosePhase | End | Seat | HandToBot
HostAction = Open | Join | Leave | Lead | Seat | HandToBot | Start
ClockAction = TimeUp
Action = SeatAction | FacilitatorAction | HostAction | ClockAction
