"""Codes: what the sender should do, what HTTP says, what becomes of the socket."""

from typing import get_args

import pytest

from threebirds_rules.refusals import Code, Refused
from threebirds_wire.errors import (
    HANDLING,
    CloseCode,
    Error,
    ErrorCode,
    error,
    error_of,
    may_reconnect,
)


def test_every_code_has_its_handling() -> None:
    assert HANDLING.keys() == set(get_args(ErrorCode))


def test_every_refusal_of_the_engine_can_be_sent() -> None:
    assert set(get_args(Code)) <= set(get_args(ErrorCode))


def test_a_refusal_keeps_its_place_and_its_rule() -> None:
    refused = Refused(code="illegal_action", message="Not yet.", rule="vote.from_round", path="kind")
    assert error_of(refused) == Error(
        code="illegal_action",
        message="Not yet.",
        retry="never",
        rule="vote.from_round",
        path="kind",
    )


def test_an_error_brings_the_advice_that_belongs_to_its_code() -> None:
    assert error("busy", "Soon.").retry == "same_cid"
    assert error("rate_limited", "Slowly.", after_ms=900).after_ms == 900


@pytest.mark.parametrize("code", [CloseCode.RESTARTING, CloseCode.SLOW, CloseCode.TOO_LARGE, 1006])
def test_after_some_close_codes_a_client_comes_back(code: int) -> None:
    assert may_reconnect(code)


@pytest.mark.parametrize("code", [CloseCode.BAD_TOKEN, CloseCode.SEAT_GIVEN, 4999])
def test_after_others_it_stays_away(code: int) -> None:
    assert not may_reconnect(code)
