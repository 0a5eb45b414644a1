"""The position that somebody asks about."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from threebirds_client.reading.asked import AskedError, cards_asked, one_of
from threebirds_rules.mandate import Position
from threebirds_rules.names import TrackId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import after_cards, opening


@Parameter(name="*")
@dataclass(frozen=True)
class At:
    """Where a game stands. What is left out is as it is at the opening.

    Args:
        cards: Cards that have been drawn, such as "E1,E2".
        seats: The roles at the table, such as "RUS,USA"; all but the optional ones, if left out.
        switch: A switch that is on; those of the rule set that are not named are off then. Can be given several times.
        track: A track and where it stands, such as "trust=2". Can be given several times.
        trust: Short for --track trust=...
        dossier: Short for --track dossier=...
    """

    cards: str = ""
    seats: str = ""
    switch: Annotated[tuple[str, ...], Parameter(negative=())] = ()
    track: Annotated[tuple[str, ...], Parameter(negative=())] = ()
    trust: int | None = None
    dossier: int | None = None


def position_asked(rules: RuleSet, at: At) -> Position:
    """The position after the cards, with the tracks where they were said to stand; raises AskedError."""
    seats = [name.strip() for name in at.seats.split(",")] if at.seats.strip() else None
    start = opening(
        rules,
        seated=None if seats is None else [one_of(rules.roles, name, "--seats", "role").id for name in seats],
        switches=[one_of(rules.switches, name, "--switch", "switch").id for name in at.switch] or None,
    )
    if len({*start.seated}) < len(start.seated):
        raise AskedError("--seats", expected="every role once", found=at.seats)
    drawn = after_cards(rules, start, cards_asked(rules, at.cards))
    return replace(drawn, tracks={**drawn.tracks, **_tracks(rules, at)})


def _tracks(rules: RuleSet, at: At) -> dict[TrackId, int]:
    short = {"trust": at.trust, "dossier": at.dossier}
    given = [("--track", text) for text in at.track]
    given += [(f"--{name}", f"{name}={value}") for name, value in short.items() if value is not None]
    return dict(_track(rules, text, where) for where, text in given)


def _track(rules: RuleSet, text: str, where: str) -> tuple[TrackId, int]:
    name, _, number = text.partition("=")
    track = one_of(rules.tracks, name.strip(), where, "track")
    try:
        value = int(number)
    except ValueError:
        value = track.high + 1
    if not track.low <= value <= track.high:
        raise AskedError(where, expected=f"{track.id} from {track.low} to {track.high}", found=number)
    return track.id, value
