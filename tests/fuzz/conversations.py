"""One socket's worth of hostile talk, and the account of how it was answered."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

from tests.fuzz.abuses import ABUSES
from tests.fuzz.grammar import Grammar, Object, World
from tests.fuzz.mutations import MUTATIONS, too_large, written
from tests.fuzz.raw import BINARY, CONTINUED, DROPPED, PING, TEXT, RawSocket, frame, raw_socket
from tests.support.dice import Dice
from threebirds_rules.ruleset import RuleSet

LAST = 2**40
"""The number of the request whose answer says that all before it have been answered."""
PINGS = 10_000

Ticket = Callable[[], Awaitable[str]]


class Tally:
    """What was sent, by kind of mutation, and how it was answered; `wrong` has to stay empty."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.closed: Counter[int] = Counter()
        self.wrong: list[str] = []

    def answered(self, socket: RawSocket) -> None:
        for heard in socket.heard:
            error = heard.get("error")
            self.answers[error["code"] if error else heard["type"]] += 1

    def ended(self, code: int, allowed: frozenset[int], what: str) -> None:
        self.closed[code] += 1
        if code not in allowed:
            self.wrong.append(f"{what}: closed with {code}, not {sorted(allowed)}")


def names_of(rules: RuleSet) -> tuple[str, ...]:
    """Words that mean something at this table."""
    named = (rules.roles, rules.issues, rules.aspects, rules.tracks, rules.cards, rules.switches)
    return ("plenary", *(one.id for family in named for one in family))


def number_in(data: bytes) -> int | None:
    """The number of a request, as anybody who reads JSON sees it: such a message has to be answered under it."""
    try:
        asked: Any = json.loads(data.decode(), parse_constant=_no_json)
    except (ValueError, RecursionError):
        return None
    match asked:
        case {"id": int(number)} if number >= 0 and not isinstance(number, bool):
            return number
        case _:
            return None


def _no_json(constant: str) -> None:
    raise ValueError(constant)


def delivered(data: bytes, dice: Dice, kind: int = TEXT) -> bytes:
    """The message in one frame or in several, with pings between its parts."""
    if not data or not dice.happens(20):
        return frame(data, kind)
    cuts = sorted({0, len(data), *(dice.below(len(data)) for _ in range(1 + dice.below(4)))})
    parts = [data[start:end] for start, end in pairwise(cuts)]
    opcodes = (kind, *(CONTINUED for _ in parts[1:]))
    frames = [
        frame(part, opcode, fin=at == len(parts) - 1)
        for at, (part, opcode) in enumerate(zip(parts, opcodes, strict=True))
    ]
    return frame(b"between", PING).join(frames) if dice.happens(50) else b"".join(frames)


class Intruder:
    """Somebody with a seat and bad intentions; every conversation is a socket of its own."""

    def __init__(self, port: int, world: World, ticket: Ticket, tally: Tally) -> None:
        self._port = port
        self._world = world
        self._ticket = ticket
        self._tally = tally

    async def mutated(self, dice: Dice, messages: int) -> None:
        """Say hello, send frames with something wrong in each, and see every request answered."""
        async with raw_socket(self._port) as socket:
            grammar = Grammar(await self._greeted(socket), dice)
            expected: list[int] = []
            for _ in range(messages):
                kind = dice.pick(tuple(MUTATIONS))
                data = MUTATIONS[kind](grammar.frame(), dice)
                self._tally.sent[kind] += 1
                if dice.happens(5):
                    self._tally.sent["as bytes"] += 1
                    await socket.write(delivered(data, dice, BINARY))
                    continue
                if (number := number_in(data)) is not None:
                    expected.append(number)
                await socket.write(delivered(data, dice))
            await self._all_answered(socket, expected)
            self._tally.answered(socket)

    async def abused(self, dice: Dice, name: str, *, greet: bool) -> None:
        """Break a rule of the websocket itself, before hello or after it."""
        abuse = ABUSES[name]
        async with raw_socket(self._port) as socket:
            if greet:
                await self._greeted(socket)
            self._tally.sent[name] += 1
            await socket.write(abuse.data(dice))
            self._tally.ended(await socket.end(), abuse.codes, name)
            self._tally.answered(socket)

    async def unannounced(self, dice: Dice) -> None:
        """Anything but a hello first: answered, and closed for good."""
        async with raw_socket(self._port) as socket:
            frame_sent = Grammar(self._world, dice).of_type(
                dice.pick(("act", "score", "pull", "typing", "pong", "hello"))
            )
            kind = dice.pick(tuple(MUTATIONS))
            self._tally.sent["before hello"] += 1
            await socket.write(delivered(MUTATIONS[kind](frame_sent, dice), dice))
            self._tally.ended(await socket.end(), frozenset({4500, 4501}), f"{kind} before hello")
            self._tally.answered(socket)

    async def greets_again(self, dice: Dice) -> None:
        """A second hello is answered; one of another version ends the conversation."""
        async with raw_socket(self._port) as socket:
            grammar = Grammar(await self._greeted(socket), dice)
            kind = dice.pick(tuple(MUTATIONS))
            self._tally.sent["hello again"] += 1
            await socket.write(delivered(MUTATIONS[kind](grammar.of_type("hello"), dice), dice))
            await socket.write(frame(written(self._last)))
            if await socket.until("reply", LAST) is None:
                self._tally.ended(await socket.end(), frozenset({4501}), f"{kind} hello again")
            self._tally.answered(socket)

    async def oversized(self, dice: Dice) -> None:
        async with raw_socket(self._port) as socket:
            grammar = Grammar(await self._greeted(socket), dice)
            self._tally.sent["a byte too many"] += 1
            await socket.write(frame(too_large(grammar.frame(), dice)))
            self._tally.ended(await socket.end(), frozenset({1009}), "a byte too many")

    async def gone(self, dice: Dice) -> None:
        """Away in the middle of a frame, with answers on their way."""
        async with raw_socket(self._port) as socket:
            grammar = Grammar(await self._greeted(socket), dice)
            self._tally.sent["gone in a frame"] += 1
            whole = frame(written(grammar.of_type("act")))
            await socket.write(whole * 5 + whole[: dice.below(len(whole))])
            socket.reset()
            self._tally.ended(await socket.end(), frozenset({DROPPED}), "gone in a frame")

    async def pinging(self) -> None:
        """Ten thousand pings of the protocol below are answered, and cost nothing else."""
        async with raw_socket(self._port) as socket:
            await self._greeted(socket)
            self._tally.sent["pings"] += PINGS
            for _ in range(PINGS // 100):
                await socket.write(frame(b"p" * 125, PING) * 100)
            await self._all_answered(socket, [])
            if socket.pongs != PINGS:
                self._tally.wrong.append(f"{socket.pongs} pongs for {PINGS} pings")

    @property
    def _last(self) -> Object:
        return {
            "type": "score",
            "id": LAST,
            "table": self._world.table,
            "viewer": self._world.viewer,
            "packages": [[0]],
        }

    async def _greeted(self, socket: RawSocket) -> World:
        """The world as this socket sees it: the phase is the one under way."""
        hello = {"type": "hello", "v": 1, "ticket": await self._ticket(), "sdk": "fuzz"}
        await socket.write(frame(written(hello)))
        snapshot = await socket.until("snapshot")
        assert snapshot is not None, socket.heard
        clock = snapshot["view"]["clock"]
        return self._world._replace(phase=clock["phase"] if clock else "lobby")

    async def _all_answered(self, socket: RawSocket, expected: list[int]) -> None:
        await socket.write(frame(written(self._last)))
        if await socket.until("reply", LAST) is None:
            self._tally.ended(await socket.end(), frozenset(), "frames that are only wrong in their text")
        replies = Counter(one["id"] for one in socket.heard if one["type"] == "reply")
        if missing := Counter(expected) - replies:
            self._tally.wrong.append(f"not answered: requests {sorted(missing)[:5]} of {len(expected)}")


async def side_by_side(works: list[Awaitable[None]], width: int) -> None:
    """So many at a time."""
    waiting = list(reversed(works))

    async def work_on() -> None:
        while waiting:
            await waiting.pop()

    await asyncio.gather(*(work_on() for _ in range(width)))
