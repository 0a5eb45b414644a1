"""Projects, which everybody sees."""

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.projects.procedure import may, proposable, under_way
from threebirds_rules.mechanics.projects.shapes import ProjectsView, ProjectView
from threebirds_rules.mechanics.settings import Projects
from threebirds_rules.mechanics.sides import partners
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State


def projects(played: Projects, state: State) -> ProjectsView:
    done = {one.project for one in state.progress.ventures if one.standing == "done"}
    return ProjectsView(
        projects=tuple(
            ProjectView(id=one.id, title=one.title, text=one.text, points=one.points, done=one.id in done)
            for one in played.projects
        ),
        ventures=state.progress.ventures,
    )


def possible(kind: str, rules: RuleSet, state: State, role: RoleId) -> Legal | None:
    if kind != "propose_project":
        venture = may(kind, state, role)
        return None if venture is None else Legal(kind=kind, choices=(venture.project,))
    played = rules.mechanics.projects
    if played is None or under_way(state) is not None:
        return None
    roles, names = partners(played.sides, state, role), proposable(played, state)
    return Legal(kind=kind, roles=roles, choices=names) if roles and names else None
