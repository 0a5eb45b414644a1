"""Projects in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.progress import Progress
from threebirds_rules.mechanics.projects.shapes import ProjectJoined, ProjectOver, ProjectProposed, Venture


def proposed(progress: Progress, event: ProjectProposed) -> Progress:
    venture = Venture(project=event.project, role=event.role, to=event.to, round=event.round)
    return replace(progress, ventures=(*progress.ventures, venture))


def joined(progress: Progress, _event: ProjectJoined) -> Progress:
    return _with_last(progress, replace(progress.ventures[-1], standing="joined"))


def over(progress: Progress, event: ProjectOver) -> Progress:
    return _with_last(progress, replace(progress.ventures[-1], standing=event.standing, by=event.role))


def _with_last(progress: Progress, venture: Venture) -> Progress:
    return replace(progress, ventures=(*progress.ventures[:-1], venture))
