"""What a person wrote stands beside the log and never in it."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta, Struct
from sqlalchemy import Table, insert, select, update

from tests.support.clock import NEW_YEAR_2010
from tests.support.forging import rechain, run
from tests.support.rulesets import a_rule_set
from tests.support.stores import OLGA, an_append, create, joined, said, texts
from tests.support.wandering import wander
from threebirds_rules import events as facts
from threebirds_rules.events import Event
from threebirds_rules.tagged import PersonName, PersonText
from threebirds_server.ports import DamagedLogError, EventStore, UnknownKindError
from threebirds_server.store import tables as t
from threebirds_server.store.codec import Codec
from threebirds_server.store.database import Database
from threebirds_server.store.kept_words import kept_fields, kinds_of

SECRET = "the birds fly at dawn"


async def rows(database: Database, table: Table) -> Sequence[tuple[Any, ...]]:
    return await database.read(lambda connection: [tuple(row) for row in connection.execute(select(table))])


async def change(database: Database, table: Table, **values: Any) -> None:
    await database.write(lambda connection: connection.execute(update(table).values(**values)))


def test_every_field_that_a_person_writes_is_known() -> None:
    kept = {(kind, field): place for kind, arm in kinds_of(Event).items() for field, place in kept_fields(arm).items()}
    assert kept == {
        ("person_joined", "name"): "person",
        ("said", "text"): "text",
        ("circulated", "note"): "text",
        ("tabled", "note"): "text",
        ("amendment_proposed", "note"): "text",
        ("version_made", "note"): "text",
        ("supported", "reason"): "text",
        ("vote_cast", "reason"): "text",
        ("injected", "title"): "text",
        ("injected", "text"): "text",
        ("announced", "text"): "text",
        ("archive_proposed", "note"): "text",
    }


class _Whispered(Struct, tag_field="kind", tag="whispered", frozen=True, kw_only=True):
    at: int
    audience: None = None
    words: PersonText | None


class _Groaned(Struct, tag_field="kind", tag="groaned", frozen=True, kw_only=True):
    at: int
    audience: None = None


def test_a_new_event_with_words_needs_no_new_code() -> None:
    event: Any = _Whispered(at=1, words=SECRET)
    rows = Codec(lambda: "salt", _Whispered | _Groaned).rows(an_append("t1", 4, event), "link of 4")
    assert SECRET not in str(rows.events)
    assert rows.texts == [{"table_id": "t1", "seq": 5, "field": "words", "body": SECRET, "salt": "salt"}]


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_words_need_no_row(nothing: str | None) -> None:
    event: Any = _Whispered(at=1, words=nothing)
    rows = Codec(lambda: "salt", _Whispered | _Groaned).rows(an_append("t1", 4, event), "link of 4")
    assert rows.texts == []
    assert msgspec.json.decode(rows.events[0]["body"]) == {"words": nothing}


class _Line(Struct):
    words: PersonText


class _Dialogue(Struct):
    lines: tuple[_Line, ...]


class _Chorus(Struct):
    words: tuple[PersonText, ...]


class _Named(Struct):
    name: PersonName


class _Harmless(Struct):
    name: Annotated[str, Meta(max_length=3)]


@pytest.mark.parametrize("event_type", [_Dialogue, _Chorus, _Named])
def test_words_where_no_store_finds_them_are_refused_at_the_start(event_type: type[Struct]) -> None:
    with pytest.raises(TypeError, match=event_type.__name__):
        kept_fields(event_type)


def test_other_annotations_keep_nothing_apart() -> None:
    assert kept_fields(_Harmless) == {}


async def test_no_words_and_no_name_stand_in_the_log(store: EventStore, database: Database) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, joined(name=SECRET), said(SECRET), said(f"{SECRET}!"), cid="c1")])
    assert SECRET not in str(await rows(database, t.event))
    assert [row[3] for row in await rows(database, t.text)] == [SECRET, f"{SECRET}!"]
    assert [row[2] for row in await rows(database, t.person)] == [SECRET]


async def test_no_words_of_a_whole_game_stand_in_the_log(store: EventStore, database: Database) -> None:
    await create(store, "t1")
    *_, table = wander(a_rule_set(), 1)
    await store.commit([an_append("t1", 1, *table.log)])
    log = "".join(row[7] for row in await rows(database, t.event))
    people = {one.name for one in table.state.people}
    lines = {one.text for one in table.log if isinstance(one, facts.Said)}
    assert people
    assert lines
    assert [words for words in people | lines if words in log] == []


async def test_the_same_words_twice_leave_two_different_hashes(store: EventStore, database: Database) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, said("Yes."), said("Yes."))])
    first, second = [msgspec.json.decode(row[7])["text"]["text"] for row in (await rows(database, t.event))[1:]]
    assert first != second


async def test_erased_words_read_as_removed_and_the_log_stays(store: EventStore, database: Database) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, joined(), said(SECRET))])
    before = await rows(database, t.event)
    await change(database, t.text, body=None, salt=None, erased_at=NEW_YEAR_2010)
    await change(database, t.person, name=None, erased_at=NEW_YEAR_2010)
    read = [one.event for one in (await store.look("t1", 1)).recorded]
    assert read == [joined(name="[removed]"), said("[removed]")]
    assert await rows(database, t.event) == before


async def test_words_put_in_somebodys_mouth_are_noticed(store: EventStore, database: Database) -> None:
    await create(store, "t1", "t2")
    await store.commit([an_append("t1", 1, said("I agree.")), an_append("t2", 1, said("Fine."))])
    await database.write(
        lambda connection: connection.execute(update(t.text).where(t.text.c.table_id == "t1").values(body="I refuse."))
    )
    with pytest.raises(DamagedLogError, match="Event 2 of table t1"):
        await store.look("t1")
    assert await texts(store, "t2") == ["Fine."]


async def test_a_log_without_its_words_is_damaged(store: EventStore, database: Database) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, said())])
    await database.write(lambda connection: connection.execute(t.text.delete()))
    with pytest.raises(DamagedLogError, match="Event 2 of table t1"):
        await store.look("t1")


@pytest.mark.parametrize("body", ['{"person": 3}', "{", "{}"])
async def test_a_body_that_cannot_be_read_is_damage(store: EventStore, database: Database, body: str) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, facts.PersonLeft(at=1, person=OLGA))])
    await run(database, update(t.event).where(t.event.c.seq == 2).values(body=body))
    await rechain(database, "t1")
    with pytest.raises(DamagedLogError, match="Event 2 of table t1 cannot be read") as caught:
        await store.look("t1", 1)
    assert caught.value.code == "internal"


@pytest.mark.parametrize(("kind", "version"), [("comet_seen", 1), ("person_left", 2)])
async def test_what_a_newer_release_wrote_is_not_guessed(
    store: EventStore, database: Database, kind: str, version: int
) -> None:
    await create(store, "t1")
    newer = {"table_id": "t1", "seq": 2, "at": 1, "kind": kind, "kind_version": version, "actor": "{}", "body": "{}"}
    await run(database, insert(t.event).values({**newer, "chain": ""}))
    await rechain(database, "t1")
    with pytest.raises(UnknownKindError, match=f"{kind!r} .version {version}."):
        await store.look("t1")
