"""Ids that nobody guesses and codes that nobody misreads."""

from collections.abc import Callable

import pytest

from tests.support.clock import CountingIds
from threebirds_server.ids import CODE_LENGTH, CODE_LETTERS, RandomIds, join_code
from threebirds_server.ports import Ids
from threebirds_wire.frames import TableId

MANY = 1_000


@pytest.fixture(params=[RandomIds, CountingIds])
def ids(request: pytest.FixtureRequest) -> Ids:
    return request.param()


def test_no_id_comes_twice(ids: Ids) -> None:
    draws: list[Callable[[], TableId]] = [
        ids.table,
        ids.person,
        ids.epoch,
        ids.seed,
        ids.token,
        ids.salt,
        ids.code,
    ]
    drawn = [draw() for draw in draws for _ in range(MANY)]
    assert len(set(drawn)) == len(drawn)


def test_what_must_not_be_guessed_has_128_bits() -> None:
    ids = RandomIds()
    hexes = [ids.table().removeprefix("t_"), ids.person().removeprefix("p_"), ids.epoch(), ids.seed(), ids.salt()]
    assert [len(bytes.fromhex(one)) for one in hexes] == [16] * 5
    assert len(ids.token()) * 6 >= 128


def test_a_code_is_eight_of_thirty_characters(ids: Ids) -> None:
    code = ids.code()
    assert len(code) == CODE_LENGTH == 8
    assert set(code) <= set(CODE_LETTERS)
    assert len(set(CODE_LETTERS)) == 30


@pytest.mark.parametrize("typed", ["ABCD-2345", "abcd2345", " abcd 2345 ", "AbCd-23-45\n"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert join_code(typed) == "ABCD2345"


@pytest.mark.parametrize("typed", ["", "ABCD-234", "ABCD-23456", "ABCD-2340", "ABCD-234O", "ABCD-234É"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert join_code(typed) is None
