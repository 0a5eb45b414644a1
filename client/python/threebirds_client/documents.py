"""Rule sets by name: a scenario that ships with Three Birds, or a file."""

from pathlib import Path

from threebirds_rules.loading import load, load_scenario
from threebirds_rules.ruleset import RuleSet


class UnreadableFileError(Exception):
    """A file that is not there, or not text."""


def rule_set_named(named: str) -> RuleSet:
    """A scenario by its id, or a file; raises RuleSetError, UnknownScenarioError, UnreadableFileError."""
    path = file_meant(named)
    return load_scenario(named) if path is None else load(text_of(path), source=named)


def file_meant(named: str) -> Path | None:
    """The path, if one is meant: whatever has a suffix or a folder in it. None for the id of a scenario."""
    path = Path(named)
    return path if path.suffix or len(path.parts) > 1 else None


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path} is not a text file in UTF-8") from error
