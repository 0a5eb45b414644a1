"""Where a socket sits, and what its requests lead to. Only what this place may ask for is done."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from threebirds_rules.actions import Actor, Attend, HandToBot, Start
from threebirds_rules.names import PersonId, PhaseKey, ProposalId
from threebirds_rules.state import DELEGATION, PLENARY
from threebirds_rules.viewers import ONLOOKERS, Viewer
from threebirds_server.live.asks import Ask, Signed, failed, refused
from threebirds_server.live.scores import scores
from threebirds_server.live.strategies import unknown_bot
from threebirds_server.live.table import Table
from threebirds_server.ports import Admission, Scope
from threebirds_wire.errors import Error, error
from threebirds_wire.frames import Act, Head, Pull, Reply, Score, Typing, TypingSeen

TOLD_OF_TYPING = (PLENARY, DELEGATION)
UNSEEN_TYPING = error("forbidden", "Only the plenary and the own delegation of a seat see who types.", path="channel")
ONLOOKER = error("not_your_seat", "Whoever looks on does nothing.", path="viewer")


class Place(NamedTuple):
    """One viewer of one table, as somebody was admitted to it. `bots` are the ones there are."""

    table: Table
    admission: Admission
    bots: Sequence[str]

    @property
    def viewer(self) -> Viewer:
        return self.admission.viewer

    @property
    def person(self) -> PersonId | None:
        """None: the facilitator, known by the session."""
        return self.admission.person

    @property
    def scope(self) -> Scope:
        return self.admission.scope

    @property
    def principal(self) -> str:
        return self.person or f"session {self.admission.session}"

    @property
    def actor(self) -> Actor:
        """Nobody else has a place from which to act."""
        if self.viewer.role is None:
            return Actor(kind="facilitator")
        return Actor(kind="seat", role=self.viewer.role, person=self.person)

    @property
    def phase(self) -> PhaseKey:
        return self.table.replica.state.phase

    @property
    def head(self) -> Head:
        n = self.table.replica.stream(self.viewer).n
        return Head(table=self.table.id, viewer=str(self.viewer), n=n)

    @property
    def unattended(self) -> bool:
        """Whether the clock would take this seat's silence in this phase for nobody's."""
        state = self.table.replica.state
        seat = state.seat(self.viewer.role) if self.viewer.role else None
        return state.status == "running" and seat is not None and not seat.attended

    def stranger(self, frame: Act | Score | Pull | Typing) -> Error | None:
        """Why this frame is not for this socket, if it is not."""
        if frame.table != self.table.id:
            return error("unknown_table", "This connection is for another table.", path="table")
        if frame.viewer != str(self.viewer):
            return error("not_your_seat", f"This connection is for {self.viewer}.", path="viewer")
        return None

    def repeats(self, frame: Act) -> bool:
        """Whether it was done already: then it costs nothing to hear the answer again."""
        return self.table.replica.knows(frame.cid)

    async def act(self, frame: Act) -> Reply:
        against = ONLOOKER if self.viewer.kind in ONLOOKERS else self._unknown_bot(frame)
        if against is not None:
            return refused(against)
        signed = Signed(frame.cid, self.principal, _digest(frame))
        ask = Ask(self.actor, frame.action, frame.had, self.viewer, signed, frame.dry)
        reply = await self.table.ask(ask)
        if reply.error is None or reply.error.code != "stale_proposal" or frame.given is None:
            return reply
        return replace(reply, error=replace(reply.error, details=self._newest(frame.given.proposal)))

    def _newest(self, proposal: ProposalId) -> Mapping[str, Any] | None:
        """The version of a text that stands now, if this place may see the text at all."""
        seen = (text for text in self.table.replica.view(self.viewer).proposals if text.id == proposal)
        return next((msgspec.to_builtins(text.versions[-1]) for text in seen), None)

    def _unknown_bot(self, frame: Act) -> Error | None:
        match frame.action:
            case Start(empty="bot", bot=bot) | HandToBot(bot=bot):
                return unknown_bot(bot, self.bots, "action.bot")
            case _:
                return None

    def score(self, frame: Score) -> Reply:
        if self.viewer.role is None:
            return failed("forbidden", "Only a seat has a mandate to score with.")
        result = scores(self.table.replica, self.viewer.role, frame.packages, explained=frame.explain)
        return refused(result) if isinstance(result, Error) else Reply(id=None, ok=True, result=result)

    async def pull(self, frame: Pull) -> tuple[str, ...]:
        """The frames after a number, or a snapshot if they are not kept."""
        if self.table.replica.stream(self.viewer).lacks(frame.after):
            await self.table.prepare(self.viewer, frame.after)
        stream = self.table.replica.stream(self.viewer)
        frames = stream.after(frame.after)
        if frames is None:
            ahead = frame.after > stream.n
            return (self.table.snapshot(self.viewer, "history_differs" if ahead else "too_far_behind"),)
        return frames[: frame.limit]

    def typing(self, frame: Typing) -> Error | None:
        """Told in the plenary and inside the own delegation; who writes to whom elsewhere is nobody's business."""
        if self.viewer.role is None or self.person is None or frame.channel not in TOLD_OF_TYPING:
            return UNSEEN_TYPING
        for listener in self.table.listeners:
            same_seat = listener.viewer == self.viewer
            talk = listener.viewer.kind != "public"
            heard = (frame.channel == PLENARY and talk) or (frame.channel == DELEGATION and same_seat)
            if heard and listener.person != self.person:
                listener.hint(
                    TypingSeen(
                        table=self.table.id,
                        viewer=str(listener.viewer),
                        channel=frame.channel,
                        role=self.viewer.role,
                        person=self.person,
                    )
                )
        return None


class Attendance:
    """Says once in each phase that somebody of a seat answers: from then on, in this phase, its silence is its own."""

    def __init__(self) -> None:
        self._phase = ""

    def at(self, place: Place) -> None:
        if place.unattended and self._phase != place.phase:
            self._phase = place.phase
            place.table.post(Ask(place.actor, Attend()))


def _digest(frame: Act) -> str:
    """Of all that was asked: somebody who only tries what would happen asks for something else."""
    body = (frame.viewer, frame.phase, frame.action, frame.given, *(("dry",) if frame.dry else ()))
    asked = msgspec.json.encode(body, order="deterministic")
    return blake2b(asked, digest_size=16).hexdigest()
