"""The counts of one server in the form that Prometheus reads.

Each server has a registry of its own. No label names a table, a role or a person: but even the sums tell of what is
secret at a table (that somebody circulates a paper, say), so they are for the operator alone.
"""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from threebirds_wire.errors import CloseCode

COMMIT_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
LAG_S = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
LATE_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60)
BATCH = (1, 2, 4, 8, 16, 32, 64, 128, 256)
LAG_EVERY_S = 0.5


class Metrics:
    """A `Meter`."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._actions = self._counter("actions", "Actions answered, by kind and outcome", "kind", "outcome")
        self._commits = self._counter("commits", "Batches handed to the database, by outcome", "outcome")
        self._batch = self._histogram("commit_actions", "Actions in one commit", BATCH)
        self._commit_s = self._histogram("commit_seconds", "How long a commit takes", COMMIT_S)
        self._resumes = self._counter("resumes", "Streams begun, by mode and by why with a snapshot", "mode", "reason")
        self._closed = self._counter("closed", "Connections that the server closed, by why", "why")
        self._lag_s = self._histogram("loop_lag_seconds", "How late the event loop wakes who waits for a time", LAG_S)
        self._late_s = self._histogram("phase_late_seconds", "How long after it could a phase was closed", LATE_S)

    def watch(self, name: str, what: str, now: Callable[[], float]) -> None:
        """A number that is looked up whenever somebody asks."""
        Gauge(f"threebirds_{name}", what, registry=self._registry).set_function(now)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    async def feel_the_pulse(self) -> None:
        """Measure for ever how late the loop is."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_EVERY_S
            await asyncio.sleep(LAG_EVERY_S)
            self._lag_s.observe(max(0.0, loop.time() - due))

    def acted(self, kind: str, outcome: str, /) -> None:
        self._actions.labels(kind, outcome).inc()

    @contextmanager
    def commit(self, appends: int, /) -> Generator[None]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        outcome = "failed"
        try:
            yield
            outcome = "written"
        finally:
            self._commits.labels(outcome).inc()
            self._batch.observe(appends)
            self._commit_s.observe(loop.time() - began)

    def resumed(self, mode: str, reason: str, /) -> None:
        self._resumes.labels(mode, reason).inc()

    def closed(self, code: int, /) -> None:
        self._closed.labels(CloseCode(code).name.lower()).inc()

    def late(self, ms: int, /) -> None:
        self._late_s.observe(ms / 1_000)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"threebirds_{name}", what, labels, registry=self._registry)

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"threebirds_{name}", what, buckets=buckets, registry=self._registry)
