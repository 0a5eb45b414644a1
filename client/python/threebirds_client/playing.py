"""A strategy in a seat on a server."""

import secrets

from threebirds_client.faults import ActionRefusedError
from threebirds_client.seat import Seat
from threebirds_rules.chance import token
from threebirds_rules.strategy import Strategy

TRIES = 3
"""How often it may try with one and the same view before it waits for another one."""


async def play(seat: Seat, strategy: Strategy, *, chance: str | None = None) -> None:
    """Do what the strategy chooses until the game is over; raises SeatLostError.

    `chance` is the seed of all its draws: the same games with the same seed go the same way. By default a secret one.
    """
    seed = secrets.token_hex(8) if chance is None else chance
    seen, tried = -1, 0
    while seat.view.status != "ended":
        seen, tried = seat.n, tried + 1 if seat.n == seen else 0
        move = strategy.choose(seat.view, chance=token(seed, seen, tried)) if tried < TRIES else None
        if move is None:
            await seat.changed()
            continue
        try:
            await seat.act(move.action, given=move.given)
        except ActionRefusedError:
            continue  # the view it was chosen by has changed, or `tried` counts it
