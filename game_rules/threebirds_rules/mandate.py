"""What one role knows of its own interests: enough to score any package alone, and nothing of anybody else's."""

from collections.abc import Mapping

from msgspec import Struct

from threebirds_rules.conditions import Condition
from threebirds_rules.names import (
    AspectId,
    BodyId,
    GaugeId,
    IssueId,
    RoleId,
    RuleId,
    SwitchId,
    TrackId,
)


class Offset(Struct, frozen=True, kw_only=True):
    """A bounded integer of the state that moves scores: on a rule, on an option, on a role, or on a body's margin.

    Exactly one of `rule`, `option` (issue and index) and `body` is set, or none of them: then it moves the role's
    every score. `role` None moves it for every role that the rule or option touches.
    """

    points: int
    role: RoleId | None = None
    rule: RuleId | None = None
    option: tuple[IssueId, int] | None = None
    body: BodyId | None = None


class Position(Struct, frozen=True, kw_only=True):
    """All of a table's state that touches scores: everything else about a game leaves them alone."""

    seated: tuple[RoleId, ...]
    switches: tuple[SwitchId, ...]
    woken: tuple[RuleId, ...]
    tracks: Mapping[TrackId, int]
    shifts: Mapping[RoleId, int]
    offsets: tuple[Offset, ...]


class MandateGauge(Struct, frozen=True, kw_only=True):
    id: GaugeId
    start: int
    formula: tuple[tuple[GaugeId, int], ...]


class MandateRule(Struct, frozen=True, kw_only=True):
    """An awake rule that gives this role points."""

    id: RuleId
    when: Condition
    points: int
    aspect: AspectId
    text: str
    paragraphs: str


class MandateCurve(Struct, frozen=True, kw_only=True):
    id: str
    gauge: GaugeId
    points: tuple[tuple[int, int], ...]
    aspect: AspectId
    text: str
    paragraphs: str


class MandateBody(Struct, frozen=True, kw_only=True):
    """A body that this role sits in: its margin is what the role needs above its walk-away when `when` holds."""

    id: BodyId
    when: Condition | None
    margin: int


class Mandate(Struct, frozen=True, kw_only=True):
    """`values[issue][option][aspect]` are this role's points; `effects[issue][option]` the gauges an option moves."""

    role: RoleId
    walk_away: int
    offset: int
    aspects: tuple[AspectId, ...]
    issues: tuple[IssueId, ...]
    labels: tuple[tuple[str, ...], ...]
    paragraphs: tuple[str, ...]
    values: tuple[tuple[tuple[int, ...], ...], ...]
    effects: tuple[tuple[Mapping[GaugeId, int], ...], ...]
    gauges: tuple[MandateGauge, ...]
    rules: tuple[MandateRule, ...]
    curves: tuple[MandateCurve, ...]
    bodies: tuple[MandateBody, ...]
