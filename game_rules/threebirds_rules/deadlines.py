"""When something that begins now is over: after so many seconds, or at a date by the table's local time.

The local time is UTC and a number of minutes that the table was opened with. It stays when clocks change for summer.
"""

from threebirds_rules.ruleset import Deadline, Phase

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
FARTHEST_OFFSET = 14 * 60
"""Minutes; no place on Earth is farther from UTC."""


def closes_at(phase: Phase, now: int, utc_offset_minutes: int) -> int:
    """When a phase that opens now closes (both in milliseconds since 1970, UTC)."""
    if phase.deadline is None:
        return now + phase.seconds * 1000
    return date_after(now, phase.deadline, utc_offset_minutes)


def date_after(now: int, deadline: Deadline, utc_offset_minutes: int) -> int:
    """The deadline's moment, counted from the local day of `now`. From one day on it lies after `now`."""
    offset = utc_offset_minutes * MINUTE_MS
    midnight = (now + offset) // DAY_MS * DAY_MS
    return midnight + deadline.days * DAY_MS + deadline.minute * MINUTE_MS - offset
