"""Which code folds logs and words frames. What it has worked out is used again only by the very same code."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

PACKAGES = ("threebirds_rules", "threebirds_wire", "threebirds_server.live")


@cache
def engine_version() -> str:
    """A hash of the sources themselves: a number that people have to raise is forgotten once."""
    hashed = blake2b(msgspec.__version__.encode(), digest_size=16)
    for package in PACKAGES:
        for name, source in sorted(_sources(files(package), package)):
            hashed.update(blake2b(name.encode()).digest() + blake2b(source).digest())
    return hashed.hexdigest()


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(".py"):
            yield f"{name}/{entry.name}", entry.read_bytes()
