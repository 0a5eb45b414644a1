"""Sit at a Three Birds table from Python: the SDK for bots, the bots that ship, and an arena to try them in."""

from threebirds_client.arena import Game, play_game
from threebirds_client.door import Door, Place
from threebirds_client.faults import ActionRefusedError, DoorClosedError, RefusedError, SeatLostError
from threebirds_client.playing import play
from threebirds_client.seat import Seat, SeatEvent
from threebirds_client.sitting import connect

__all__ = [
    "ActionRefusedError",
    "Door",
    "DoorClosedError",
    "Game",
    "Place",
    "RefusedError",
    "Seat",
    "SeatEvent",
    "SeatLostError",
    "connect",
    "play",
    "play_game",
]
