"""Variables of texts: names and numbers in braces."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.rulesets import NORTH, SOUTH, a_rule_set
from tests.support.tables import started
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.variables import filled, lone_brace, variables_in

NAMES = {"north": "Norland", "odd": "{walk_away}"}


def with_brief(brief: str) -> RuleSet:
    rules = a_rule_set()
    return replace(rules, roles=tuple(replace(role, confidential_brief=brief) for role in rules.roles))


def test_a_variable_is_replaced_wherever_it_stands() -> None:
    assert filled("{north}'s dam, not {north}.", NAMES) == "Norland's dam, not Norland."


def test_doubled_braces_are_braces() -> None:
    assert filled("{{north}} and {{{north}}}", NAMES) == "{north} and {Norland}"


def test_what_has_no_value_stays_as_it_is() -> None:
    assert filled("{south}, { and }", NAMES) == "{south}, { and }"


def test_a_name_never_becomes_a_variable() -> None:
    once = filled("{odd} {walk_away}", NAMES, later=["walk_away"])
    assert filled(once, {"walk_away": "8"}) == "{walk_away} 8"


@given(st.text(alphabet="{}nort_hwalkey "), st.text(alphabet="{}ab"))
def test_filling_in_two_steps_is_filling_at_once(text: str, name: str) -> None:
    sound = text if lone_brace(text) is None else text.replace("{", "").replace("}", "")
    names, numbers = {"north": name, "t": "7"}, {"walk_away": "-3"}
    once = filled(sound, names, later=numbers)
    assert filled(once, numbers) == filled(sound, names | numbers)


def test_the_variables_of_a_text_are_found_and_its_lone_braces() -> None:
    assert list(variables_in("{north} {{south}} {walk_away} {north}")) == ["north", "walk_away", "north"]
    assert (lone_brace("{a} }} {{"), lone_brace("{a b}"), lone_brace("a}")) == (None, "{", "}")


def test_a_seat_reads_its_own_walk_away_in_its_brief() -> None:
    table = started(with_brief("You sign {{{walk_away}}} and more."), NORTH, SOUTH)
    for role in (NORTH, SOUTH):
        own = table.view(role).mandate
        assert own is not None
        assert own.confidential_brief == f"You sign {{{own.mandate.walk_away}}} and more."
