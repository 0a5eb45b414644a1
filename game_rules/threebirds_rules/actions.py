"""What an actor can ask for. Parsed once at the edge; nothing is legal that is not in these unions."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.names import (
    AmendmentId,
    AspectId,
    CardId,
    ChannelId,
    IssueId,
    MessageId,
    PersonId,
    PhaseKey,
    ProposalId,
    RoleId,
    SwitchId,
    TrackId,
    VariantId,
)
from threebirds_rules.tagged import Ask

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


class Say(Ask, frozen=True, tag="say"):
    """`channel` is `plenary`, `delegation` (the sender's own), or role ids joined by `+` in any order."""

    channel: ChannelId
    text: str


class Draft(Ask, frozen=True, tag="draft"):
    """Choose wordings in the seat's shared draft; with `fresh` everything not named returns to the status quo."""

    options: Mapping[IssueId, int]
    fresh: bool = False


class TakeBack(Ask, frozen=True, tag="take_back"):
    pass


class Circulate(Ask, frozen=True, tag="circulate"):
    """A confidential non-paper to some roles. Issues not named stay at the status quo."""

    options: Mapping[IssueId, int]
    to: tuple[RoleId, ...]
    note: str = ""


class Table(Ask, frozen=True, tag="table"):
    """Put a text before everybody. Issues not named stay at the status quo."""

    options: Mapping[IssueId, int]
    note: str = ""


class Amend(Ask, frozen=True, tag="amend"):
    """Change some issues of a proposal: a new version if its sponsor asks, else an amendment the sponsor may accept."""

    proposal: ProposalId
    options: Mapping[IssueId, int]
    note: str = ""


class AcceptAmendment(Ask, frozen=True, tag="accept_amendment"):
    proposal: ProposalId
    amendment: AmendmentId


class Withdraw(Ask, frozen=True, tag="withdraw"):
    proposal: ProposalId


class Support(Ask, frozen=True, tag="support"):
    """A straw poll. A *no* names the article (`issue`) and the aspect that stands in the way."""

    proposal: ProposalId
    position: Position3
    issue: IssueId | None = None
    aspect: AspectId | None = None
    reason: str = ""


class CallVote(Ask, frozen=True, tag="call_vote"):
    proposal: ProposalId


class Vote(Ask, frozen=True, tag="vote"):
    proposal: ProposalId
    choice: Choice


class BreakSilence(Ask, frozen=True, tag="break_silence"):
    """Object in a body that decides by silence: a *no* with the article and the reason."""

    proposal: ProposalId
    issue: IssueId
    reason: str


class Pass(Ask, frozen=True, tag="pass"):
    pass


class Lead(Ask, frozen=True, tag="lead"):
    """Make another member of the delegation its head."""

    person: PersonId


class Attend(Ask, frozen=True, tag="attend"):
    """Somebody of this seat answers the server in this phase: only then can its silence be consent."""


class Open(Ask, frozen=True, tag="open"):
    """The first action of a table. `seed` is secret: all draws and ids come from it.

    An empty `language` is the document's own; empty `names` are historical ones; an empty `variant` is the first one.
    Dates are by local time, which is `utc_offset_minutes` ahead of UTC. With `rekey` walk-aways are moved, by as much
    as the rule set lets.
    """

    seed: str
    roles: tuple[RoleId, ...]
    switches: tuple[SwitchId, ...]
    language: str = ""
    names: str = ""
    variant: VariantId = VariantId("")
    utc_offset_minutes: int = 0
    rekey: bool = False


class Join(Ask, frozen=True, tag="join"):
    person: PersonId
    name: str


class Seat(Ask, frozen=True, tag="seat"):
    """Seat a person, or with `role` None let it stand up. A bot in that seat makes room."""

    person: PersonId
    role: RoleId | None


class Leave(Ask, frozen=True, tag="leave"):
    person: PersonId


class HandToBot(Ask, frozen=True, tag="hand_to_bot"):
    role: RoleId
    bot: str


class Start(Ask, frozen=True, tag="start"):
    """`empty`: seats without a person go to a bot of the strategy `bot`, or are dropped."""

    empty: EmptySeats = "bot"
    bot: str = "conceder"


class Pause(Ask, frozen=True, tag="pause"):
    pass


class Resume(Ask, frozen=True, tag="resume"):
    pass


class Extend(Ask, frozen=True, tag="extend"):
    seconds: int


class ClosePhase(Ask, frozen=True, tag="close_phase"):
    pass


class End(Ask, frozen=True, tag="end"):
    pass


class Announce(Ask, frozen=True, tag="announce"):
    """A sentence to everybody at the table and on the wall."""

    text: str


class Mute(Ask, frozen=True, tag="mute"):
    """The person is read by nobody but its own delegation from now on; it still votes, tables and breaks silence."""

    person: PersonId


class Unmute(Ask, frozen=True, tag="unmute"):
    person: PersonId


class Inject(Ask, frozen=True, tag="inject"):
    """A card that is not drawn yet, as if it had been; or news of the facilitator's own, with what they do.

    `shifts` move walk-aways and `tracks` are steps, of which those beyond a track's bounds are lost, as with a card.
    """

    card: CardId | None = None
    title: str = ""
    text: str = ""
    shifts: Mapping[RoleId, int] = {}
    tracks: Mapping[TrackId, int] = {}


class ReplaceRules(Ask, frozen=True, tag="replace_rules"):
    """Go on by another version of the rule set, with other numbers and texts only; it closes the phase under way."""

    digest: str


class Correct(Ask, frozen=True, tag="correct"):
    """Hide a message from everybody, or reopen the vote by which a text was rejected in this phase: one of the two."""

    message: MessageId | None = None
    proposal: ProposalId | None = None


class RulePresent(Ask, frozen=True, tag="rule_present"):
    """Rule that the silence of an absent seat counts in the vote under way, or with `present` False that it does not.

    Without a ruling it does not: nobody is taken to agree because the line was down.
    """

    role: RoleId
    present: bool = True


class TimeUp(Ask, frozen=True, tag="time_up"):
    pass


class GiveTimeBack(Ask, frozen=True, tag="give_time_back"):
    """The service was away from `since` to `until` (ms since 1970); asked again it is refused.

    `until` is the earlier one where the clock was set back.
    """

    since: int
    until: int


PlainAction = (
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
"""What a seat does in any game."""
SeatAction = PlainAction | MechanicAction
FacilitatorAction = (
    Start
    | Pause
    | Resume
    | Extend
    | ClosePhase
    | End
    | Seat
    | HandToBot
    | Announce
    | Inject
    | ReplaceRules
    | Mute
    | Unmute
    | Correct
    | RulePresent
)
HostAction = Open | Join | Leave | Lead | Seat | HandToBot | Start
ClockAction = TimeUp | GiveTimeBack
Action = SeatAction | FacilitatorAction | HostAction | ClockAction
