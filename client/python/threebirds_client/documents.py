"""Rule sets by name: a scenario that ships with Three Birds, or a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from threebirds_rules.loading import MAX_BYTES, load, scenario_ids, scenario_text
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.wording import UnknownLanguageError, UnknownNamesError, in_language

ScenarioName = Annotated[
    str, Parameter(help=f"The id of a scenario ({', '.join(scenario_ids())}), or the path of a rule set.")
]
"""What `rule_set_named` reads."""

UNKNOWN_WORDS = (UnknownLanguageError, UnknownNamesError)


class UnreadableFileError(Exception):
    """A file that is not there, or may not be read."""


@Parameter(name="*")
@dataclass(frozen=True)
class Words:
    """What a rule set is told in.

    Args:
        language: The language of its texts, such as ru; its first one, if left out.
        names: What it calls countries and alliances: historical or invented; historical, if left out.
    """

    language: str = ""
    names: str = ""


AS_WRITTEN = Words()


def rule_set_named(named: str, words: Words = AS_WRITTEN) -> RuleSet:
    """A scenario by its id, or a file.

    Raises RuleSetError, UnknownScenarioError, UnreadableFileError, UnknownLanguageError, UnknownNamesError.
    """
    return in_language(load(document_named(named), source=named), words.language, names=words.names)


def document_named(named: str) -> str | bytes:
    """Its text: whatever has a suffix or a folder in it is meant as a path; raises the last two.

    Of a file, no more than it takes to see that it is too large.
    """
    path = Path(named)
    return bytes_of(path, at_most=MAX_BYTES + 1) if path.suffix or len(path.parts) > 1 else scenario_text(named)


def bytes_of(path: Path, *, at_most: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(at_most)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
