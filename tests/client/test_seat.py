"""A seat on a real server, over a network that breaks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.client.relay import Relay, relay_to
from tests.client.served import served
from threebirds_client import (
    ActionRefusedError,
    Door,
    DoorClosedError,
    Place,
    Seat,
    SeatLostError,
    connect,
    play,
)
from threebirds_client.playing import TRIES
from threebirds_rules import actions as asked
from threebirds_rules.actions import Given
from threebirds_rules.names import ChannelId, IssueId, ProposalId
from threebirds_rules.scoring import score
from threebirds_rules.strategy import Move, Strategy
from threebirds_rules.views.shapes import View
from threebirds_wire.errors import CloseCode

HELLO = asked.Say(channel=ChannelId("plenary"), text="Good morning.")
MUTUAL_STAKES = asked.Table(options={IssueId("investment"): 2})


class Passing:
    """Passes whatever comes."""

    def choose(self, view: View, *, chance: str) -> Move | None:
        return Move(action=asked.Pass()) if any(legal.kind == "pass" for legal in view.legal) else None


@asynccontextmanager
async def a_place(data: Path, other: Strategy | None = None) -> AsyncGenerator[tuple[Relay, str, Place]]:
    """The supplier's place at a table of Winter, behind a relay; the buyers do nothing, or what `other` does."""
    async with served(data, bot=other) as (_, port), relay_to(port) as (relay, url):
        async with Door(url) as door:
            place = await door.play("winter", "SUP", name="Ann")
        yield relay, url, place


@asynccontextmanager
async def a_seat(data: Path, other: Strategy | None = None) -> AsyncGenerator[tuple[Relay, Seat]]:
    async with a_place(data, other) as (relay, url, place), seat_at(url, place) as seat:
        yield relay, seat


@asynccontextmanager
async def seat_at(url: str, place: Place) -> AsyncGenerator[Seat]:
    assert place.viewer is not None
    async with connect(url, table=place.table, viewer=place.viewer, token=place.token) as seat:
        yield seat


def said(seat: Seat) -> list[str]:
    return [message.text for channel in seat.view.channels for message in channel.messages]


async def test_a_seat_sees_its_own_view_from_the_start(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        assert seat.view.viewer == "seat:SUP"
        assert seat.mandate.role == "SUP"
        assert seat.view.status == "running"


async def test_what_was_done_is_in_the_view_when_it_is_acknowledged(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        reply = await seat.act(HELLO)
        assert said(seat) == ["Good morning."]
        assert reply.n == seat.n


async def test_what_happens_is_told_in_order(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        await seat.act(HELLO)
        await seat.act(MUTUAL_STAKES)
        events = [await anext(seat)]
        while events[-1].kind != "tabled":
            events.append(await anext(seat))
        assert [event.n for event in events] == list(range(events[0].n, events[-1].n + 1))
        assert [event.fields["text"] for event in events if event.kind == "said"] == ["Good morning."]


async def test_an_answer_to_a_text_names_the_version_that_is_seen(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        await seat.act(MUTUAL_STAKES)
        [text] = seat.view.proposals
        await seat.act(asked.Amend(proposal=text.id, options={IssueId("price"): 1}))
        assert len(seat.view.proposals[0].versions) == 2


async def test_an_answer_to_an_older_version_is_refused(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        await seat.act(MUTUAL_STAKES)
        [text] = seat.view.proposals
        old = Given(proposal=text.id, version=1, digest=text.versions[0].digest)
        await seat.act(asked.Amend(proposal=text.id, options={IssueId("price"): 1}))
        with pytest.raises(ActionRefusedError) as refused:
            await seat.act(asked.Amend(proposal=text.id, options={IssueId("price"): 2}), given=old)
        assert refused.value.code == "stale_proposal"


async def test_a_refusal_says_why_and_the_seat_stays(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        with pytest.raises(ActionRefusedError) as refused:
            await seat.act(asked.Table(options={IssueId("prise"): 1}))
        assert (refused.value.code, refused.value.error.path) == ("invalid_action", "options.prise")
        await seat.act(HELLO)


async def test_what_the_server_finds_too_long_is_refused_and_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client of a later release may think that longer frames are allowed."""
    monkeypatch.setattr("threebirds_wire.client.FRAME_BYTES", 1_000_000)
    async with a_seat(tmp_path) as (relay, seat):
        before = relay.connections
        with pytest.raises(ActionRefusedError) as refused:
            await seat.act(asked.Say(channel=HELLO.channel, text="x" * 70_000))
        await seat.act(HELLO)
        assert (refused.value.code, relay.connections) == ("too_large", before + 1)
        assert said(seat) == ["Good morning."]


async def test_what_is_only_tried_changes_nothing(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        before = seat.view
        assert (await seat.act(MUTUAL_STAKES, dry=True)).ok
        assert seat.view.proposals == before.proposals


async def test_the_server_scores_as_the_mandate_does(tmp_path: Path) -> None:
    packages = [(0, 0, 0), (0, 1, 2), (2, 2, 2)]
    async with a_seat(tmp_path) as (_, seat):
        answered = await seat.score(packages, explain=True)
        assert [one.score for one in answered.scores] == [score(seat.mandate, package) for package in packages]
        assert answered.explanation is not None
        assert answered.explanation.total == answered.scores[0].score


async def test_scores_of_what_is_no_package_are_refused(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (_, seat):
        with pytest.raises(ActionRefusedError):
            await seat.score([(9, 9, 9)])


async def test_after_a_break_the_seat_goes_on_where_it_was(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (relay, seat):
        await seat.act(HELLO)
        relay.cut()
        await seat.act(MUTUAL_STAKES)
        assert said(seat) == ["Good morning."]
        assert len(seat.view.proposals) == 1


async def test_what_is_asked_while_nobody_is_there_is_done_later_and_once(tmp_path: Path) -> None:
    async with a_seat(tmp_path) as (relay, seat):
        relay.down = True
        relay.cut()
        asking = asyncio.create_task(seat.act(HELLO))
        relay.down = False
        await asking
        assert said(seat) == ["Good morning."]


async def test_an_action_whose_answer_was_lost_is_not_done_twice(tmp_path: Path) -> None:
    async with a_place(tmp_path) as (relay, url, place), seat_at(url, place) as seat, seat_at(url, place) as witness:
        relay.mute = True
        asking = asyncio.create_task(seat.act(HELLO))
        await _reached(relay)
        relay.cut()
        relay.mute = False
        assert (await asking).ok
        await witness.act(MUTUAL_STAKES)
        assert said(witness) == ["Good morning."]


async def _reached(relay: Relay) -> None:
    """Return when something has gone to the server."""
    relay.heard.clear()
    await relay.heard.wait()


async def test_a_strategy_plays_to_the_end(tmp_path: Path) -> None:
    async with a_seat(tmp_path, Passing()) as (_, seat):
        await play(seat, Passing(), chance="any")
        assert seat.view.outcome is not None
        assert seat.view.outcome.result == "no_agreement"


class Unruly:
    """Asks for what it may not, and lets it be known when it has done so `enough` times."""

    def __init__(self, enough: int) -> None:
        self.chances: list[str] = []
        self.reached = asyncio.Event()
        self._enough = enough

    def choose(self, view: View, *, chance: str) -> Move | None:
        self.chances.append(chance)
        if len(self.chances) == self._enough:
            self.reached.set()
        return Move(action=asked.CallVote(proposal=ProposalId("none")))


async def test_a_strategy_that_is_refused_tries_again_with_other_chances_but_not_for_ever(tmp_path: Path) -> None:
    unruly = Unruly(enough=TRIES)
    async with a_seat(tmp_path) as (_, seat):
        await seat.act(HELLO)
        playing = asyncio.create_task(play(seat, unruly, chance="any"))
        await unruly.reached.wait()
        await seat.score([(0, 0, 0)])
        await seat.score([(0, 0, 0)])
        assert len(unruly.chances) == len(set(unruly.chances)) == TRIES
        playing.cancel()


async def test_a_ticket_opens_a_seat_once(tmp_path: Path) -> None:
    async with a_place(tmp_path) as (relay, url, place), Door(url) as door:
        assert place.viewer is not None
        await door.come_back(place.token)
        ticket = await door.ticket(place.table, place.viewer)
        async with connect(url, table=place.table, viewer=place.viewer, ticket=ticket) as seat:
            await seat.act(HELLO)
            relay.cut()
            with pytest.raises(SeatLostError, match="good for one connection"):
                await seat.act(HELLO)


async def test_a_false_ticket_opens_nothing(tmp_path: Path) -> None:
    async with a_place(tmp_path) as (_, url, place):
        with pytest.raises(SeatLostError) as lost:
            async with connect(url, table=place.table, viewer="seat:SUP", ticket="false"):
                pass
        assert lost.value.code == CloseCode.BAD_TOKEN


async def test_a_false_link_opens_nothing(tmp_path: Path) -> None:
    async with a_place(tmp_path) as (_, url, place):
        with pytest.raises(SeatLostError, match="unauthenticated"):
            async with connect(url, table=place.table, viewer="seat:SUP", token="false"):  # a false one
                pass


async def test_a_seat_that_is_given_to_another_is_lost(tmp_path: Path) -> None:
    async with served(tmp_path) as (house, port):
        url = f"http://127.0.0.1:{port}"
        facilitator = await house.facilitator()
        made = await facilitator.post("/api/tables", scenario="winter")
        async with Door(url) as door:
            place = await door.sit(await door.join(made["code"], name="Ann"), "SUP")
            async with seat_at(url, place) as seat:
                await door.sit(place, "BUY")
                with pytest.raises(SeatLostError) as lost:
                    await _watched(seat)
                assert lost.value.code == CloseCode.SEAT_GIVEN


async def _watched(seat: Seat) -> None:
    """Look on for as long as there is something to see."""
    async for _ in seat:
        pass


async def test_a_seat_that_was_left_tells_nothing_more(tmp_path: Path) -> None:
    async with a_place(tmp_path) as (_, url, place):
        async with seat_at(url, place) as seat:
            pass
        assert [event async for event in seat if event.kind == "said"] == []
        with pytest.raises(SeatLostError):
            await seat.act(HELLO)


async def test_the_door_says_what_is_wrong(tmp_path: Path) -> None:
    async with a_place(tmp_path) as (_, url, place), Door(url) as door:
        with pytest.raises(DoorClosedError) as refused:
            await door.join("ABCDEFGH", name="Ann")
        assert refused.value.code == "unknown_table"
        with pytest.raises(DoorClosedError) as refused:
            await door.ticket(place.table, "seat:SUP")
        assert refused.value.code == "unauthenticated"
