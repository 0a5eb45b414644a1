"""People who do whatever is legal, and misbehave as clients do: they repeat, repeat elsewhere, and come too late."""

import asyncio
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from tests.simulation.devices import Account, Device, World
from tests.simulation.dice import Dice
from threebirds_client.strategies.random import RandomBot
from threebirds_rules import actions as asked
from threebirds_rules.names import ChannelId, PersonId, PhaseKey, RoleId
from threebirds_rules.state import LOBBY
from threebirds_rules.views.shapes import View
from threebirds_wire.frames import Act, AskedAction, If, Pull, Reply, Score, Typing

AGAIN = frozenset({"busy", "internal", "rate_limited"})
Habit = Callable[["Player", Device], None]


class Player:
    """`outbox` holds what has no answer yet: it is sent again on every new device until there is one."""

    def __init__(self, world: World, name: str, account: Account) -> None:
        self.name = name
        self.account = account
        self.dice = world.dice.of(f"player {name}")
        self.outbox: dict[str, Act] = {}
        self.done: list[Act] = []
        self.devices: list[Device] = []
        self.others: list[Player] = []
        self._world = world
        self._numbers = 0
        self._bot = RandomBot()

    def begin(self) -> list[asyncio.Task[None]]:
        return [self.take_device() for _ in range(self.dice.one_of((1, 1, 2)))]

    def take_device(self) -> asyncio.Task[None]:
        """A device that holds nothing yet; what the others have not sent, it sends."""
        device = Device(self._world, f"{self.name}/{len(self.devices)}", self.account, self._answered)
        self.devices.append(device)
        for act in self.outbox.values():
            device.ask(replace(act, id=device.wire.next_id()))
        return asyncio.get_running_loop().create_task(device.live())

    def lose_device(self) -> asyncio.Task[None]:
        """It falls into the water, and a new one is bought."""
        device = self.dice.one_of([one for one in self.devices if not one.retired])
        device.retired = True
        device.leave()
        return self.take_device()

    def do_something(self) -> None:
        ready = [device for device in self.devices if device.welcome and device.holding]
        if ready:
            self.dice.one_of(self._habits)(self, self.dice.one_of(ready))

    @property
    def _habits(self) -> tuple[Habit, ...]:
        return HABITS

    def act(self, device: Device, action: AskedAction, given: If | None = None, phase: PhaseKey | None = None) -> Act:
        return self._send(device, self._an_act(device, action, given, phase))

    def _an_act(
        self, device: Device, action: AskedAction, given: If | None = None, phase: PhaseKey | None = None
    ) -> Act:
        view = view_of(device)
        return Act(
            id=device.wire.next_id(),
            table=self.account.table,
            viewer=self.account.viewer,
            cid=cid_of(self.dice),
            phase=phase or (view.clock.phase if view.clock else LOBBY),
            action=action,
            given=given,
        )

    def _send(self, device: Device, act: Act) -> Act:
        self.outbox[act.cid] = act
        device.ask(act)
        return act

    def _answered(self, act: Act, reply: Reply) -> None:
        if reply.error is not None and reply.error.code in AGAIN:
            if act.cid in self.outbox:
                asyncio.get_running_loop().call_later(self.dice.between(200, 1_500) / 1_000, self._ask_again, act.cid)
            return
        if self.outbox.pop(act.cid, None) is not None and not act.dry:
            self.done.append(act)

    def _ask_again(self, cid: str) -> None:
        act = self.outbox.get(cid)
        devices = [device for device in self.devices if not device.retired]
        if act is not None and devices:
            device = self.dice.one_of(devices)
            device.ask(replace(act, id=device.wire.next_id()))

    def words(self) -> str:
        self._numbers += 1
        return f"{self.name} says {self._numbers}"

    # what people do

    def play(self, device: Device) -> None:
        move = self._bot.choose(view_of(device), chance=self.dice.hex(16))
        if move is None or (isinstance(move.action, asked.Pass) and not self.dice.once_in(5)):
            self.talk(device)
            return
        given = move.given
        condition = None
        if given.proposal is not None and given.version is not None and given.digest is not None:
            condition = If(proposal=given.proposal, version=given.version, digest=given.digest)
        self.act(device, move.action, condition)

    def talk(self, device: Device) -> None:
        channel = ChannelId(self.dice.one_of(("plenary", "delegation", "SUP+BUY")))
        self.act(device, asked.Say(channel=channel, text=self.words()))

    def draft(self, device: Device) -> None:
        issue = self.dice.one_of(view_of(device).treaty.issues)
        self.act(device, asked.Draft(options={issue.id: self.dice.below(len(issue.options))}))

    def ask_dry(self, device: Device) -> None:
        act = self._an_act(device, asked.Say(channel=ChannelId("plenary"), text=self.words()))
        self._send(device, replace(act, dry=True))

    def come_late(self, device: Device) -> None:
        """From an outbox into a later phase, or just before it."""
        self.act(device, asked.Pass(), phase=PhaseKey(self.dice.one_of(("1.table", "1.news", "2.table", "lobby"))))

    def repeat(self, device: Device) -> None:
        """What was answered long ago, word for word."""
        if self.done:
            device.ask(replace(self.dice.one_of(self.done), id=device.wire.next_id()))

    def repeat_elsewhere(self, device: Device) -> None:
        """On another device, while the first one waits."""
        act = self.act(device, asked.Say(channel=ChannelId("plenary"), text=self.words()))
        for other in self.devices:
            if other is not device and not other.retired:
                other.ask(replace(act, id=other.wire.next_id()))

    def reuse(self, device: Device) -> None:
        """The name of one's own action for something else."""
        if self.done:
            other = asked.Say(channel=ChannelId("plenary"), text=self.words())
            device.ask(replace(self.dice.one_of(self.done), id=device.wire.next_id(), action=other))

    def steal(self, device: Device) -> None:
        """The name of somebody else's action, in the very same words."""
        known = [act for other in self.others for act in other.done]
        if known:
            act = self.dice.one_of(known)
            device.ask(replace(act, id=device.wire.next_id(), viewer=self.account.viewer))

    def type(self, device: Device) -> None:
        channel = ChannelId(self.dice.one_of(("plenary", "delegation", "SUP+BUY")))
        device.wire.send(Typing(table=self.account.table, viewer=self.account.viewer, channel=channel))
        device.flush()

    def pull(self, device: Device) -> None:
        after = self.dice.below((device.holding.n if device.holding else 0) + 1)
        device.wire.send(Pull(table=self.account.table, viewer=self.account.viewer, after=after, limit=500))
        device.flush()

    def score(self, device: Device) -> None:
        packages = tuple((self.dice.below(3), self.dice.below(3), self.dice.below(3)) for _ in range(2))
        device.ask(
            Score(id=device.wire.next_id(), table=self.account.table, viewer=self.account.viewer, packages=packages)
        )


HABITS: tuple[Habit, ...] = (
    *(Player.play,) * 7,
    *(Player.talk,) * 3,
    *(Player.draft,) * 2,
    *(Player.repeat,) * 2,
    *(Player.repeat_elsewhere,) * 2,
    Player.ask_dry,
    Player.come_late,
    Player.reuse,
    Player.steal,
    Player.type,
    Player.pull,
    Player.score,
)


class Facilitator(Player):
    """Keeps the people at a table on their toes."""

    def __init__(self, world: World, name: str, account: Account, people: dict[PersonId, RoleId]) -> None:
        super().__init__(world, name, account)
        self._people = people

    def begin(self) -> list[asyncio.Task[None]]:
        return [self.take_device()]

    @property
    def _habits(self) -> tuple[Habit, ...]:
        return ORDERS

    def direct(self, device: Device) -> None:
        view = view_of(device)
        person = self.dice.one_of(sorted(self._people))
        seated = any(person in seat.people for seat in view.seats)
        moves: tuple[AskedAction, ...] = (
            asked.Resume() if view.status == "paused" else asked.Pause(),
            asked.Resume() if view.status == "paused" else asked.Extend(seconds=5),
            asked.Seat(person=person, role=None if seated else self._people[person]),
            asked.Announce(text=self.words()),
            asked.Mute(person=person) if self.dice.once_in(2) else asked.Unmute(person=person),
            asked.Inject(title=self.words(), text=self.words()),
        )
        self.act(device, self.dice.one_of(moves))

    def restore(self, device: Device) -> None:
        """Give people back what was taken: without it few would play on."""
        view = view_of(device)
        if view.status == "paused":
            self.act(device, asked.Resume())
        for person, role in self._people.items():
            if not any(person in seat.people for seat in view.seats):
                self.act(device, asked.Seat(person=person, role=role))

    def at_rest(self) -> bool:
        """Whether nothing happens at this table any more."""
        known = [device for device in self.devices if device.welcome and device.holding]
        return any(view_of(device).status in {"paused", "ended"} for device in known)

    def pause(self) -> None:
        """Let everything come to rest."""
        for device in self.devices:
            if device.welcome and device.holding and view_of(device).status == "running":
                self.act(device, asked.Pause())
                return


def _direct(player: Player, device: Device) -> None:
    if isinstance(player, Facilitator):
        player.direct(device)


def _restore(player: Player, device: Device) -> None:
    if isinstance(player, Facilitator):
        player.restore(device)


ORDERS: tuple[Habit, ...] = (_direct, _restore, _restore, Player.repeat, Player.pull)


def view_of(device: Device) -> View:
    assert device.holding is not None
    return msgspec.convert(device.holding.view, View)


def cid_of(dice: Dice) -> str:
    digits = dice.hex(32)
    return f"{digits[:8]}-{digits[8:12]}-7{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"
