"""What may lie on a disk after the power has gone: everything that was synced, and of the rest whatever got there."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.tracing import Call, acknowledged
from threebirds_rules.chance import draw

SECTOR = 512
PAGE = 4_096


class Cut(NamedTuple):
    """`files` are by name what lies there; `acknowledged` are the requests of which clients had been told."""

    files: dict[str, bytes]
    acknowledged: frozenset[int]


class Disk:
    """Files by path, and what was written to them since they were last synced."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._durable = {path: bytearray(content) for path, content in files.items()}
        self._pending: list[Call] = []

    def take(self, call: Call) -> None:
        if call.path not in self._durable:
            return
        if call.what == "sync":
            for one in self._pending:
                if one.path == call.path:
                    apply(self._durable[call.path], one)
            self._pending = [one for one in self._pending if one.path != call.path]
        elif call.what != "send":
            self._pending.append(call)

    def after(self, survivors: Iterable[Call]) -> dict[str, bytes]:
        files = {path: bytearray(content) for path, content in self._durable.items()}
        for one in survivors:
            apply(files[one.path], one)
        return {Path(path).name: bytes(content) for path, content in files.items()}

    def cut(self, seed: str, number: int) -> dict[str, bytes]:
        """By turns: nothing of what was not synced, some sectors, some pages, all but the end of the last one."""
        match number % 4:
            case 0:
                return self.after(())
            case 1:
                return self.after(some(self._pending, SECTOR, seed, number))
            case 2:
                return self.after(some(self._pending, PAGE, seed, number))
            case _:
                return self.after(torn(self._pending, seed, number))


def apply(content: bytearray, call: Call) -> None:
    if call.what == "truncate":
        del content[call.offset :]
        content.extend(bytes(call.offset - len(content)))
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + len(call.data)] = call.data


def some(pending: Sequence[Call], size: int, seed: str, number: int) -> Iterator[Call]:
    for at, call in enumerate(pending):
        for start in range(0, max(1, len(call.data)), size):
            if draw(seed, number, at, start) % 2:
                yield call._replace(data=call.data[start : start + size], offset=call.offset + start)


def torn(pending: Sequence[Call], seed: str, number: int) -> Iterator[Call]:
    yield from pending[:-1]
    for last in pending[-1:]:
        yield last._replace(data=last.data[: draw(seed, number) % (len(last.data) + 1)])


def cuts(files: dict[str, bytes], seen: Sequence[Call], number: int, seed: str) -> Iterator[Cut]:
    """So many moments at which the power goes, spread over all that was seen."""
    disk = Disk(files)
    told: set[int] = set()
    moments = sorted((draw(seed, "moment", one) % len(seen), one) for one in range(number))
    at = 0
    for moment, one in moments:
        for call in seen[at:moment]:
            disk.take(call)
            told.update(acknowledged(call))
        at = max(at, moment)
        yield Cut(disk.cut(seed, one), frozenset(told))
