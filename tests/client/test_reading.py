"""`threebirds score`, `explain` and `brief`: what a person in a terminal can read of a rule set."""

import io
import json
from collections.abc import Callable

import pytest

from tests.support.checkout import ROOT
from threebirds_client.documents import Words
from threebirds_client.printing import BAD_INPUT, MINUS, print_lines
from threebirds_client.reading.commands import brief, explain, score

Capture = pytest.CaptureFixture[str]
SCENARIOS = ROOT / "game_rules" / "threebirds_rules" / "scenarios"
FLAGSHIP = "european-security-treaty"
TABLED = "frame=2,seat=1,status=3"
"""The treaty that was proposed in 2009."""


def printed(done: int, capsys: Capture) -> str:
    """What a command printed, with its minus signs as a keyboard writes them."""
    assert done == 0
    return capsys.readouterr().out.replace(MINUS, "-")


def block(text: str, title: str) -> list[str]:
    """The lines under a heading, up to the next empty one."""
    lines = text.splitlines()
    start = lines.index(title) + 2
    return lines[start : lines.index("", start)] if "" in lines[start:] else lines[start:]


def test_every_role_has_a_line_in_the_table_of_scores(capsys: Capture) -> None:
    text = printed(score(FLAGSHIP, package=TABLED), capsys)
    table = text[text.index("score  walk-away") :].splitlines()[1:10]
    assert table[0].split() == ["Russia", "46", "8", "8", "+38", "gains"]
    assert table[1].split() == ["United", "States", "-68", "24", "30", "-92", "refuses"]
    assert table[8].split()[:2] == ["Italy", "(optional)"]


def test_every_account_adds_up(capsys: Capture) -> None:
    text = printed(score(FLAGSHIP, package=TABLED), capsys)
    *lines, _, total = block(text, "Poland")
    points = [int(line[:6]) for line in lines if line[:6].strip(" +-").isdigit()]
    assert (sum(points), total) == (-69, "   -69  in all")


def test_a_minus_is_as_wide_as_a_plus(capsys: Capture) -> None:
    score("winter", package="price=1")
    assert f"    {MINUS}3  in all\n" in capsys.readouterr().out


def test_points_have_signs_and_reasons_their_paragraphs(capsys: Capture) -> None:
    lines = block(printed(score(FLAGSHIP, package=TABLED), capsys), "Russia")
    assert lines[1] == "   +12  Legal form: Ratified treaty [P40 P48 P65]"
    assert "    -4  Text and meetings without substance: a second debating club. [P37]" in lines


def test_bodies_say_whom_the_text_gives_too_little(capsys: Capture) -> None:
    text = printed(score(FLAGSHIP, package=TABLED), capsys)
    assert "  Federal Assembly of Russia: enough for its member.\n" in text
    assert "  Senate of the United States: too little for United States.\n" in text
    assert "Council of the Union" not in text


def test_a_text_that_all_can_sign_is_enough_for_every_member(capsys: Capture) -> None:
    text = printed(score("winter", package="transit=2,investment=2"), capsys)
    assert "refuses" not in text
    assert "The text takes the road: Stakes for flows." in text


def test_the_status_quo_touches_nobody(capsys: Capture) -> None:
    text = printed(score("winter"), capsys)
    assert "The text leaves everything as it is.\n" in text
    assert "        Nothing in it touches this role.\n" in text


def test_cards_move_walk_aways(capsys: Capture) -> None:
    text = printed(score("winter", cards="flow_stops"), capsys)
    assert "After: The flow stops.\n" in text
    assert [line.split()[-4:-2] for line in text.splitlines() if line.endswith("refuses")] == [["1", "1"], ["2", "2"]]


def test_programs_get_the_same_numbers(capsys: Capture) -> None:
    found = json.loads(printed(score(FLAGSHIP, package=TABLED, cards="E1", json=True), capsys))
    assert (found["scenario"], found["cards"], found["package"]["seat"]) == (FLAGSHIP, ["E1"], 1)
    roles = {role["role"]: role for role in found["roles"]}
    assert (roles["RUS"]["score"], roles["USA"]["needed"] - roles["USA"]["walk_away"]) == (46, 6)
    assert [role["explanation"]["total"] for role in roles.values()] == [role["score"] for role in roles.values()]


@pytest.mark.parametrize("package", ["", TABLED, "seat=3,status=2,energy=2,economy=3,threats=3"])
def test_no_line_is_wider_than_eighty_columns(package: str, capsys: Capture) -> None:
    told = printed(score(FLAGSHIP, package=package), capsys) + printed(explain(FLAGSHIP, package=package), capsys)
    told += "".join(printed(brief(FLAGSHIP, role=role), capsys) for role in ("rus", "lit", "nato"))
    assert [line for line in told.splitlines() if len(line) > 80] == []


def test_a_text_is_explained_article_by_article(capsys: Capture) -> None:
    text = printed(explain(FLAGSHIP, package="frame=2,conflicts=2", role="russia"), capsys)
    assert "\n1. Legal form: Ratified treaty (frame=2) [P40 P48 P65]\n   The participants conclude a Treaty" in text
    assert "As it is stays: Russia's place in decisions, Special terms" in text
    assert "    18  Sovereignty that Russia keeps (at the start 20)\n" in text
    assert "\nUnited States\n-" not in text
    assert "        By aspect: Military-technical" in text


def test_a_text_that_names_every_article_leaves_nothing_as_it_is(capsys: Capture) -> None:
    text = printed(explain("winter", package="price=1,transit=2,investment=2", role="SUP"), capsys)
    assert "As it is stays" not in text
    assert "By aspect" not in text


def test_one_role_alone_can_be_explained_to_programs(capsys: Capture) -> None:
    found = json.loads(printed(explain("winter", package="price=1", role="buy", json=True), capsys))
    assert [(role["role"], role["score"]) for role in found["roles"]] == [("BUY", 3)]


@pytest.mark.parametrize("words", ["DEU", "deu", "Germany", "germ", " GERMANY "])
def test_a_role_goes_by_its_id_its_name_or_their_beginning(words: str, capsys: Capture) -> None:
    assert printed(brief(FLAGSHIP, role=words), capsys).startswith("Germany (DEU) in A table for the whole house")


def test_a_brief_lists_what_a_role_wants_and_pays_for(capsys: Capture) -> None:
    text = printed(brief("winter", role="sup"), capsys)
    assert "Walk-away 3. It votes.\n" in text
    assert block(text, "What it gains most from")[0] == "    +9  Investment: Mutual stakes [P08 P61]"
    assert block(text, "What it pays most for")[0] == "    -8  Price: Market hub [P61]"
    assert "Supplier's government (unanimity): Supplier (Russia)." in text


def test_a_brief_says_who_chairs_without_a_vote_and_who_need_not_be_there(capsys: Capture) -> None:
    assert "It has no vote and is in the chair." in printed(brief(FLAGSHIP, role="nsg"), capsys)
    assert "It is an optional seat." in printed(brief(FLAGSHIP, role="ita"), capsys)


def test_a_brief_needs_no_rules_curves_or_bodies(capsys: Capture) -> None:
    text = printed(brief(str(ROOT / "tests" / "rules" / "data" / "least.yaml"), role="A"), capsys)
    assert "What articles are worth together" not in text


@pytest.mark.parametrize(
    ("package", "told"),
    [
        ("frame=2,seet=1", "--package, character 9: expected the name of an issue, found 'seet'; did you mean seat?"),
        ("frame", "--package, character 1: expected an issue and its option, such as frame=2, found 'frame'"),
        ("frame=2,,", "--package, character 9: expected an issue and its option, such as frame=2, found nothing"),
        ("frame=1, frame=2", "--package, character 10: expected every issue once, found 'frame'"),
        (
            "frame= 3",
            "--package, character 8: expected an option of frame (0 Existing arrangements only; 1 Political charter; "
            "2 Ratified treaty), found '3'",
        ),
    ],
)
def test_a_package_that_cannot_be_read_is_told_with_its_place(package: str, told: str, capsys: Capture) -> None:
    assert score(FLAGSHIP, package=package) == BAD_INPUT
    assert capsys.readouterr().err == f"{told}\n"


@pytest.mark.parametrize("option", ["-1", "two", "", "²", "9" * 5000])
def test_an_option_is_a_small_whole_number(option: str, capsys: Capture) -> None:
    assert explain("winter", package=f"price={option}") == BAD_INPUT
    assert "expected an option of price (0 Tied to oil;" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            lambda: score("winter", package="xyz=1"),
            "expected one of the issues price, transit, investment, found 'xyz'",
        ),
        (
            lambda: score("winter", cards="flow_stop"),
            "--cards: expected the id of a card, found 'flow_stop'; did you",
        ),
        (lambda: score("winter", cards="q"), "--cards: expected one of flow_stops, found 'q'"),
        (lambda: score("winter", cards="flow_stops,flow_stops"), "--cards: expected every card once"),
        (lambda: brief(FLAGSHIP, role="united"), "expected one role, not United States (USA) or United Kingdom (GBR)"),
        (lambda: brief(FLAGSHIP, role="Germoni"), "found 'Germoni'; did you mean Germany (DEU)?"),
        (lambda: brief("winter", role="xyz"), "did you mean Supplier (Russia) (SUP) or Buyers (European Union) (BUY)?"),
        (lambda: brief("winter", role=""), "expected the id or name of a role, found nothing; did you mean"),
        (lambda: explain("wintr"), "there is no scenario wintr; did you mean winter?"),
        (lambda: brief("no/such.yaml", role="x"), "no/such.yaml cannot be read: No such file or directory"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(ask: Callable[[], int], told: str, capsys: Capture) -> None:
    assert ask() == BAD_INPUT
    assert told in capsys.readouterr().err


def test_texts_are_told_in_the_language_that_is_asked_for(capsys: Capture) -> None:
    russian = Words(language="ru")
    assert "каждой стороне есть что терять" in " ".join(
        printed(score("winter", package="transit=2,investment=2", words=russian), capsys).split()
    )
    text = printed(explain("winter", package="transit=2", role="поставщик", words=russian), capsys)
    assert "Наблюдатели и гарантированные поставки" in text
    told = printed(brief("winter", role="BUY", words=Words(language="ru", names="invented")), capsys)
    assert told.startswith("Покупатели (Лаврийское сообщество) (BUY) in Зима")
    assert "Ваш порог: 6." in " ".join(told.split())


def test_the_scores_are_the_same_in_every_language(capsys: Capture) -> None:
    def scores(language: str) -> list[tuple[int, int]]:
        told = printed(score("winter", package="price=1", json=True, words=Words(language=language)), capsys)
        return [(role["score"], role["needed"]) for role in json.loads(told)["roles"]]

    assert scores("ru") == scores("en")


def test_a_file_can_be_read_in_place_of_a_scenario(capsys: Capture) -> None:
    assert "Winter" in printed(score(str(SCENARIOS / "winter.yaml"), package="price=1"), capsys)


def test_a_terminal_without_a_minus_sign_gets_a_hyphen() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252")
    print_lines(stream, [f"{MINUS}3 Привет"])
    stream.flush()
    assert raw.getvalue().decode("cp1252").splitlines() == ["-3 ??????"]
