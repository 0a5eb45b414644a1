"""What a negotiator makes of one view: its own interests, how much it still asks for, and where the texts stand."""

from functools import cached_property

from threebirds_client.sight import latest, open_amendments, opinion_of, phase_began_at
from threebirds_client.strategies.judgement import Judgement
from threebirds_client.strategies.leanings import Leanings
from threebirds_rules.names import Package, RoleId
from threebirds_rules.views.shapes import ClockView, ProposalView, SeatView, View


class Situation:
    """All of it is a function of the view; `judgement` is only passed in because it takes long to make."""

    def __init__(self, view: View, seat: SeatView, clock: ClockView, judgement: Judgement) -> None:
        self.view = view
        self.seat = seat
        self.clock = clock
        self.judgement = judgement

    @cached_property
    def aspiration(self) -> int:
        """Points above what it needs that it still asks for: its best in the first round, none in the last.

        The linear time-dependent tactic of Faratin, Sierra and Jennings (1998).
        """
        best = max(0, self.judgement.gain(self.judgement.ideal))
        rounds = self.view.treaty.rounds
        return best * (rounds - self.clock.round) // max(1, rounds - 1)

    @cached_property
    def leanings(self) -> Leanings:
        return Leanings(self.view, self.seat.role)

    @cached_property
    def voters(self) -> tuple[RoleId, ...]:
        return tuple(seat.role for seat in self.view.seats if seat.vote and not seat.dropped)

    @cached_property
    def chair(self) -> RoleId | None:
        return next((seat.role for seat in self.view.seats if seat.chair and not seat.dropped), None)

    @cached_property
    def on_the_table(self) -> tuple[ProposalView, ...]:
        return tuple(text for text in self.view.proposals if text.status == "tabled")

    @cached_property
    def leading(self) -> ProposalView | None:
        """The text that everybody works on: the chair's, else the one with most friends, else the newest."""
        return max(
            self.on_the_table,
            key=lambda text: (text.sponsor == self.chair, self.friends(text), text.number or 0),
            default=None,
        )

    def friends(self, text: ProposalView) -> int:
        """How many delegations with a vote stand for it, its sponsor among them."""
        return sum(role == text.sponsor or self.position(text, role) == "yes" for role in self.voters)

    def position(self, text: ProposalView, role: RoleId) -> str | None:
        opinion = opinion_of(text, role)
        return None if opinion is None else opinion.position

    def gain(self, text: ProposalView) -> int:
        return self.judgement.gain(latest(text).package)

    def is_good_enough(self, text: ProposalView) -> bool:
        return self.gain(text) >= self.aspiration

    def is_adoptable(self, text: ProposalView) -> bool:
        """By the straw poll, every body consents."""
        return bool(text.bodies) and all(reading.consents for reading in text.bodies)

    def others_at_work(self) -> tuple[SeatView, ...]:
        """Who else sits here and has not passed in this phase."""
        return tuple(
            seat
            for seat in self.view.seats
            if seat.role != self.seat.role and not (seat.dropped or seat.passed) and (seat.people or seat.bot)
        )

    def awaited(self, text: ProposalView) -> bool:
        """Whether a bot may still answer this version. People take the time they need; nobody waits for them here."""
        bots = [seat.role for seat in self.others_at_work() if seat.vote and seat.bot is not None]
        return any(not self._has_answered(text, role) for role in bots)

    def asked_by_people(self, text: ProposalView) -> bool:
        """Whether a delegation of people has asked for a change of this version."""
        peopled = {seat.role for seat in self.view.seats if seat.people}
        return any(amendment.role in peopled for amendment in open_amendments(text))

    def _has_answered(self, text: ProposalView, role: RoleId) -> bool:
        position = self.position(text, role)
        if position == "no":
            return any(one.role == role and one.version == latest(text).version for one in text.amendments)
        return position is not None

    def versions_in_this_phase(self, text: ProposalView) -> int:
        began = phase_began_at(self.view)
        return sum(version.at >= began for version in text.versions[1:])

    def distance(self, package: Package, other: Package) -> int:
        return sum(one != another for one, another in zip(package, other, strict=True))
