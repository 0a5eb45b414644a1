"""When mechanics get their turn in a decision: their own actions, and the moments of the game that they wait for."""

from typing import assert_never

from threebirds_rules.events import Adjustment
from threebirds_rules.mechanics import (
    accession_offers,
    bold_offers,
    early_bodies,
    idle_rounds,
    open_conflicts,
    patience,
    reasoned_refusals,
    returning_comfort,
    suspension,
)
from threebirds_rules.mechanics.archive import deciding as archive
from threebirds_rules.mechanics.archive.shapes import JoinArchive, ProposeArchive, WithdrawArchive
from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.mechanics.attribution import deciding as attribution
from threebirds_rules.mechanics.attribution.shapes import Attribute
from threebirds_rules.mechanics.audits import deciding as audits
from threebirds_rules.mechanics.audits.shapes import AuditPledge
from threebirds_rules.mechanics.chair import deciding as chair
from threebirds_rules.mechanics.chair import standing as chair_standing
from threebirds_rules.mechanics.chair.shapes import GiveFloor, HoldItem, SetAgenda
from threebirds_rules.mechanics.future import deciding as future
from threebirds_rules.mechanics.pledges import deciding as pledges
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.mechanics.priorities import deciding as priorities
from threebirds_rules.mechanics.priorities.shapes import DeclarePriorities
from threebirds_rules.mechanics.projects import deciding as projects
from threebirds_rules.mechanics.projects.shapes import JoinProject, ProposeProject, VetoProject, WithdrawProject
from threebirds_rules.mechanics.side_tables import deciding as side_tables
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle
from threebirds_rules.names import CardId, ProposalId, RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import Ballot, State
from threebirds_rules.turn import Turn


def act(turn: Turn, action: MechanicAction) -> None:
    match action:
        case LayPledge():
            pledges.lay(turn, action)
        case HonourPledge() | RenegePledge():
            pledges.answer(turn, action)
        case SetAgenda() | GiveFloor() | HoldItem():
            chair.act(turn, action)
        case InitialArticle():
            side_tables.initial(turn, action)
        case DeclarePriorities():
            priorities.declare(turn, action)
        case _:
            _act_together(turn, action)


def _act_together(
    turn: Turn,
    action: AuditPledge
    | Attribute
    | ProposeArchive
    | JoinArchive
    | WithdrawArchive
    | ProposeProject
    | JoinProject
    | WithdrawProject
    | VetoProject,
) -> None:
    """What is done about others, or together with them."""
    match action:
        case AuditPledge():
            audits.ask(turn, action)
        case Attribute():
            attribution.attribute(turn, action)
        case ProposeArchive() | JoinArchive() | WithdrawArchive():
            archive.act(turn, action)
        case ProposeProject() | JoinProject() | WithdrawProject() | VetoProject():
            projects.act(turn, action)
        case _:
            assert_never(action)


def phase_closing(turn: Turn) -> None:
    """Before a phase is closed, whatever closes it."""
    on = turn.rules.mechanics
    if on.pledges is not None:
        pledges.closing(turn, on.pledges)
    if on.attribution is not None:
        attribution.closing(turn, on.attribution)
    archive.closing(turn)
    projects.phase_closing(turn)


def round_closing(turn: Turn) -> None:
    """The same, for the last phase of a round."""
    _look_at_texts(turn)
    on = turn.rules.mechanics
    if on.projects is not None:
        projects.round_closing(turn, on.projects)
    if on.idle_rounds is not None:
        idle_rounds.round_closing(turn, on.idle_rounds)
    if on.early_bodies is not None:
        early_bodies.round_closing(turn, on.early_bodies)
    if on.patience is not None:
        patience.round_closing(turn, on.patience)
    if on.returning_comfort is not None:
        returning_comfort.round_closing(turn, on.returning_comfort)


def _look_at_texts(turn: Turn) -> None:
    """What became of the texts of the round."""
    on = turn.rules.mechanics
    if on.accession_offers is not None:
        accession_offers.round_closing(turn, on.accession_offers)
    if on.bold_offers is not None:
        bold_offers.round_closing(turn, on.bold_offers)


def card_drawn(turn: Turn, card: CardId) -> None:
    on = turn.rules.mechanics
    if on.suspension is not None:
        suspension.card_drawn(turn, on.suspension, card)


def text_put(turn: Turn, proposal: ProposalId) -> None:
    """A text was tabled, or has a new version."""
    on, text = turn.rules.mechanics, turn.state.proposal(proposal)
    if on.side_tables is not None and text is not None:
        side_tables.text_put(turn, on.side_tables, text)


def vote_counted(turn: Turn, proposal: ProposalId, ballot: Ballot) -> None:
    """Whatever came of it."""
    on, text = turn.rules.mechanics, turn.state.proposal(proposal)
    if on.side_tables is not None and text is not None:
        side_tables.vote_counted(turn, on.side_tables, text, ballot)


def text_refused(turn: Turn, proposal: ProposalId, ballot: Ballot | None) -> None:
    """A text was withdrawn, or voted down in this `ballot`."""
    on, text = turn.rules.mechanics, turn.state.proposal(proposal)
    if on.reasoned_refusals is not None and text is not None:
        reasoned_refusals.text_refused(turn, on.reasoned_refusals, text, ballot)


def ending(turn: Turn) -> None:
    """Before the table ends, whatever ends it."""
    on = turn.rules.mechanics
    if on.priorities is not None:
        priorities.ending(turn, on.priorities)
    if on.future is not None:
        future.ending(turn, on.future)


def beside(rules: RuleSet, state: State, role: RoleId) -> tuple[Adjustment, ...]:
    """What this role gets beside its score at the end."""
    on, adoption = rules.mechanics, state.adoption
    if on.priorities is None:
        return ()
    return tuple(priorities.beside(rules, state, on.priorities, role, None if adoption is None else adoption.package))


def no_deal_points(rules: RuleSet, state: State, role: RoleId) -> tuple[Adjustment, ...]:
    """What it costs this role that there is no text."""
    on = rules.mechanics
    return (
        *(() if on.chair is None else chair_standing.costs(on.chair, role)),
        *(() if on.open_conflicts is None else open_conflicts.costs(rules, state, on.open_conflicts)),
    )
