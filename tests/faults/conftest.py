"""What fails here fails on a disk."""

from tests.support.folders import on_disk as tmp_path

__all__ = ["tmp_path"]
