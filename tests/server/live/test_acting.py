"""Acting at a table over its socket: replies, order, exactly once, and two who act at the same time."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.support.desks import Desk
from tests.support.houses import Guest, Running, running, seated_table

WINTER = "winter"
BARGAIN = {"options": {"transit": 2, "investment": 2}}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as house:
        yield house


async def two_desks(house: Running) -> tuple[Desk, Desk]:
    table, (supplier, buyers) = await seated_table(house, WINTER, ["SUP", "BUY"])
    return await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")


async def test_what_one_tables_the_other_sees_and_can_vote_on(house: Running) -> None:
    supplier, buyers = await two_desks(house)
    await supplier.does("table", **BARGAIN)
    tabled = await buyers.until_event("tabled")
    assert tabled["sponsor"] == "SUP"
    await buyers.does("support", read=buyers.view["proposals"][0], proposal=tabled["proposal"], position="yes")
    await supplier.until_event("supported")
    assert supplier.view["proposals"][0]["supports"][0]["role"] == "BUY"


async def test_the_frames_up_to_the_replys_number_come_before_the_reply(house: Running) -> None:
    supplier, _ = await two_desks(house)
    reply = await supplier.does("table", **BARGAIN)
    assert supplier.n == reply["n"]


async def test_an_illegal_action_is_answered_with_code_rule_and_sentence_and_the_socket_stays(house: Running) -> None:
    supplier, buyers = await two_desks(house)
    await supplier.does("table", **BARGAIN)
    await buyers.until_event("tabled")
    text = buyers.view["proposals"][0]
    reply = await buyers.act("call_vote", read=text, action={"proposal": text["id"]})
    assert reply["error"]["code"] == "illegal_action"
    assert reply["error"]["rule"]
    assert reply["error"]["message"]
    await buyers.does("say", channel="plenary", text="Still here.")


async def test_a_dry_action_is_decided_and_leaves_nothing(house: Running) -> None:
    supplier, buyers = await two_desks(house)
    reply = await supplier.act("table", action=BARGAIN, dry=True)
    assert reply["ok"]
    await buyers.does("say", channel="plenary", text="Nothing on the table yet?")
    await supplier.until_event("said")
    assert "tabled" not in [event["kind"] for event in supplier.events]
    assert supplier.view["proposals"] == []


async def test_the_same_cid_again_gets_the_first_reply_and_is_done_once(house: Running) -> None:
    supplier, _ = await two_desks(house)
    cid = supplier.cid()
    first = await supplier.act("say", cid=cid, action={"channel": "plenary", "text": "Once."})
    again = await supplier.act("say", cid=cid, action={"channel": "plenary", "text": "Once."})
    assert again["dup"]
    assert again["ok"]
    assert again["n"] == first["n"] == supplier.n


async def test_a_cid_with_another_body_is_refused(house: Running) -> None:
    supplier, _ = await two_desks(house)
    cid = supplier.cid()
    await supplier.act("say", cid=cid, action={"channel": "plenary", "text": "One thing."})
    other = await supplier.act("say", cid=cid, action={"channel": "plenary", "text": "Another."})
    assert other["error"]["code"] == "cid_reused"


async def test_a_cid_of_somebody_else_is_refused_and_tells_nothing(house: Running) -> None:
    supplier, buyers = await two_desks(house)
    cid = supplier.cid()
    said = {"channel": "plenary", "text": "The same words."}
    await supplier.act("say", cid=cid, action=said)
    reply = await buyers.act("say", cid=cid, action=said)
    assert reply["error"]["code"] == "cid_reused"
    assert "n" not in reply


async def test_a_refused_action_is_decided_afresh_under_its_cid(house: Running) -> None:
    supplier, _ = await two_desks(house)
    cid = supplier.cid()
    refused = await supplier.act("withdraw", cid=cid, action={"proposal": "none"})
    done = await supplier.act("say", cid=cid, action={"channel": "plenary", "text": "Then I just say it."})
    assert not refused["ok"]
    assert done["ok"]


async def test_two_windows_amend_one_text_at_once_and_the_second_is_told_it_is_stale(house: Running) -> None:
    table, (supplier, _buyers) = await seated_table(house, WINTER, ["SUP", "BUY"])
    left, right = await supplier.at_table(table, "seat:SUP"), await supplier.at_table(table, "seat:SUP")
    await left.does("table", **BARGAIN)
    await right.until_event("tabled")
    text = left.view["proposals"][0]
    asked_left = left.ask("amend", read=text, action={"proposal": text["id"], "options": {"price": 1}})
    asked_right = right.ask("amend", read=text, action={"proposal": text["id"], "options": {"price": 2}})
    replies = await asyncio.gather(left.reply(asked_left), right.reply(asked_right))
    refused = [reply for reply in replies if not reply["ok"]]
    assert [reply["error"]["code"] for reply in refused] == ["stale_proposal"]
    newest = left.view["proposals"][0]["versions"][-1]
    assert newest["version"] == 2
    assert refused[0]["error"]["details"] == newest


async def test_a_text_that_one_may_not_see_is_answered_like_one_that_is_not_there(tmp_path: Path) -> None:
    async with running(tmp_path / "three") as house:
        table, guests = await seated_table(house, "shield", ["USA", "RUS", "POL"])
        viewers = ("seat:USA", "seat:RUS", "seat:POL")
        one, other, left_out = [
            await guest.at_table(table, viewer) for guest, viewer in zip(guests, viewers, strict=True)
        ]
        await (await (await house.facilitator()).at_table(table, "facilitator")).does("close_phase")
        for desk in (one, other, left_out):
            await desk.until_event("phase_opened")
        await one.does("circulate", options={"architecture": 1}, to=["RUS"])
        await other.until_event("circulated")
        text = one.view["proposals"][0]
        stale = {"if": {"proposal": text["id"], "version": 7, "digest": "another"}}
        told = await other.act("support", action={"proposal": text["id"], "position": "yes"}, **stale)
        hidden = await left_out.act("support", action={"proposal": text["id"], "position": "yes"}, **stale)
        missing = await left_out.act("support", action={"proposal": "x" * 17, "position": "yes"}, **stale)
    assert told["error"]["details"]["digest"] == text["versions"][-1]["digest"]
    assert hidden["error"] == missing["error"]
    assert "details" not in hidden["error"]


async def test_trying_an_action_under_the_name_of_a_done_one_is_another_action(house: Running) -> None:
    supplier, _ = await two_desks(house)
    cid = supplier.cid()
    said = {"channel": "plenary", "text": "Once."}
    tried = await supplier.act("say", cid=cid, action=said, dry=True)
    done = await supplier.act("say", cid=cid, action=said)
    again = await supplier.act("say", cid=cid, action=said, dry=True)
    assert (tried["ok"], done["ok"]) == (True, True)
    assert "dup" not in done
    assert again["error"]["code"] == "cid_reused"


async def test_an_action_for_a_phase_that_is_over_is_refused(house: Running) -> None:
    supplier, _ = await two_desks(house)
    reply = await supplier.act("say", phase="lobby", action={"channel": "plenary", "text": "From the outbox."})
    assert reply["error"]["code"] == "wrong_phase"


async def test_a_seat_is_scored_by_its_own_mandate_and_explained(house: Running) -> None:
    supplier, buyers = await two_desks(house)
    asked = {"table": supplier.table, "packages": [[0, 2, 2], [0, 0, 0]]}
    supplier.socket.send({"type": "score", "id": 90, "viewer": "seat:SUP", "explain": True, **asked})
    buyers.socket.send({"type": "score", "id": 90, "viewer": "seat:BUY", **asked})
    mine, theirs = await supplier.reply(90), await buyers.reply(90)
    assert [one["score"] for one in mine["result"]["scores"]] == [8, 0]
    assert mine["result"]["explanation"]["total"] == 8
    assert [one["score"] for one in theirs["result"]["scores"]] == [7, 0]


async def test_a_package_that_is_none_is_refused_by_its_place(house: Running) -> None:
    supplier, _ = await two_desks(house)
    wrong = {"table": supplier.table, "viewer": "seat:SUP", "packages": [[0, 0, 0], [0, 0, 7]]}
    supplier.socket.send({"type": "score", "id": 91, **wrong})
    reply = await supplier.reply(91)
    assert reply["error"]["code"] == "invalid_action"
    assert reply["error"]["path"] == "packages.1"


async def test_more_than_a_person_does_is_refused_for_a_while_but_what_is_done_already_is_answered(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "slow", actions_per_minute=12) as house:
        supplier, _ = await two_desks(house)
        said = {"channel": "plenary", "text": "Quick."}
        cid = supplier.cid()
        await supplier.act("say", cid=cid, action=said)
        await supplier.act("say", action=said)
        refused = await supplier.act("say", action=said)
        again = await supplier.act("say", cid=cid, action=said)
        assert refused["error"]["code"] == "rate_limited"
        assert refused["error"]["after_ms"] == 5_000
        assert again["dup"]


async def test_a_bot_makes_room_for_a_person_and_the_seat_can_be_handed_back(house: Running) -> None:
    table, (supplier,) = await seated_table(house, WINTER, ["SUP"])
    facilitator: Guest = await house.facilitator()
    desk = await facilitator.at_table(table, "facilitator")
    mine = await supplier.at_table(table, "seat:SUP")
    await desk.does("hand_to_bot", role="SUP", bot="still")
    notice = await mine.read_until("notice")
    assert notice["kind"] == "seat_given"
    assert await mine.socket.closed() == 4503
