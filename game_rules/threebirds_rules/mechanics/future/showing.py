"""The card of the future as a viewer sees it.

Who would regret the treaty is read from all the numbers of others, of which the end tells only the sums. So a seat
sees its own surplus, and the facilitator all of them, until it tells them.
"""

from threebirds_rules.mechanics.future.shapes import FutureView
from threebirds_rules.mechanics.settings import Future
from threebirds_rules.names import RoleId
from threebirds_rules.state import State


def future(played: Future, state: State, role: RoleId | None, *, facilitates: bool) -> FutureView | None:
    drawn = state.progress.future
    if drawn is None:
        return None
    card = next(one for one in played.cards if one.id == drawn.card)
    return FutureView(
        card=card.id,
        title=card.title,
        text=card.text,
        aspect=card.aspect,
        own=None if role is None else drawn.surpluses.get(role),
        surpluses=drawn.surpluses if facilitates else None,
    )
