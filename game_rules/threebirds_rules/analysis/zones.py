"""How large the ZOPA is, in many positions of one rule set."""

from collections.abc import Sequence

import numpy as np

from threebirds_rules.analysis.blocks import MEMORY, Progress, all_blocks
from threebirds_rules.analysis.model import model_of
from threebirds_rules.analysis.votes import Votes
from threebirds_rules.mandate import Position
from threebirds_rules.ruleset import RuleSet


def zone_sizes(
    rules: RuleSet, positions: Sequence[Position], *, memory: int = MEMORY, progress: Progress | None = None
) -> list[int]:
    """By position, the packages to which every needed body consents; raises TooManyPackagesError.

    What each card does to the ZOPA: `zone_sizes(rules, [after_cards(rules, now, [card]) for card in rules.cards])`.
    """
    models = [model_of(rules, position) for position in positions]
    sizes = [0] * len(models)
    for block in all_blocks(models[0], memory=memory, progress=progress):
        for place, model in enumerate(models):
            sizes[place] += sum(
                int(np.count_nonzero(Votes(tile).adopts())) for tile in block.in_position(model).tiles()
            )
    return sizes
