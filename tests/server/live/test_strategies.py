"""The bots that a server finds: whatever the installed packages offer."""

import pytest

from threebirds_server.live.strategies import Strategies, unknown_bot


def test_the_honest_bots_of_the_client_are_found_by_name() -> None:
    strategies = Strategies()
    assert {"conceder", "random"} <= set(strategies.names)
    assert strategies.named("conceder") is strategies.named("conceder")


def test_a_bot_that_nobody_installed_is_not_there() -> None:
    with pytest.raises(KeyError):
        Strategies().named("oracle")


@pytest.mark.parametrize(("name", "hint"), [("concedr", "did you mean conceder?"), ("xyz", "conceder, random")])
def test_an_unknown_bot_is_told_with_what_there_is(name: str, hint: str) -> None:
    fault = unknown_bot(name, ("conceder", "random"), "bot")
    assert fault is not None
    assert (fault.code, fault.path) == ("invalid_action", "bot")
    assert hint in fault.message
