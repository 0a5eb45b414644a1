"""A bot that wants the best for its role, asks for less as time goes on, and signs what is good enough.

It knows its own mandate and what everybody can see. Where there is a chair, all work on the chair's text; otherwise on
the text with most friends. The chair asks nothing for itself.
"""

from collections.abc import Callable

import msgspec

from threebirds_client.sight import as_read, latest, may, open_amendments, own_seat, texts_for
from threebirds_client.strategies import undertakings
from threebirds_client.strategies.climbing import Climber
from threebirds_client.strategies.judgement import Judgement
from threebirds_client.strategies.phrases import phrases
from threebirds_client.strategies.situation import Situation
from threebirds_rules import actions as asked
from threebirds_rules.actions import Position3, SeatAction
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import IssueId, Package
from threebirds_rules.strategy import Move
from threebirds_rules.views.shapes import ProposalView, View

MANDATES_KEPT = 64
VERSIONS_A_PHASE = 1
"""So many new versions does a sponsor write in one phase of its own accord: people have to read them."""
VERSIONS_FOR_PEOPLE = 5
"""So many if people ask for changes: they should not have to wait for the next phase."""
ASKED_IN_AMENDMENTS = 2
"""An amendment asks for one part in so many of what the role would ask for in a text of its own."""
SHORTFALL = 2.0
"""What a missing point costs in the search, beside what a text is worth to the others."""
OWN_POINT = 0.02
"""What a point of its own is worth when the others would not mind."""
CHANGED_ARTICLE = 0.7
"""What it costs to change one more article of somebody else's text."""


class ConcederBot:
    """Plays any role of any rule set, at many tables at once: it remembers only what it worked out of mandates."""

    def __init__(self) -> None:
        self._judgements: dict[bytes, Judgement] = {}

    def choose(self, view: View, *, chance: str) -> Move | None:  # noqa: ARG002  # it leaves nothing to chance
        seat, clock = own_seat(view), view.clock
        if seat is None or clock is None or view.status != "running":
            return None
        if view.mandate is None:
            return None if may(view, "pass") is None else Move(action=asked.Pass())
        situation = Situation(view, seat, clock, self._judged(view.mandate.mandate))
        if view.ballot is not None:
            return _vote(situation)
        return next((move for duty in _DUTIES if (move := duty(situation)) is not None), None)

    def _judged(self, mandate: Mandate) -> Judgement:
        key = msgspec.json.encode(mandate)
        known = self._judgements.get(key)
        if known is None:
            if len(self._judgements) >= MANDATES_KEPT:
                self._judgements.clear()
            known = self._judgements[key] = Judgement(mandate)
        return known


def _vote(situation: Situation) -> Move | None:
    ballot = situation.view.ballot
    if ballot is None or any(vote.role == situation.seat.role for vote in ballot.votes):
        return None
    for text in texts_for(situation.view, "vote"):
        if situation.is_good_enough(text):
            return _on(text, asked.Vote(proposal=text.id, choice="yes"))
        if text in texts_for(situation.view, "break_silence"):
            issue, _ = situation.judgement.grievance(latest(text).package)
            return _on(
                text, asked.BreakSilence(proposal=text.id, issue=issue, reason=_costs_too_much(situation, issue))
            )
        return _on(text, asked.Vote(proposal=text.id, choice="no"))
    return None


def _say_where_we_stand(situation: Situation) -> Move | None:
    """Answer every text in the straw poll, and again where the answer has changed."""
    for text in texts_for(situation.view, "support"):
        position = _position(situation, text)
        if position != situation.position(text, situation.seat.role):
            return _on(text, _support(situation, text, position))
    return None


def _position(situation: Situation, text: ProposalView) -> Position3:
    if situation.is_good_enough(text):
        return "yes"
    return "no" if situation.gain(text) < 0 else "reserve"


def _support(situation: Situation, text: ProposalView, position: Position3) -> asked.Support:
    if position != "no":
        return asked.Support(proposal=text.id, position=position)
    issue, aspect = situation.judgement.grievance(latest(text).package)
    reason = _costs_too_much(situation, issue)
    return asked.Support(proposal=text.id, position="no", issue=issue, aspect=aspect, reason=reason)


def _costs_too_much(situation: Situation, issue: IssueId) -> str:
    title = next(one.title for one in situation.view.treaty.issues if one.id == issue)
    return phrases(situation.view).costs_too_much(title)


def _call_vote(situation: Situation) -> Move | None:
    for text in texts_for(situation.view, "call_vote"):
        if situation.is_adoptable(text) and (situation.is_good_enough(text) or not situation.seat.vote):
            return _on(text, asked.CallVote(proposal=text.id))
    return None


def _give_way(situation: Situation) -> Move | None:
    """Withdraw a text of our own when another one has at least as many friends."""
    leading = situation.leading
    for text in texts_for(situation.view, "withdraw"):
        if leading not in {None, text} and text.status == "tabled":
            return _on(text, asked.Withdraw(proposal=text.id))
    return None


def _improve(situation: Situation) -> Move | None:
    """A new version of our own text, once everybody has answered the last one, as near to the others as we can go."""
    text = situation.leading
    if text is None or text.sponsor != situation.seat.role or text not in texts_for(situation.view, "amend"):
        return None
    if situation.is_adoptable(text) or situation.awaited(text):
        return None
    most = VERSIONS_FOR_PEOPLE if situation.asked_by_people(text) else VERSIONS_A_PHASE
    if situation.versions_in_this_phase(text) >= most:
        return None
    floor = situation.aspiration if situation.seat.vote else None
    before = [version.package for version in text.versions]
    offered = [one.package for one in open_amendments(text)]
    better = _found(situation, floor, [before[-1], *offered], tried=before)
    if better in before:
        return None
    for amendment in open_amendments(text):
        if amendment.package == better:
            return _on(text, asked.AcceptAmendment(proposal=text.id, amendment=amendment.id))
    return _on(text, _amendment(situation, text, better, phrases(situation.view).nearer))


def _amend(situation: Situation) -> Move | None:
    """Ask once per version for what we lack in the text that everybody works on."""
    text = situation.leading
    if text is None or text not in texts_for(situation.view, "amend") or text.sponsor == situation.seat.role:
        return None
    version = latest(text)
    asked_before = any(one.role == situation.seat.role and one.version == version.version for one in text.amendments)
    if asked_before or situation.gain(text) >= 0:
        return None
    floor = max(1, situation.aspiration // ASKED_IN_AMENDMENTS)
    wanted = _found(situation, floor, [version.package], near=version.package)
    if wanted == version.package:
        return None
    return _on(text, _amendment(situation, text, wanted, phrases(situation.view).with_changes))


def _table(situation: Situation) -> Move | None:
    """One text of our own at a time: everybody's in the first round, later the chair's."""
    if may(situation.view, "table") is None or _has_had_its_say(situation):
        return None
    floor = situation.aspiration if situation.seat.vote else None
    starts = [situation.judgement.ideal, *(latest(text).package for text in situation.on_the_table)]
    package = _found(situation, floor, starts)
    if not any(package):
        return None
    options = dict(zip(situation.judgement.mandate.issues, package, strict=True))
    said = phrases(situation.view)
    return Move(action=asked.Table(options=options, note=said.could_sign if situation.seat.vote else said.between))


def _has_had_its_say(situation: Situation) -> bool:
    role, now = situation.seat.role, situation.clock.round
    own = [text for text in situation.view.proposals if text.sponsor == role and text.number is not None]
    if any(text.round == now or text.status == "tabled" for text in own):
        return True
    if situation.chair is not None:
        return role != situation.chair and now > 1
    return situation.leading is not None and situation.is_good_enough(situation.leading)


def _pass(situation: Situation) -> Move | None:
    """Nothing to add. The sponsor of the text that all work on stays until the others have passed."""
    if may(situation.view, "pass") is None:
        return None
    leading = situation.leading
    still_needed = leading in texts_for(situation.view, "withdraw") and bool(situation.others_at_work())
    return None if still_needed else Move(action=asked.Pass())


def _found(
    situation: Situation,
    floor: int | None,
    starts: list[Package],
    *,
    tried: list[Package] | None = None,
    near: Package | None = None,
) -> Package:
    """The best package for the others that gives us `floor`, was not tried before, and changes little of `near`."""
    judgement, leanings = situation.judgement, situation.leanings
    known = frozenset(tried or ())

    def worth(package: Package) -> float:
        if package in known:
            return float("-inf")
        gain = judgement.gain(package)
        missing = 0 if floor is None else max(0, floor - gain)
        changed = 0 if near is None else situation.distance(package, near)
        return leanings.worth(package) + OWN_POINT * gain - SHORTFALL * missing - CHANGED_ARTICLE * changed

    return Climber(judgement.sizes, worth).best_from(starts)


def _amendment(situation: Situation, text: ProposalView, package: Package, note: str) -> asked.Amend:
    issues = situation.judgement.mandate.issues
    before = latest(text).package
    options = {issue: new for issue, new, old in zip(issues, package, before, strict=True) if new != old}
    return asked.Amend(proposal=text.id, options=options, note=note)


def _on(text: ProposalView, action: SeatAction) -> Move:
    return Move(action=action, given=as_read(text))


_DUTIES: tuple[Callable[[Situation], Move | None], ...] = (
    undertakings.honour,
    undertakings.judge,
    undertakings.join,
    undertakings.pledge,
    _say_where_we_stand,
    _call_vote,
    _give_way,
    _improve,
    _amend,
    _table,
    _pass,
)
