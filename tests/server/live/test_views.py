"""For every viewer and at every moment: the view that followed all changes is the snapshot, byte for byte."""

from pathlib import Path

from tests.support.clock import FakeClock
from tests.support.desks import Desk, sorted_json
from tests.support.houses import Guest, Running, running, seated_table

FLAGSHIP = "european-security-treaty"
ROLES = ("RUS", "POL", "NSG")


class Watched:
    """A client that has followed one viewer's stream from the start, and can ask what a newcomer would see."""

    def __init__(self, guest: Guest, desk: Desk) -> None:
        self._guest = guest
        self.desk = desk

    async def compare(self) -> None:
        fresh = await self._guest.at_table(self.desk.table, self.desk.viewer)
        await self.desk.until(fresh.n)
        assert self.desk.moment.held == fresh.moment.held
        assert sorted_json(self.desk.view) == sorted_json(fresh.view)
        await fresh.socket.leave()


async def watchers(house: Running) -> list[Watched]:
    table, guests = await seated_table(house, FLAGSHIP, ROLES)
    guests.append(await house.facilitator())
    viewers = [*(f"seat:{role}" for role in ROLES), "facilitator"]
    return [Watched(guest, await guest.at_table(table, viewer)) for guest, viewer in zip(guests, viewers, strict=True)]


async def test_at_every_moment_of_a_round_each_view_is_what_a_newcomer_would_see(tmp_path: Path) -> None:
    clock = FakeClock()
    async with running(tmp_path, clock=clock) as house:
        everybody = await watchers(house)
        russia, poland, chair, facilitator = (watched.desk for watched in everybody)
        steps = [
            lambda: facilitator.does("close_phase"),
            lambda: russia.does("draft", options={"frame": 2, "seat": 3}),
            lambda: russia.does("circulate", options={"frame": 2}, to=["POL"], note="For you alone."),
            lambda: poland.does("say", channel="POL+RUS", text="We have read it."),
            lambda: russia.does("take_back"),
            lambda: facilitator.does("close_phase"),
            lambda: facilitator.does("close_phase"),
            lambda: facilitator.does("pause"),
            lambda: facilitator.does("resume"),
            lambda: facilitator.does("extend", seconds=60),
            lambda: chair.does("table", options={"frame": 1, "threats": 1}, note="A charter."),
            lambda: poland.does("support", read=newest(poland), proposal=newest(poland)["id"], position="reserve"),
            lambda: russia.does("amend", read=newest(russia), proposal=newest(russia)["id"], options={"seat": 3}),
        ]
        for step in steps:
            await step()
            for watched in everybody:
                await watched.compare()
        await facilitator.does("hand_to_bot", role="POL", bot="still")
        await facilitator.does("end")
        for watched in (everybody[0], everybody[2], everybody[3]):
            await watched.compare()
        assert facilitator.view["status"] == "ended"


def newest(desk: Desk) -> dict[str, object]:
    return desk.view["proposals"][-1]
