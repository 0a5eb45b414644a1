"""All packages of the flagship, once for all claims."""

import pytest

from tests.claims.case import Case
from tests.claims.space import Space
from threebirds_rules.loading import load_scenario
from threebirds_rules.scoring import mandate, opening


@pytest.fixture(scope="session")
def flagship() -> Case:
    """The scenario as it is shipped, before any card."""
    rules = load_scenario("european-security-treaty")
    return Case(Space({role.id: mandate(rules, role.id, opening(rules)) for role in rules.roles}), rules)
