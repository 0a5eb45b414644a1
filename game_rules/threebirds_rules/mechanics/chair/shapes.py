"""The chair's powers: what is asked for, what happens, and what people see."""

from msgspec import Struct

from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.tagged import Ask, Fact


class SetAgenda(Ask, frozen=True, tag="set_agenda"):
    """The articles in the order in which they are taken; it binds nobody. An empty one lifts the agenda."""

    issues: tuple[IssueId, ...]


class GiveFloor(Ask, frozen=True, tag="give_floor"):
    """Whose turn it is to speak, for everybody to see; it silences nobody. `role` None: whoever wishes."""

    role: RoleId | None


class HoldItem(Ask, frozen=True, tag="hold_item"):
    """Until the round is over no text that changes this article is put to the vote."""

    issue: IssueId


class AgendaSet(Fact, frozen=True, tag="agenda_set"):
    role: RoleId
    issues: tuple[IssueId, ...]


class FloorGiven(Fact, frozen=True, tag="floor_given"):
    role: RoleId
    to: RoleId | None


class ItemHeld(Fact, frozen=True, tag="item_held"):
    role: RoleId
    round: int
    issue: IssueId


class HeldItem(Struct, frozen=True, kw_only=True):
    issue: IssueId
    round: int


class ChairView(Struct, frozen=True, kw_only=True):
    """`held` is the last article held back: it is free again after its round.

    `without_text` is what the viewer's own role scores if no text is adopted.
    """

    agenda: tuple[IssueId, ...]
    floor: RoleId | None
    held: HeldItem | None
    texts_a_round: int
    without_text: int | None
