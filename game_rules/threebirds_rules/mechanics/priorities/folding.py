"""What was declared, in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.priorities.shapes import Declared, PathSwitched, PrioritiesDeclared, PrioritiesFact
from threebirds_rules.mechanics.progress import Progress


def folded(progress: Progress, event: PrioritiesFact) -> Progress:
    before = progress.priorities
    match event:
        case PrioritiesDeclared():
            after = Declared(path=event.path, issues=event.issues)
        case PathSwitched():
            after = Declared(path=event.path, issues=() if before is None else before.issues, switched=True)
        case _:
            after = Declared(path=event.path, issues=event.issues, switched=before is not None and before.switched)
            after = replace(after, shown=True)
    return replace(progress, priorities=after)
