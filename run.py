#!/usr/bin/env python3
"""Three Birds from a checkout. Needs Python 3.11 or newer and, the first time, a network.

python3 run.py [serve] [OPTION...]   make what is missing and start the server; `serve --help` lists the options
python3 run.py setup                 make what is missing
python3 run.py test [ARGUMENT...]    all checks and all tests; with arguments for pytest, these tests alone
python3 run.py test --long           the same with the figures of a night: more kills, more seeds, more load
python3 run.py check                 the checks alone
python3 run.py bench NAME            measure: hub, engine, analysis, loading or negmas; minutes on a quiet machine
python3 run.py lock [--upgrade]      write requirements/*.lock anew after a change of dependencies in pyproject.toml
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # whoever has an older one shall read a sentence, not a traceback
    sys.exit("Three Birds needs Python 3.11 or newer, and this is %d.%d." % sys.version_info[:2])  # noqa: UP031

import hashlib
import importlib.util
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
UV = ROOT / ".uv" / PROGRAMS
VENV = ROOT / ".venv" / PROGRAMS
WEB = ROOT / "client" / "web"
BUNDLE = ROOT / "server" / "threebirds_server" / "web"
LOCKS = ROOT / "requirements"
BENCHES = ("hub", "engine", "analysis", "loading", "negmas")
NOT_SOURCES = {"node_modules", "tests"}

OFFLINE = re.compile(
    r"name resolution|getaddrinfo|new connection|dns error|timed out|E(AI_AGAIN|NOTFOUND|CONN|TIMEDOUT)"
)
NO_NETWORK = "There is no network. Run the command again when there is: what was done so far is kept."
NEVER_COMPILED = "PYTHONDONTWRITEBYTECODE"
"""A test run starts hundreds of processes of the same code; where this is set each of them compiles it all anew."""
NO_VENV = "This Python cannot make environments. On Debian and Ubuntu: `apt install python3-venv`, then try again."


def say(text: str) -> None:
    print(text, flush=True)


# --- what is there already -------------------------------------------------------------------------------------------


def digest(files: Iterable[Path], *more: str) -> str:
    seen = hashlib.sha256("\0".join(more).encode())
    for file in sorted(files):
        seen.update(f"\0{file.relative_to(ROOT).as_posix()}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def stamp(name: str) -> Path:
    return ROOT / ".stamps" / name


def stamped(name: str) -> str:
    return stamp(name).read_text() if stamp(name).exists() else ""


@contextmanager
def making(what: str, name: str, mark: str) -> Generator[None]:
    """Around the steps that make something: marked as made when they have all gone well, and not before."""
    say(f"Making {what} ...")
    stamp(name).parent.mkdir(exist_ok=True)
    stamp(name).unlink(missing_ok=True)
    yield
    stamp(name).write_text(mark)


# --- making what is missing ------------------------------------------------------------------------------------------


def step(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run quietly; if it fails, show what it said and stop."""
    done = subprocess.run(
        command, cwd=cwd, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode == 0:
        return
    if OFFLINE.search(done.stdout):
        sys.exit(NO_NETWORK)
    say(done.stdout)
    sys.exit(f"`{Path(command[0]).name} {command[1]}` failed: the lines above are its own words.")


def environment() -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != NEVER_COMPILED},
        "PATH": f"{VENV}{os.pathsep}{os.environ.get('PATH', '')}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }


def make_uv() -> None:
    lock = LOCKS / "uv.lock"
    mark = digest([lock], sys.version, str(ROOT))
    if stamped("uv") == mark and (UV / "python").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(NO_VENV)
    with making("the installer (uv)", "uv", mark):
        step(sys.executable, "-m", "venv", "--clear", ROOT / ".uv")
        step(UV / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", lock)


def make_python(lock: str) -> None:
    """The environment `.venv` with the packages of a lock. `dev` has all that `run` has."""
    place = f"{sys.version} {ROOT}"
    marks = {
        name: f"{name} {digest([LOCKS / f'{name}.lock', ROOT / 'pyproject.toml'], place)}" for name in ("run", "dev")
    }
    enough = {marks["dev"], marks[lock]}
    if stamped("python") in enough and (VENV / "python").exists():
        return
    if stamped("python").startswith("dev"):
        lock = "dev"
    make_uv()
    uv = UV / "uv"
    if stamped("venv") != place or not (VENV / "python").exists():
        with making("a Python environment", "venv", place):
            step(uv, "venv", "--quiet", "--clear", "--python", sys.executable, ROOT / ".venv")
    with making("the Python packages", "python", marks[lock]):
        into = ("--quiet", "--python", str(VENV / "python"))
        step(uv, "pip", "sync", *into, "--require-hashes", LOCKS / f"{lock}.lock")
        step(uv, "pip", "install", *into, "--no-deps", "--no-build-isolation", "--editable", ROOT)


def make_web() -> None:
    """The web client's packages, and the pages that the server shows."""
    npm = VENV / "npm"
    packages = digest([WEB / "package-lock.json"], str(ROOT))
    if stamped("npm") != packages or not (WEB / "node_modules").exists():
        with making("the web client's packages", "npm", packages):
            step(npm, "ci", "--no-audit", "--no-fund", cwd=WEB)
    sources = digest(web_sources(), packages)
    if stamped("web") != sources or not (BUNDLE / "index.html").exists():
        with making("the web client", "web", sources):
            step(npm, "run", "build", cwd=WEB)


def web_sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder, name) for name in files)


def set_up() -> None:
    make_python("run")
    make_web()


# --- the parts of a test run -----------------------------------------------------------------------------------------

Command = tuple[str | Path, ...]
Parts = dict[str, tuple[Command, ...]]
PYTEST: Command = (VENV / "python", "-m", "pytest")
LONG = "--long"
ENDS_WITHIN_S = 2_400
"""What takes longer in a short run hangs."""
STOPS_WITHIN_S = 60
LANES = 2
IN_ALL = "in all"
KILLS = "proof: kills, outages, load, models"
SEEDS = "proof: seeds, secrets, mutations"
AT_MOST_S = {KILLS: 300, SEEDS: 300, IN_ALL: 900}
"""What a run may take on two cores that do nothing else; more is said and fails nothing. A long run has no limit."""
PROOF = {KILLS: ("tests/proof", "tests/faults", "tests/model"), SEEDS: ("tests/simulation", "tests/fuzz")}
"""That nothing is lost and nothing leaks, in two parts for the two lanes. The only tests that `--long` makes longer."""


def covered(package: str, tests: str) -> tuple[Command, Command]:
    """Run the tests of a package but for the `uncovered`, and fail if they leave a branch of it untried."""
    data = f"--data-file=.coverage.{tests}"
    coverage = (VENV / "python", "-m", "coverage")
    run = (*coverage, "run", data, f"--source={package}", "-m", "pytest", f"tests/{tests}", "-m", "not uncovered")
    return run, (*coverage, "report", data)


def apart(*left_out: str) -> Command:
    return (*PYTEST, "tests", *(f"--ignore={path}" for path in left_out))


CHECKS: Parts = {
    "ruff check": ((VENV / "ruff", "check", "--quiet"),),
    "ruff format": ((VENV / "ruff", "format", "--check", "--quiet"),),
    "imports": ((VENV / "lint-imports", "--no-logo"),),
    "dependencies": ((VENV / "deptry", "game_rules", "server", "client/python", "migrations"),),
    "types": ((VENV / "basedpyright",),),
    "web types": ((VENV / "npm", "--prefix", WEB, "run", "check"),),
}
TESTS: Parts = {
    "other tests": (apart("tests/rules", "tests/wire", "tests/e2e", *PROOF[KILLS], *PROOF[SEEDS]),),
    "rules tests": (*covered("threebirds_rules", "rules"), (*PYTEST, "tests/rules", "-m", "uncovered")),
    "wire tests": covered("threebirds_wire", "wire"),
    "web tests": ((VENV / "npm", "--prefix", WEB, "test"),),
}
BROWSER: Parts = {"browser tests": ((*PYTEST, "tests/e2e"),)}


def proof(*arguments: str) -> Parts:
    return {name: ((*PYTEST, *folders, *arguments),) for name, folders in PROOF.items()}


class Run:
    """Parts, timed; a failed one does not stop the others."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self.within_s: int | None = None
        """Whatever takes longer is stopped and has failed."""
        self._began = time.monotonic()

    def part(self, name: str, work: Callable[[], bool]) -> None:
        say(f"\n=== {name}")
        began = time.monotonic()
        if not work():
            self.failed.append(name)
        self.seconds[name] = time.monotonic() - began

    def parts(self, parts: Parts) -> None:
        """One after the other."""
        for name, commands in parts.items():
            self.part(name, lambda commands=commands: all(succeeds(command, self.within_s) for command in commands))

    def side_by_side(self, parts: Parts) -> None:
        """As many at once as there are lanes. What a part says is shown as a whole, when it has ended."""
        with ThreadPoolExecutor(LANES) as lanes:
            for _ in lanes.map(self._heard, parts, parts.values()):
                pass

    def _heard(self, name: str, commands: tuple[Command, ...]) -> None:
        began = time.monotonic()
        said: list[str] = []
        passed = all(hears(command, said, self.within_s) for command in commands)
        self.seconds[name] = time.monotonic() - began
        if not passed:
            self.failed.append(name)
        say(f"\n=== {name}\n{''.join(said)}".rstrip())

    def close(self, at_most: dict[str, int]) -> int:
        self.seconds[IN_ALL] = time.monotonic() - self._began
        say("\nseconds  part")
        for name, seconds in self.seconds.items():
            say(f"{seconds:7.1f}  {name}{limit(seconds, at_most.get(name))}{'  FAILED' if name in self.failed else ''}")
        say(f"\nFailed: {', '.join(self.failed)}." if self.failed else "\nAll parts passed.")
        return 1 if self.failed else 0


def limit(seconds: float, most: int | None) -> str:
    if most is None:
        return ""
    return f" (more than {most})" if seconds > most else f" (at most {most})"


def succeeds(command: Command, within_s: int | None = None) -> bool:
    return ended_well(command, within_s, None)


def hears(command: Command, said: list[str], within_s: int | None = None) -> bool:
    # A file and no pipe: a pipe ends only when the last stray child of a child has closed it.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        well = ended_well(command, within_s, file)
        file.seek(0)
        said.append(file.read())
    return well


def ended_well(command: Command, within_s: int | None, into: IO[str] | None) -> bool:
    error = subprocess.STDOUT if into else None
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=into, stderr=error) as child:
        try:
            return child.wait(within_s) == 0
        except subprocess.TimeoutExpired:
            stop(child)
    print(f"Stopped: it had not ended after {within_s} s.", file=into, flush=True)
    return False


def stop(child: "subprocess.Popen[bytes]") -> None:
    """As Ctrl+C does: pytest says where it was and ends what it had started."""
    with suppress(subprocess.TimeoutExpired):
        child.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        child.wait(STOPS_WITHIN_S)
    child.kill()


def made(make: Callable[[], None]) -> bool:
    try:
        make()
    except SystemExit as stop:
        say(str(stop))
        return False
    return True


def prepared() -> Run:
    """A run with what it needs. A web client that cannot be built is one failure among others."""
    run = Run()
    run.part("set-up", lambda: made(lambda: make_python("dev")))
    if run.failed:
        sys.exit(run.close({}))
    run.part("web build", lambda: made(make_web))
    return run


# --- commands --------------------------------------------------------------------------------------------------------


def serve(arguments: list[str]) -> NoReturn:
    set_up()
    program = VENV / "threebirds"
    if os.name == "nt":
        sys.exit(subprocess.call([program, "serve", *arguments]))
    sys.stdout.flush()
    os.execv(program, ["threebirds", "serve", *arguments])


def setup(_: list[str]) -> int:
    set_up()
    say("Everything is there. `python3 run.py` starts the server.")
    return 0


def test(arguments: list[str]) -> int:
    run = prepared()
    run.within_s = None if LONG in arguments else ENDS_WITHIN_S
    run.part("browser", lambda: succeeds((VENV / "python", "-m", "tests.support.chromium")))
    if arguments in ([], [LONG]):
        # The longest first: then both lanes end at about the same time.
        run.side_by_side(proof(*arguments) | TESTS | CHECKS)
        run.parts(BROWSER)
    else:
        run.parts({"tests": ((*PYTEST, *arguments),)})
    return run.close({} if LONG in arguments else AT_MOST_S)


def check(_: list[str]) -> int:
    run = prepared()
    run.side_by_side(CHECKS)
    return run.close({})


def bench(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in BENCHES:
        sys.exit(f"Say what to measure: {', '.join(BENCHES)}.")
    prepared()
    return 0 if succeeds((VENV / "python", "-m", f"tests.benchmarks.{arguments[0]}")) else 1


def lock(arguments: list[str]) -> int:
    """Hashes and no addresses: the same files serve whatever index a machine takes its packages from."""
    make_uv()
    extras = ("--extra", "server", "--extra", "analysis")
    wanted = {
        "dev": ["pyproject.toml", "--all-extras", "--group", "dev"],
        "run": ["pyproject.toml", *extras, "--group", "build", "--constraint", LOCKS / "dev.lock"],
        "uv": ["--group", "uv"],
    }
    how = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    for name, of in wanted.items():
        step(UV / "uv", "pip", "compile", *of, *how, *arguments, "--output-file", LOCKS / f"{name}.lock")
    return 0


def main(arguments: list[str]) -> int:
    commands = {"serve": serve, "setup": setup, "test": test, "check": check, "bench": bench, "lock": lock}
    if arguments and arguments[0] in ("-h", "--help"):
        say(str(__doc__))
        return 0
    name, rest = (
        (arguments[0], arguments[1:]) if arguments and not arguments[0].startswith("-") else ("serve", arguments)
    )
    if name not in commands:
        sys.exit(f"There is no command {name!r}: try {', '.join(commands)}.")
    try:
        return commands[name](rest)
    except PermissionError as error:
        sys.exit(f"{error.filename or ROOT} cannot be written: make this folder your own, or copy it to one that is.")
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
