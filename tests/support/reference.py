"""Domains whose answers were computed elsewhere: those that may be copied, and the others where their folder is."""

import json
import os
from pathlib import Path
from typing import Any

from tests.support.checkout import ROOT

COPIED = ROOT / "tests" / "rules" / "data" / "domains.json"
ELSEWHERE = Path(os.environ.get("THREEBIRDS_REFERENCE", ROOT.parent / "shared" / "reference")) / "domains.json"


def answers(path: Path) -> dict[str, dict[str, Any]]:
    """By domain, the issues and what was computed by looking at all packages."""
    return {domain["id"]: domain for domain in json.loads(path.read_text(encoding="utf-8"))["domains"]}
