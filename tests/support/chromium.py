"""The browser of the tests. `python -m tests.support.chromium` sees to it that there is one.

It looks for one on the PATH; as root, takes the distribution's; else lets Playwright fetch its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
MISSING = (
    "No Chromium on this machine, and none could be installed: install the package `chromium` (as root: "
    "`apt-get install chromium`), or run `.venv/bin/playwright install chromium`."
)


class NoChromiumError(Exception):
    def __init__(self) -> None:
        super().__init__(MISSING)


def flags() -> list[str]:
    # Chromium's sandbox refuses to work for root.
    return [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]


def find_chromium() -> Path:
    """Raise `NoChromiumError`."""
    candidates = [Path(found) for name in NAMES if (found := shutil.which(name))]
    for candidate in [*candidates, _of_playwright()]:
        if candidate.exists() and _starts(candidate):
            return candidate
    raise NoChromiumError


def _of_playwright() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _starts(program: Path) -> bool:
    """Some distributions have a script of that name which only tells to install something else."""
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def _install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = ("chromium", "fonts-liberation")
        _try("apt-get", "update", "-qq")
        _try("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
    else:
        _try(sys.executable, "-m", "playwright", "install", "chromium")


def _try(*command: str) -> None:
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def main() -> int:
    try:
        find_chromium()
    except NoChromiumError:
        _install()
        try:
            find_chromium()
        except NoChromiumError as error:
            print(error, file=sys.stderr)  # noqa: T201  # a command of its own
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
