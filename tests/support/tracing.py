"""What a process and its threads write, sync and send, as `strace` saw it."""

import asyncio
import re
import signal
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal, NamedTuple

CALLS = "pwrite64,write,writev,sendto,sendmsg,fdatasync,fsync,ftruncate"
SYNCS = frozenset({"fdatasync", "fsync"})
SENDS = frozenset({"write", "writev", "sendto", "sendmsg"})
WHOLE = 70_000
"""How much of what is written is kept: more than a page, so all of it."""
HEAD = 300
"""Enough to know an acknowledgement by."""

_LINE = re.compile(r"(\d+) +(\w+)\(\d+<(.*?)>(?=[,) ])(.*)")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>")
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_NUMBERS = re.compile(r", (\d+)(?=[,) ])")
_HEX = re.compile(r"\\x([0-9a-f]{2})")

What = Literal["write", "truncate", "sync", "send"]


class Call(NamedTuple):
    """One call in the order in which they counted: a write and a send when they began, a sync when it was done."""

    what: What
    path: str
    data: bytes = b""
    offset: int = 0


@asynccontextmanager
async def traced(pids: Sequence[int], into: Path, *, kept: int) -> AsyncGenerator[None]:
    """Watch these processes, all their threads and their children."""
    chosen = [word for pid in pids for word in ("-p", str(pid))]
    how = ("-f", "-yy", "-xx", "-s", str(kept), "-e", f"trace={CALLS}", "-o", str(into))
    strace = await asyncio.create_subprocess_exec("strace", *how, *chosen, stderr=asyncio.subprocess.PIPE)
    assert strace.stderr is not None
    for _ in pids:
        line = (await strace.stderr.readline()).decode()
        assert "attached" in line, line
    try:
        yield
    finally:
        strace.send_signal(signal.SIGINT)
        await strace.stderr.read()
        await strace.wait()


def calls(trace: Path) -> Iterator[Call]:
    syncing: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            if resumed := _RESUMED.match(line):
                if resumed[2] in SYNCS:
                    yield Call("sync", syncing.pop(resumed[1]))
            elif begun := _LINE.match(line):
                thread, name, file, rest = begun.groups()
                path = _HEX.sub(lambda found: chr(int(found[1], 16)), file)
                if name in SYNCS and rest.endswith("<unfinished ...>"):
                    syncing[thread] = path
                else:
                    yield call(name, path, rest)


def call(name: str, path: str, rest: str) -> Call:
    data = b"".join(bytes.fromhex(found.replace("\\x", "")) for found in _BYTES.findall(rest))
    numbers = [int(found) for found in _NUMBERS.findall(rest)]
    if name in SYNCS:
        return Call("sync", path)
    if name == "ftruncate":
        return Call("truncate", path, offset=numbers[0])
    if name == "pwrite64":
        return Call("write", path, data, numbers[-1])
    return Call("send", path, data)


REPLY = re.compile(rb'"type":"reply","id":(\d+),"ok":true')


def acknowledged(call: Call) -> list[int]:
    """The numbers of the requests that this call tells somebody are done."""
    return [int(found) for found in REPLY.findall(call.data)] if call.what == "send" else []


class Order(NamedTuple):
    """How many acknowledgements left, how many syncs of the log there were, and what left too early."""

    acks: int
    syncs: int
    violations: int


def in_order(seen: Iterator[Call], log: str) -> Order:
    """Each acknowledgement, of which one is under way at a time, leaves after a sync of its own of the log's files."""
    acks = syncs = violations = 0
    dirty, synced = False, False
    for one in seen:
        if log in one.path:
            if one.what == "sync":
                syncs += 1
                synced, dirty = True, False
            elif one.what in ("write", "send"):
                dirty = True
        elif done := acknowledged(one):
            acks += len(done)
            violations += dirty or not synced
            synced = False
    return Order(acks, syncs, violations)
