"""What is said to a server and understood of it: ours (the floor answers in it, too), and boardgame.io's."""

from typing import Literal, Protocol

from tests.benchmarks.hub.script import SEATS, Action, Place

Heard = Literal["there", "event", "reply", "refused", ""]


class Says(Protocol):
    """A socket that somebody speaks through."""

    def send(self, text: str, /) -> None: ...


class Dialect(Protocol):
    """One table's: `seat` counts its sockets from 0."""

    path: str

    def greet(self, seat: int) -> str:
        """The first words of a socket; empty if the server speaks first."""
        ...

    def act(self, step: int) -> tuple[int, str, int] | None:
        """Who sends what as action number `step` (1, 2, 3 ...), and how many frames answer it; None at the end."""
        ...

    def hear(self, socket: Says, seat: int, body: bytes) -> Heard: ...


class Ours:
    EVENT, REPLY, PING, SNAPSHOT = b'{"type":"event"', b'{"type":"reply"', b'{"type":"ping"', b'{"type":"snapshot"'

    def __init__(self, room: int, place: Place, actions: tuple[Action, ...], path: str) -> None:
        self._room = room
        self._place = place
        self._actions = actions
        self.path = path.format(room=room)

    def greet(self, seat: int) -> str:
        return f'{{"type":"hello","v":1,"ticket":"{self._place.tickets[seat]}"}}'

    def act(self, step: int) -> tuple[int, str, int] | None:
        if step > len(self._actions):
            return None
        action = self._actions[step - 1]
        cid = f"{self._room:08x}-0000-7000-8000-{step:012x}"
        head = f'{{"type":"act","id":{step},"table":"{self._place.table}","cid":"{cid}",'
        return action.sender, f"{head}{action.body}}}", sum(action.events) + 1

    def hear(self, socket: Says, seat: int, body: bytes) -> Heard:
        del seat
        if body.startswith(self.EVENT):
            return "event"
        if body.startswith(self.REPLY):
            return "reply" if b'"ok":true' in body else "refused"
        if body.startswith(self.PING):
            socket.send('{"type":"pong"}')
        return "there" if body.startswith(self.SNAPSHOT) else ""


class BoardGame:
    """socket.io as boardgame.io 0.50 speaks it: a move of the first player, and each player's view of all."""

    WORDS = "We could accept 30 days if you raise the quantity to fourteen units."

    def __init__(self, room: int) -> None:
        self._match = f"m{room}"
        self._awaited = b""
        self.path = "/socket.io/?EIO=4&transport=websocket"

    def greet(self, seat: int) -> str:
        del seat
        return ""

    def act(self, step: int) -> tuple[int, str, int]:
        self._awaited = f'"_stateID":{step}'.encode()
        what = f'{{"type":"offer","seq":{step},"text":"{self.WORDS}"}}'
        move = f'{{"type":"act","args":[{what}],"playerID":"0","credentials":null}}'
        made = f'{{"type":"MAKE_MOVE","payload":{move}}}'
        return 0, f'42/hub,["update",{made},{step - 1},"{self._match}","0"]', len(SEATS)

    def hear(self, socket: Says, seat: int, body: bytes) -> Heard:
        if body.startswith(b"0{"):
            socket.send("40/hub,")
        elif body.startswith(b"40/hub,"):
            socket.send(f'42/hub,["sync","{self._match}","{seat}",null,{len(SEATS)}]')
        elif body.startswith(b'42/hub,["sync"'):
            return "there"
        elif body == b"2":
            socket.send("3")
        elif self._awaited and self._awaited in body:
            return "event"
        return ""
