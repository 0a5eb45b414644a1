"""Variants and second opinions over HTTP: offered, chosen when a table opens, and kept through a restart."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import FakeClock
from tests.support.houses import Running, running
from threebirds_rules.names import RoleId

FLAGSHIP = "european-security-treaty"
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
SETTLEMENTS, INSTITUTIONS = "view_settlements_first", "view_institutions_first"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as house:
        yield house


async def refusal(house: Running, **body: Any) -> dict[str, Any]:
    response = await (await house.facilitator()).asks("/api/tables", scenario=FLAGSHIP, **body)
    assert response.status_code == 422, response.json()
    return response.json()["error"]


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ({"variant": "lessn"}, "variant", "european-security-treaty has no variant lessn; did you mean lesson?"),
        ({"switches": ["view_dreams"]}, "switches", "There is no switch “view_dreams”."),
        (
            {"switches": [SETTLEMENTS, INSTITUTIONS]},
            "switches",
            f"The switches “{SETTLEMENTS}” and “{INSTITUTIONS}” con",
        ),
        ({"utc_offset_minutes": 900}, "utc_offset_minutes", "Local time is at most 840 minutes from UTC."),
    ],
)
async def test_a_way_to_play_that_is_not_there_is_refused_by_name(
    house: Running, body: dict[str, Any], path: str, message: str
) -> None:
    error = await refusal(house, **body)
    assert (error["code"], error["path"]) == ("invalid_action", path)
    assert message in error["message"]


async def test_scenarios_are_offered_with_their_variants_and_switches(house: Running) -> None:
    winter, _, flagship = await house.guest().get("/api/scenarios")
    assert (winter["variants"], winter["switches"], winter["rekey"], flagship["rekey"]) == ([], [], 0, 3)
    assert [(one["id"], one["minutes"], one["in_days"]) for one in flagship["variants"]] == [
        ("half_day", 120, False),
        ("ninety_minutes", 90, False),
        ("lesson", 45, False),
        ("week", 10_080, True),
    ]
    first, second = flagship["switches"][:2]
    assert (first["id"], first["on"], first["excludes"]) == (SETTLEMENTS, True, [INSTITUTIONS])
    assert (second["on"], second["name"][:19]) == (False, "Institutions first:")


async def test_a_table_is_played_in_the_variant_it_was_opened_with(house: Running) -> None:
    guest = house.guest()
    played = await guest.post("/api/play", scenario=FLAGSHIP, role="POL", variant="lesson")
    desk = await guest.at_table(played["table"], "seat:POL")
    treaty = desk.view["treaty"]
    assert (treaty["minutes"], treaty["rounds"], treaty["vote_from_round"]) == (45, 4, 2)
    assert [phase["id"] for phase in treaty["phases"]] == ["corridors", "plenary"]
    assert desk.view["clock"]["phase"] == "1.corridors"
    assert len(desk.view["cards"]) == 1
    assert [one["id"] for one in treaty["switches"]] == [SETTLEMENTS]
    assert treaty["switches"][0]["name"].startswith("Settlements first: ")


async def test_tables_of_one_scenario_are_played_in_different_variants(house: Running) -> None:
    facilitator = await house.facilitator()
    opened = [
        await facilitator.post("/api/tables", scenario=FLAGSHIP, variant=variant) for variant in ("", "lesson", "week")
    ]
    tables = [await house.house.hub.table(one["table"]) for one in opened]
    assert [table.replica.rules.variant for table in tables] == ["half_day", "lesson", "week"]
    assert len({table.replica.rules.digest for table in tables}) == 1


async def test_a_class_may_choose_another_reading_of_the_essay(house: Running) -> None:
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario=FLAGSHIP, switches=[INSTITUTIONS, "view_allies_uneasy"])
    table = await house.house.hub.table(made["table"])
    assert table.replica.state.switches == (INSTITUTIONS, "view_allies_uneasy")
    plain = await facilitator.post("/api/tables", scenario=FLAGSHIP)
    assert (await house.house.hub.table(plain["table"])).replica.state.switches == (SETTLEMENTS,)


async def test_a_variant_is_still_played_when_the_server_has_started_again(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        made = await (await house.facilitator()).post(
            "/api/tables", scenario=FLAGSHIP, variant="week", utc_offset_minutes=60
        )
    async with running(tmp_path) as again:
        replica = (await again.house.hub.table(made["table"])).replica
        assert (replica.rules.variant, replica.state.utc_offset_minutes) == ("week", 60)
        assert replica.rules.schedule.phases[0].deadline is not None


async def test_an_evening_that_passed_while_the_server_was_down_comes_as_much_later(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        teacher = await house.facilitator()
        made = await teacher.post("/api/tables", scenario=FLAGSHIP, variant="week", utc_offset_minutes=60)
        desk = await teacher.at_table(made["table"], "facilitator")
        await desk.does("start", empty="bot", bot="still")
        due = (await house.house.hub.table(made["table"])).replica.state.closes_at
    assert (due + HOUR_MS) % DAY_MS == 18 * HOUR_MS
    away = due - clock.now() + HOUR_MS
    await clock.advance(away)
    async with running(tmp_path, clock=clock) as again:
        await clock.waits("sweeper")
        desk = await again.same_browser(teacher).at_table(made["table"], "facilitator")
        if desk.view["clock"]["closes_at"] == due:
            await desk.until_event("time_given_back")
        assert (desk.phase, desk.view["clock"]["closes_at"]) == ("1.corridors", due + away)


async def test_a_class_plays_with_moved_walk_aways_and_somebody_alone_with_the_published_ones(house: Running) -> None:
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario=FLAGSHIP)
    moved = (await house.house.hub.table(made["table"])).replica.state.rekey
    assert sorted(moved.values()) == [-3, -2, -1, 0, 1, 2, 3]
    plain = await facilitator.post("/api/tables", scenario=FLAGSHIP, rekey=False)
    alone = await house.guest().post("/api/play", scenario=FLAGSHIP, role="RUS")
    for table in (plain["table"], alone["table"]):
        assert (await house.house.hub.table(table)).replica.state.rekey == {}


async def test_a_seat_is_briefed_and_scored_with_its_own_walk_away_as_it_is_at_this_table(house: Running) -> None:
    made = await (await house.facilitator()).post("/api/tables", scenario=FLAGSHIP, variant="lesson")
    guest = await house.seated(made["table"], made["code"], "RUS")
    desk = await guest.at_table(made["table"], "seat:RUS")
    moved = (await house.house.hub.table(made["table"])).replica.state.rekey[RoleId("RUS")]
    own = desk.view["mandate"]
    assert own["mandate"]["walk_away"] == 8 + moved
    assert own["confidential_brief"].startswith(f"Walk-away {8 + moved}: the present disturbs you")
