"""Another version of the rule set takes over at a table in play, and is there again after a restart."""

from pathlib import Path

from tests.support.clock import FakeClock
from tests.support.desks import Desk, sorted_json
from tests.support.houses import Guest, Running, running, seated_table
from threebirds_rules.loading import load, scenario_text
from threebirds_server.rulebook import Shipped

WINTER = scenario_text("winter")
REVISED = WINTER.replace("title: Winter\n", "title: Winter, revised\n", 1).replace("comfort: 3\n", "comfort: 4\n", 1)


async def kept(house: Running, document: str) -> str:
    """Have the store keep a rule set, by opening a table that plays it; its digest."""
    shipped = Shipped(load(document, source="revised"), document)
    await house.house.tables.make_with(shipped, None)
    return shipped.rules.digest


def needed(desk: Desk) -> int:
    return desk.view["mandate"]["mandate"]["walk_away"]


async def supplier_and_desk(house: Running) -> tuple[str, Guest, Desk, Guest, Desk]:
    table, (guest,) = await seated_table(house, "winter", ["SUP"])
    facilitator = await house.facilitator()
    seat = await guest.at_table(table, "seat:SUP")
    return table, guest, seat, facilitator, await facilitator.at_table(table, "facilitator")


async def test_a_table_goes_on_by_the_other_rules_also_after_a_restart(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        table, guest, seat, _, desk = await supplier_and_desk(house)
        before = needed(seat)
        digest = await kept(house, REVISED)
        await desk.does("replace_rules", digest=digest)
        await seat.until_event("phase_opened")
        assert (seat.view["treaty"]["title"], needed(seat)) == ("Winter, revised", before + 1)
        assert [one["digest"] for one in seat.view["replacements"]] == [None]
        assert digest not in sorted_json(seat.events)
        await desk.does("close_phase")
        await seat.until_event("phase_opened")
        fresh = await guest.at_table(table, "seat:SUP")
        assert sorted_json(fresh.view) == sorted_json(seat.view)
        assert fresh.moment.held == seat.moment.held
    async with running(tmp_path, clock=clock) as house:
        back = house.same_browser(guest)
        resumed = await back.connect(table, "seat:SUP", since=seat.moments[0])
        await resumed.until(seat.n)
        assert resumed.frames == seat.frames
        assert (sorted_json(resumed.view), resumed.mark) == (sorted_json(seat.view), seat.mark)
        again = await back.at_table(table, "seat:SUP")
        assert again.view["treaty"]["title"] == "Winter, revised"


async def test_rules_that_the_store_does_not_keep_or_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        _, _, seat, _, desk = await supplier_and_desk(house)
        unkept = load(REVISED, source="revised").digest
        reply = await desk.act("replace_rules", action={"digest": unkept})
        assert (reply["ok"], reply["error"]["path"]) == (False, "digest")
        other = await kept(house, scenario_text("shield"))
        reply = await desk.act("replace_rules", action={"digest": other})
        assert reply["error"]["rule"] == "replace.shape"
        digest = await kept(house, REVISED)
        reply = await seat.act("replace_rules", action={"digest": digest})
        assert reply["error"]["code"] == "forbidden"
