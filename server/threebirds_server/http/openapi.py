"""OpenAPI with the protocol's own types in it.

FastAPI knows the forms that pydantic reads. Actions, views and errors are the wire's, whose schemas are joined to it.
"""

from typing import Any

from fastapi import FastAPI

from threebirds_wire.schema import IN_COMPONENTS, definitions

REFUSED = {
    "description": "Refused: `code` says why, `retry` whether to ask again.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {"error": {"$ref": IN_COMPONENTS.format(name="Error")}},
            }
        }
    },
}
WAYS_IN: dict[str, Any] = {
    "cookie": {"type": "apiKey", "in": "cookie", "name": "threebirds", "description": "A browser that was here."},
    "token": {"type": "http", "scheme": "bearer", "description": "The token of a person's link, for bots."},
}
NOT_OURS = ("HTTPValidationError", "ValidationError")
"""FastAPI's own answer to a bad body, which nobody gets here."""


def install_openapi(app: FastAPI) -> None:
    """Make `app.openapi()` tell the whole, once."""
    of_fastapi = app.openapi

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = joined(of_fastapi())
        return app.openapi_schema

    app.openapi = whole


def joined(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the wire's types, the one shape of refusals, and the ways in."""
    components = document["components"]
    forms = {name: form for name, form in components["schemas"].items() if name not in NOT_OURS}
    ours = definitions(IN_COMPONENTS)
    if twice := forms.keys() & ours.keys():
        raise ValueError(f"Two types have one name: {', '.join(sorted(twice))}.")
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = REFUSED
    return {
        **document,
        "components": {**components, "schemas": {**forms, **ours}, "securitySchemes": WAYS_IN},
        "security": [{way: []} for way in WAYS_IN] + [{}],
    }
