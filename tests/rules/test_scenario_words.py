"""The words of our own scenarios: no proper name of history with invented names, and Russian for Winter."""

import re
from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from threebirds_rules.linting import lint
from threebirds_rules.loading import load_scenario, load_with_positions, scenario_ids, scenario_text
from threebirds_rules.loading.plain import mapping, sequence
from threebirds_rules.ruleset import Place, RuleSet
from threebirds_rules.variables import SEAT_VARIABLES, filled, variables_in
from threebirds_rules.wording import in_language, texts_of

HISTORICAL = re.compile(
    r"\b(?:Russia|Russias?|Russians?|Soviet|Kremlin|Moscow|United States|America|American|Washington|German|Germany|"
    r"Berlin|French|France|Paris|Polish|Poland|Warsaw|Lithuania|Lithuanian|Vilnius|Latvia|Estonia|Baltic|British|"
    r"Britain|United Kingdom|London|Ital(?:y|ian)|Rome|NATO|North Atlantic|Alliance|European?s?|Europe|EU|Union|"
    r"Iran|Iranian|Tehran|Koreas?|Korean|North Korean?|Belarus|Minsk|Ukraine|Kyiv|Georgia|Moldova|Afghanistan|Kosovo|"
    r"Serbia|Caucasus|Balkans|Asia|Asian|China|Chinese|Islamic|Mediterranean|Arctic|Atlantic|United Nations|OSCE|"
    r"the East|the West|the City)\b"
    r"|Росси|Европ|Москв|Берлин|Вашингтон"
)
WORDS = [
    pytest.param(scenario, language, id=f"{scenario} {language}")
    for scenario in scenario_ids()
    for language in load_scenario(scenario).languages
]


def shown(rules: RuleSet) -> dict[Place, str]:
    """Every text there is in a rule set, ids too; but the sources say what it was made of, whatever the names."""
    return dict(texts_in(msgspec.to_builtins(replace(rules, wordings={}, sources=())), ()))


def texts_in(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    for key, part in (*mapping(value).items(), *enumerate(sequence(value))):
        yield from texts_in(part, (*place, key))


@pytest.mark.parametrize(("scenario", "language"), WORDS)
def test_with_invented_names_no_historical_one_is_left(scenario: str, language: str) -> None:
    rules = in_language(load_scenario(scenario), language, names="invented")
    assert {place: text for place, text in shown(rules).items() if HISTORICAL.search(text)} == {}


@pytest.mark.parametrize(("scenario", "language"), WORDS)
def test_no_variable_is_left_but_what_a_seat_fills(scenario: str, language: str) -> None:
    for names in ("historical", "invented"):
        for place, text in shown(in_language(load_scenario(scenario), language, names=names)).items():
            filled_later = set(variables_in(text)) if place[-1] == "confidential_brief" else set[str]()
            assert filled_later <= {*SEAT_VARIABLES}, place
            assert re.search(r"[{}]", filled(text, dict.fromkeys(filled_later, ""))) is None, place


@pytest.mark.parametrize(("scenario", "language"), WORDS)
def test_initials_are_as_different_as_names(scenario: str, language: str) -> None:
    for names in ("historical", "invented"):
        roles = in_language(load_scenario(scenario), language, names=names).roles
        assert len({role.initials for role in roles}) == len({role.name for role in roles}) == len(roles)


def test_winter_is_whole_in_russian() -> None:
    winter = load_scenario("winter")
    russian = texts_of(in_language(winter, "ru"))
    assert russian.keys() == texts_of(winter).keys()
    cyrillic = re.compile(r"[\u0400-\u04ff]")
    assert [place for place, text in russian.items() if text and not cyrillic.search(text)] == []
    assert russian["title",] == "Зима"
    found = lint(load_with_positions(scenario_text("winter"), source="winter"))
    assert [one for one in found if one.place.startswith("translations")] == []
