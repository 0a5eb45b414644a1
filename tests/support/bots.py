"""Bots for tests of the server: each does one thing, on purpose."""

import threading

from threebirds_rules import actions as asked
from threebirds_rules.names import ChannelId
from threebirds_rules.strategy import Move
from threebirds_rules.views.shapes import View


def may_pass(view: View) -> bool:
    return any(legal.kind == "pass" for legal in view.legal)


class Passing:
    """Passes in every phase."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        return Move(action=asked.Pass()) if may_pass(view) else None


class Failing:
    """Has a mistake in it."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        raise RuntimeError("a mistake in somebody's strategy")


class Stubborn:
    """Asks for what cannot be, again and again."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        return Move(action=asked.Say(channel=ChannelId("plenary"), text=""))


class Thinking:
    """Thinks until it is told that it has thought enough."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.enough = threading.Event()

    def choose(self, view: View, *, chance: str) -> Move | None:
        self.began.set()
        self.enough.wait(10)
        return Move(action=asked.Pass()) if may_pass(view) else None


class Greeting:
    """Says once, in every phase where it may, how many messages it has read."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        plenary = next((channel for channel in view.channels if channel.id == "plenary"), None)
        said = plenary.messages if plenary else ()
        me = view.viewer.removeprefix("seat:")
        if view.clock is None or any(message.role == me for message in said):
            return None
        return Move(action=asked.Say(channel=ChannelId("plenary"), text=f"After {len(said)}."))
