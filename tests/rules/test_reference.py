"""The reference for authors names every key of a document."""

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from tests.support.checkout import ROOT
from threebirds_rules.loading.document import Document
from threebirds_rules.loading.vocabulary import FINDING_CODES

REFERENCE = (ROOT / "game_rules" / "RULE_SETS.md").read_text(encoding="utf-8")


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that stands somewhere in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
        for part in models(field.annotation):
            yield from keys_of(part)


def test_every_key_of_a_document_is_in_the_reference() -> None:
    assert {key for key in keys_of(Document) if not re.search(rf"\b{key}:", REFERENCE)} == set()


def test_the_reference_names_no_finding_that_there_is_not() -> None:
    assert set(re.findall(r"code: (\w+)", REFERENCE)) <= set(FINDING_CODES)
