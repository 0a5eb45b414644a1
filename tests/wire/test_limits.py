"""What the protocol allows."""

import pytest

from threebirds_wire.limits import PUBLISHED, with_actions


@pytest.mark.parametrize(("chosen", "bot"), [(10, 1_200), (5_000, 5_000)])
def test_an_operator_chooses_what_a_person_may_do_and_a_bot_may_do_no_less(chosen: int, bot: int) -> None:
    limits = with_actions(PUBLISHED, chosen)
    assert (limits.actions_per_minute, limits.actions_per_minute_bot) == (chosen, bot)
