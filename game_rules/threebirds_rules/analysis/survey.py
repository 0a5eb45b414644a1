"""The exact analysis of a rule set in a position, or of a plain domain; a sample of it where it is too large."""

from threebirds_rules.analysis.blocks import MEMORY, MOST_PACKAGES, Block, Progress, blocks
from threebirds_rules.analysis.elimination import eliminate, floors_of, plan_of
from threebirds_rules.analysis.frontier import FrontierSearch, search
from threebirds_rules.analysis.model import Model, model_of
from threebirds_rules.analysis.results import Analysis
from threebirds_rules.analysis.samples import sampled
from threebirds_rules.analysis.tallies import Tally
from threebirds_rules.analysis.telling import told, told_of_sample
from threebirds_rules.mandate import Position
from threebirds_rules.ruleset import RuleSet

SAMPLE = 1 << 15
"""How many packages a sample holds."""


def analyse(rules: RuleSet, position: Position, *, memory: int = MEMORY, progress: Progress | None = None) -> Analysis:
    """Look at every package of a rule set.

    Args:
        rules: The rule set.
        position: Who is seated, which rules are awake, and what has moved walk-aways.
        memory: About how many bytes may be used at once. The result does not depend on it.
        progress: Called now and then.
    """
    return analyse_model(model_of(rules, position), memory=memory, progress=progress)


def first_look(rules: RuleSet, position: Position, *, packages: int = SAMPLE) -> Analysis:
    """The shares of a rule set from a sample: within a moment, and without frontiers and solution points."""
    return sample_model(model_of(rules, position), packages=packages)


def analyse_model(model: Model, *, memory: int = MEMORY, progress: Progress | None = None) -> Analysis:
    """Look at every package of a model, or at a sample if there are more than MOST_PACKAGES."""
    if model.packages > MOST_PACKAGES:
        return sample_model(model)
    plan, floors = plan_of(model), floors_of(model)
    short_way = plan is not None and floors is not None
    tally = Tally(model, collects=not short_way)
    everything = FrontierSearch(model)
    for block in blocks(model, memory=memory):
        _look_at(block, tally, progress)
        if plan is None:
            search(block, everything)
    if plan is not None:
        everything.add(*eliminate(model, plan))
    if plan is not None and floors is not None:
        tally.zone.best.add(*eliminate(model, plan, floors))
    return told(tally, zone=tally.zone.best.points(), everything=everything.points())


def sample_model(model: Model, *, packages: int = SAMPLE) -> Analysis:
    """`first_look` at a model."""
    tally = Tally(model, collects=False)
    _look_at(sampled(model, packages), tally, None)
    return told_of_sample(tally)


def _look_at(block: Block, tally: Tally, progress: Progress | None) -> None:
    tally.add_block(block)
    for tile in block.tiles():
        tally.add(tile)
        if progress is not None:
            progress(tally.examined, block.model.packages)
