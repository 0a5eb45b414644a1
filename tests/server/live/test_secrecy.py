"""Two tables that differ only in what Russia alone may know send Poland the same bytes, over HTTP and the socket."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.clock import FakeClock
from tests.support.desks import Desk
from tests.support.houses import Guest, Running, running
from tests.support.lines import lines
from threebirds_rules.engine import Passage, Recall
from threebirds_rules.events import Event
from threebirds_rules.loading import load
from threebirds_rules.names import RoleId
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import State
from threebirds_rules.viewers import Viewer
from threebirds_server.live import replica
from threebirds_server.rulebook import Shipped

FLAGSHIP = (files("threebirds_rules") / "scenarios" / "european-security-treaty.yaml").read_text(encoding="utf-8")
ORDINARY = (
    "comfort: 8\n    weights: {m: 4, v: 1, g: 7, t: 3, s: 5}",
    "Walk-away {walk_away}: the present disturbs you",
)
OTHERS = (
    "comfort: 17\n    weights: {m: 1, v: 7, g: 2, t: 6, s: 1}",
    "A brief of another length. The present disturbs you",
)


class Secrets(NamedTuple):
    """A document in which Russia has other values, and what Russia does that nobody but Germany sees."""

    document: str
    drafts: Sequence[dict[str, int]]
    notes: Sequence[str]


def other_document() -> str:
    document = FLAGSHIP
    for ordinary, other in zip(ORDINARY, OTHERS, strict=True):
        assert ordinary in document
        document = document.replace(ordinary, other)
    return document


NAMED = "01234567-89ab-7000-8000-00000000000"
LOOKED_AT = ("seat:POL", "observer", "public", "seat:RUS", "facilitator")


QUIET = Secrets(FLAGSHIP, [], [])
BUSY = Secrets(other_document(), [{"frame": 2}, {"seat": 3, "status": 2}], ["One.", "Two, and longer.", "Three."])


class Bench(NamedTuple):
    facilitator: Desk
    russia: Desk
    germany: Desk
    poland: Desk
    guest: Guest


async def a_bench(house: Running, secrets: Secrets) -> Bench:
    shipped = Shipped(load(secrets.document, source="a test"), secrets.document)
    table = await house.house.tables.make_with(shipped, None)
    guests = [await house.seated(table.id, table.code, role) for role in ("RUS", "DEU", "POL")]
    desk = await (await house.facilitator()).at_table(table.id, "facilitator")
    await desk.does("start", empty="bot", bot="still")
    seats = zip(guests, ("RUS", "DEU", "POL"), strict=True)
    desks = [await guest.at_table(table.id, f"seat:{role}") for guest, role in seats]
    return Bench(desk, desks[0], desks[1], desks[2], guests[2])


async def in_secret(bench: Bench, secrets: Secrets) -> None:
    for options in secrets.drafts:
        await bench.russia.does("draft", options=options)
    for text in secrets.notes:
        await bench.russia.does("say", channel="RUS+DEU", text=text)
    if secrets.notes and bench.russia.phase.endswith("corridors"):
        await bench.russia.does("circulate", options={"frame": 2}, to=["DEU"], note=secrets.notes[-1])
    await bench.russia.act("withdraw", action={"proposal": "none of ours"})


async def go_to(bench: Bench, phase: str) -> None:
    while bench.facilitator.phase != phase:
        await bench.facilitator.does("close_phase")
    for desk in (bench.russia, bench.germany, bench.poland):
        while desk.phase != phase:
            await desk.read_until("event")


async def in_public(bench: Bench) -> None:
    """What everybody sees, and what Poland asks for."""
    poland, russia = bench.poland, bench.russia
    await russia.does("say", channel="plenary", text="Good morning.")
    await poland.does("draft", options={"conflicts": 1})
    await poland.does("say", channel="DEU+POL", text="And what do they want?")
    poland.socket.send({"type": "typing", "table": poland.table, "viewer": poland.viewer, "channel": "plenary"})
    packages = [[0] * 13, [1] * 13]
    ask = {"table": poland.table, "viewer": poland.viewer, "packages": packages, "explain": True}
    poland.socket.send({"type": "score", "id": 900, **ask})
    await poland.reply(900)
    await poland.act("vote", action={"proposal": "p_no_such_text", "choice": "yes"})


async def over_http(bench: Bench) -> list[str]:
    """What Poland does and looks at without a socket: whole answers, and the lines of a stream."""
    guest, poland = bench.guest, bench.poland
    at = f"/api/tables/{poland.table}"
    body = {"viewer": poland.viewer, "phase": poland.phase}
    asked = [{"kind": "say", "channel": "plenary", "text": "By post."}, {"kind": "withdraw", "proposal": "p_none"}]
    bodies = [{**body, "cid": f"{NAMED}{place}", "action": action} for place, action in enumerate(asked)]
    answers = [
        *[await guest.http.post(f"{at}/actions", json=body) for body in bodies],
        *[await guest.http.get(f"{at}/view?viewer={viewer}") for viewer in LOOKED_AT],
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 200, 200, 200, 403, 403]
    stream = lines(guest, poland.table, poland.viewer, **poland.moments[2].held)
    await stream.open()
    await stream.receive_until("presence")
    said = [f"{answer.status_code} {sorted(answer.headers.items())} {answer.text}" for answer in answers]
    return [*said, str(sorted(stream.headers.items())), *stream.texts]


async def what_poland_gets(data: Path, secrets: Secrets) -> list[str]:
    """Every frame of Poland's socket, and the bodies of what its browser asks for, in order."""
    clock = FakeClock()
    async with running(data, clock=clock) as house:
        bench = await a_bench(house, secrets)
        await go_to(bench, "1.corridors")
        await in_secret(bench, secrets)
        await in_public(bench)
        await go_to(bench, "1.plenary")
        await bench.poland.does("table", options={"conflicts": 1}, note="Ours.")
        await clock.advance(9_999)
        await in_secret(bench, secrets)
        await bench.germany.does("say", channel="plenary", text="Let us begin.")
        await clock.advance(1)
        await bench.poland.read_until("ping")
        await bench.poland.does("say", channel="plenary", text="We listen.")
        poland = bench.poland
        poland.socket.send({"type": "pull", "table": poland.table, "viewer": poland.viewer, "after": 3})
        while (await poland.socket.receive_until("event"))["n"] < poland.n:
            pass
        me = await bench.guest.http.get("/api/me")
        later = await bench.guest.at_table(bench.poland.table, "seat:POL")
        by_post = await over_http(bench)
        return [*poland.socket.texts, me.text, *later.socket.texts, *by_post]


async def test_poland_gets_the_same_bytes_whatever_russia_keeps_to_itself(tmp_path: Path) -> None:
    quiet = await what_poland_gets(tmp_path / "quiet", QUIET)
    busy = await what_poland_gets(tmp_path / "busy", BUSY)
    assert len(quiet) > 20
    assert quiet == busy


async def test_russia_itself_gets_other_bytes(tmp_path: Path) -> None:
    views: list[Any] = []
    for secrets in (QUIET, BUSY):
        async with running(tmp_path / str(len(views)), clock=FakeClock()) as house:
            views.append((await a_bench(house, secrets)).russia.view)
    assert views[0]["mandate"]["mandate"]["values"] != views[1]["mandate"]["mandate"]["values"]


def every_event_to_everybody(_event: Event, _viewer: Viewer) -> bool:
    return True


class TheNumberOfAllDrafts(Passage):
    def __init__(self, rules: RuleSet, before: State, after: State, recall: Recall) -> None:
        super().__init__(rules, before, after, recall)
        self._drafts = len(after.drafts.get(RoleId("RUS"), {}))

    def changes(self, viewer: Viewer) -> Any:
        changes = super().changes(viewer)
        return [*changes, (("treaty", "minutes"), self._drafts)] if changes else changes


@pytest.mark.parametrize(("name", "leak"), [("may_see", every_event_to_everybody), ("Passage", TheNumberOfAllDrafts)])
async def test_a_leak_that_is_planted_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, leak: Callable[..., Any]
) -> None:
    monkeypatch.setattr(replica, name, leak)
    quiet = await what_poland_gets(tmp_path / "quiet", QUIET)
    busy = await what_poland_gets(tmp_path / "busy", BUSY)
    assert quiet != busy
