"""What a bot is: something that looks at one seat's view and says what that seat does now."""

from typing import Protocol

from msgspec import Struct

from threebirds_rules.actions import Given, SeatAction
from threebirds_rules.views.shapes import View


class Move(Struct, frozen=True, kw_only=True):
    """An action, and for an answer to a text the version it answers. The phase is added by whoever sends it."""

    action: SeatAction
    given: Given = Given()


class Strategy(Protocol):
    """Plays one seat: asked after every change of its view, and again after each of its own moves.

    It sees what a person in that seat sees and nothing else. All its chance comes from `chance`, a seed in words that
    nobody else knows: the same view and the same chance give the same move, so that two servers that run one seat by
    accident ask for the same thing. Nothing it remembers between two calls may change what it says.
    """

    def choose(self, view: View, *, chance: str) -> Move | None:
        """The next move, or None: nothing to do until the view changes."""
        ...
