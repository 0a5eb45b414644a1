"""How fast analysis is: `python -m tests.benchmarks.analysis` prints each figure beside what it may be.

Not a part of the suite: a figure says something only on a machine that does nothing else. Seconds are of processor
time. The plain evaluation is the arrays of `tests.claims.space`: every score of every package, and nothing else.
"""

import sys

from tests.benchmarks.camps import camps
from tests.benchmarks.measuring import Figure, apart, on_the_clock, say, seconds, show
from tests.claims.space import Space
from tests.support.memory import highest_memory
from threebirds_rules.analysis import analyse, blocks, first_look, model_of
from threebirds_rules.analysis.crew import Crew
from threebirds_rules.analysis.elimination import eliminate, floors_of, plan_of
from threebirds_rules.analysis.frontier import FrontierSearch, search
from threebirds_rules.analysis.model import Model
from threebirds_rules.analysis.survey import look_at
from threebirds_rules.analysis.tallies import Tally
from threebirds_rules.analysis.telling import told
from threebirds_rules.loading import load_scenario
from threebirds_rules.scoring import mandate, opening

SCENARIO = "european-security-treaty"
MEGABYTES = 512


def passed(model: Model, *, collects: bool) -> Tally:
    """One pass without the frontier of all."""
    tally = Tally(model, collects=collects)
    with Crew(1) as crew:
        for block in blocks.blocks(model):
            look_at(block, tally, crew, None)
    return tally


def searched(model: Model) -> FrontierSearch:
    frontier = FrontierSearch(model)
    with Crew(1) as crew:
        for block in blocks.blocks(model):
            search(block, frontier, crew)
    return frontier


def of_the_flagship() -> list[Figure]:
    rules = load_scenario(SCENARIO)
    position = opening(rules)
    model = model_of(rules, position)
    look, _ = seconds(lambda: first_look(rules, position))
    once, tally = seconds(lambda: passed(model, collects=True))
    solved, _ = seconds(lambda: told(tally, tally.zone.best.points(), FrontierSearch(model).points()))
    everything, frontier = seconds(lambda: searched(model))
    highest_so_far = highest_memory()
    alone, together = (
        on_the_clock(lambda threads=threads: analyse(rules, position, threads=threads)) for threads in (1, 2)
    )
    plain, _ = seconds(lambda: Space({role: mandate(rules, role, position) for role in position.seated}))
    say(f"{tally.zone.packages:,} packages in the ZOPA, {len(frontier.points()):,} on the frontier of all")
    return [
        Figure("a first look", look, 0.3),
        Figure("plain evaluation of all scores", plain, None),
        Figure("one pass with all counts", once, 1.5 * plain),
        Figure("frontier of the ZOPA, solution points", solved, 1.0),
        Figure("frontier of all", everything, 10.0),
        Figure("memory for all of it", highest_so_far, MEGABYTES, "MB"),
        Figure("all of it, on the clock", alone, None),
        Figure("all of it, on the clock, two threads", together, None),
    ]


def of_a_large_domain() -> list[Figure]:
    model = camps(parties=8, issues=12, options=4, pairs=12)
    plan, floors = plan_of(model), floors_of(model)
    assert plan is not None
    once, tally = seconds(lambda: passed(model, collects=False))
    zone, (inside, _) = seconds(lambda: eliminate(model, plan, floors))
    everything, (vectors, _) = seconds(lambda: eliminate(model, plan))
    efficient = f"{len(inside):,} of them and {len(vectors):,} of all efficient"
    say(f"{model.packages:,} packages, {tally.zone.packages:,} in the ZOPA; {efficient}")
    return [
        Figure("one pass over 16.7 million packages", once, 2.0),
        Figure("frontier of their ZOPA", zone, 2.0),
        Figure("frontier of all of them", everything, 15.0),
        Figure("memory for all of it", highest_memory(), MEGABYTES, "MB"),
    ]


def main() -> int:
    return show([*apart(of_the_flagship), *apart(of_a_large_domain)])


if __name__ == "__main__":
    sys.exit(main())
