"""What may happen to the rows of a table while nobody looks: each spoils one thing in a SQLite file."""

# ruff: noqa: S608  # the names of tables and columns that stand in statements are written in this file

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from tests.support.dice import Dice

Connection = sqlite3.Connection
Spoil = Callable[[Connection, str, Dice], str]
"""Given the id of a table; what was done, in a word or two."""

OF_THE_TABLE: Mapping[str, tuple[str, ...]] = {
    "event": ("seq", "at", "kind", "kind_version", "actor", "audience", "body", "cid", "chain"),
    "text": ("field", "body", "salt"),
    "snapshot": ("seq", "engine", "digest", "state", "numbers", "seal"),
    "action_reply": ("principal", "digest", "reply"),
}
"""Names of people are not among them: somebody may come back under another one, so nothing vouches for them."""


def flip_a_bit(connection: Connection, table: str, dice: Dice) -> str:
    name = dice.pick(tuple(OF_THE_TABLE))
    column = dice.pick(OF_THE_TABLE[name])
    rows = connection.execute(f"SELECT rowid, {column} FROM {name} WHERE table_id = ?", (table,)).fetchall()
    rows = [row for row in rows if row[1] is not None]
    if not rows:
        return "nothing"
    rowid, value = dice.pick(rows)
    connection.execute(f"UPDATE OR REPLACE {name} SET {column} = ? WHERE rowid = ?", (flipped(value, dice), rowid))
    return f"a bit of {name}"


def flip_a_bit_of_the_table(connection: Connection, table: str, dice: Dice) -> str:
    column = dice.pick(("head", "chain", "digest", "scenario", "epoch", "status"))
    (value,) = connection.execute(f"SELECT {column} FROM tables WHERE id = ?", (table,)).fetchone()
    connection.execute(f"UPDATE tables SET {column} = ? WHERE id = ?", (flipped(value, dice), table))
    return "a bit of the table's row"


def change_the_rules(connection: Connection, table: str, dice: Dice) -> str:
    """One digit of the document that the table was pinned to: points that nobody has agreed on."""
    (digest,) = connection.execute("SELECT digest FROM tables WHERE id = ?", (table,)).fetchone()
    (document,) = connection.execute("SELECT document FROM ruleset WHERE digest = ?", (digest,)).fetchone()
    digits = [at for at, letter in enumerate(document) if letter.isdigit()]
    at = dice.pick(digits)
    changed = document[:at] + str((int(document[at]) + 1 + dice.below(9)) % 10) + document[at + 1 :]
    connection.execute("UPDATE ruleset SET document = ? WHERE digest = ?", (changed, digest))
    return "a digit of the rules"


def cut_off_the_end(connection: Connection, table: str, dice: Dice) -> str:
    """With the head of the table as it was, or moved along as somebody would do who knows what he does."""
    head = _head(connection, table)
    left = 1 + dice.below(head - 1)
    connection.execute("DELETE FROM event WHERE table_id = ? AND seq > ?", (table, left))
    if dice.happens(50):
        connection.execute("UPDATE tables SET head = ? WHERE id = ?", (left, table))
    return "the end cut off"


def take_one_out(connection: Connection, table: str, dice: Dice) -> str:
    seq = 1 + dice.below(_head(connection, table))
    connection.execute("DELETE FROM event WHERE table_id = ? AND seq = ?", (table, seq))
    return "one taken out"


def swap_two(connection: Connection, table: str, dice: Dice) -> str:
    one = 1 + dice.below(_head(connection, table) - 1)
    for was, becomes in ((one, -1), (one + 1, one), (-1, one + 1)):
        connection.execute("UPDATE event SET seq = ? WHERE table_id = ? AND seq = ?", (becomes, table, was))
    return "two swapped"


def say_one_twice(connection: Connection, table: str, dice: Dice) -> str:
    head = _head(connection, table)
    columns = "at, kind, kind_version, actor, audience, body, cid, chain"
    connection.execute(
        f"INSERT INTO event (table_id, seq, {columns}) SELECT table_id, ?, {columns} FROM event"
        " WHERE table_id = ? AND seq = ?",
        (head + 1, table, 1 + dice.below(head)),
    )
    connection.execute("UPDATE tables SET head = ? WHERE id = ?", (head + 1, table))
    return "one said twice"


def come_from_the_future(connection: Connection, table: str, dice: Dice) -> str:
    column, value = dice.pick((("kind_version", 99), ("kind", "teleported")))
    seq = 1 + dice.below(_head(connection, table))
    connection.execute(f"UPDATE event SET {column} = ? WHERE table_id = ? AND seq = ?", (value, table, seq))
    return "one from the future"


SPOILS: tuple[Spoil, ...] = (
    flip_a_bit,
    flip_a_bit,
    flip_a_bit,
    flip_a_bit_of_the_table,
    change_the_rules,
    cut_off_the_end,
    take_one_out,
    swap_two,
    say_one_twice,
    come_from_the_future,
)


def flipped(value: Any, dice: Dice) -> Any:
    """The same with one bit another; a text stays a text."""
    if isinstance(value, int):
        return value ^ 1 << dice.below(16)
    data = bytearray(value.encode() if isinstance(value, str) else value)
    at = dice.below(len(data))
    data[at] ^= 1 << dice.below(7)
    return data.decode(errors="replace") if isinstance(value, str) else bytes(data)


def _head(connection: Connection, table: str) -> int:
    (head,) = connection.execute("SELECT head FROM tables WHERE id = ?", (table,)).fetchone()
    return head
