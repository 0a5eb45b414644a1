"""The documents that a server publishes about itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support.checkout import ROOT
from tests.support.houses import running
from tests.support.references import found, references
from threebirds_server.describing import main, openapi
from threebirds_server.http.openapi import joined
from threebirds_wire.published import FOLDER


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(openapi())


def test_the_committed_document_is_up_to_date(tmp_path: Path) -> None:
    main([str(tmp_path / "openapi.json")])
    committed = (ROOT / FOLDER / "openapi.json").read_text(encoding="utf-8")
    assert committed == (tmp_path / "openapi.json").read_text(encoding="utf-8"), (
        "run: python -m threebirds_server.describing"
    )


def test_the_body_of_an_action_is_the_protocols_own_union(document: dict[str, Any]) -> None:
    asked = document["paths"]["/api/tables/{table}/actions"]["post"]["requestBody"]
    body = found(document, asked["content"]["application/json"]["schema"]["$ref"])
    kinds = body["properties"]["action"]["discriminator"]["mapping"]
    assert {"say", "table", "vote", "pledge", "pause"} <= set(kinds)
    assert not {"open", "join", "time_up"} & set(kinds)


def test_every_reference_leads_somewhere_and_every_schema_is_one(document: dict[str, Any]) -> None:
    pointed = set(references(document))
    assert len(pointed) > 100
    assert [one for one in pointed if not found(document, one)] == []
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_refusal_has_the_protocols_one_shape(document: dict[str, Any]) -> None:
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    for operation in operations:
        refused = operation["responses"]["default"]["content"]["application/json"]["schema"]
        assert refused["properties"]["error"] == {"$ref": "#/components/schemas/Error"}
    assert len(operations) > 10
    assert "422" not in str([list(operation["responses"]) for operation in operations])


def test_two_types_of_one_name_are_noticed() -> None:
    twice: dict[str, Any] = {"paths": {}, "components": {"schemas": {"Snapshot": {}}}}
    with pytest.raises(ValueError, match="Snapshot"):
        joined(twice)


@pytest.mark.parametrize("name", ["openapi.json", "asyncapi.json", "schema.json"])
async def test_what_is_committed_is_what_the_server_tells(tmp_path: Path, name: str) -> None:
    async with running(tmp_path) as house:
        told = await house.guest().get(f"/api/{name}")
        again = await house.guest().get(f"/api/{name}")
    assert told == again == json.loads((ROOT / FOLDER / name).read_text(encoding="utf-8"))
