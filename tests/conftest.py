"""What all tests share."""

import os

from hypothesis import settings

pytest_plugins = ["tests.support.services", "tests.support.long_runs"]

# A busy machine is no failure; and what fails for one examiner fails for the next.
settings.register_profile("threebirds", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("threebirds")
