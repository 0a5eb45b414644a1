"""Rule sets by name: a scenario that ships with Three Birds, or a file."""

from pathlib import Path

from threebirds_rules.loading import load, scenario_text
from threebirds_rules.ruleset import RuleSet


class UnreadableFileError(Exception):
    """A file that is not there, or not text."""


def rule_set_named(named: str) -> RuleSet:
    """A scenario by its id, or a file; raises RuleSetError, UnknownScenarioError, UnreadableFileError."""
    return load(document_named(named), source=named)


def document_named(named: str) -> str:
    """Its text: whatever has a suffix or a folder in it is meant as a path; raises the last two."""
    path = Path(named)
    return text_of(path) if path.suffix or len(path.parts) > 1 else scenario_text(named)


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path} is not a text file in UTF-8") from error
