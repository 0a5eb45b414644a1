"""Who may no longer look on: what is open closes at once, what is sent next is not done, and nobody else notices."""

import asyncio
from pathlib import Path

import pytest

from tests.support.desks import Desk
from tests.support.houses import Guest, Running, running, seated_table
from threebirds_rules import actions as asked
from threebirds_rules.actions import Actor
from threebirds_rules.names import PersonId, RoleId
from threebirds_server.live.asks import Ask
from threebirds_server.live.table import Table

SAID = {"channel": "plenary", "text": "One more word."}
HOST = Actor(kind="host")


async def a_delegation(house: Running) -> tuple[str, Guest, Desk, Desk]:
    """A supplier with a socket, and the buyers' socket beside it."""
    table, (supplier, buyers) = await seated_table(house, "winter", ["SUP", "BUY"])
    return table, supplier, await supplier.at_table(table, "seat:SUP"), await buyers.at_table(table, "seat:BUY")


def of(desk: Desk, role: str) -> PersonId:
    return PersonId(next(seat["head"] for seat in desk.view["seats"] if seat["role"] == role))


async def said_by_all(house: Running, table: str) -> list[str]:
    channels = (await house.house.hub.table(table)).replica.state.channels
    return [message.text for channel in channels for message in channel.messages]


@pytest.mark.parametrize(("role", "code"), [(None, 4502), (RoleId("BUY"), 4503)])
async def test_who_is_removed_or_seated_elsewhere_is_closed_and_heard_no_more(
    tmp_path: Path, role: RoleId | None, code: int
) -> None:
    async with running(tmp_path) as house:
        table, _, mine, theirs = await a_delegation(house)
        person = of(mine, "SUP")
        action = asked.Leave(person=person) if role is None else asked.Seat(person=person, role=role)
        assert (await (await house.house.hub.table(table)).ask(Ask(HOST, action))).ok
        mine.ask("say", action=SAID)
        assert await mine.socket.closed() == code
        await theirs.does("say", channel="plenary", text="We go on.")
        assert await said_by_all(house, table) == ["We go on."]


async def test_an_action_that_waited_while_its_seat_was_lost_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, _, mine, _ = await a_delegation(house)
        running_table = await house.house.hub.table(table)
        actor = Actor(kind="seat", role=RoleId("SUP"), person=of(mine, "SUP"))
        leaving = running_table.ask(Ask(HOST, asked.Leave(person=of(mine, "SUP"))))
        speaking = running_table.ask(Ask(actor, asked.Pass()))
        assert (await leaving).ok
        refused = (await speaking).error
        assert refused is not None
        assert refused.code == "not_your_seat"


async def test_a_facilitator_who_logs_out_is_closed_everywhere_at_once_and_comes_back_only_by_a_new_link(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as house:
        table, supplier, mine, _ = await a_delegation(house)
        teacher = await house.facilitator()
        first, second = [await teacher.at_table(table, "facilitator") for _ in range(2)]
        ticket = await teacher.ticket(table, "facilitator")
        assert (await teacher.http.delete("/api/session")).is_success
        first.ask("pause")
        assert [await first.socket.closed(), await second.socket.closed()] == [4500, 4500]
        late = await supplier.hello(table, "seat:SUP")
        await late.receive_until("welcome")
        stale = await teacher.hello_with(ticket)
        assert await stale.closed() == 4500
        assert (await teacher.asks("/api/ticket", table=table, viewer="facilitator")).status_code == 401
        assert (await teacher.asks("/api/tables", scenario="winter")).status_code in {401, 403}
        await mine.does("say", channel="plenary", text="It was not paused.")


async def test_the_cookie_of_somebody_who_has_logged_out_is_nobodys(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        table, supplier, mine, theirs = await a_delegation(house)
        thief = house.same_browser(supplier)
        assert (await supplier.http.delete("/api/session")).is_success
        assert await mine.socket.closed() == 4500
        assert "threebirds" not in supplier.http.cookies
        assert (await thief.asks("/api/ticket", table=table, viewer="seat:SUP")).status_code == 401
        assert (await thief.get("/api/me"))["people"] == []
        await theirs.does("say", channel="plenary", text="We go on.")


async def test_who_was_on_the_way_in_when_the_session_ended_is_not_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path) as house:
        table, supplier, mine, _ = await a_delegation(house)
        teacher = await house.facilitator()
        hub, there, go_on = house.house.hub, asyncio.Event(), asyncio.Event()
        find = hub.table

        async def find_slowly(wanted: str) -> Table:
            there.set()
            await go_on.wait()
            return await find(wanted)

        ticket = await teacher.ticket(table, "facilitator")
        monkeypatch.setattr(hub, "table", find_slowly)
        late = await teacher.hello_with(ticket)
        await there.wait()
        assert (await teacher.http.delete("/api/session")).is_success
        go_on.set()
        assert await late.closed() == 4500
        assert {listener.person for listener in (await find(table)).listeners} == {of(mine, "SUP"), of(mine, "BUY")}
        assert (await supplier.get("/api/me"))["people"]
