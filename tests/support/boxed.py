"""Loads hostile documents in a process of its own, which ends itself if it works for too long.

Run as a module it does the work, for as many slipped documents as it is told, and prints a `Report`.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator
from time import process_time

import msgspec
from msgspec import Struct

from tests.support.checkout import ROOT
from tests.support.hostile import HOSTILE, slipped
from tests.support.memory import highest_memory
from threebirds_rules.loading import RuleSetError, load, load_scenario

GUARD = 300
"""Seconds of processor time for all documents together: nobody waits for ever."""


class Report(Struct):
    """`megabytes`: how far the process grew above what it had before; `lost`: documents without an answer, and why."""

    documents: int
    slowest: str
    seconds: float
    megabytes: float
    lost: list[str]


def boxed(slips: int) -> Report:
    """All hostile documents, and so many slipped ones."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(slips)], cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=GUARD
    )
    return msgspec.json.decode(done.stdout, type=Report)


def documents(slips: int) -> Iterator[tuple[str, str | bytes]]:
    yield from ((name, write()) for name, write in HOSTILE.items())
    yield from ((f"slip {seed}", slipped(seed)) for seed in range(slips))


def unanswered(document: str | bytes) -> str | None:
    """What is wrong with the loader's answer: no rule set, and no problems with places in the document."""
    data = document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass")
    try:
        load(document, source="x.yaml")
    except RuleSetError as error:
        # YAML has line ends that Python has not, and the end of a document may be a line of its own.
        last = len(data.decode("utf-8", "replace").splitlines()) + 1
        wrong = [problem for problem in error.problems if not (1 <= problem.line <= last and problem.column > 0)]
        return f"{wrong[0]} is nowhere" if wrong else None
    except Exception as error:  # noqa: BLE001  # that is what is looked for
        return repr(error)
    return None


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (GUARD, GUARD))
    load_scenario("winter")
    before = highest_memory()
    report = Report(0, "", 0, 0, [])
    for name, document in documents(int(sys.argv[1])):
        began = process_time()
        wrong = unanswered(document)
        spent = process_time() - began
        report.documents += 1
        if spent > report.seconds:
            report.slowest, report.seconds = name, spent
        if wrong is not None:
            report.lost.append(f"{name}: {wrong}")
    report.megabytes = highest_memory() - before
    sys.stdout.buffer.write(msgspec.json.encode(report))


if __name__ == "__main__":
    main()
