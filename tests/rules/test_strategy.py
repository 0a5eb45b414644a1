"""What a bot answers with."""

from threebirds_rules.actions import Given, Pass
from threebirds_rules.strategy import Move


def test_a_move_answers_no_text_unless_it_says_so() -> None:
    assert Move(action=Pass()).given == Given()
