"""Any action of a mechanic that is legal, for games played at random."""

from random import Random

from threebirds_rules.legal import Legal
from threebirds_rules.mechanics.asked import MechanicAction
from threebirds_rules.mechanics.chair.shapes import GiveFloor, HoldItem, SetAgenda
from threebirds_rules.mechanics.pledges.shapes import HonourPledge, LayPledge, RenegePledge
from threebirds_rules.mechanics.side_tables.shapes import InitialArticle
from threebirds_rules.names import IssueId


def with_a_mechanic(random: Random, legal: Legal) -> MechanicAction | None:
    """None if this possibility belongs to no mechanic."""
    match legal.kind:
        case "pledge":
            issue = random.choice(sorted(legal.options))
            return LayPledge(issue=issue, option=random.choice(legal.options[issue]))
        case "honour":
            return HonourPledge(pledge=random.choice(legal.choices))
        case "set_agenda":
            return SetAgenda(issues=tuple(IssueId(one) for one in random.sample(legal.choices, 2)))
        case "give_floor":
            return GiveFloor(role=random.choice(legal.roles) if legal.roles else None)
        case "hold_item":
            return HoldItem(issue=IssueId(random.choice(legal.choices)))
        case "renege":
            return RenegePledge(pledge=random.choice(legal.choices))
        case "initial":
            table = random.choice(legal.choices)
            issue = random.choice(legal.issues_of[table])
            return InitialArticle(table=table, issue=issue, option=random.choice(legal.options[issue]))
        case _:
            return None
