"""Attribution: what is asked for, what happens, what the table remembers, and what people see."""

from typing import Literal

from msgspec import Struct

from threebirds_rules.names import CardId, RoleId
from threebirds_rules.tagged import Ask, Fact

Verdict = Literal["failure", "intent"]
"""The arrangements failed, or a side wanted it."""


class Attribute(Ask, frozen=True, tag="attribute"):
    """What a delegation makes of an objective card, in place of what it had said; `side` is whose intent it was."""

    card: CardId
    verdict: Verdict
    side: str | None = None


class Answer(Struct, frozen=True, kw_only=True):
    role: RoleId
    verdict: Verdict
    side: str | None


class Attributed(Fact, frozen=True, tag="attributed"):
    """Only the seat itself knows, until all are counted."""

    role: RoleId
    card: CardId
    verdict: Verdict
    side: str | None


class AttributionCounted(Fact, frozen=True, tag="attribution_counted"):
    """All answers, in the order of the roles. `side`: most who answered lay it on this one's intent; None: on nobody's.

    Then the card's shifts have turned round.
    """

    card: CardId
    answers: tuple[Answer, ...]
    side: str | None


class Question(Struct, frozen=True, kw_only=True):
    """A card, what was said of it so far, and once it is `counted`, whose intent it is held to be."""

    card: CardId
    answers: tuple[Answer, ...] = ()
    counted: bool = False
    side: str | None = None


class SideView(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    roles: tuple[RoleId, ...]


class QuestionView(Struct, frozen=True, kw_only=True):
    """While it is `open`, `answers` has only the viewer's own; the facilitator sees all."""

    card: CardId
    open: bool
    answers: tuple[Answer, ...]
    side: str | None


class AttributionView(Struct, frozen=True, kw_only=True):
    """`questions` are the cards that are open now and those that were counted, in the order of the draws."""

    sides: tuple[SideView, ...]
    questions: tuple[QuestionView, ...]
