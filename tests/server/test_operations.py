"""What an operator asks: is it ready, and what does it do."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx2 import Response
from prometheus_client.parser import text_string_to_metric_families

from tests.support.clock import FakeClock
from tests.support.houses import Running, let_pass, running, seated_table
from threebirds_server.live.sweeper import GRACE_MS
from threebirds_wire.errors import CloseCode

TOKEN = "a-token-for-metrics"
FORBIDDEN_LABELS = {"table", "role", "person", "viewer", "seat"}


@asynccontextmanager
async def metered(data: Path, clock: FakeClock | None = None) -> AsyncGenerator[Running]:
    async with running(data, clock=clock, metrics_token=TOKEN, actions_per_minute=100_000) as house:
        yield house


async def asked(house: Running, path: str, **headers: str) -> Response:
    return await house.guest().http.get(path, headers=headers)


async def numbers(house: Running) -> dict[str, float]:
    """Every sample by its name and labels, as they are written."""
    answer = await asked(house, "/metrics", authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    samples = [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]
    assert not FORBIDDEN_LABELS & {label for sample in samples for label in sample.labels}
    return {f"{one.name}{sorted(one.labels.items())}": one.value for one in samples}


def grown(before: dict[str, float], after: dict[str, float], name: str, **labels: str) -> float:
    key = f"threebirds_{name}{sorted(labels.items())}"
    return after[key] - before.get(key, 0)


async def test_a_server_that_can_write_is_ready(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        answer = await asked(house, "/readyz")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
        assert (await asked(house, "/healthz")).json() == {"status": "ok"}


async def test_a_server_that_drains_is_alive_and_not_ready(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        await house.house.hub.drain()
        answer = await asked(house, "/readyz")
        assert (answer.status_code, answer.json()["reason"]) == (503, "draining")
        assert (await asked(house, "/healthz")).status_code == 200


async def test_a_server_whose_committer_has_ended_is_not_ready(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        await house.house.committer.close()
        assert (await asked(house, "/readyz")).json()["reason"] == "committer_stopped"


async def test_a_database_that_somebody_else_holds_is_noticed_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threebirds_server.operations.readiness.ANSWER_WITHIN_S", 0.05)
    async with running(tmp_path) as house:
        other = sqlite3.connect(tmp_path / "threebirds.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        slow = [(await asked(house, "/readyz")).json()["reason"] for _ in range(3)]
        other.execute("ROLLBACK")
        other.close()
        monkeypatch.undo()
        assert slow == ["database_slow"] * 3
        assert (await asked(house, "/readyz")).status_code == 200


@pytest.mark.parametrize("shown", [{}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}])
async def test_metrics_are_for_whoever_bears_their_token(tmp_path: Path, shown: dict[str, str]) -> None:
    async with metered(tmp_path) as house:
        answer = await asked(house, "/metrics", **shown)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthenticated")


async def test_without_a_token_nobody_reads_metrics(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        assert (await asked(house, "/metrics", authorization="Bearer ")).status_code == 401


async def test_actions_are_counted_by_kind_and_outcome_and_commits_by_size(tmp_path: Path) -> None:
    async with metered(tmp_path) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        desk = await guest.at_table(table, "seat:SUP")
        await desk.until_event("attended")
        before = await numbers(house)
        cid = desk.cid()
        for _ in range(2):
            await desk.act("say", cid=cid, action={"channel": "plenary", "text": "Good morning."})
        await desk.act("table", action={"options": {"price": 1}}, dry=True)
        await desk.act("say", phase="lobby", action={"channel": "plenary", "text": "Too late."})
        after = await numbers(house)
    assert grown(before, after, "actions_total", kind="say", outcome="done") == 1
    assert grown(before, after, "actions_total", kind="say", outcome="repeated") == 1
    assert grown(before, after, "actions_total", kind="table", outcome="dry") == 1
    assert grown(before, after, "actions_total", kind="say", outcome="wrong_phase") == 1
    assert grown(before, after, "commits_total", outcome="written") == 1
    assert grown(before, after, "commit_actions_sum") == 1
    assert grown(before, after, "commit_seconds_count") == 1


async def test_streams_are_counted_by_how_they_begin_and_how_they_end(tmp_path: Path) -> None:
    async with metered(tmp_path) as house:
        table, (guest,) = await seated_table(house, "winter", ["SUP"])
        before = await numbers(house)
        desk = await guest.at_table(table, "seat:SUP")
        again = await guest.connect(table, "seat:SUP", since=desk.moment)
        elsewhere = desk.moment._replace(mark="0" * 16)
        await (await guest.connect(table, "seat:SUP", since=elsewhere)).read_until("snapshot")
        during = await numbers(house)
        assert grown(before, during, "resumes_total", mode="snapshot", reason="none") == 1
        assert grown(before, during, "resumes_total", mode="replay", reason="none") == 1
        assert grown(before, during, "resumes_total", mode="snapshot", reason="history_differs") == 1
        assert (grown(before, during, "sockets"), during["threebirds_tables[]"]) == (3, 1)
        (slow, *_) = (await house.house.hub.table(table)).listeners
        slow.dismiss(CloseCode.SLOW)
        await slow.gone.wait()
        after = await numbers(house)
        assert grown(during, after, "closed_total", why="slow") == 1
        await again.socket.leave()


async def test_how_late_phases_close_and_the_loop_wakes_is_measured(tmp_path: Path) -> None:
    clock = FakeClock()
    async with metered(tmp_path, clock) as house:
        await seated_table(house, "winter", ["SUP"])
        await let_pass(clock, 220_000 + GRACE_MS)
        after = await numbers(house)
        assert after["threebirds_phase_late_seconds_count[]"] == 1
        assert after["threebirds_phase_late_seconds_sum[]"] == 0
        assert "threebirds_loop_lag_seconds_count[]" in after


async def test_two_servers_in_one_process_count_apart(tmp_path: Path) -> None:
    async with metered(tmp_path / "one") as one, metered(tmp_path / "other") as other:
        await asyncio.gather(seated_table(one, "winter", ["SUP"]), other.facilitator())
        assert (await numbers(one))["threebirds_actions_total[('kind', 'start'), ('outcome', 'done')]"] == 1
        assert not any("actions_total" in name for name in await numbers(other))
