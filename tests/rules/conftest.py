"""What takes a moment to work out, once for all tests of the rules."""

import pytest

from threebirds_rules.analysis import Analysis, analyse
from threebirds_rules.loading import load_scenario
from threebirds_rules.scoring import opening


@pytest.fixture(scope="session")
def flagship() -> Analysis:
    """The whole analysis of the flagship at its opening."""
    rules = load_scenario("european-security-treaty")
    return analyse(rules, opening(rules))
