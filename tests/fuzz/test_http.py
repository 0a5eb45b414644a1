"""Requests drawn from the published OpenAPI document, by four kinds of people: no failure, nothing undocumented."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as openapi_checks

from tests.support.dice import Dice
from tests.support.foundry import foundry
from tests.support.long_runs import Counts, Figure

SEED = "people with a browser's console"
OF_ANY: Any = checks
OF_OPENAPI: Any = openapi_checks
"""Typed for themselves, and not for who calls them strictly."""
CHECKS = [
    OF_ANY.not_a_server_error,
    OF_OPENAPI.status_code_conformance,
    OF_OPENAPI.content_type_conformance,
    OF_OPENAPI.response_headers_conformance,
    OF_OPENAPI.response_schema_conformance,
    OF_OPENAPI.ignored_auth,
]
ENDLESS = "/api/tables/{table}/stream"
"""It has tests of its own: a request for it would wait for ever."""
ROLES = ("SUP", "BUY")
TIMEOUT_S = 30


class Somebody(NamedTuple):
    """One browser. Where a request has a place for something that this person knows, that is often put there."""

    name: str
    browser: requests.Session
    known: Mapping[str, str]

    def sends(self, case: Any, dice: Dice) -> Any:
        """With made-up ids alone few requests would come far; what deletes is left with them."""
        places: list[dict[str, Any]] = [
            where for where in (case.path_parameters, case.query, case.body) if isinstance(where, dict)
        ]
        for where in places if case.method != "DELETE" else ():
            for field in sorted({*where} & {*self.known}):
                if dice.happens(60):
                    where[field] = self.known[field]
        return case.call(session=self.browser, timeout=TIMEOUT_S)


def posted(browser: requests.Session, url: str, path: str, **body: str) -> Any:
    answer = browser.post(f"{url}/api/{path}", json=body, timeout=TIMEOUT_S)
    answer.raise_for_status()
    return answer.json()


def everybody(url: str, token: str) -> list[Somebody]:
    """Nobody in particular, two seats of one table, and its facilitator."""
    facilitator = requests.Session()
    posted(facilitator, url, "facilitator", token=token)
    made = posted(facilitator, url, "tables", scenario="winter")
    known = {"table": made["table"], "code": made["code"], "scenario": "winter"}
    people = [
        Somebody("nobody", requests.Session(), known | {"viewer": "public", "role": "SUP"}),
        Somebody("the facilitator", facilitator, known | {"viewer": "facilitator", "role": "SUP"}),
    ]
    for role in ROLES:
        browser = requests.Session()
        posted(browser, url, "join", code=made["code"], name=f"{role} one")
        posted(browser, url, "seat", table=made["table"], role=role)
        people.append(Somebody(f"the seat {role}", browser, known | {"viewer": f"seat:{role}", "role": role}))
    return people


def asked(url: str, person: Somebody, examples: int, statuses: Counter[str]) -> None:
    """So many requests to every operation: half of them as they should be, half of them not."""
    schema: Any = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path != ENDLESS:
            ways: list[st.SearchStrategy[Any]] = [
                operation.as_strategy(generation_mode=mode) for mode in GenerationMode
            ]
            of_one_operation(st.one_of(ways), person, Dice(SEED, person.name, operation.label), examples, statuses)


def of_one_operation(
    cases: st.SearchStrategy[Any], person: Somebody, dice: Dice, examples: int, statuses: Counter[str]
) -> None:
    @given(case=cases)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    def every(case: Any) -> None:
        answer = person.sends(case, dice)
        statuses[str(answer.status_code)] += 1
        case.validate_response(answer, checks=CHECKS)

    every()


@pytest.mark.at_most(600, 7_200)
async def test_no_request_fails_or_gets_an_undocumented_answer(tmp_path: Path, figure: Figure, counts: Counts) -> None:
    examples = figure(25, 1_000)
    statuses: Counter[str] = Counter()
    async with foundry(log=tmp_path / "log", data=str(tmp_path), port=0) as server:
        greeted = await server.start()
        people = await asyncio.to_thread(everybody, greeted.address, greeted.token)
        for person in people:
            await asyncio.to_thread(asked, greeted.address, person, examples, statuses)
            person.browser.close()
    counts(seed=SEED, people=len(people), requests=statuses.total(), **dict(sorted(statuses.items())))
    assert statuses["200"] > examples
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
