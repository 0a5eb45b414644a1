"""Where tests write: in memory, where the system has a folder for it, since thousands of syncs would wait for a disk.

What is to be shown of a disk asks for `tmp_path` by `from tests.support.folders import on_disk as tmp_path`.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

IN_MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes a folder of its own in it, as it does in /tmp
ENOUGH = 2 * 1024**3
"""Bytes. Containers have 64 MB by default."""
ROOT_OF_FOLDERS = "PYTEST_DEBUG_TEMPROOT"


def pytest_configure(config: pytest.Config) -> None:
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ENOUGH:
        os.environ.setdefault(ROOT_OF_FOLDERS, str(IN_MEMORY))


@pytest.fixture
def on_disk() -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="threebirds-") as folder:
        yield Path(folder)
