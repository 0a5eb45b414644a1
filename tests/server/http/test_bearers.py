"""Programs without a cookie: the token of a person's link in `Authorization`, and what it lets its bearer do."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from tests.support.desks import Desk
from tests.support.houses import Guest, Running, running
from tests.support.sockets import Socket


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path, actions_per_minute=12) as house:
        yield house


async def with_token(house: Running, token: str, path: str, **body: Any) -> Response:
    headers = {"authorization": f"Bearer {token}"}
    browser = house.guest().http
    return await (browser.post(path, json=body, headers=headers) if body else browser.get(path, headers=headers))


async def bot_at(house: Running, token: str, table: str, viewer: str) -> Desk:
    given = await with_token(house, token, "/api/ticket", table=table, viewer=viewer)
    socket = await Socket(house.app).open()
    socket.send({"type": "hello", "v": 1, "ticket": given.json()["ticket"]})
    desk = Desk(socket, table, viewer)
    await desk.read_until("snapshot")
    return desk


async def says_until_refused(desk: Desk) -> int:
    """How often something can be said in one moment."""
    for said in range(1_000):
        reply = await desk.act("say", action={"channel": "delegation", "text": "Again."})
        if not reply["ok"]:
            assert reply["error"]["code"] == "rate_limited"
            return said
    raise AssertionError("nobody was ever refused")


async def test_a_token_opens_what_its_person_may_see_and_nothing_else(house: Running) -> None:
    played = await house.guest().post("/api/play", scenario="winter", role="SUP")
    other = await house.guest().post("/api/play", scenario="winter", role="SUP")
    mine = (await with_token(house, played["token"], "/api/me")).json()
    assert [person["table"] for person in mine["people"]] == [played["table"]]
    desk = await bot_at(house, played["token"], played["table"], "seat:SUP")
    assert desk.view["viewer"] == "seat:SUP"
    elsewhere = await with_token(house, played["token"], "/api/ticket", table=other["table"], viewer="seat:SUP")
    desk_too = await with_token(house, played["token"], "/api/tables")
    assert (elsewhere.status_code, desk_too.status_code) == (404, 403)


@pytest.mark.parametrize("shown", ["Bearer made-up", "Bearer", "Basic {token}", "bot_{token}", "Bearer bot_{token}"])
async def test_a_token_that_is_wrong_is_not_replaced_by_a_cookie(house: Running, shown: str) -> None:
    guest = house.guest()
    token = (await guest.post("/api/play", scenario="winter", role="SUP"))["token"]
    answer = await guest.http.get("/api/me", headers={"authorization": shown.format(token=token)})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthenticated")


async def test_a_newer_link_ends_the_token_before_it(house: Running) -> None:
    made = await (await house.facilitator()).post("/api/tables", scenario="winter")
    guest = house.guest()
    first = (await guest.post("/api/join", code=made["code"], name="Anna"))["token"]
    await guest.post("/api/join", code=made["code"], name="Anna")
    assert (await with_token(house, first, "/api/me")).status_code == 401


async def test_a_bearer_who_joins_elsewhere_becomes_a_browser_like_any_other(house: Running) -> None:
    token = (await house.guest().post("/api/play", scenario="winter", role="SUP"))["token"]
    again = await with_token(house, token, "/api/play", scenario="winter", role="BUY")
    assert again.status_code == 201
    assert "threebirds=" in again.headers["set-cookie"]


async def test_wrong_tokens_and_wrong_tickets_are_limited_by_address_and_right_ones_never(house: Running) -> None:
    guest = house.guest()
    played = await guest.post("/api/play", scenario="winter", role="SUP")
    codes = [(await with_token(house, "guess", "/api/me")).json()["error"]["code"] for _ in range(31)]
    assert codes == ["unauthenticated"] * 30 + ["rate_limited"]
    assert (await with_token(house, played["token"], "/api/me")).is_success
    socket = await Socket(house.app).open()
    socket.send({"type": "hello", "v": 1, "ticket": "guess"})
    refused = (await socket.receive())["error"]
    assert (refused["code"], refused["retry"]) == ("rate_limited", "after")
    assert await socket.closed() == 4002
    assert (await guest.at_table(played["table"], "seat:SUP")).view["viewer"] == "seat:SUP"


async def test_a_bot_may_do_more_in_a_minute_than_a_person(house: Running) -> None:
    counts: dict[str, int] = {}
    for scope in ("person", "bot"):
        played = await house.guest().post("/api/play", scenario="winter", role="SUP", scope=scope)
        desk = await bot_at(house, played["token"], played["table"], "seat:SUP")
        counts[scope] = await says_until_refused(desk)
    assert counts == {"person": 2, "bot": 200}


async def test_a_bots_token_is_no_more_than_a_persons_in_a_browser(house: Running) -> None:
    played = await house.guest().post("/api/play", scenario="winter", role="SUP", scope="bot")
    guest = house.guest()
    await guest.post("/api/session", token=played["token"])
    assert await says_until_refused(await guest.at_table(played["table"], "seat:SUP")) == 2


async def test_only_the_facilitator_lets_bots_into_a_class(house: Running) -> None:
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario="winter")
    asked = {"code": made["code"], "name": "Bot", "scope": "bot"}
    student: Guest = house.guest()
    assert (await student.asks("/api/join", **asked)).status_code == 401
    await student.post("/api/join", code=made["code"], name="Anna")
    assert (await student.asks("/api/join", **asked)).status_code == 403
    joined = await facilitator.post("/api/join", **asked)
    await with_token(house, joined["token"], "/api/seat", table=made["table"], role="SUP")
    desk = await bot_at(house, joined["token"], made["table"], "seat:SUP")
    assert await says_until_refused(desk) == 200


async def test_all_who_share_a_seat_have_four_times_what_one_has(house: Running) -> None:
    made = await (await house.facilitator()).post("/api/tables", scenario="winter")
    guests = [await house.seated(made["table"], made["code"], "SUP") for _ in range(6)]
    desks = [await guest.at_table(made["table"], "seat:SUP") for guest in guests]
    assert [await says_until_refused(desk) for desk in desks] == [2, 2, 2, 2, 0, 0]
    other = await house.seated(made["table"], made["code"], "BUY")
    assert await says_until_refused(await other.at_table(made["table"], "seat:BUY")) == 2
