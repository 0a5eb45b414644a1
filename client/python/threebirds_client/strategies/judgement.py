"""What a text is worth to one role, by its own mandate and the engine's own scoring."""

from threebirds_client.strategies.climbing import Climber
from threebirds_rules.mandate import Mandate
from threebirds_rules.names import AspectId, IssueId, Package
from threebirds_rules.scoring import Scorer


class Judgement:
    """`gain` is points above what the role needs in order to sign that text (below it, if negative)."""

    def __init__(self, mandate: Mandate) -> None:
        self.mandate = mandate
        self.sizes = tuple(len(labels) for labels in mandate.labels)
        self.status_quo: Package = (0,) * len(self.sizes)
        self._scorer = Scorer(mandate)
        self.ideal = Climber(self.sizes, self.gain).best_from([self.status_quo])

    def gain(self, package: Package) -> int:
        return self._scorer.score(package) - self._scorer.needed(package)

    def grievance(self, package: Package) -> tuple[IssueId, AspectId]:
        """The article whose change would help most, and the aspect in which it hurts most as it stands."""
        at = max(range(len(self.sizes)), key=lambda place: (self._relief(package, place), -place))
        issue = self.mandate.issues[at]
        points = self.mandate.values[at][package[at]]
        worst = min(range(len(points)), key=lambda aspect: (points[aspect], aspect))
        return issue, self.mandate.aspects[worst]

    def _relief(self, package: Package, at: int) -> int:
        others = (option for option in range(self.sizes[at]) if option != package[at])
        return max(self.gain((*package[:at], option, *package[at + 1 :])) for option in others)
