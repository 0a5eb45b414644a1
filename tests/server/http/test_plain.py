"""The protocol without a socket: actions, views and streams over HTTP, answered as a socket answers them."""

from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from tests.support.houses import Guest, Running, running, seated_table
from tests.support.lines import lines

SAID = {"kind": "say", "channel": "plenary", "text": "By post."}
CID = "00000000-0000-7000-8000-00000000abcd"


async def two(house: Running) -> tuple[str, Guest, Guest]:
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    return table, supplier, buyers


async def post(guest: Guest, table: str, **changes: Any) -> Response:
    body = {"viewer": "seat:SUP", "cid": CID, "phase": "1.table", "action": SAID}
    body |= {name.rstrip("_"): value for name, value in changes.items()}
    return await guest.http.post(f"/api/tables/{table}/actions", json=body)


async def test_an_action_is_done_seen_by_all_and_answered_with_its_number(house: Running) -> None:
    table, supplier, buyers = await two(house)
    desk = await buyers.at_table(table, "seat:BUY")
    answer = await post(supplier, table)
    await desk.until_event("said")
    snapshot = await supplier.get(f"/api/tables/{table}/view?viewer=seat:SUP")
    assert answer.json() == {"ok": True, "n": snapshot["n"]}
    assert snapshot["view"]["channels"][0]["messages"][0]["text"] == "By post."


async def test_a_view_is_the_snapshot_that_a_socket_gets(house: Running) -> None:
    table, supplier, _ = await two(house)
    desk = await supplier.at_table(table, "seat:SUP")
    await desk.does("table", options={"transit": 2})
    fresh = await supplier.at_table(table, "seat:SUP")
    answer = await supplier.http.get(f"/api/tables/{table}/view?viewer=seat:SUP")
    assert answer.text == fresh.socket.texts[-1]
    assert answer.headers["cache-control"] == "no-store"


async def test_the_same_cid_is_the_same_action_by_post_and_by_socket(house: Running) -> None:
    table, supplier, buyers = await two(house)
    desk = await supplier.at_table(table, "seat:SUP")
    first = (await post(supplier, table)).json()
    again = await desk.act("say", cid=CID, action={"channel": "plenary", "text": "By post."})
    once_more = (await post(supplier, table)).json()
    other = await post(supplier, table, action={**SAID, "text": "Something else."})
    theirs = await post(buyers, table, viewer="seat:BUY")
    assert (again["ok"], again["dup"], again["n"]) == (True, True, first["n"])
    assert once_more == {**first, "dup": True}
    assert {answer.json()["error"]["code"] for answer in (other, theirs)} == {"cid_reused"}
    assert {answer.status_code for answer in (other, theirs)} == {409}


async def test_a_dry_action_is_decided_and_leaves_nothing(house: Running) -> None:
    table, supplier, _ = await two(house)
    assert (await post(supplier, table, dry=True)).json() == {"ok": True}
    view = (await supplier.get(f"/api/tables/{table}/view?viewer=seat:SUP"))["view"]
    assert all(channel["messages"] == [] for channel in view["channels"])


@pytest.mark.parametrize(
    ("changes", "status", "code", "path"),
    [
        ({"viewer": "seat:BUY"}, 403, "not_your_seat", "viewer"),
        ({"viewer": "facilitator"}, 403, "not_your_seat", "viewer"),
        ({"viewer": "observer"}, 403, "not_your_seat", "viewer"),
        ({"viewer": "everybody"}, 400, "bad_frame", "viewer"),
        ({"table_": "t_1"}, 400, "bad_frame", "table"),
        ({"cid": "mine"}, 400, "bad_frame", "cid"),
        ({"phase": "lobby"}, 409, "wrong_phase", None),
        ({"action": {"kind": "sya"}}, 422, "invalid_action", "action.kind"),
        ({"action": {"kind": "time_up"}}, 422, "invalid_action", "action.kind"),
        ({"action": {"kind": "pause"}}, 403, "forbidden", None),
        ({"action": {**SAID, "text": "x" * 4_001}}, 413, "too_large", "text"),
    ],
)
async def test_what_is_refused_is_refused_with_the_code_of_a_socket(
    house: Running, changes: dict[str, Any], status: int, code: str, path: str | None
) -> None:
    table, supplier, _ = await two(house)
    answer = await post(supplier, table, **changes)
    fault = answer.json()["error"]
    assert (answer.status_code, fault["code"], fault.get("path")) == (status, code, path)


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[]", 400), (b"\xff", 400), (b"[" * 60_000, 400), (b" " * 70_000, 413)]
)
async def test_what_is_no_action_at_all_is_answered_too(house: Running, body: bytes, status: int) -> None:
    table, supplier, _ = await two(house)
    answer = await supplier.http.post(f"/api/tables/{table}/actions", content=body)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] in {"bad_frame", "too_large"}


async def test_a_table_of_others_is_answered_like_none_byte_for_byte(house: Running) -> None:
    table, _, _ = await two(house)
    stranger = house.guest()
    await stranger.post("/api/play", scenario="winter", role="SUP")
    for viewer in ("seat:SUP", "seat:NONE", "facilitator", "public", "what"):
        for path in ("view", "stream"):
            real, none = [
                await stranger.http.get(f"/api/tables/{where}/{path}?viewer={viewer}") for where in (table, "t_none")
            ]
            assert (real.status_code, real.content, real.headers) == (404, none.content, none.headers)
    real, none = [await post(stranger, where) for where in (table, "t_none")]
    assert (real.status_code, real.content, real.headers) == (404, none.content, none.headers)


async def test_without_a_cookie_or_a_token_there_is_nothing(house: Running) -> None:
    table, _, _ = await two(house)
    nobody = house.guest()
    answers = [
        await post(nobody, table),
        await nobody.http.get(f"/api/tables/{table}/view?viewer=public"),
        await nobody.http.get(f"/api/tables/{table}/stream?viewer=public"),
    ]
    assert {answer.status_code for answer in answers} == {401}


async def test_actions_by_post_are_limited_with_those_of_the_socket_and_known_ones_are_free(tmp_path: Path) -> None:
    async with running(tmp_path / "slow", actions_per_minute=12) as house:
        table, supplier, _ = await two(house)
        desk = await supplier.at_table(table, "seat:SUP")
        await post(supplier, table)
        await desk.does("say", channel="plenary", text="And one by socket.")
        refused = await post(supplier, table, cid=CID.replace("abcd", "abce"))
        again = await post(supplier, table)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
    assert again.json()["dup"]


async def test_looking_all_the_time_is_limited_too(house: Running) -> None:
    table, supplier, _ = await two(house)
    seen = [(await supplier.http.get(f"/api/tables/{table}/view?viewer=seat:SUP")).status_code for _ in range(21)]
    assert seen == [200] * 20 + [429]


async def test_a_bot_plays_by_post_with_the_token_of_its_link_alone(house: Running) -> None:
    played = await house.guest().post("/api/play", scenario="winter", role="SUP", scope="bot")
    bot = house.guest()
    bot.http.headers["authorization"] = f"Bearer {played['token']}"
    done = await post(bot, played["table"])
    stream = lines(bot, played["table"], "seat:SUP")
    assert (done.status_code, await stream.open()) == (200, 401)
    assert not bot.http.cookies


async def test_who_was_moved_to_another_seat_is_refused_at_once(house: Running) -> None:
    table, supplier, _ = await two(house)
    desk = await (await house.facilitator()).at_table(table, "facilitator")
    await desk.does("hand_to_bot", role="SUP", bot="still")
    assert (await post(supplier, table)).status_code == 403
    assert (await supplier.http.get(f"/api/tables/{table}/view?viewer=seat:SUP")).status_code == 403


async def test_nothing_is_begun_while_the_server_goes(house: Running) -> None:
    table, supplier, _ = await two(house)
    await house.house.hub.drain()
    answers = [await post(supplier, table), await supplier.http.get(f"/api/tables/{table}/view?viewer=seat:SUP")]
    assert [(answer.status_code, answer.json()["error"]["retry"]) for answer in answers] == [(503, "same_cid")] * 2


async def test_whoever_acts_or_looks_by_http_is_there_in_this_phase(house: Running) -> None:
    table, supplier, buyers = await two(house)
    desk = await (await house.facilitator()).at_table(table, "facilitator")
    await supplier.get(f"/api/tables/{table}/view?viewer=seat:SUP")
    assert (await desk.until_event("attended"))["role"] == "SUP"
    await post(buyers, table, viewer="seat:BUY", dry=True)
    assert (await desk.until_event("attended"))["role"] == "BUY"
