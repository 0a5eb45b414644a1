"""The card of the future in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.future.shapes import DrawnFuture, FutureDrawn
from threebirds_rules.mechanics.progress import Progress


def drawn(progress: Progress, event: FutureDrawn) -> Progress:
    return replace(progress, future=DrawnFuture(card=event.card, surpluses=event.surpluses))
