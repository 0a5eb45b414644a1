"""Whole games in one process."""

import subprocess
import sys

import msgspec
import pytest

from tests.support.rulesets import a_rule_set
from threebirds_client.arena import START, Game, play_game
from threebirds_client.strategies.conceder import ConcederBot
from threebirds_client.strategies.random import RandomBot
from threebirds_rules.actions import CallVote, Say
from threebirds_rules.analysis import zone_sizes
from threebirds_rules.engine import evolve
from threebirds_rules.events import Event
from threebirds_rules.loading import load_scenario
from threebirds_rules.names import ChannelId, ProposalId, RoleId
from threebirds_rules.play import position
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import mandate, opening, score
from threebirds_rules.state import State
from threebirds_rules.strategy import Move, Strategy
from threebirds_rules.views.shapes import View
from threebirds_rules.wording import in_language

FLAGSHIP = "european-security-treaty"
DIGEST_OF_A_GAME = f"""
from hashlib import sha256
from threebirds_client.arena import play_game
from threebirds_client.strategies.conceder import ConcederBot
from threebirds_client.strategies.random import RandomBot
from threebirds_rules.loading import load_scenario
rules = load_scenario("{FLAGSHIP}")
roles = [role.id for role in rules.roles if not role.optional]
bots = {{role: RandomBot() if role == "FRA" else ConcederBot() for role in roles}}
print(sha256(play_game(rules, bots, seed="7").encoded()).hexdigest())
"""


def seats(rules: RuleSet, strategy: Strategy) -> dict[RoleId, Strategy]:
    return {role.id: strategy for role in rules.roles if not role.optional}


def conceders(scenario: str, seed: str) -> Game:
    rules = load_scenario(scenario)
    return play_game(rules, seats(rules, ConcederBot()), seed=seed)


class Idle:
    def choose(self, view: View, *, chance: str) -> Move | None:
        return None


class Chatterbox:
    """Would talk for ever."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        return Move(action=Say(channel=ChannelId("plenary"), text="And another thing."))


class Unruly:
    """Only asks for what it may not."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        return Move(action=CallVote(proposal=ProposalId("none")))


def digest_under(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST_OF_A_GAME],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": hash_seed},
    )
    return done.stdout.strip()


def test_a_game_has_the_same_bytes_whatever_the_order_of_hashes() -> None:
    assert digest_under("1") == digest_under("2") != ""


def test_the_log_alone_gives_the_final_state() -> None:
    game = conceders("winter", "7")
    state = State()
    for event in game.log:
        state = evolve(game.rules, state, event)
    assert state == game.state


def test_a_game_is_written_as_one_line_for_each_event() -> None:
    game = conceders("winter", "7")
    lines = game.encoded().splitlines()
    assert [msgspec.json.decode(line)["at"] for line in lines] == [event.at for event in game.log]
    assert game.log[0].at == START


def test_the_results_are_the_scores_of_the_adopted_text() -> None:
    game = conceders("winter", "7")
    assert game.adopted
    text = next(text for text in game.state.proposals if text.status == "adopted")
    for result in game.results:
        own = mandate(game.rules, result.role, position(game.state))
        assert result.score == score(own, text.package)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_conceders_agree_on_the_flagship_and_nobody_signs_below_its_walk_away(seed: str) -> None:
    game = conceders(FLAGSHIP, seed)
    voters = {role.id for role in game.rules.roles if role.vote}
    assert game.adopted
    assert min(result.surplus for result in game.results if result.role in voters) >= 0
    assert game.refusals == ()


@pytest.mark.parametrize("seed", range(30))
def test_random_bots_do_only_what_is_legal_and_come_to_an_end(seed: int) -> None:
    rules = a_rule_set()
    game = play_game(rules, seats(rules, RandomBot()), seed=str(seed))
    assert game.state.outcome is not None
    assert game.refusals == ()


@pytest.mark.parametrize("seed", range(10))
def test_a_conceder_copes_with_a_neighbour_that_plays_at_random(seed: int) -> None:
    rules = a_rule_set()
    first, *others = seats(rules, ConcederBot())
    game = play_game(rules, {first: RandomBot(), **dict.fromkeys(others, ConcederBot())}, seed=str(seed))
    assert game.state.outcome is not None
    assert game.refusals == ()


@pytest.mark.parametrize("strategy", [Idle(), Chatterbox(), Unruly()])
def test_the_clock_ends_every_game_whatever_the_bots_do(strategy: Strategy) -> None:
    rules = a_rule_set()
    game = play_game(rules, seats(rules, strategy), seed="7")
    assert game.state.outcome is not None
    assert game.state.outcome.result == "no_agreement"


def test_what_was_refused_is_kept() -> None:
    rules = a_rule_set()
    game = play_game(rules, seats(rules, Unruly()), seed="7")
    assert {refusal.refused.code for refusal in game.refusals} <= {"illegal_action", "invalid_action"}
    assert game.refusals[0].move == Move(action=CallVote(proposal=ProposalId("none")))


def test_without_an_agreement_a_game_is_not_adopted() -> None:
    rules = a_rule_set()
    assert not play_game(rules, seats(rules, Idle()), seed="7").adopted


@pytest.mark.parametrize("bot", [ConcederBot(), RandomBot()])
def test_a_game_goes_the_same_way_in_every_language(bot: Strategy) -> None:
    rules = load_scenario("winter")
    spoken = in_language(rules, "ru", names="invented")
    one, other = (play_game(words, seats(rules, bot), seed="7") for words in (rules, spoken))
    assert [silent(event) for event in one.log] == [silent(event) for event in other.log]


def test_a_bot_speaks_the_language_of_its_table() -> None:
    spoken = in_language(load_scenario("winter"), "ru")
    game = play_game(spoken, seats(spoken, ConcederBot()), seed="7")
    said = [
        words for event in game.log for words in (getattr(event, "note", ""), getattr(event, "reason", "")) if words
    ]
    assert "Текст, который мы могли бы подписать." in said
    assert any(words.startswith("Статья «Транзит»") for words in said)


def silent(event: Event) -> Event:
    """Without what a bot says, which is in the language of its table."""
    said = {"note", "reason", "text"}.intersection(event.__struct_fields__)
    return msgspec.structs.replace(event, **dict.fromkeys(said, ""))


def test_a_position_is_analysed_the_same_in_every_language() -> None:
    rules = load_scenario("winter")
    spoken = in_language(rules, "ru", names="invented")
    assert zone_sizes(spoken, [opening(spoken)]) == zone_sizes(rules, [opening(rules)])
    assert [mandate(spoken, role.id, opening(spoken)).values for role in rules.roles] == [
        mandate(rules, role.id, opening(rules)).values for role in rules.roles
    ]
