"""Packages drawn evenly, the same on every machine."""

import numpy as np

from threebirds_rules.analysis.blocks import Block
from threebirds_rules.analysis.model import Model


def sampled(model: Model, packages: int) -> Block:
    """A block of this many packages, some of which may be equal."""
    counter = np.arange(packages * len(model.sizes), dtype=np.uint64).reshape(packages, -1)
    options = (_mixed(counter) >> np.uint64(32)) % np.array(model.sizes, np.uint64)
    return Block(model, np.zeros((1, 0), np.uint8), options.astype(np.uint8))


def _mixed(
    counter: np.ndarray[tuple[int, ...], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """SplitMix64 (Steele, Lea and Flood 2014) of a counter: every bit depends on every bit."""
    mixed = (counter + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
