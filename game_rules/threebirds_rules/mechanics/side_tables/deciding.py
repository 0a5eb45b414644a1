"""Initialling articles, and breaking them."""

from threebirds_rules.mechanics.effects import move
from threebirds_rules.mechanics.settings import SideTable, SideTables
from threebirds_rules.mechanics.side_tables.procedure import broken_by, initial_of, issues, members, open_to, standing
from threebirds_rules.mechanics.side_tables.shapes import ArticleInitialled, InitialArticle, InitialBroken, InitialPut
from threebirds_rules.names import IssueId, RoleId
from threebirds_rules.refusals import RefusedError
from threebirds_rules.state import Ballot, Proposal
from threebirds_rules.turn import Turn
from threebirds_rules.wordings import STATUS_QUO, checked_options

NAME = "side_tables"


def initial(turn: Turn, action: InitialArticle) -> None:
    """A wording that the seat has initialled already, alone or with all, stays as it is."""
    table = _table(turn, action.table)
    _dealt_with(turn, table, action.issue, action.option)
    held = initial_of(turn.state, table.id, action.issue, turn.role)
    if action.option is None and held is None:
        raise RefusedError(
            "illegal_action", "No initial of yours waits for the others on this article.", rule="initial.waiting"
        )
    if action.option == held or (table.id, action.issue, action.option) in _agreed(turn):
        return
    turn.emit(
        InitialPut(
            at=turn.now,
            audience=members(turn.state, table),
            table=table.id,
            role=turn.role,
            round=turn.state.round,
            issue=action.issue,
            option=action.option,
        )
    )
    if action.option is not None:
        _complete(turn, table, action.issue, action.option)


def _table(turn: Turn, name: str) -> SideTable:
    for table in open_to(turn.rules, turn.state, turn.role):
        if table.id == name:
            return table
    raise RefusedError(
        "illegal_action", "Your delegation sits at no such side table.", rule="side_table.member", path="table"
    )


def _dealt_with(turn: Turn, table: SideTable, issue: IssueId, option: int | None) -> None:
    checked_options(turn.rules, {issue: STATUS_QUO if option is None else option})
    if issue not in issues(turn.rules, table):
        raise RefusedError(
            "illegal_action", f"{table.name} does not deal with this article.", rule="side_table.issues", path="issue"
        )
    if option == STATUS_QUO:
        raise RefusedError("invalid_action", "The article as it stands needs no initials.", path="option")


def _agreed(turn: Turn) -> set[tuple[str, IssueId, int | None]]:
    return {(one.table, one.issue, one.option) for one in standing(turn.state)}


def _complete(turn: Turn, table: SideTable, issue: IssueId, option: int) -> None:
    """An article, once every member has initialled this wording."""
    parties = members(turn.state, table)
    if any(initial_of(turn.state, table.id, issue, role) != option for role in parties):
        return
    before = [one for one in turn.state.progress.side_tables.articles if (one.table, one.issue) == (table.id, issue)]
    turn.emit(
        ArticleInitialled(
            at=turn.now,
            initial=f"{table.id}.{issue}.{len(before) + 1}",
            table=table.id,
            round=turn.state.round,
            issue=issue,
            option=option,
            parties=parties,
        )
    )


def text_put(turn: Turn, played: SideTables, text: Proposal) -> None:
    """The sponsor of this version before everybody may have initialled something else."""
    if text.number is not None:
        _break(turn, played, text.sponsor, text)


def vote_counted(turn: Turn, played: SideTables, text: Proposal, ballot: Ballot) -> None:
    """So may those who voted for it: counted is what they said in the end."""
    for role, cast in sorted(ballot.votes.items()):
        if cast.choice == "yes":
            _break(turn, played, role, text)


def _break(turn: Turn, played: SideTables, role: RoleId, text: Proposal) -> None:
    for article in broken_by(turn.rules, turn.state, role, text.package):
        turn.emit(InitialBroken(at=turn.now, initial=article.initial, role=role, proposal=text.id))
        move(turn, NAME, "broken", played.broken, about=article.initial)
