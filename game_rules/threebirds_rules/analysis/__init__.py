"""Exact analysis over all packages of a rule set. Needs numpy (`threebirds[analysis]`); with moocore it is quicker."""

from threebirds_rules.analysis.blocks import MEMORY, MOST_PACKAGES, Progress, TooManyPackagesError
from threebirds_rules.analysis.domains import Domain, DomainError, model_of_domain, read_domain
from threebirds_rules.analysis.efficiency import Better, Change, Efficiency, efficiency, efficiency_in
from threebirds_rules.analysis.influence import Influence, influence
from threebirds_rules.analysis.model import Model, ScoresTooLargeError, model_of
from threebirds_rules.analysis.results import Analysis, Frontier, Point, Share, Solution
from threebirds_rules.analysis.survey import analyse, analyse_model, counts, first_look, sample_model
from threebirds_rules.analysis.votes import Votes
from threebirds_rules.analysis.zones import zone_sizes

__all__ = [
    "MEMORY",
    "MOST_PACKAGES",
    "Analysis",
    "Better",
    "Change",
    "Domain",
    "DomainError",
    "Efficiency",
    "Frontier",
    "Influence",
    "Model",
    "Point",
    "Progress",
    "ScoresTooLargeError",
    "Share",
    "Solution",
    "TooManyPackagesError",
    "Votes",
    "analyse",
    "analyse_model",
    "counts",
    "efficiency",
    "efficiency_in",
    "first_look",
    "influence",
    "model_of",
    "model_of_domain",
    "read_domain",
    "sample_model",
    "zone_sizes",
]
