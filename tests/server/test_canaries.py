"""Canaries: whatever is secret holds a word that nobody else would write, and no log, count or error may show it."""

import io
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest

from tests.support.bots import Failing
from tests.support.clock import CountingIds
from tests.support.houses import Guest, Running, running
from tests.support.long_runs import Counts
from threebirds_rules.chance import token
from threebirds_server.logs import set_up_logs
from threebirds_server.ports import JoinCode
from threebirds_wire.frames import TableId

SEED = "yellow birds"
SLICE = 8
ECHOED = "sent to a socket"


class Canaries:
    """Makes one for each secret, and remembers it."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}

    def sing(self, name: str) -> str:
        return self.made.setdefault(name, token(SEED, name))

    def heard_in(self, text: str) -> list[str]:
        """Which of them stand there, whole or in part, in any form that a program might write."""
        lower = text.lower()
        return sorted({name for name, word in self.made.items() for form in forms(word) if form.lower() in lower})


def forms(word: str) -> Iterator[str]:
    for start in range(len(word) - SLICE + 1):
        yield word[start : start + SLICE]
    for pad in ("", "x", "xx"):
        # Whatever stands before it, four letters of base64 are three of its bytes.
        yield b64encode(f"{pad}{word}".encode()).decode().rstrip("=")[4:-4]
    yield word.encode().hex()
    yield quote("/ü " + word)[-SLICE * 2 :]
    yield word.encode("unicode_escape").decode()


class SecretIds(CountingIds):
    """Everything that opens a door is a canary. Tables and people have ordinary names: a log may show them."""

    def __init__(self, canaries: Canaries) -> None:
        super().__init__()
        self._canaries = canaries
        self._drawn = 0

    def token(self) -> str:
        self._drawn += 1
        return self._canaries.sing(f"token {self._drawn}")

    def seed(self) -> str:
        return self._canaries.sing("seed")

    def salt(self) -> str:
        self._drawn += 1
        return self._canaries.sing(f"salt {self._drawn}")

    def code(self) -> JoinCode:
        return JoinCode("HJKMNPQR")


def test_a_canary_is_heard_in_every_form() -> None:
    canaries = Canaries()
    word = canaries.sing("one")
    shapes = [
        f"before {word} after",
        word[5:14],
        b64encode(f"name={word}".encode()).decode(),
        b64encode(f"a{word}!".encode()).decode(),
        word.encode().hex().upper(),
        quote(f"{word}&"),
    ]
    assert [canaries.heard_in(shape) for shape in shapes] == [["one"]] * len(shapes)
    assert canaries.heard_in(token(SEED, "another")) == []


async def test_no_log_no_count_and_no_error_shows_what_is_secret(
    tmp_path: Path, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    canaries = Canaries()
    log = io.StringIO()
    set_up_logs("debug", log, as_json=True)
    metrics = canaries.sing("metrics token")
    async with running(tmp_path, bot=Failing(), ids=SecretIds(canaries), metrics_token=metrics) as house:
        told = await played(house, canaries, monkeypatch)
        shown = await house.guest().http.get("/metrics", headers={"authorization": f"Bearer {metrics}"})
    assert shown.status_code == 200
    counts(canaries=len(canaries.made), errors=len(told), log_lines=log.getvalue().count("\n"))
    assert len(told) >= 12
    assert "strategy_failed" in log.getvalue()
    assert "action_failed" in log.getvalue()
    assert canaries.heard_in(log.getvalue()) == []
    assert canaries.heard_in(shown.text) == []
    # Whoever sends a field that nobody knows is told which one it was, and nobody else is.
    assert {name for text in told for name in canaries.heard_in(text)} <= {ECHOED}


async def played(house: Running, canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """A table with secrets of every kind, and everything that can be refused: the texts of all errors."""
    teacher = await house.facilitator()
    made = await teacher.post("/api/tables", scenario="winter")
    table = made["table"]
    guest = house.guest()
    await guest.post("/api/join", code=made["code"], name=canaries.sing("name"))
    await guest.post("/api/seat", table=table, role="SUP")
    desk = await teacher.at_table(table, "facilitator")
    await desk.does("start", empty="bot", bot="still")
    await desk.does("announce", text=canaries.sing("announcement"))
    errors = await refused_over_http(guest, table, canaries)
    errors += await refused_at_a_socket(guest, table, canaries)
    with monkeypatch.context() as patched:
        patched.setattr("threebirds_server.live.table.advance", breaking)
        errors += await refused_by_mistake(guest, table, canaries)
    return errors


async def refused_over_http(guest: Guest, table: TableId, canaries: Canaries) -> list[str]:
    word = canaries.sing("sent over http")
    answers = [
        await guest.asks("/api/session", token=word),
        await guest.asks("/api/facilitator", token=word),
        await guest.asks("/api/ticket", table=table, viewer="seat:BUY", secret=word),
        await guest.asks("/api/ticket", table=word, viewer="seat:SUP"),
        await guest.asks("/api/join", code=word, name="x"),
        await guest.asks("/api/join", code="HJKMNPQR", name={"secret": word}),
        await guest.http.get("/api/tables", headers={"authorization": f"Bearer {word}"}),
        await guest.http.get("/metrics", headers={"authorization": f"Bearer {word}"}),
        await guest.http.get(f"/api/nothing?secret={word}"),
        await guest.http.post("/api/join", content=f'{{"code": "{word}'),
    ]
    assert not any(answer.is_success for answer in answers)
    return [answer.text for answer in answers]


async def refused_at_a_socket(guest: Guest, table: TableId, canaries: Canaries) -> list[str]:
    """At a seat where secrets are also said, drafted and circulated."""
    desk = await guest.at_table(table, "seat:SUP")
    await desk.does("say", channel="plenary", text=canaries.sing("said before all"))
    await desk.does("say", channel="delegation", text=canaries.sing("said in the delegation"))
    word = canaries.sing(ECHOED)
    desk.socket.send(f'{{"type": "{word}"}}')
    desk.socket.send(f"{word} is no JSON")
    desk.socket.send({"type": "typing", "table": table, "viewer": "seat:SUP", "channel": "plenary", word: 1})
    replies = [await desk.read_until("reply") for _ in range(3)]
    replies.append(await desk.act("say", action={"channel": word, "text": "Where?"}))
    replies.append(await desk.act("say", action={"channel": "plenary", "text": word * 1_000}))
    replies.append(await desk.act("table", action={"options": {word: 1}}))
    assert not any(reply["ok"] for reply in replies)
    desk.socket.send({"type": "hello", "v": 1, "ticket": word})
    replies.append(await desk.read_until("reply"))
    return [str(reply["error"]) for reply in replies]


async def refused_by_mistake(guest: Guest, table: TableId, canaries: Canaries) -> list[str]:
    desk = await guest.at_table(table, "seat:SUP")
    reply = await desk.act("say", action={"channel": "plenary", "text": canaries.sing("said by mistake")})
    return [str(reply["error"])]


def breaking(*args: object, **_given: object) -> NoReturn:
    """A mistake of ours while somebody's words are in our hands: the exception quotes them."""
    raise KeyError(str(args))
