"""An event as rows, and rows as an event. Words and names are taken out on writing and put back on reading."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import RowMapping

from threebirds_rules.actions import Actor
from threebirds_rules.events import Event
from threebirds_server.ports import Append, DamagedLogError, Recorded, UnknownKindError
from threebirds_server.store.chain import next_link
from threebirds_server.store.kept_words import kept_fields, kinds_of
from threebirds_server.store.upcasts import SHAPES, Shape, Shapes

REMOVED = "[removed]"
ACTOR = msgspec.json.Decoder(Actor)
"""Made before there is a thread that reads: msgspec works out a type when it is first asked for, and two threads that
ask at the same moment end the process with a segmentation fault."""

NewRow = Mapping[str, Any]


class Rows(NamedTuple):
    """What an append adds to the tables `event`, `text` and `person`."""

    events: list[NewRow]
    texts: list[NewRow]
    people: list[NewRow]

    def last_link(self, before: str) -> str:
        """The link of the last event, where `before` is that of the event before these."""
        return self.events[-1]["chain"] if self.events else before


class Words(NamedTuple):
    """Rows of `text` by number of the event and field, and rows of `person` by id."""

    texts: Mapping[tuple[int, str], RowMapping]
    people: Mapping[str, RowMapping]


class Codec:
    """For the events of one tagged union; `salt` draws a salt that cannot be guessed."""

    def __init__(self, salt: Callable[[], str], events: Any = Event, shapes: Shapes = SHAPES) -> None:
        self._salt = salt
        self._shapes = shapes
        self._types = kinds_of(events)
        self._kept = {kind: kept_fields(event_type) for kind, event_type in self._types.items()}
        for event_type in self._types.values():
            msgspec.json.Decoder(event_type)  # now, and for the reason that `ACTOR` has

    def rows(self, append: Append, link: str) -> Rows:
        """`link` is that of the event before these."""
        rows = Rows([], [], [])
        for seq, event in enumerate(append.events, append.head + 1):
            row = self._take_apart(append, seq, msgspec.to_builtins(event), rows)
            row["chain"] = link = next_link(link, row)
            rows.events.append(row)
        return rows

    def _take_apart(self, append: Append, seq: int, body: dict[str, Any], rows: Rows) -> dict[str, Any]:
        kind, at, audience = body.pop("kind"), body.pop("at"), body.pop("audience")
        for field, place in self._kept[kind].items():
            if not body[field]:
                continue
            if place == "text":
                body[field] = self._keep_text(append, seq, field, body[field], rows)
            else:
                rows.people.append({"table_id": append.table, "id": body["person"], "name": body[field]})
                body[field] = {"person": body["person"]}
        return {
            "table_id": append.table,
            "seq": seq,
            "at": at,
            "kind": kind,
            "kind_version": self._shapes.version(kind),
            "actor": _json(append.actor),
            "audience": None if audience is None else _json(audience),
            "body": _json(body),
            "cid": append.answer.cid if append.answer else None,
        }

    def _keep_text(self, append: Append, seq: int, field: str, words: str, rows: Rows) -> Mapping[str, str]:
        salt = self._salt()
        rows.texts.append({"table_id": append.table, "seq": seq, "field": field, "body": words, "salt": salt})
        return {"text": _hash(salt, words)}

    def recorded(self, row: RowMapping, words: Words) -> Recorded:
        with _damage(row):
            shape = self._shape(row)
            return Recorded(
                seq=row["seq"],
                actor=ACTOR.decode(row["actor"]),
                cid=row["cid"],
                event=self._put_together(row, shape, words),
            )

    def check_words(self, rows: Sequence[RowMapping], words: Words) -> None:
        """Raise `DamagedLogError` if somebody said something else. The events themselves are not made."""
        for row in rows:
            if self._kept.get(row["kind"]):
                with _damage(row):
                    self._said(row, self._shape(row), words)

    def _shape(self, row: RowMapping) -> Shape:
        """As this release would have written it. Raise `UnknownKindError` if it cannot know how."""
        stored = Shape(row["kind"], row["kind_version"], msgspec.json.decode(row["body"]))
        shape = self._shapes.ours(stored, self._types)
        if shape is None:
            raise UnknownKindError(row["kind"], row["kind_version"])
        return shape

    def _said(self, row: RowMapping, shape: Shape, words: Words) -> Mapping[str, str]:
        """The words and names of an event, by their fields."""
        return {
            field: _text(row, field, reference, words) if place == "text" else _name(reference, words)
            for field, place in self._kept[shape.kind].items()
            if (reference := shape.body.get(field))
        }

    def _put_together(self, row: RowMapping, shape: Shape, words: Words) -> Any:
        audience = row["audience"] and msgspec.json.decode(row["audience"])
        said = self._said(row, shape, words)
        return msgspec.convert(
            {**shape.body, **said, "kind": shape.kind, "at": row["at"], "audience": audience},
            type=self._types[shape.kind],
        )


@contextmanager
def _damage(row: RowMapping) -> Generator[None]:
    try:
        yield
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError) as error:
        raise DamagedLogError(f"Event {row['seq']} of table {row['table_id']} cannot be read: {error}.") from error


def _text(row: RowMapping, field: str, reference: Mapping[str, str], words: Words) -> str:
    kept = words.texts[row["seq"], field]
    if kept["erased_at"] is not None:
        return REMOVED
    if _hash(kept["salt"], kept["body"]) != reference["text"]:
        raise DamagedLogError(f"Event {row['seq']} of table {row['table_id']} has other words than were said.")
    return kept["body"]


def _name(reference: Mapping[str, str], words: Words) -> str:
    kept = words.people[reference["person"]]
    return REMOVED if kept["erased_at"] is not None else kept["name"]


def _hash(salt: str, words: str) -> str:
    return sha256(f"{salt}\n{words}".encode()).hexdigest()


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
