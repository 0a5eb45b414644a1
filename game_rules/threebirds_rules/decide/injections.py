"""What the facilitator adds to the story: a card out of its turn, or news of its own."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.decide import phases
from threebirds_rules.names import CardId
from threebirds_rules.nearest import nearest
from threebirds_rules.play import seated
from threebirds_rules.procedure import undrawn
from threebirds_rules.refusals import RefusedError
from threebirds_rules.scoring import steps_within_bounds
from threebirds_rules.texts import checked_text
from threebirds_rules.turn import Turn

FARTHEST = 100
"""How far news may move a walk-away, and a track before its bounds are looked at."""
TITLE_LIMIT = 200

Name = TypeVar("Name", bound=str)


def inject(turn: Turn, action: asked.Inject) -> None:
    if action.card is None:
        _news(turn, action)
    elif action == asked.Inject(card=action.card):
        _card(turn, action.card)
    else:
        raise RefusedError(
            "invalid_action", "A card brings its own words and effects: name it alone, or leave it out.", path="card"
        )


def _card(turn: Turn, card: CardId) -> None:
    left = undrawn(turn.rules, turn.state)
    for one in left:
        if one.id == card:
            phases.draw(turn, one)
            return
    if any(one.id == card for one in turn.rules.cards):
        raise RefusedError("illegal_action", "This card has been drawn already.", rule="inject.drawn", path="card")
    raise RefusedError("invalid_action", _unknown("card", card, [one.id for one in left]), path="card")


def _news(turn: Turn, action: asked.Inject) -> None:
    title = checked_text(action.title, path="title", required=True)
    if len(title) > TITLE_LIMIT:
        raise RefusedError("too_large", f"A title has at most {TITLE_LIMIT} characters.", path="title")
    shifts = _checked(action.shifts, seated(turn.state), "shifts", "role")
    steps = _checked(action.tracks, [track.id for track in turn.rules.tracks], "tracks", "track")
    before = sum(one.news is not None for one in turn.state.cards)
    turn.emit(
        facts.Injected(
            at=turn.now,
            card=CardId(f"news.{before + 1}"),
            round=turn.state.round,
            title=title,
            text=checked_text(action.text, path="text", required=False),
            shifts=shifts,
            tracks=steps_within_bounds(turn.rules, turn.state.tracks, steps),
        )
    )


def _checked(effects: Mapping[Name, int], known: Collection[Name], path: str, kind: str) -> dict[Name, int]:
    for name, points in effects.items():
        if name not in known:
            raise RefusedError("invalid_action", _unknown(kind, name, known), path=f"{path}.{name}")
        if abs(points) > FARTHEST:
            raise RefusedError(
                "invalid_action", f"At most {FARTHEST} points either way, not {points:,}.", path=f"{path}.{name}"
            )
    return {name: effects[name] for name in known if effects.get(name)}


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    hint = f" Did you mean “{near}”?" if near else ""
    return f"No {kind} here is called “{name[:64]}”.{hint}"
