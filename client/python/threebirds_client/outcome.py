"""How a game ended, in readable words, and what counts for everybody."""

from collections.abc import Iterator

from threebirds_client.arena import Game
from threebirds_rules.events import RoleResult


def told_outcome(game: Game) -> Iterator[str]:
    """The ending and every role's result; nothing while the game goes on."""
    outcome = game.state.outcome
    if outcome is None:
        return
    ending = next(one for one in game.rules.endings if one.id == outcome.ending)
    reservations = f" {game.rules.reservations}" if outcome.reservations else ""
    yield ""
    yield f"{ending.title}. {ending.text}{reservations}".strip()
    yield ""
    names = {role.id: role.name for role in game.rules.roles}
    width = max(len(name) for name in names.values())
    yield f"{'':{width}}  {'score  walk-away  above it' if game.adopted else 'no text'}"
    for one in outcome.results:
        yield f"{names[one.role]:{width}}  {_numbers(one, adopted=game.adopted)}"
        yield from _beside(one, " " * width)


def _numbers(result: RoleResult, *, adopted: bool) -> str:
    """Without a text there is nothing to weigh against walking away: what counts is what that cost."""
    if adopted:
        return f"{result.score:5}  {result.walk_away:9}  {result.surplus:+8}"
    return f"{result.score:7}"


def _beside(result: RoleResult, indent: str) -> Iterator[str]:
    """What the score is made of where it is no text's, and what a role gets that is in no score."""
    for one in result.adjustments:
        yield f"{indent}  {one.points:+7}  {one.text}"
    for one in result.beside:
        yield f"{indent}  {one.points:+7}  beside the score: {one.text}"
