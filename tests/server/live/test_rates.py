"""An allowance is exact: what it says to wait is enough, and not a millisecond too much."""

from threebirds_server.live.rates import Allowance


def test_ten_seconds_worth_at_once_and_then_one_at_a_time() -> None:
    allowance = Allowance(60, now=0)
    assert [allowance.take(0) for _ in range(10)] == [0] * 10
    assert allowance.take(0) == 1_000
    assert allowance.take(999) == 1
    assert allowance.take(1_000) == 0
    assert allowance.take(1_000) == 1_000


def test_a_long_rest_gives_no_more_than_ten_seconds_worth() -> None:
    allowance = Allowance(60, now=0)
    assert sum(allowance.take(3_600_000) == 0 for _ in range(100)) == 10


def test_a_rate_below_one_in_ten_seconds_still_lets_one_through() -> None:
    allowance = Allowance(1, now=0)
    assert allowance.take(0) == 0
    assert allowance.take(0) == 60_000


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    allowance = Allowance(60, now=10_000)
    assert allowance.take(5_000) == 0
