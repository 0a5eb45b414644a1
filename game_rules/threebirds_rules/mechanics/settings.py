"""The numbers of each mechanic, as a rule set gives them; None where it is off."""

from collections.abc import Iterator, Mapping
from typing import get_args, get_type_hints

from msgspec import Struct

from threebirds_rules.conditions import Condition
from threebirds_rules.names import AspectId, CardId, IssueId, RoleId, RuleId, SwitchId, TrackId


class Effect(Struct, frozen=True, kw_only=True):
    """What follows when a mechanic comes to something: steps on tracks, and the sentence that people read."""

    text: str
    tracks: Mapping[TrackId, int] = {}


class AccessionOffers(Struct, frozen=True, kw_only=True):
    """Tabling a text for which `offer` holds is an offer to the role `to` (P13).

    Its no is told as `refused`, or as `countered` if it tables a text of its own in that round. Its yes wakes rules.
    """

    to: RoleId
    offer: Condition
    refused: Effect
    countered: Effect
    accepted: Effect
    wakes: tuple[RuleId, ...]


class Archive(Struct, frozen=True, kw_only=True):
    """Two roles of different `sides` archive an entry: each pays `points` in whatever text comes, at most `most` times.

    `archived` moves the dossier (P28).
    """

    sides: tuple[tuple[RoleId, ...], ...]
    points: int
    most: int
    archived: Effect


class Project(Struct, frozen=True, kw_only=True):
    """Once it is done, each of these `options` of an issue is worth `points` more to everybody."""

    id: str
    title: str
    text: str
    issue: IssueId
    options: tuple[int, ...]
    points: int


class Projects(Struct, frozen=True, kw_only=True):
    """Small things that two roles of different `sides` spend a round on, if nobody vetoes them (P28 P38)."""

    sides: tuple[tuple[RoleId, ...], ...]
    projects: tuple[Project, ...]
    done: Effect


class Side(Struct, frozen=True, kw_only=True):
    """A named group of roles."""

    id: str
    name: str
    roles: tuple[RoleId, ...]


class Attribution(Struct, frozen=True, kw_only=True):
    """Every delegation judges an objective card: did the arrangements fail, or was it the intent of one of the `sides`?

    `ill_will`: most lay it on one side's intent, and the card's shifts turn round (P41).
    """

    sides: tuple[Side, ...]
    ill_will: Effect


class Audits(Struct, frozen=True, kw_only=True):
    """A pledge is examined once, and an article that proved to be kept never again (P13 P24)."""

    positive: Effect
    negative: Effect


class BoldOffers(Struct, frozen=True, kw_only=True):
    """A text that turns the no or reserve of so many delegations into a yes gives its sponsor the next item (P38)."""

    turned: int
    bold: Effect


class Chair(Struct, frozen=True, kw_only=True):
    """How many texts the role in the chair may table in a round.

    `without_text`: what a role scores if no text is adopted; `text` is told with it.
    """

    texts_a_round: int
    without_text: Mapping[RoleId, int]
    text: str


class EarlyBodies(Struct, frozen=True, kw_only=True):
    """While the `switch` is on, a body that opened works differences down until one of the `conflicts` is drawn (P37).

    `bodies` are the wordings that come with one.
    """

    switch: SwitchId
    bodies: Mapping[IssueId, tuple[int, ...]]
    conflicts: tuple[CardId, ...]
    opened: Effect
    worked: Effect


class FutureCard(Struct, frozen=True, kw_only=True):
    """`aspect` counts twice in that future."""

    id: str
    title: str
    text: str
    aspect: AspectId


class Future(Struct, frozen=True, kw_only=True):
    """One of these is drawn when the table ends (P11 P25 P29)."""

    cards: tuple[FutureCard, ...]


class IdleRounds(Struct, frozen=True, kw_only=True):
    """A round in which nothing was pledged and no article agreed (P52)."""

    idle: Effect


class Pledges(Struct, frozen=True, kw_only=True):
    """Articles to be started early, laid face down and shown together (P19). `sides` has the roles of each side.

    `matched`: every side laid one; `kept`: all of that round's were honoured in the next; `broken`: one was not.
    `article_broken`: one was not, although its article stands in the adopted text.
    """

    sides: tuple[tuple[RoleId, ...], ...]
    matched: Effect
    kept: Effect
    broken: Effect
    article_broken: Effect | None = None


class Priorities(Struct, frozen=True, kw_only=True):
    """`role` declares a path and `count` articles before round 2; `switched`: another path later (P51 P66 P67).

    Beside its score it gets `points` if the adopted text takes that path and changes all of these articles: then
    `matched` is told, else `missed`.
    """

    role: RoleId
    count: int
    points: int
    switched: Effect
    matched: str
    missed: str


class ReasonedRefusals(Struct, frozen=True, kw_only=True):
    """A reasoned refusal of a text for which one of these `rules` holds softens what the rule costs, by `points`.

    At most by `at_most` in one game, and never beyond 0 (P14 P17).
    """

    rules: tuple[RuleId, ...]
    points: int
    at_most: int
    softened: Effect


class ReturningComfort(Struct, frozen=True, kw_only=True):
    """A card's shifts hold for `rounds` rounds and then halve, toward 0, in every round that follows (P32 P46)."""

    rounds: int
    halved: Effect


class OpenConflicts(Struct, frozen=True, kw_only=True):
    """Without a text each of these cards that was drawn costs everybody `points`; `text` is told with them (P34)."""

    cards: tuple[CardId, ...]
    points: int
    text: str


class Patience(Struct, frozen=True, kw_only=True):
    """Some expect time to work for them: a round without an objective card adds `points` to their walk-aways (P26)."""

    roles: tuple[RoleId, ...]
    points: int
    waited: Effect


class SideTable(Struct, frozen=True, kw_only=True):
    """`issues` are what it may deal with; none: with everything."""

    id: str
    name: str
    members: tuple[RoleId, ...]
    issues: tuple[IssueId, ...]


class SideTables(Struct, frozen=True, kw_only=True):
    """Side tables initial articles; `broken`: a party tabled or voted for another wording (P27)."""

    tables: tuple[SideTable, ...]
    broken: Effect


class Suspension(Struct, frozen=True, kw_only=True):
    """One of these `cards` drawn after a text was adopted that is as `adopted` says, while the `switch` is on (P37)."""

    switch: SwitchId
    cards: tuple[CardId, ...]
    adopted: Condition
    suspended: Effect


class Mechanics(Struct, frozen=True, kw_only=True):
    """By name; the fields are the names that documents, phases and endings use."""

    accession_offers: AccessionOffers | None = None
    archive: Archive | None = None
    attribution: Attribution | None = None
    audits: Audits | None = None
    bold_offers: BoldOffers | None = None
    chair: Chair | None = None
    early_bodies: EarlyBodies | None = None
    future: Future | None = None
    idle_rounds: IdleRounds | None = None
    open_conflicts: OpenConflicts | None = None
    patience: Patience | None = None
    pledges: Pledges | None = None
    priorities: Priorities | None = None
    projects: Projects | None = None
    reasoned_refusals: ReasonedRefusals | None = None
    returning_comfort: ReturningComfort | None = None
    side_tables: SideTables | None = None
    suspension: Suspension | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Those that are on."""
        return tuple(name for name in self.__struct_fields__ if self.plays(name))

    @property
    def wakes(self) -> tuple[RuleId, ...]:
        """The sleeping rules that mechanics can wake."""
        return () if self.accession_offers is None else self.accession_offers.wakes

    def plays(self, name: str) -> bool:
        return getattr(self, name, None) is not None

    def effect(self, name: str) -> Effect | None:
        """One of `EFFECTS`; None if its mechanic is off, or has nothing to say of it."""
        mechanic, _, effect = name.partition(".")
        return getattr(getattr(self, mechanic), effect, None)

    def sentence(self, name: str) -> str:
        """What people read of an effect."""
        effect = self.effect(name)
        return "" if effect is None else effect.text


SENTENCES = frozenset({"text", "matched", "missed"})
"""Fields of a mechanic that are sentences by themselves, where they are not an effect's."""

MECHANICS = Mechanics.__struct_fields__
"""The names of all mechanics that the engine can play."""


def _effects() -> Iterator[str]:
    for mechanic, settings in get_type_hints(Mechanics).items():
        for name, kind in get_type_hints(get_args(settings)[0]).items():
            if Effect in (kind, *get_args(kind)):
                yield f"{mechanic}.{name}"


EFFECTS = tuple(_effects())
"""Everything that a mechanic can come to, such as `pledges.broken`."""
