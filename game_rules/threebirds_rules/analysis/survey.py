"""The exact analysis of a rule set in a position, or of a plain domain; a sample of it where it is too large."""

from functools import partial

from threebirds_rules.analysis.blocks import MEMORY, MOST_PACKAGES, Block, Progress, Tile, all_blocks, blocks
from threebirds_rules.analysis.crew import Crew
from threebirds_rules.analysis.elimination import eliminate, floors_of, plan_of
from threebirds_rules.analysis.frontier import FrontierSearch, search
from threebirds_rules.analysis.model import Model, model_of
from threebirds_rules.analysis.results import Analysis
from threebirds_rules.analysis.samples import sampled
from threebirds_rules.analysis.tallies import Tally
from threebirds_rules.analysis.telling import counted, told
from threebirds_rules.mandate import Position
from threebirds_rules.ruleset import RuleSet

SAMPLE = 1 << 15
"""How many packages a sample holds."""


def analyse(
    rules: RuleSet, position: Position, *, memory: int = MEMORY, threads: int = 1, progress: Progress | None = None
) -> Analysis:
    """Look at every package of a rule set.

    Args:
        rules: The rule set.
        position: Who is seated, which rules are awake, and what has moved walk-aways.
        memory: About how many bytes may be used at once. The result does not depend on it.
        threads: How many threads share the work. The result does not depend on it either.
        progress: Called now and then.
    """
    return analyse_model(model_of(rules, position), memory=memory, threads=threads, progress=progress)


def counts(
    rules: RuleSet, position: Position, *, memory: int = MEMORY, threads: int = 1, progress: Progress | None = None
) -> Analysis:
    """All counts and shares of a rule set, exact, without frontiers and solution points.

    Raises TooManyPackagesError where not every package can be looked at.
    """
    model = model_of(rules, position)
    tally = Tally(model, collects=False)
    with Crew(threads) as crew:
        for block in all_blocks(model, memory=memory):
            look_at(block, tally, crew, progress)
    return counted(tally)


def first_look(rules: RuleSet, position: Position, *, packages: int = SAMPLE) -> Analysis:
    """The shares of a rule set from a sample: within a moment, and without frontiers and solution points."""
    return sample_model(model_of(rules, position), packages=packages)


def analyse_model(
    model: Model, *, memory: int = MEMORY, threads: int = 1, progress: Progress | None = None
) -> Analysis:
    """Look at every package of a model, or at a sample if there are more than MOST_PACKAGES."""
    if model.packages > MOST_PACKAGES:
        return sample_model(model)
    plan, floors = plan_of(model), floors_of(model)
    short_way = plan is not None and floors is not None
    tally = Tally(model, collects=not short_way)
    everything = FrontierSearch(model)
    with Crew(threads) as crew:
        for block in blocks(model, memory=memory):
            look_at(block, tally, crew, progress)
            if plan is None:
                search(block, everything, crew)
    if plan is not None:
        everything.add(*eliminate(model, plan))
    if plan is not None and floors is not None:
        tally.zone.best.add(*eliminate(model, plan, floors))
    return told(tally, zone=tally.zone.best.points(), everything=everything.points())


def sample_model(model: Model, *, packages: int = SAMPLE) -> Analysis:
    """`first_look` at a model."""
    tally = Tally(model, collects=False)
    look_at(sampled(model, packages), tally, Crew(1), None)
    return counted(tally)


def look_at(block: Block, tally: Tally, crew: Crew, progress: Progress | None) -> None:
    """Count every package of a block."""
    tally.add_block(block)
    for part in crew.each(partial(_tallied, tally), block.tiles()):
        tally.join(part)
        if progress is not None:
            progress(tally.examined, block.model.packages)


def _tallied(whole: Tally, tile: Tile) -> Tally:
    """A tally of one tile, to join with the whole."""
    part = Tally(whole.model, collects=whole.zone.collects)
    part.add(tile)
    return part
