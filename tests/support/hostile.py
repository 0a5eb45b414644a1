"""Documents that somebody wrote to break the loader, and our own with slips of the pen in them."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path
from random import Random

from threebirds_rules.loading import MAX_BYTES, scenario_ids, scenario_text
from threebirds_rules.loading.vocabulary import MAX_NODES

DATA = Path(__file__).parents[1] / "rules" / "data"
LEAST = (DATA / "least.yaml").read_text(encoding="utf-8")
RIVER = (DATA / "river.yaml").read_text(encoding="utf-8")
FLAGSHIP = scenario_text("european-security-treaty")
SOUND = (*map(scenario_text, scenario_ids()), LEAST, RIVER)

LONG = "n" * 56


def filled(part: str, *, before: str = "", after: str = "") -> str:
    """As often as it goes into a mebibyte."""
    room = MAX_BYTES - len((before + after).encode("utf-8", "surrogatepass"))
    return before + part * (room // len(part.encode("utf-8", "surrogatepass"))) + after


def many(count: int, part: Callable[[int], str], *, before: str = "", after: str = "") -> str:
    return before + ", ".join(map(part, range(count))) + after


def longest(text: str) -> str:
    """A whole scenario with all its sections written again and again."""
    lines = text.splitlines(keepends=True)
    repeated = islice(cycle(lines[lines.index("roles:\n") :]), 40_000)
    return ("".join(lines) + "".join(repeated)).encode()[:MAX_BYTES].decode(errors="ignore")


def bomb(width: int, levels: int) -> str:
    rows = (f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * width)}]\n" for at in range(1, levels))
    return "a0: &a0 [x, x]\n" + "".join(rows)


def waking(rules: int, names: int) -> str:
    """Cards that wake rules with almost the names of others."""
    sleeping = many(rules, lambda at: f"{{id: {LONG}{at}, sleeps: true}}", before="rules: [", after="]\n")
    return LEAST + sleeping + many(names, lambda at: f"{LONG}x{at}", before="cards: [{wakes: [", after="]}]\n")


def naming(variables: int) -> str:
    """The least document with so many names, all of them wrong."""
    return many(variables, lambda at: f"{LONG}{at}: 1", before=f"{LEAST}names: {{", after="}\n")


HOSTILE: Mapping[str, Callable[[], str]] = {
    "open lists": lambda: filled("["),
    "open mappings": lambda: filled("{a: "),
    "dashes": lambda: filled("- "),
    "question marks": lambda: filled("? "),
    "closing brackets": lambda: filled("]"),
    "colons": lambda: filled(": "),
    "commas": lambda: filled(",", before="["),
    "a quote that never closes": lambda: filled("x", before='a: "'),
    "escapes": lambda: filled("\\x41", before='a: "', after='"'),
    "a key of a mebibyte": lambda: filled("x", before="? "),
    "a text of a mebibyte": lambda: filled("x", before="title: "),
    "a text of words": lambda: filled("x ", before="title: "),
    "a number of a mebibyte": lambda: filled("9", before="minutes: "),
    "a float of a mebibyte": lambda: filled("9", before="minutes: 0."),
    "an exponent of a mebibyte": lambda: filled("9", before="minutes: 1e"),
    "a number in hexadecimal": lambda: filled("f", before="minutes: 0x"),
    "blanks": lambda: filled(" "),
    "tabs": lambda: filled("\t", before="a:"),
    "line ends": lambda: filled("\n"),
    "other line ends": lambda: filled("\u2028"),
    "comments": lambda: filled("#\n"),
    "small values": lambda: filled("1,", before="[", after="]"),
    "small lists": lambda: filled("[],", before="[", after="]"),
    "small mappings": lambda: filled("{},", before="[", after="]"),
    "the same key": lambda: "a: 1\n" * (MAX_NODES // 2 - 1),
    "keys of the document": lambda: LEAST + "".join(f"{LONG}{at}: 1\n" for at in range(9_900)),
    "keys of a role": lambda: LEAST.replace(
        "roles:\n", many(9_900, lambda at: f"{LONG}{at}: 1", before="roles:\n  - {", after="}\n")
    ),
    "roles that are nothing": lambda: many(19_000, lambda at: "{}", before="roles: [", after="]"),
    "names that nobody has": lambda: many(19_000, lambda at: f"A{at}", before=f"{LEAST}fill_order: [", after="]"),
    "long names that nobody has": lambda: waking(200, 14_000),
    "long names that thousands have": lambda: waking(2_000, 9_000),
    "ids of half a mebibyte": lambda: LEAST.replace("id: A,", f"id: {'ab' * 200_000},").replace(
        "members: [A", f"members: [{'ba' * 200_000}"
    ),
    "groups of thousands": lambda: many(
        9_000, lambda at: f"a{at}", before=LEAST.replace("[A, B]", f"[{'g, ' * 5_000}]") + "groups: {g: [", after="]}"
    ),
    "conditions of unknown names": lambda: many(
        2_000, lambda at: f"{{when: {{{LONG}{at}: [1], deal: [9]}}}}", before=f"{LEAST}rules: [", after="]"
    ),
    "conditions in conditions": lambda: f"{LEAST}rules: [{{id: x, when: {'{all: [' * 8}{']}' * 8}}}]\n",
    "formulas of each other": lambda: (
        LEAST
        + "gauges:\n"
        + "".join(
            many(40, lambda part: f"g{part}: 1", before=f"  - {{id: g{at}, name: g, formula: {{", after="}}\n")
            for at in range(40)
        )
    ),
    "formulas upon formulas": lambda: (
        f"{LEAST}gauges:\n  - {{id: g0, name: g}}\n"
        + "".join(
            many(at, lambda part: f"g{part}: 0", before=f"  - {{id: g{at}, name: g, formula: {{", after="}}\n")
            for at in range(1, 40)
        )
    ),
    "a long name again and again": lambda: (
        f'{LEAST}names: {{a: {{historical: {"n" * 400_000}, invented: n}}}}\nreservations: "{"{a}" * 190_000}"\n'
    ),
    "variables that nobody has": lambda: many(
        9_000, lambda at: f"'{{v{at}}}'", before=f"{naming(4_500)}sources: [", after="]"
    ),
    "thousands of languages": lambda: many(
        5_000, lambda at: f"l{at}: 1", before=f"{naming(4_500)}translations: {{", after="}"
    ),
    "anchors": lambda: many(19_000, lambda at: f"&a{at} x", before="[", after="]"),
    "aliases": lambda: many(19_000, lambda at: "*a", before="x: &a y\nz: [", after="]"),
    "a bomb of aliases": lambda: bomb(9, 1_900),
    "merge keys": lambda: "x: &a {y: 1}\n" + "<<: *a\n" * 9_900,
    "tags": lambda: many(19_000, lambda at: "!!python/object/apply:os.system x", before="[", after="]"),
    "directives": lambda: filled("%YAML 1.2\n"),
    "documents": lambda: filled("---\n"),
    "nul": lambda: filled("\0"),
    "byte order marks": lambda: filled("\ufeff"),
    "right to left": lambda: filled("\u202e"),
    "outside of the first plane": lambda: filled("\U0001f426", before="title: "),
    "half pairs": lambda: filled("\ud800", before="title: "),
    "folded text": lambda: filled("  x\n\n", before="title: >\n"),
    "literal text": lambda: filled("  x\n", before="title: |\n"),
    "dates": lambda: many(19_000, lambda at: "2010-01-01", before="minutes: [", after="]"),
    "a scenario again and again": lambda: longest(FLAGSHIP),
    "a scenario with a long end": lambda: filled("# x\n", before=FLAGSHIP),
}

SLIPS = (
    *("[", "]", "{", "}", "- ", ": ", "? ", "'", '"', "|\n", ">\n", "#", ",", "\n", "\t", "  ", "---\n", "...\n", "%"),
    *("*a", "&a ", "!!int ", "!<x> ", "<<: *a\n", "\0", "\ufeff", "\u2028", "\u202e", "é", "\U0001f426", "\x85"),
    *("NO", "~", "null", "true", "-1", "0x1F", "1e999", ".nan", "-.inf", "1_000", "2010-01-01", "12:30", "9" * 100_000),
    *(
        "[" * 30,
        "{a: " * 30,
        "k" * 5_000,
        "id: roles\n",
        "when: {all: []}\n",
        "points: [[0, 1], [0, 2]]\n",
        "x" * 9_000,
    ),
)


def slipped(seed: int) -> bytes:
    """A sound document with some slips of the pen; the same seed makes the same ones."""
    chance = Random(seed)  # a test's own chance
    document = chance.choice(SOUND).encode()
    for _ in range(chance.randint(1, 4)):
        document = chance.choice((_flip, _put, _cut, _double, _drop, _swap))(document, chance)
    return document


def _flip(document: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(document) + 1)
    return document[:at] + chance.randbytes(1) + document[at + 1 :]


def _put(document: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(document) + 1)
    return document[:at] + chance.choice(SLIPS).encode() + document[at:]


def _cut(document: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(document) + 1)
    return document[:at] + document[at + chance.choice((1, 3, 40, 4_000)) :]


def _double(document: bytes, chance: Random) -> bytes:
    lines = document.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    some = lines[at : at + chance.randint(1, 30)]
    return b"".join((*lines[:at], *some * chance.choice((2, 2, 50)), *lines[at + len(some) :]))


def _drop(document: bytes, chance: Random) -> bytes:
    lines = document.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    return b"".join((*lines[:at], *lines[at + chance.randint(1, 5) :]))


def _swap(document: bytes, chance: Random) -> bytes:
    lines = document.splitlines(keepends=True)
    if len(lines) < 2:
        return document
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)
