"""Words that a document may use and that are not its own: kinds of actions, mechanics, limits."""

from threebirds_rules.mechanics.asked import MECHANIC_OF

PHASE_ACTIONS = (
    "say", "draft", "circulate", "table", "amend", "accept_amendment", "withdraw", "support", "call_vote", "vote",
    "break_silence", "pass", "take_back", *MECHANIC_OF,
)  # fmt: skip
"""The actions that a phase can allow a seat."""

LATE_ACTIONS = ("say", "take_back", "honour", "renege", "audit", "pass")
"""The same, after a text is adopted."""

POINTS = "points"
"""The one aspect of a document that has none."""

CONDITION_WORDS: tuple[str, ...] = ("all", "any", "none")
CHANNEL_WORDS: tuple[str, ...] = ("plenary", "delegation")
"""Names of channels, which no role or group can have."""

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_ROLES = 16
MAX_TRANSLATIONS = 20
MAX_OPTIONS = 8
MAX_NAME = 64
MAX_TITLE = 200
MAX_TEXT = 8_000
MAX_POINTS = 1_000
MAX_GAUGE = 100_000
"""How far from 0 a gauge may come: what multiplies gauges stays far from the end of the integers on the wire."""

FINDING_CODES = (
    "accepted_in_vain", "body_cannot_decide", "body_never_asked", "card_changes_nothing", "ending_never_fits",
    "gauge_never_moves", "gauge_unread", "mechanic_off", "mechanic_unplayed", "minutes_wrong", "name_unused",
    "no_vote_possible", "no_zone", "one_sided", "option_dominated", "path_never_taken", "phase_empty",
    "role_always_content", "role_never_content", "role_unmoved", "role_without_power", "rule_never_fires",
    "rule_never_woken", "rule_without_points", "switch_switches_nothing", "text_missing",
    "variant_changes_nothing",
)  # fmt: skip
"""What the linter can find in a sound document; `accepted_findings` may list what is meant to be so."""
