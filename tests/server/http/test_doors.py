"""Coming in over HTTP: playing alone, joining by code, sitting down, coming back, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import CountingIds, FakeClock
from tests.support.houses import Guest, Running, running
from threebirds_wire.limits import PUBLISHED


async def a_table(house: Running) -> dict[str, str]:
    return await (await house.facilitator()).post("/api/tables", scenario="winter", name="Table 1")


async def refused(guest: Guest, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    response = await guest.asks(path, **body)
    return response.status_code, response.json()["error"]


async def test_a_body_that_says_it_is_a_form_as_curls_do_is_read_as_json(house: Running) -> None:
    asked = '{"scenario": "winter", "role": "SUP"}'
    form = {"content-type": "application/x-www-form-urlencoded"}
    response = await house.guest().http.post("/api/play", content=asked, headers=form)
    assert response.status_code == 201, response.text


async def test_the_scenarios_are_listed_with_what_one_chooses_by(house: Running) -> None:
    winter, shield, flagship = await house.guest().get("/api/scenarios")
    assert (winter["id"], winter["articles"], winter["packages"]) == ("winter", 3, 27)
    assert (shield["id"], shield["packages"], len(shield["roles"])) == ("shield", 243, 4)
    assert (flagship["articles"], flagship["packages"]) == (13, 11_943_936)
    assert [role["role"] for role in flagship["roles"] if role["optional"]] == ["GBR", "ITA"]


async def test_play_makes_a_running_table_with_bots_and_a_link_to_come_back(house: Running) -> None:
    guest = house.guest()
    response = await guest.asks("/api/play", scenario="winter", role="BUY", name="Anna")
    played = response.json()
    desk = await guest.at_table(played["table"], played["viewer"])
    assert response.status_code == 201
    assert desk.view["status"] == "running"
    assert [seat["bot"] for seat in desk.view["seats"]] == ["conceder", None]
    again = await house.guest().post("/api/session", token=played["token"])
    assert again == {"table": played["table"], "viewer": "seat:BUY", "person": played["person"], "name": "Anna"}


async def test_scenarios_are_offered_in_the_language_that_is_asked_for(house: Running) -> None:
    winter, shield, _ = await house.guest().get("/api/scenarios?language=ru-RU")
    assert (winter["title"], winter["language"], winter["languages"]) == ("Зима", "ru", ["en", "ru"])
    assert winter["roles"][0]["name"] == "Поставщик (Россия)"
    assert (shield["title"], shield["language"], shield["names"]) == ("Shield", "en", ["historical", "invented"])


async def test_a_game_is_played_in_its_own_language_and_names(house: Running) -> None:
    guest = house.guest()
    played = await guest.post("/api/play", scenario="winter", role="BUY", language="ru", names="invented")
    desk = await guest.at_table(played["table"], "seat:BUY")
    assert desk.view["treaty"]["language"] == "ru"
    names = [seat["name"] for seat in desk.view["seats"]]
    assert names == ["Поставщик (Орвания)", "Покупатели (Лаврийское сообщество)"]
    assert "Ваш порог: 6." in desk.view["mandate"]["confidential_brief"]


async def test_tables_of_one_scenario_have_words_of_their_own(house: Running) -> None:
    facilitator = await house.facilitator()
    asked: tuple[dict[str, str], ...] = ({"language": "ru"}, {"names": "invented"}, {})
    made = [await facilitator.post("/api/tables", scenario="winter", **words) for words in asked]
    joined = [await house.guest().post("/api/join", code=table["code"], name="Anna") for table in made]
    assert [(one["title"], one["seats"][0]["name"]) for one in joined] == [
        ("Зима", "Поставщик (Россия)"),
        ("Winter", "Supplier (Orvania)"),
        ("Winter", "Supplier (Russia)"),
    ]


async def test_a_table_keeps_its_words_when_the_server_comes_back(tmp_path: Path, clock: FakeClock) -> None:
    ids = CountingIds()
    async with running(tmp_path, clock=clock, ids=ids) as house:
        played = await house.guest().post("/api/play", scenario="winter", role="BUY", language="ru", name="Anna")
    async with running(tmp_path, clock=clock, ids=ids) as house:
        guest = house.guest()
        await guest.post("/api/session", token=played["token"])
        desk = await guest.at_table(played["table"], "seat:BUY")
        assert desk.view["treaty"]["title"] == "Зима"


async def test_play_seats_an_optional_role_too(house: Running) -> None:
    guest = house.guest()
    played = await guest.post("/api/play", scenario="european-security-treaty", role="ITA")
    desk = await guest.at_table(played["table"], "seat:ITA")
    assert "GBR" not in [seat["role"] for seat in desk.view["seats"]]


@pytest.mark.parametrize("written", ["{code}", "{dashed}", "{lower}", " {dashed} "])
async def test_a_code_is_read_as_people_write_it(house: Running, written: str) -> None:
    made = await a_table(house)
    code = made["code"]
    dashed = f"{code[:4]}-{code[4:]}"
    typed = written.format(code=code, dashed=dashed, lower=dashed.lower())
    joined = await house.guest().post("/api/join", code=typed, name="Boris")
    assert joined["table"] == made["table"]
    assert joined["title"] == "Table 1"
    assert [(seat["role"], seat["taken_by"]) for seat in joined["seats"]] == [("SUP", []), ("BUY", [])]


async def test_several_people_share_a_seat_and_others_see_their_names(house: Running) -> None:
    made = await a_table(house)
    await house.seated(made["table"], made["code"], "SUP")
    await house.seated(made["table"], made["code"], "SUP")
    joined = await house.guest().post("/api/join", code=made["code"], name="Third")
    assert joined["seats"][0]["taken_by"] == ["SUP one", "SUP one"]


async def test_joining_twice_from_one_browser_under_one_name_is_joining_once(house: Running) -> None:
    made, guest = await a_table(house), house.guest()
    first = await guest.post("/api/join", code=made["code"], name="Anna")
    again = await guest.post("/api/join", code=made["code"], name="Anna")
    other = await guest.post("/api/join", code=made["code"], name="Boris")
    assert again["person"] == first["person"] != other["person"]


async def test_one_browser_can_hold_two_seats_and_gets_a_ticket_for_each(house: Running) -> None:
    made, guest = await a_table(house), house.guest()
    for name, role in (("Anna", "SUP"), ("Boris", "BUY")):
        person = (await guest.post("/api/join", code=made["code"], name=name))["person"]
        await guest.post("/api/seat", table=made["table"], role=role, person=person)
    desks = [await guest.at_table(made["table"], f"seat:{role}") for role in ("SUP", "BUY")]
    assert [desk.view["viewer"] for desk in desks] == ["seat:SUP", "seat:BUY"]
    people = (await guest.get("/api/me"))["people"]
    assert sorted((person["name"], person["viewer"], person["seat"]) for person in people) == [
        ("Anna", "seat:SUP", "Supplier (Russia)"),
        ("Boris", "seat:BUY", "Buyers (European Union)"),
    ]


async def test_an_unknown_code_is_a_coded_error(house: Running) -> None:
    status, fault = await refused(house.guest(), "/api/join", code="2345-6789", name="Anna")
    assert (status, fault["code"], fault["path"]) == (404, "unknown_table", "code")


async def test_wrong_codes_are_limited_by_address_and_right_ones_never(house: Running, clock: FakeClock) -> None:
    made = await a_table(house)
    guest = house.guest()
    seen = [(await refused(guest, "/api/join", code="2345-6789", name="x"))[1]["code"] for _ in range(31)]
    assert seen == ["unknown_table"] * 30 + ["rate_limited"]
    await guest.post("/api/join", code=made["code"], name="Anna")
    await clock.advance(10 * 60_000)
    assert (await refused(guest, "/api/join", code="2345-6789", name="x"))[1]["code"] == "unknown_table"


async def test_every_field_that_is_wrong_is_named(house: Running) -> None:
    status, fault = await refused(house.guest(), "/api/join", cod="2345-6789", name=7)
    assert (status, fault["code"]) == (400, "bad_frame")
    assert [problem["path"] for problem in fault["details"]["errors"]] == ["code", "name", "cod"]


@pytest.mark.parametrize(
    ("body", "path", "hint"),
    [
        ({"scenario": "wintr", "role": "SUP"}, "scenario", "winter"),
        ({"scenario": "winter", "role": "SUPP"}, "role", "SUP"),
        ({"scenario": "winter", "role": "SUP", "bot": "concedr"}, "bot", "conceder"),
        ({"scenario": "winter", "role": "SUP", "language": "rus"}, "language", "ru"),
        ({"scenario": "winter", "role": "SUP", "names": "secret"}, "names", "invented"),
    ],
)
async def test_a_wrong_name_is_answered_with_the_nearest_one(
    house: Running, body: dict[str, str], path: str, hint: str
) -> None:
    status, fault = await refused(house.guest(), "/api/play", **body)
    assert (status, fault["code"], fault["path"]) == (422, "invalid_action", path)
    assert hint in fault["message"]


async def test_an_empty_name_is_refused_by_the_rules(house: Running) -> None:
    made = await a_table(house)
    status, fault = await refused(house.guest(), "/api/join", code=made["code"], name="   ")
    assert (status, fault["code"], fault["path"]) == (422, "invalid_action", "name")


async def test_nobody_gets_a_ticket_for_somebody_elses_seat(house: Running) -> None:
    made = await a_table(house)
    supplier = await house.seated(made["table"], made["code"], "SUP")
    await house.seated(made["table"], made["code"], "BUY")
    asked = [
        await refused(supplier, "/api/ticket", table=made["table"], viewer=name) for name in ("seat:BUY", "facilitator")
    ]
    assert [(status, fault["code"]) for status, fault in asked] == [(403, "not_your_seat")] * 2


async def test_a_table_one_has_not_joined_looks_like_one_that_is_not_there(house: Running) -> None:
    made = await a_table(house)
    guest = house.guest()
    await guest.post("/api/play", scenario="winter", role="SUP")
    real, none = [
        await guest.asks("/api/ticket", table=table, viewer="seat:SUP") for table in (made["table"], "t_none")
    ]
    assert (real.status_code, real.content) == (404, none.content)


async def test_a_stranger_gets_no_ticket_and_no_seat(house: Running) -> None:
    made = await a_table(house)
    for path, body in (("/api/ticket", {"viewer": "seat:SUP"}), ("/api/seat", {"role": "SUP"})):
        status, fault = await refused(house.guest(), path, table=made["table"], **body)
        assert (status, fault["code"]) == (401, "unauthenticated")


async def test_the_facilitators_link_works_once(house: Running) -> None:
    token = await house.house.sessions.make_facilitator_link()
    first, second = house.guest(), house.guest()
    assert await first.post("/api/facilitator", token=token) == {"facilitator": True}
    status, fault = await refused(second, "/api/facilitator", token=token)
    assert (status, fault["code"]) == (401, "unauthenticated")
    assert (await first.get("/api/me"))["facilitator"] is True


@pytest.mark.parametrize("path", ["/api/tables"])
async def test_only_the_facilitator_makes_and_lists_tables(house: Running, path: str) -> None:
    guest = house.guest()
    await guest.post("/api/play", scenario="winter", role="SUP")
    status, fault = await refused(guest, path, scenario="winter")
    listed = await guest.http.get(path)
    assert (status, fault["code"]) == (403, "forbidden")
    assert listed.status_code == 403


async def test_the_desk_lists_tables_with_seats_and_phase(house: Running) -> None:
    facilitator = await house.facilitator()
    made = await facilitator.post("/api/tables", scenario="winter", name="Table 7")
    await house.guest().post("/api/play", scenario="winter", role="SUP", name="Anna")
    rows = {row["title"]: row for row in await facilitator.get("/api/tables")}
    assert rows["Table 7"]["status"] == "lobby"
    assert rows["Table 7"]["phase"] is None
    assert rows["Table 7"]["code"] == made["code"]
    assert (rows["Winter"]["round"], rows["Winter"]["phase"]) == (1, "1.table")
    assert rows["Winter"]["seats"][0]["taken_by"] == ["Anna"]


async def test_an_unknown_link_is_refused_and_opens_no_session(house: Running) -> None:
    guest = house.guest()
    status, fault = await refused(guest, "/api/session", token="made-up")
    assert (status, fault["code"]) == (401, "unauthenticated")
    assert not guest.http.cookies


async def test_the_limits_are_published(house: Running) -> None:
    limits = await house.guest().get("/api/limits")
    assert limits["frame_bytes"] == PUBLISHED.frame_bytes
    assert limits["actions_per_minute"] == PUBLISHED.actions_per_minute


async def test_the_process_says_that_it_is_well(house: Running) -> None:
    assert await house.guest().get("/healthz") == {"status": "ok"}
