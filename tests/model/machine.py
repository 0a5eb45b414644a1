"""Everything that may happen at a table, in any order: what the real service does is compared with the reference."""

from collections import Counter
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.model.bench import HOST, Bench, Ear
from tests.model.reference import BOT, DELEGATION, PLENARY, SEATS, VIEWERS, Given, Reference
from threebirds_rules import actions as asked
from threebirds_rules.actions import Action
from threebirds_rules.engine import canonical
from threebirds_rules.names import ChannelId, IssueId, PersonId, RoleId
from threebirds_server.house import House
from threebirds_server.live.asks import Ask, Since
from threebirds_wire.errors import CloseCode
from threebirds_wire.frames import Reply

seats = st.sampled_from(SEATS)
viewers = st.sampled_from(VIEWERS)
channels = st.sampled_from((PLENARY, DELEGATION))
issues = st.sampled_from(("price", "transit", "investment"))
options = st.integers(0, 2)
pieces_of_time = st.sampled_from((1_000, 14_000, 20_500))
"""The last one is as long as the news, so that never more than one phase closes."""
NEWEST = -1
WORDS_BEFORE_LOSSES = 1


class AtTheTable(RuleBasedStateMachine):
    """One example is one table. `bench` has to be set; `done` counts what was done over all examples."""

    bench: ClassVar[Bench]
    done: ClassVar[Counter[str]]

    @initialize()
    def start(self) -> None:
        self.words = 0
        self.looked_at = 0
        self.compared: dict[str, tuple[int, House]] = {}
        self.strangers: list[tuple[str, str]] = []
        self.bodies: dict[str, tuple[str, str, Action]] = {}
        people = self.bench.begin()
        clock = self._clock()
        self.reference = Reference(self.bench.clock.now(), dict(people), clock["closes_at"], clock["phase"])
        self.reference.numbers = {viewer: ear.n for viewer, ear in self.bench.ears.items()}
        self.done["tables"] += 1

    @rule(seat=seats, channel=channels)
    def say(self, seat: str, channel: str) -> None:
        self.words += 1
        text = f"{self.bench.table_id} word {self.words}"
        reply = self._by(seat, asked.Say(channel=ChannelId(channel), text=text), "say")
        if reply is not None:
            assert reply.ok == self.reference.running, reply
            if reply.ok:
                self.reference.said(channel, seat, text)
                assert reply.n == self.reference.numbers[f"seat:{seat}"]

    @rule(seat=seats, issue=issues, option=options)
    def draft(self, seat: str, issue: str, option: int) -> None:
        reply = self._by(seat, asked.Draft(options={IssueId(issue): option}), "draft")
        if reply is not None:
            assert reply.ok == self.reference.may_draft, reply
            if reply.ok and not self.reference.drafted(seat, issue, option):
                del self.reference.given[self._newest]

    @rule(seat=seats, issue=issues, option=options)
    def table_a_text(self, seat: str, issue: str, option: int) -> None:
        self._unforeseen(seat, asked.Table(options={IssueId(issue): option}))

    @rule(seat=seats)
    def support(self, seat: str) -> None:
        if texts := self.bench.ears[f"seat:{seat}"].view["proposals"]:
            self._unforeseen(seat, asked.Support(proposal=texts[NEWEST]["id"], position="reserve"), read=texts[NEWEST])

    @rule(seat=seats)
    def pass_the_turn(self, seat: str) -> None:
        """When all have passed the phase closes."""
        self._unforeseen(seat, asked.Pass(), public=False)

    @rule(seat=seats, issue=issues, option=options)
    def try_dry(self, seat: str, issue: str, option: int) -> None:
        holder = self.reference.holders[seat]
        if holder not in (None, BOT):
            action = asked.Table(options={IssueId(issue): option})
            self.bench.run(self.bench.act(str(holder), seat, action, dry=True))
            self.done["dry"] += 1

    @precondition(lambda self: bool(self.reference.given))
    @rule(data=st.data(), how=st.sampled_from(("the same", "another body", "another person")))
    def repeat(self, data: st.DataObject, how: str) -> None:
        cid = data.draw(st.sampled_from(sorted(self.reference.given)))
        person, seat, action = self.bodies[cid]
        known = self.reference.given[cid]
        body = known.body if how != "another body" else "something else"
        principal = person if how != "another person" else "somebody else"
        reply = self.bench.run(self.bench.act(person, seat, action, cid=cid, body=body, principal=principal))
        if self.reference.answered_before(cid, principal, body):
            assert (reply.ok, reply.dup, reply.n) == (True, True, known.n), reply
        else:
            assert reply.error is not None
            assert reply.error.code == "cid_reused"
        self.done[f"repeated: {how}"] += 1

    @rule(sure=st.sampled_from(("perhaps", "really")))
    def pause(self, sure: str) -> None:
        if sure == "perhaps" and self.reference.running:
            return
        reply = self.bench.run(self.bench.rule(asked.Pause()))
        assert reply.ok == self.reference.running, reply
        if reply.ok:
            self.reference.pause()
            self._take_numbers(equally=True)
            self.done["paused"] += 1

    @rule()
    def resume(self) -> None:
        reply = self.bench.run(self.bench.rule(asked.Resume()))
        assert reply.ok == (self.reference.paused_at is not None and not self.reference.over), reply
        if reply.ok:
            self.reference.resume()
            self._take_numbers(equally=True)

    @precondition(lambda self: self.words >= WORDS_BEFORE_LOSSES)
    @rule(seat=seats)
    def hand_to_bot(self, seat: str) -> None:
        reply = self.bench.run(self.bench.rule(asked.HandToBot(role=RoleId(seat), bot="still")))
        if reply.ok:
            self._stranger(seat)
            self.reference.holders[seat] = BOT
            self._take_numbers()
            self.done["handed to a bot"] += 1

    @precondition(lambda self: self.words >= WORDS_BEFORE_LOSSES)
    @rule(seat=seats)
    def remove(self, seat: str) -> None:
        holder = self.reference.holders[seat]
        if holder in (None, BOT):
            return
        socket = Ear(f"seat:{seat}", holder)
        self.bench.run(self.bench.table.attach(socket, None))
        reply = self.bench.run(self.bench.table.ask(Ask(HOST, asked.Leave(person=PersonId(str(holder))))))
        if reply.ok:
            self._stranger(seat)
            self.reference.leaves(str(holder))
            assert socket.code == CloseCode.REMOVED
            self._take_numbers()
            self.done["removed"] += 1
        self.bench.table.detach(socket)

    @precondition(
        lambda self: not self.reference.over and not {*self.reference.holders.values()}.isdisjoint({None, BOT})
    )
    @rule(seat=seats)
    def sit_down(self, seat: str) -> None:
        """Somebody new: a bot makes room."""
        if self.reference.over or self.reference.holders[seat] not in (None, BOT):
            return
        self.reference.holders[seat] = self.bench.run(self.bench.newcomer(seat))
        self._take_numbers()
        self.done["sat down"] += 1

    @precondition(lambda self: bool(self.strangers))
    @rule(data=st.data())
    def act_from_a_lost_seat(self, data: st.DataObject) -> None:
        person, seat = data.draw(st.sampled_from(self.strangers))
        if self.reference.holders[seat] != person:
            action = asked.Say(channel=ChannelId(PLENARY), text="I am not here.")
            assert not self.bench.run(self.bench.act(person, seat, action)).ok
            self.done["refused from a lost seat"] += 1

    @rule(viewer=viewers, back=st.integers(0, 12), mark=st.sampled_from(("right", "wrong")))
    def come_back(self, viewer: str, back: int, mark: str) -> None:
        wrong = mark == "wrong"
        held = self.bench.ears[viewer]
        n, right, frames = held.marks[max(0, len(held.marks) - 1 - back)]
        again = Ear(viewer)
        again.n, again.mark, again.applies = n, right, False
        since = Since(held.epoch, n, "0" * 16 if wrong else right)
        self.bench.run(self.bench.table.attach(again, since))
        self.bench.table.detach(again)
        if wrong and n:
            assert (again.mode, again.reason) == ("snapshot", "history_differs")
        elif again.mode == "replay":
            assert again.frames == held.frames[frames:], "the rest of a stream is not what others have got"
        self.done[f"came back: {again.mode}"] += 1

    @rule(viewer=viewers)
    def begin_anew(self, viewer: str) -> None:
        anew = Ear(viewer)
        self.bench.run(self.bench.table.attach(anew, None))
        self.bench.table.detach(anew)
        held = self.bench.ears[viewer]
        assert (anew.n, anew.mark) == (held.n, held.mark)
        assert canonical(anew.view) == canonical(held.view)

    @rule()
    def restart(self) -> None:
        before = {viewer: ear.n for viewer, ear in self.bench.ears.items()}
        self.bench.run(self.bench.restart())
        assert {viewer: ear.n for viewer, ear in self.bench.ears.items()} == before
        assert {ear.mode for ear in self.bench.ears.values()} <= {"replay", "snapshot"}
        self.done["restarted"] += 1

    @rule()
    def close_the_phase(self) -> None:
        """The news last for twenty seconds: after this the clock has something to close."""
        reply = self.bench.run(self.bench.rule(asked.ClosePhase()))
        if reply.ok:
            assert self.reference.running
            self._take_numbers()
            self.done["phases closed by the facilitator"] += 1

    @rule(ms=pieces_of_time)
    def let_time_pass(self, ms: int) -> None:
        closes = self.reference.pass_time(ms)
        self.bench.run(self.bench.let_pass(ms))
        assert (self._closings() == self.reference.closings + closes) or self.reference.ballot
        self._take_numbers()
        self.done["phases closed by the clock"] += closes

    @invariant()
    def everybody_sees_the_same_table(self) -> None:
        if self.looked_at != self.bench.table.replica.head:
            self.looked_at = self.bench.table.replica.head
            look = self.bench.run(self.bench.records.events.look(self.bench.table_id))
            assert [one.seq for one in look.recorded] == list(range(1, self.looked_at + 1))
        for viewer, ear in self.bench.ears.items():
            assert ear.n == self.reference.numbers[viewer], viewer
            if self.compared.get(viewer) == (ear.n, self.bench.house):
                continue
            self.compared[viewer] = (ear.n, self.bench.house)
            assert [event["text"] for event in ear.events("said")] == self.reference.heard[viewer], viewer
            assert canonical(ear.view) == canonical(self.bench.table.replica.view(ear.viewer)), viewer
        if self.reference.running and not self.reference.ballot:
            assert self._clock()["closes_at"] == self.reference.closes_at

    def teardown(self) -> None:
        self.bench.end()

    def _by(self, seat: str, action: Action, kind: str, read: Any = None) -> Reply | None:
        """The holder of the seat asks under a new name; None if nobody holds it who could ask."""
        holder = self.reference.holders[seat]
        if holder in (None, BOT):
            return None
        cid = f"{self.bench.table_id}/{len(self.bodies)}"
        self.bodies[cid] = (str(holder), seat, action)
        reply = self.bench.run(self.bench.act(str(holder), seat, action, cid=cid, body=f"{kind} {cid}", read=read))
        if reply.ok:
            self.reference.given[cid] = Given(str(holder), f"{kind} {cid}", reply.n)
        self._newest = cid
        self.done[f"{kind}: {'done' if reply.ok else 'refused'}"] += 1
        return reply

    def _unforeseen(self, seat: str, action: Action, *, public: bool = True, read: Any = None) -> None:
        """Whether it is legal is the engine's business; if it is not, nobody has seen anything."""
        reply = self._by(seat, action, type(action).__name__.lower(), read)
        if reply is not None and reply.ok:
            self._take_numbers(equally=public)

    def _take_numbers(self, *, equally: bool = False) -> None:
        """Where the reference cannot foresee how many events there are, only that all see as many."""
        ears = self.bench.ears
        grown = {viewer: ear.n - self.reference.numbers[viewer] for viewer, ear in ears.items()}
        assert min(grown.values()) >= 0
        assert not equally or len(set(grown.values())) == 1, grown
        self.reference.numbers = {viewer: ear.n for viewer, ear in ears.items()}
        clock = self._clock()
        self.reference.ballot = ears["observer"].view["ballot"] is not None
        if self._closings() > self.reference.closings:
            over = self.bench.table.replica.state.status == "ended"
            self.reference.closed(clock["phase"] if clock else "", None if over else clock["closes_at"])
            self.reference.closings = self._closings()

    def _closings(self) -> int:
        return len(self.bench.ears["observer"].events("phase_closed"))

    def _clock(self) -> Any:
        return self.bench.ears["observer"].view["clock"]

    def _stranger(self, seat: str) -> None:
        holder = self.reference.holders[seat]
        if holder not in (None, BOT):
            self.strangers.append((str(holder), seat))
