"""The rule set: one immutable value that says what a game is. Built by `threebirds_rules.loading`."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from threebirds_rules.conditions import Condition
from threebirds_rules.mechanics.settings import Mechanics
from threebirds_rules.names import (
    AspectId,
    BodyId,
    CardId,
    EndingId,
    GaugeId,
    IssueId,
    RoleId,
    RuleId,
    SwitchId,
    TrackId,
    VariantId,
)

CardKind = Literal["objective", "subjective", "neutral", "success"]
DecisionRule = Literal["consensus", "unanimity", "majority", "weighted"]
Caller = Literal["chair", "sponsor"]
NameChoice = Literal["historical", "invented"]
Place = tuple[str | int, ...]
"""Where a text stands, by ids: `("roles", "POL", "name")`, as in a translation."""


class Aspect(Struct, frozen=True):
    id: AspectId
    name: str


class Role(Struct, frozen=True, kw_only=True):
    """`weights` turns raw impacts into points; `factors` is what one step of a track adds to the walk-away."""

    id: RoleId
    name: str
    initials: str
    vote: bool
    chair: bool
    optional: bool
    comfort: int
    weights: Mapping[AspectId, int]
    factors: Mapping[TrackId, int]
    public_brief: str
    confidential_brief: str


class Option(Struct, frozen=True, kw_only=True):
    """One wording. `points` holds, per role, points by aspect in the rule set's order; a role not named has none."""

    label: str
    article: str
    points: Mapping[RoleId, tuple[int, ...]]
    effects: Mapping[GaugeId, int]


class Issue(Struct, frozen=True, kw_only=True):
    id: IssueId
    title: str
    paragraphs: str
    options: tuple[Option, ...]


class Gauge(Struct, frozen=True, kw_only=True):
    """A derived gauge has a `formula`: the sum of other gauges times a coefficient; it has no start of its own."""

    id: GaugeId
    name: str
    start: int
    formula: tuple[tuple[GaugeId, int], ...]


class Track(Struct, frozen=True, kw_only=True):
    """An integer of the table's state, from 0 at the start, kept within `low` and `high`."""

    id: TrackId
    name: str
    low: int
    high: int


class Rule(Struct, frozen=True, kw_only=True):
    """Points when `when` holds and the rule is awake: its switches let it count, and a card woke it if it `sleeps`.

    It counts if its `switch` is on (None: always), and none of those in `unless` is.
    """

    id: RuleId
    when: Condition
    points: Mapping[RoleId, int]
    aspect: AspectId
    text: str
    paragraphs: str
    switch: SwitchId | None
    unless: tuple[SwitchId, ...]
    sleeps: bool


class Curve(Struct, frozen=True, kw_only=True):
    """Points by a gauge: linear between `points` (x, y), constant outside them, rounded half up.

    It counts by its switches as a rule does.
    """

    id: str
    gauge: GaugeId
    roles: tuple[RoleId, ...]
    points: tuple[tuple[int, int], ...]
    aspect: AspectId
    text: str
    paragraphs: str
    switch: SwitchId | None
    unless: tuple[SwitchId, ...]


class Body(Struct, frozen=True, kw_only=True):
    """Whose consent is needed, `when` (None: always), by what rule, with how much above the walk-away.

    A weighted body consents when the members that say yes weigh `threshold` or more, however few of them are seated.
    """

    id: BodyId
    name: str
    members: tuple[RoleId, ...]
    when: Condition | None
    decides: DecisionRule
    vetoes: tuple[RoleId, ...]
    quorum: int
    margin: int
    text: str
    weights: Mapping[RoleId, int] = {}
    threshold: int = 0


class Switch(Struct, frozen=True, kw_only=True):
    """Another reading. While it is on, `comfort` is added to walk-aways; it never goes with those it `excludes`."""

    id: SwitchId
    name: str
    on: bool
    comfort: Mapping[RoleId, int]
    excludes: tuple[SwitchId, ...]


class Card(Struct, frozen=True, kw_only=True):
    """An event: it moves walk-aways (`shifts`), tracks and bodies' margins, and wakes sleeping rules."""

    id: CardId
    title: str
    text: str
    effect: str
    kind: CardKind
    shifts: Mapping[RoleId, int]
    tracks: Mapping[TrackId, int]
    margins: Mapping[BodyId, int]
    wakes: tuple[RuleId, ...]
    paragraphs: str


class DealLimit(Struct, frozen=True):
    """At most `at_most` of these cards are dealt in one game."""

    cards: tuple[CardId, ...]
    at_most: int


class Deadline(Struct, frozen=True):
    """A date: so many `days` after the one on which something began, at this `minute` of the day, by local time."""

    days: int
    minute: int


class Phase(Struct, frozen=True, kw_only=True):
    """`actions`: what a seat may do; `draws`: cards dealt as it opens; left out while its `mechanic` is off.

    It lasts its `seconds`, or until its `deadline` if it has one.
    """

    id: str
    title: str
    text: str
    seconds: int
    actions: tuple[str, ...]
    draws: int
    mechanic: str | None
    deadline: Deadline | None = None


class Voting(Struct, frozen=True, kw_only=True):
    """Who may call a vote from which round on; with `last_text` the last tabled text is put to the vote at the end."""

    callers: tuple[Caller, ...]
    from_round: int
    seconds: int
    closing_seconds: int
    last_text: bool


class Schedule(Struct, frozen=True, kw_only=True):
    """`implementation` follows once a text is adopted, and only then: there is no more talk about texts in it."""

    rounds: int
    phases: tuple[Phase, ...]
    voting: Voting
    implementation: Phase | None


class Variant(Struct, frozen=True, kw_only=True):
    """Another length of the same game. The first of a rule set changes nothing: it is the game as its document has it.

    `pace` is how much of its length in percent a phase keeps that `seconds` and `closes` do not name. `without` names
    phases, mechanics, and of the words in `variants.FEATURES`. None is as the document has it.
    """

    id: VariantId
    name: str
    minutes: int
    rounds: int | None
    pace: int
    seconds: Mapping[str, int]
    draws: Mapping[str, int]
    without: tuple[str, ...]
    from_round: int | None
    vote_seconds: int | None
    closes: Mapping[str, Deadline]

    @property
    def in_days(self) -> bool:
        """Whether its phases close at dates."""
        return bool(self.closes)


class Path(Struct, frozen=True, kw_only=True):
    """A named kind of package, such as the essay's three roads; shown on the map and used by endings."""

    id: str
    name: str
    when: Condition


class Ending(Struct, frozen=True, kw_only=True):
    """The first that fits is shown. `tag` names the gauge by which it is the nearest one for a text that fits none.

    `adopted` None fits both outcomes: then `when` looks at the adopted text, or at the last one that was voted down.
    `objective_cards` is an inclusive range (low, high) of objective cards drawn; None for any number.
    `happened` names an effect of a mechanic that must have come about, such as `pledges.broken`.
    """

    id: EndingId
    title: str
    text: str
    adopted: bool | None
    when: Condition | None
    objective_cards: tuple[int, int] | None
    tag: GaugeId | None
    mechanic: str | None
    happened: str | None

    @property
    def needs(self) -> tuple[str, ...]:
        """The mechanics without which it is never told."""
        happened = None if self.happened is None else self.happened.partition(".")[0]
        return tuple(one for one in (self.mechanic, happened) if one is not None)


class Name(Struct, frozen=True):
    """What a variable of texts stands for."""

    historical: str
    invented: str


class Wording(Struct, frozen=True, kw_only=True):
    """What one language says: its texts by place, with variables in them, and the names that it gives to variables."""

    texts: Mapping[Place, str]
    names: Mapping[str, Name]


class RuleSet(Struct, frozen=True, kw_only=True, dict=True):
    """A whole game. `digest` is the SHA-256 (hex) of the document's canonical form and names the version.

    Its texts are in `language` and with `names`; `wording.in_language` gives the same game in other words. `variant` is
    the one as which it is played (`variants.as_played`), which `variants` offers; it is empty in the document.
    """

    id: str
    title: str
    summary: str
    date_stamp: str
    minutes: int
    digest: str
    aspects: tuple[Aspect, ...]
    roles: tuple[Role, ...]
    issues: tuple[Issue, ...]
    gauges: tuple[Gauge, ...]
    tracks: tuple[Track, ...]
    rules: tuple[Rule, ...]
    curves: tuple[Curve, ...]
    bodies: tuple[Body, ...]
    switches: tuple[Switch, ...]
    schedule: Schedule
    cards: tuple[Card, ...]
    deal_limits: tuple[DealLimit, ...]
    paths: tuple[Path, ...]
    endings: tuple[Ending, ...]
    reservations: str
    """The sentence added to an ending that is only the nearest one."""
    mechanics: Mechanics
    fill_order: tuple[RoleId, ...]
    """The order in which people are seated when they do not choose."""
    sources: tuple[str, ...]
    variants: tuple[Variant, ...] = ()
    variant: VariantId = VariantId("")
    rekey: int = 0
    """By how many points at most a class moves walk-aways, so that nobody can look them up."""
    confidential: bool = True
    """Whether some delegations may talk, and show each other texts, without the others."""
    language: str = "en"
    names: NameChoice = "historical"
    wordings: Mapping[str, Wording] = {}
    """By language, the document's own one first; empty in a rule set that was made without a document."""

    @property
    def edition(self) -> str:
        """Names the version and how it is played."""
        return f"{self.digest}/{self.variant}" if self.variant else self.digest

    @property
    def languages(self) -> tuple[str, ...]:
        """What it can be played in; what the others do not say is said in the first one."""
        return tuple(self.wordings) or (self.language,)

    @property
    def name_choices(self) -> tuple[NameChoice, ...]:
        named = any(wording.names for wording in self.wordings.values())
        return ("historical", "invented") if named else ("historical",)

    @cached_property
    def played_phases(self) -> tuple[Phase, ...]:
        """Of the schedule's phases those in play: one that needs a mechanic which is off is left out."""
        phases = self.schedule.phases
        return tuple([one for one in phases if one.mechanic is None or self.mechanics.plays(one.mechanic)])
