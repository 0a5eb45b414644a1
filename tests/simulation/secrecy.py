"""Two games that differ only in what one seat keeps to itself: what do the others get to see?

Both are played in the simulation with the same seed, ids and script, and without troubles. In each slot of two seconds
one thing is done, and the server's clock counts whole seconds: what may differ, and is said openly to differ, is only
what takes less than a second.
"""

import asyncio
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from msgspec.structs import replace

from tests.simulation.devices import Account, Device
from tests.simulation.dice import Dice
from tests.simulation.disks import InMemory, Troubles
from tests.simulation.logbook import kept
from tests.simulation.loop import SimulatedLoop
from tests.simulation.memory import Memory
from tests.simulation.players import cid_of, view_of
from tests.simulation.servers import Server, SimulatedClock
from tests.simulation.tape import Tape
from tests.support.clock import CountingIds
from tests.support.rulesets import BUREAU, DAM, NORTH, SOUTH, TOLL, WATCH, a_rule_set
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.names import AspectId, ChannelId, PersonId, ProposalId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import DELEGATION, LOBBY, PLENARY
from threebirds_server import rulebook
from threebirds_server.house import House
from threebirds_server.live.asks import Ask
from threebirds_server.ports import Session, SessionId
from threebirds_server.rulebook import Shipped
from threebirds_wire.frames import Act, AskedAction, If, Pull, Reply, Score, Typing

ROLES = (NORTH, SOUTH, BUREAU)
ISSUES = (DAM, TOLL, WATCH)
ONLOOKERS = (RoleId("observer"), RoleId("public"))
SLOT_S = 2
TURNS = 1
MOST_SECRETS = 4
PHASES = ("1.card", "1.corridors", "1.plenary")


class Cast(NamedTuple):
    """Who keeps something, who may share it, and who must not notice."""

    keeper: RoleId
    confidant: RoleId
    other: RoleId


CASTS = tuple(Cast(a, c, b) for a in ROLES for b in ROLES for c in ROLES if len({a, b, c}) == len(ROLES))


class Seen(NamedTuple):
    """The frames of a viewer before and after the end, and the lists that its browser asks for."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    lists: tuple[str, ...]


class Game(NamedTuple):
    seen: Mapping[RoleId, Seen]
    tokens: tuple[str, ...]
    faults: tuple[str, ...]


class WholeSeconds(SimulatedClock):
    def now(self) -> int:
        return super().now() // 1_000 * 1_000


def rules_of(cast: Cast, variant: int) -> RuleSet:
    """In the second game the keeper has another walk-away, other values and another brief."""
    rules = a_rule_set()
    if variant == 0:
        return rules
    roles = tuple(
        replace(role, comfort=-7, confidential_brief="Everything is different.") if role.id == cast.keeper else role
        for role in rules.roles
    )
    issues = tuple(
        replace(
            issue,
            options=tuple(
                replace(option, points={**option.points, cast.keeper: (at * 5,)})
                for at, option in enumerate(issue.options)
            ),
        )
        for issue in rules.issues
    )
    return replace(rules, roles=roles, issues=issues, digest="cd" * 32)


@contextmanager
def only(rules: RuleSet) -> Generator[None]:
    """Whatever document a server reads, it is this rule set."""
    loaded = rulebook.load

    def load(_document: str, *, source: str) -> RuleSet:
        return rules

    rulebook.load = load  # pyright: ignore[reportAttributeAccessIssue]  # in its place, for one game
    try:
        yield
    finally:
        rulebook.load = loaded


def game(seed: int, cast: Cast, variant: int) -> Game:
    rules = rules_of(cast, variant)
    loop = SimulatedLoop(Dice("secrecy", seed, "loop"))
    table = Played(seed, cast, variant, rules)
    try:
        with only(rules), kept() as logbook:
            loop.run_until_complete(table.run(loop))
        return table.outcome((*logbook.faults, *loop.complaints))
    finally:
        loop.close()


class Played:
    """One of the two games. `dice` are the same in both; `secret` ones are not."""

    def __init__(self, seed: int, cast: Cast, variant: int, rules: RuleSet) -> None:
        self.dice = Dice("secrecy", seed)
        self.tape = Tape()
        self._cast = cast
        self._rules = rules
        self._variant = variant
        self._script = self.dice.of("script")
        self._secret = self.dice.of(f"secrets {variant}")
        self._viewers = (*ROLES, self.dice.of("onlooker").one_of(ONLOOKERS))
        self._texts: dict[RoleId, list[str]] = {viewer: [] for viewer in self._viewers}
        self._ended_at: dict[RoleId, int] = {}
        self._devices: dict[RoleId, Device] = {}
        self._lists: dict[RoleId, tuple[str, ...]] = {}
        self._tokens: list[str] = []
        self._server = Server("server", InMemory(Memory()), CountingIds(), self.dice.of("server"), Troubles(one_in=0))
        self._server.clock = WholeSeconds()

    def server(self, dice: Dice) -> Server | None:
        return self._server if self._server.up.is_set() else None

    async def run(self, loop: SimulatedLoop) -> None:
        self._server.start(self.tape.record)
        await self._server.up.wait()
        table = await self._server.call(self._opened)
        living = [asyncio.create_task(self._sit(viewer, table)) for viewer in self._viewers]
        await self._until(loop, 2)
        for number, phase in enumerate(PHASES):
            await self._phase(loop, phase)
            if number < len(PHASES) - 1:
                await self._facilitator(table, asked.ClosePhase())
        for viewer in self._viewers:
            self._ended_at[viewer] = len(self._texts[viewer])
            self._lists[viewer] = await self._server.call(lambda house, viewer=viewer: self._listed(house, viewer))
        await self._facilitator(table, asked.End())
        await self._slot(loop)
        for task in living:
            task.cancel()
        await self._server.bury(loop)
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}, timeout=60)

    def outcome(self, faults: Sequence[str]) -> Game:
        seen = {
            viewer: Seen(
                tuple(self._texts[viewer][: self._ended_at[viewer]]),
                tuple(self._texts[viewer][self._ended_at[viewer] :]),
                self._lists[viewer],
            )
            for viewer in self._viewers
        }
        return Game(seen, tuple(self._tokens), (*faults, *self.tape.complaints))

    async def _opened(self, house: House) -> str:
        new = await house.tables.make_with(Shipped(self._rules, "the river"), "River")
        table = await house.hub.table(new.id)
        host = Actor(kind="host")
        for viewer in self._viewers:
            person = PersonId(f"p_{viewer}")
            await table.ask(Ask(host, asked.Join(person=person, name=f"{viewer} one")))
            if viewer in ROLES:
                await table.ask(Ask(host, asked.Seat(person=person, role=viewer)))
            await house.sessions.admit(SessionId(f"s_{viewer}"), new.id, person)
        await table.ask(Ask(Actor(kind="facilitator"), asked.Start(empty="drop")))
        return new.id

    async def _sit(self, viewer: RoleId, table: str) -> None:
        session = Session(id=SessionId(f"s_{viewer}"), facilitator=False)
        name = f"seat:{viewer}" if viewer in ROLES else str(viewer)
        account = Account(session=session, table=table, viewer=name, principal=f"p_{viewer}")
        device = self._devices[viewer] = Listening(self, viewer, account, self._texts[viewer])
        await device.live()

    async def _listed(self, house: House, viewer: RoleId) -> tuple[str, ...]:
        """What a browser is shown of the people it acts for, as the body of an answer."""
        people = await house.accounts.people(Session(id=SessionId(f"s_{viewer}"), facilitator=False))
        return tuple(person.model_dump_json() for person in people)

    async def _facilitator(self, table: str, action: AskedAction) -> None:
        async def do(house: House) -> Reply:
            return await (await house.hub.table(table)).ask(Ask(Actor(kind="facilitator"), action))

        assert (await self._server.call(do)).ok

    async def _phase(self, loop: SimulatedLoop, phase: str) -> None:
        """By turns something in public, and the slots in which the keeper may do something in secret."""
        for _ in range(TURNS):
            secrets = self._secret.below(MOST_SECRETS + 1)
            for slot in range(MOST_SECRETS):
                if slot < secrets:
                    self._in_secret(phase)
                await self._slot(loop)
            self._in_public(phase)
            await self._slot(loop)

    async def _slot(self, loop: SimulatedLoop) -> None:
        await self._until(loop, int(loop.time()) // SLOT_S * SLOT_S + SLOT_S)

    async def _until(self, loop: SimulatedLoop, second: int) -> None:
        """Between two even seconds: that is when pings go out and are answered."""
        await asyncio.sleep(second + 1.3 - loop.time())

    # what is done

    def _in_public(self, phase: str) -> None:
        role = self._script.one_of(ROLES)
        device = self._devices[role]
        texts = [text for text in view_of(device).proposals if text.status == "tabled"]
        kinds = ["say", "say", "pair", "score", "pull", "type", "bad"]
        kinds += ["table", "table", "support"] if phase == "1.plenary" else []
        match self._script.one_of(kinds):
            case "table" if role != BUREAU:
                self._act(role, asked.Table(options={self._script.one_of(ISSUES): 1}, note="For all of us."))
            case "support" if texts and (text := texts[-1]).sponsor != role:
                newest = text.versions[-1]
                read = If(proposal=text.id, version=newest.version, digest=newest.digest)
                self._act(role, asked.Support(proposal=text.id, position="reserve"), read)
            case "pair":
                self._act(role, asked.Say(channel=ChannelId("SOU+BUR"), text="Between two banks."))
            case "score":
                device.ask(self._score(device))
            case "pull":
                device.wire.send(Pull(table=device.account.table, viewer=device.account.viewer, after=1, limit=500))
                device.flush()
            case "type":
                device.wire.send(Typing(table=device.account.table, viewer=device.account.viewer, channel=PLENARY))
                device.flush()
            case "bad":
                self._act(role, asked.Withdraw(proposal=ProposalId("p_of_nobody")))
            case _:
                self._act(role, asked.Say(channel=PLENARY, text="Good morning to all."))

    def _in_secret(self, phase: str) -> None:
        keeper, confidant = self._cast.keeper, self._cast.confidant
        token = self._secret.hex(32)
        self._tokens.append(token)
        pair = ChannelId(f"{keeper}+{confidant}")
        device = self._devices[keeper]
        match self._secret.below(9):
            case 0:
                self._act(keeper, asked.Draft(options={self._secret.one_of(ISSUES): self._secret.below(2)}))
            case 1 | 2:
                self._act(keeper, asked.Say(channel=pair, text=f"Nobody else shall know: {token}"))
            case 3:
                self._act(keeper, asked.Say(channel=DELEGATION, text=token))
            case 4 if phase == "1.corridors":
                options = {self._secret.one_of(ISSUES): 1}
                self._act(keeper, asked.Circulate(options=options, to=(confidant,), note=token))
            case 5:
                refused = asked.Support(
                    proposal=ProposalId(f"p{token[:16]}"), position="yes", aspect=AspectId("points")
                )
                self._act(keeper, refused)
            case 6:
                device.wire.send(Typing(table=device.account.table, viewer=device.account.viewer, channel=pair))
                device.flush()
            case 7:
                device.ask(self._score(device))
            case _:
                self._act(keeper, asked.Say(channel=PLENARY, text=token), dry=True)

    def _act(self, role: RoleId, action: AskedAction, given: If | None = None, *, dry: bool = False) -> None:
        device = self._devices[role]
        view = view_of(device)
        dice = self._secret if role == self._cast.keeper else self._script
        act = Act(
            id=device.wire.next_id(),
            table=device.account.table,
            viewer=device.account.viewer,
            cid=cid_of(dice.of(f"cid {device.wire.next_id()}")),
            phase=view.clock.phase if view.clock else LOBBY,
            action=action,
            given=given,
            dry=dry,
        )
        device.ask(act)

    def _score(self, device: Device) -> Score:
        account = device.account
        packages = ((0, 0, 0), (1, 1, 1))
        return Score(
            id=device.wire.next_id(), table=account.table, viewer=account.viewer, packages=packages, explain=True
        )


class Listening(Device):
    """Keeps every frame as it came."""

    def __init__(self, world: Played, role: RoleId, account: Account, texts: list[str]) -> None:
        super().__init__(world, f"device {role}", account, lambda _act, _reply: None)
        self._texts = texts

    def on_text(self, text: str) -> None:
        self._texts.append(text)
        super().on_text(text)
