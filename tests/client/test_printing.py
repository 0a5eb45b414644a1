"""Lines for people, and a reader that has seen enough of them."""

import subprocess
import sys
from pathlib import Path


def test_a_reader_that_goes_away_early_ends_the_program_quietly() -> None:
    program = Path(sys.executable).with_name("threebirds")
    with subprocess.Popen(
        [program, "brief", "shield", "--role", "Russia"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as brief:
        assert brief.stdout is not None
        assert brief.stderr is not None
        brief.stdout.close()
        told = brief.stderr.read()
    assert (told, brief.returncode) == (b"", 0)
