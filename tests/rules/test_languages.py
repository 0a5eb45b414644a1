"""One game in several languages, and with historical or invented names."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.rules.test_linting import TIDY
from tests.support.documents import changed, loaded
from tests.support.rulesets import a_rule_set
from tests.support.tables import HOST, PlayedTable, opened, started
from threebirds_rules.actions import Open
from threebirds_rules.engine import view
from threebirds_rules.events import TableOpened
from threebirds_rules.linting import lint
from threebirds_rules.loading import Loaded, RuleSetError, load_with_positions
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.scoring import explain, mandate, opening
from threebirds_rules.viewers import Viewer
from threebirds_rules.wording import (
    UnknownLanguageError,
    UnknownNamesError,
    as_worded,
    in_language,
    language_for,
    texts_of,
)

FRENCH = (Path(__file__).parent / "data" / "fleuve.yaml").read_text(encoding="utf-8")
NORTH = RoleId("NOR")
PLAYED = "initial, declare_priorities, propose_project"
MECHANICS = """mechanics:
  idle_rounds: {idle: {text: Nothing happened.}}
  open_conflicts: {cards: [storm], points: 1, text: "{south} repaired nothing."}
  side_tables:
    tables: [{id: shore, name: "{south} and {north}", members: [NOR, SOU], issues: [dam]}]
    broken: {text: A word was broken.}
  priorities: {role: NOR, count: 1, points: 1, switched: {text: Another way.}, matched: So be it., missed: Alas.}
  future: {cards: [{id: sea, title: The sea, text: "{south} is under water.", aspect: w}]}
  projects:
    sides: [[NOR], [SOU]]
    projects: [{id: ferry, title: A ferry, text: "It lands in {south}.", issue: dam, options: [1], points: 1}]
    done: {text: It floats.}"""


def document(*changes: tuple[str, str]) -> str:
    """The river treaty with its names in variables and with French; the last passage that fits is changed."""
    text = changed(
        *TIDY,
        ("name: North", 'name: "{north}"'),
        ("name: South", 'name: "{south}"'),
        ("text: The senate of the South.", 'text: "{south}: its senate."'),
        ("mechanics: {}", MECHANICS),
        ("actions: [say, table, vote, pass]", f"actions: [say, table, vote, {PLAYED}, pass]"),
    )
    text += FRENCH
    for old, new in changes:
        before, found, after = text.rpartition(old)
        assert found, old
        text = before + new + after
    return text


def river(*changes: tuple[str, str]) -> RuleSet:
    return loaded(document(*changes))


def with_findings(*changes: tuple[str, str]) -> Loaded:
    return load_with_positions(document(*changes), source="river.yaml")


def found(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in lint(with_findings(*changes))]


def problems(*changes: tuple[str, str]) -> list[str]:
    with pytest.raises(RuleSetError) as caught:
        river(*changes)
    return [str(problem) for problem in caught.value.problems]


def numbers(rules: RuleSet) -> bytes:
    """Everything of a rule set but its texts and what they are chosen by."""
    bare = dict.fromkeys(texts_of(rules), "")
    silent = in_language(replace(rules, wordings={"en": msgspec.structs.replace(rules.wordings["en"], texts=bare)}))
    return msgspec.json.encode(replace(silent, wordings={}), order="sorted")


def test_a_document_is_read_in_its_own_language_with_historical_names() -> None:
    rules = river()
    assert (rules.language, rules.languages, rules.names) == ("en", ("en", "fr"), "historical")
    assert rules.name_choices == ("historical", "invented")
    assert [role.name for role in rules.roles] == ["North", "South", "Bureau"]


def test_no_text_of_a_whole_translation_is_in_the_first_language() -> None:
    english, french = texts_of(river()), texts_of(in_language(river(), "fr"))
    assert english.keys() == french.keys()
    assert {place for place, text in french.items() if text == english[place]} == {
        ("roles", "SOU", "initials"),
        ("roles", "NO", "name"),
        ("roles", "NO", "initials"),
    }


def test_ids_numbers_and_digest_are_the_same_in_every_language() -> None:
    rules = river()
    for other in (in_language(rules, "fr"), in_language(rules, "fr", names="invented")):
        assert numbers(other) == numbers(rules)
        for role in rules.roles:
            own, same = (mandate(one, role.id, opening(one)) for one in (rules, other))
            told, retold = explain(own, (1, 2)), explain(same, (1, 2))
            assert [(one.points, one.kind, one.ref) for one in told.lines] == [
                (one.points, one.kind, one.ref) for one in retold.lines
            ]


def test_what_is_not_translated_is_said_in_the_first_language_with_its_names() -> None:
    rules = river(("title: Le traité du fleuve\n    summary: ", "summary: "))
    assert in_language(rules, "fr").title == "The river treaty"
    without = river(("bodies: {league: {name: Ligue, text: Les deux rives.}, ", "bodies: {"), ("name: Sénat, ", ""))
    spoken = in_language(without, "fr", names="invented")
    assert [(body.name, body.text) for body in spoken.bodies] == [
        ("League", "Both banks."),
        ("Senate", "Le sénat du Baspays."),
    ]
    unsaid = in_language(river((', text: "Le sénat du {south}."', "")), "fr", names="invented")
    assert unsaid.bodies[1].text == "Lowland: its senate."


def test_names_of_a_language_decline_in_its_own_variables() -> None:
    spoken = in_language(river(), "fr", names="invented")
    assert [role.name for role in spoken.roles] == ["Hautpays", "Baspays", "Bureau"]
    assert spoken.roles[0].public_brief == "Du Hautpays viennent les sources."


def test_changing_words_twice_is_changing_them_once() -> None:
    rules = river()
    assert in_language(in_language(rules, "fr", names="invented")) == rules


def test_a_seats_numbers_are_filled_in_when_it_looks() -> None:
    spoken = in_language(river(), "fr")
    assert spoken.roles[0].confidential_brief == "Construisez le barrage au-dessus de {walk_away} {{points}}."
    own = started(spoken).view(NORTH).mandate
    assert own is not None
    assert own.confidential_brief == f"Construisez le barrage au-dessus de {own.mandate.walk_away} {{points}}."


def test_a_language_or_names_that_are_not_there_are_told() -> None:
    with pytest.raises(UnknownLanguageError, match=r"not written in 'fra'; did you mean fr\?"):
        in_language(river(), "fra")
    with pytest.raises(UnknownLanguageError, match="it is in en and fr"):
        in_language(river(), "xx")
    with pytest.raises(UnknownNamesError, match="no 'inventd' names; there are historical and invented ones"):
        in_language(river(), names="inventd")
    with pytest.raises(UnknownNamesError, match="there are historical ones"):
        in_language(loaded(changed()), names="invented")


def test_a_rule_set_without_a_document_keeps_its_words() -> None:
    rules = a_rule_set()
    assert (in_language(rules, "en"), rules.languages) == (rules, ("en",))


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("de", "en"), ("", "en"), ("en-GB", "en")],
)
def test_whoever_asks_for_a_language_is_offered_the_nearest(wanted: str, offered: str) -> None:
    assert language_for(river(), wanted) == offered


WRONG = [
    ("NO: {name: Bureau", "NOT: {name: Bureau", "translations.fr.roles.NOT: expected the name of a role", "NO"),
    ("deep: Eau", "dep: Eau", "translations.fr.rules.dep: expected the name of a rule", "deep"),
    ("silt: Limon", "slit: Limon", "translations.fr.curves.slit: expected the name of a curve", "silt"),
    ("news: {title: N", "new: {title: N", "translations.fr.phases.new: expected the name of a phase", "news"),
    ("wet: {title: M", "wett: {title: M", "translations.fr.endings.wett: expected the name of an ending", "wet"),
    ("paths: {dry", "paths: {dray", "translations.fr.paths.dray: expected the name of a path", "dry"),
    ("aspects: {w: Eau", "aspects: {v: Eau", "translations.fr.aspects.v: expected the name of an aspect", None),
    ("effect: La", "efect: La", "expected one of the keys title, text, effect, found 'efect'", "effect"),
    ("idle: Rien", "idel: Rien", "mechanics.idle_rounds.idel: expected a sentence of idle_rounds", "idle"),
    ("{idle_rounds: {idle: R", "{patience: {waited: R", "no sentences of patience, which is off, found 'waited'", None),
    ("{idle_rounds: {idle: R", "{idle_round: {idle: R", "idle_round: expected the name of a mechanic", "idle_rounds"),
    ('ferry.text: "Il', 'ferri.text: "Il', "projects.ferri.text: expected a sentence of projects", "ferry.text"),
    ("sea.text: La", "sea.txt: La", "future.sea.txt: expected a sentence of future", "sea.text"),
    ("shore: Les", "shor: Les", "side_tables.shor: expected a sentence of side_tables", "shore"),
    ("name: Ligue", "nam: Ligue", "expected one of the keys name, text, found 'nam'", "name"),
    ("title: Barrage", "titel: Barrage", "expected one of the keys title, options, found 'titel'", "title"),
    ("label: Bas", "lable: Bas", "expected one of the keys label, article, found 'lable'", "label"),
    ("  fr:", "  french_:", "expected a language as BCP 47 writes it, such as de or pt-BR, found 'french_'", None),
    ("  fr:", "  en:", "expected a language other than the document's own, found 'en'", None),
    ("translations:\n", "translations: []\nx:\n", "translations: expected a mapping, found an empty list", None),
    ("[{label: Aucun, article: On ne construit rien.}, ", "[", "dam.options: expected 2 options, as dam has", None),
    ("[Inventé pour les essais.]", "[]", "sources: expected 1 sources, as the document has, found 0", None),
    ("Le {south} a", "Le {sout} a", "roles.SOU.public_brief: expected the name of a variable, found '{sout}'", "south"),
    ("silt: Limon.", 'silt: "Limon }"', "silt: expected a variable such as {name}, or {{ and }} for braces", None),
    ("Le {south} a", "Le {walk_away} a", "expected the name of a variable, found '{walk_away}'", None),
    ('text: "{south}: its', 'text: "{du_north}: its', "bodies[1].text: expected the name of a variable", "north"),
    ("initials: No", 'initials: "{north}"', "roles.NOR.initials: expected at most 3 characters, found '{north}'", None),
    ("calm: {title: Calme", 'calm: {title: ""', "endings.calm.title: expected some text", None),
    ("  north: {historical: North", "  walk_away: {historical: North", "expected another name (walk_away is", None),
    ('name: "{south}", public', 'name: "{north}", public', "SOU.name: expected another name (this one is that", None),
    ('SOU: {name: "{south}", ', "SOU: {name: bureau, ", "another name (this one is that of SOU), found 'Bureau'", None),
    ("language: en", "language: deutsch", "language: expected a language as BCP 47 writes it", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says", "hint"), WRONG, ids=[new for _, new, _, _ in WRONG])
def test_what_is_wrong_in_a_translation_is_told_where_it_stands(
    old: str, new: str, says: str, hint: str | None
) -> None:
    told = problems(("id: river", "id: river\nlanguage: en"), (old, new))
    (problem,) = [one for one in told if says in one]
    assert hint is None or problem.endswith(f"; did you mean {hint}?")


def test_a_problem_in_a_translation_has_its_line_and_column() -> None:
    (problem,) = problems(("deep: Eau", "dep: Eau"))
    line = document().splitlines().index("    rules: {deep: Eau profonde., flood: Après la crue.}") + 1
    assert problem.startswith(f"{line}:13: translations.fr.rules.dep: ")


def test_two_roles_of_one_name_are_told_in_the_first_language_and_for_either_names() -> None:
    (problem,) = problems(('SOU: {name: "{south}", ', "SOU: {"), ("invented: Lowland", "invented: uplanD"))
    assert problem.split(": ", 1)[1] == "roles[1].name: expected another name (this one is that of NOR), found 'uplanD'"


def test_a_whole_translation_has_no_findings() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("roles.SOU.public_brief", 'public_brief: "Le {south} a les champs.", ', ""),
        ("issues.toll.options.2.article", ", article: Les bateaux paient cher.", ""),
        ("mechanics.open_conflicts.text", " open_conflicts: {text: Personne n'a réparé.},\n", "\n"),
        ("mechanics.side_tables.shore", "shore: Les rives, ", ""),
        ("rules.flood", ", flood: Après la crue.", ""),
        ("title", "Le traité du fleuve", '" "'),
        ("sources.0", "    sources: [Inventé pour les essais.]\n", ""),
        ("names.south", "      south: {historical: Sud, invented: Baspays}\n", ""),
    ],
)
def test_what_a_translation_leaves_out_is_found(place: str, old: str, new: str) -> None:
    assert found((old, new)) == [("text_missing", f"translations.fr.{place}")]


def test_what_is_left_out_is_found_at_the_nearest_place() -> None:
    (finding,) = lint(with_findings(('public_brief: "Le {south} a les champs.", ', "")))
    lines = document().splitlines()
    assert 'public_brief: "Le {south}' in lines[finding.line - 1]


def test_names_that_no_text_uses_are_found() -> None:
    spare = "  spare: {historical: A, invented: B}\n"
    assert found(("translations:\n", f"{spare}translations:\n")) == [("name_unused", "names.spare")]
    assert found(("      du_north:", f"    {spare}      du_north:")) == [("name_unused", "translations.fr.names.spare")]
    assert found(("translations:\n", f"{spare}translations:\n"), ("Limon.", '"{spare} limon."')) == [
        ("text_missing", "translations.fr.names.spare")
    ]


def test_a_table_opens_in_a_language_and_with_names_of_its_rule_set() -> None:
    table = opened(river(), language="fr", names="invented")
    (event,) = table.log
    assert isinstance(event, TableOpened)
    spoken = as_worded(table.rules, event)
    assert (spoken.language, spoken.names, spoken.title) == ("fr", "invented", "Le traité du fleuve")
    assert view(spoken, table.state, Viewer("public")).treaty.language == "fr"


@pytest.mark.parametrize(("field", "value"), [("language", "de"), ("names", "nicknames")])
def test_a_table_refuses_words_that_its_rule_set_does_not_have(field: str, value: str) -> None:
    asked_for = replace(Open(seed="s", roles=(NORTH, RoleId("SOU")), switches=()), **{field: value})
    refused = PlayedTable(river()).refused(HOST, asked_for)
    assert (refused.code, refused.path) == ("invalid_action", field)


def test_a_log_from_before_there_were_languages_is_in_the_first_one() -> None:
    old = b'{"kind": "table_opened", "at": 1, "digest": "", "seed": "s", "roles": [], "switches": []}'
    assert as_worded(river(), msgspec.json.decode(old, type=TableOpened)) == river()
