"""The small document of the loader's tests, and what is wrong with it once something in it has been changed."""

from pathlib import Path

from threebirds_rules.loading import RuleSetError, load
from threebirds_rules.ruleset import RuleSet

RIVER = (Path(__file__).parents[1] / "rules" / "data" / "river.yaml").read_text(encoding="utf-8")


def changed(*changes: tuple[str, str]) -> str:
    """The document's text with some passages replaced, each of which stands in it once."""
    text = RIVER
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def loaded(text: str) -> RuleSet:
    return load(text, source="river.yaml")


def problems_in(text: str) -> list[str]:
    """Every problem of the text, as it is shown; no problems, no list."""
    try:
        loaded(text)
    except RuleSetError as error:
        return [str(problem) for problem in error.problems]
    raise AssertionError("the document is sound")
