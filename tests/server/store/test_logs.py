"""What a log promises, on either engine."""

import pytest

from tests.support.clock import NEW_YEAR_2010
from tests.support.rulesets import a_rule_set
from tests.support.stores import (
    HOST,
    a_new_table,
    an_answer,
    an_append,
    create,
    joined,
    opened_store,
    said,
    table_opened,
    texts,
)
from tests.support.wandering import wander
from threebirds_server.ports import (
    CodeTakenError,
    Committed,
    Duplicate,
    EventStore,
    Lost,
    PinnedRules,
    UnknownTableError,
)


async def test_a_new_table_is_read_back_with_its_first_events(store: EventStore) -> None:
    new = a_new_table("t1")
    opening = an_append("t1", 0, table_opened(), joined(), actor=HOST, status="lobby", next_due_at=7)
    await store.create(new, opening)

    look = await store.look("t1")

    assert [(one.seq, one.actor, one.cid, one.event) for one in look.recorded] == [
        (1, HOST, None, table_opened()),
        (2, HOST, None, joined()),
    ]
    row = look.table
    assert (row.id, row.code, row.epoch, row.title) == (new.id, new.code, new.epoch, new.title)
    assert (row.scenario, row.digest, row.created_at) == ("river", "d1", NEW_YEAR_2010)
    assert (row.head, row.status, row.next_due_at) == (2, "lobby", 7)
    assert await store.table("t1") == row
    assert await store.rules("d1") == new.rules.document


async def test_an_append_moves_the_head_the_status_and_what_is_due(store: EventStore) -> None:
    await create(store, "t1")
    append = an_append("t1", 1, said("One."), said("Two."), status="paused", next_due_at=NEW_YEAR_2010)
    assert await store.commit([append]) == [Committed(3)]
    row = await store.table("t1")
    assert (row.head, row.status, row.next_due_at) == (3, "paused", NEW_YEAR_2010)
    assert await texts(store, "t1") == ["One.", "Two."]


@pytest.mark.parametrize("head", [0, 2, 99])
async def test_an_append_that_expects_another_head_is_lost_and_leaves_nothing(store: EventStore, head: int) -> None:
    await create(store, "t1")
    assert await store.commit([an_append("t1", head, joined(), said(), cid="c1")]) == [Lost()]
    look = await store.look("t1", cid="c1")
    assert (look.table.head, len(look.recorded), look.answer) == (1, 1, None)


async def test_an_append_to_a_table_that_is_not_there_is_lost(store: EventStore) -> None:
    assert await store.commit([an_append("nowhere", 0)]) == [Lost()]


@pytest.mark.parametrize("head", [1, 2])
async def test_a_repeated_cid_gets_the_first_answer_whatever_head_it_expects(store: EventStore, head: int) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, said("Once."), cid="c1")])
    again = an_append("t1", head, said("Twice?"), answer=an_answer("c1", principal="p_other", reply=b"other"))
    assert await store.commit([again]) == [Duplicate(an_answer("c1"))]
    assert await texts(store, "t1") == ["Once."]


async def test_a_cid_belongs_to_its_table(store: EventStore) -> None:
    await create(store, "t1", "t2")
    batch = [an_append("t1", 1, cid="c1"), an_append("t2", 1, cid="c1")]
    assert await store.commit(batch) == [Committed(2), Committed(2)]


async def test_each_append_of_a_batch_has_its_own_outcome(store: EventStore) -> None:
    await create(store, "t1", "t2", "t3", "t4")
    await store.commit([an_append("t2", 1, said("Before."), cid="c2")])
    batch = [
        an_append("t4", 1, said("Four."), cid="c4"),
        an_append("t2", 2, said("Again?"), cid="c2"),
        an_append("t3", 5, said("Late?")),
        an_append("t1", 1, said("One.")),
    ]
    assert await store.commit(batch) == [Committed(2), Duplicate(an_answer("c2")), Lost(), Committed(2)]
    assert [await texts(store, table) for table in ("t1", "t2", "t3", "t4")] == [["One."], ["Before."], [], ["Four."]]


async def test_an_answer_without_events_is_kept(store: EventStore) -> None:
    await create(store, "t1")
    nothing = an_append("t1", 1, cid="c1", events=())
    assert await store.commit([nothing]) == [Committed(1)]
    assert await store.commit([nothing]) == [Duplicate(an_answer("c1"))]


async def test_a_batch_is_written_whole_or_not_at_all(store: EventStore) -> None:
    await create(store, "t1", "t2")
    with pytest.raises(Exception, match=r"surrogate|utf-8"):
        await store.commit([an_append("t1", 1), an_append("t2", 1, said("\ud800"))])
    assert [await texts(store, table) for table in ("t1", "t2")] == [[], []]


async def test_a_look_gives_what_is_after_a_number_and_the_answer_to_a_cid(store: EventStore) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, said("One."), said("Two."), cid="c1")])
    look = await store.look("t1", 2, cid="c1")
    assert [(one.seq, one.cid, one.event) for one in look.recorded] == [(3, "c1", said("Two."))]
    assert look.answer == an_answer("c1")


async def test_a_look_beyond_the_head_shows_where_the_head_is(store: EventStore) -> None:
    await create(store, "t1")
    look = await store.look("t1", 99, cid="never sent")
    assert (look.table.head, look.recorded, look.answer) == (1, (), None)


async def test_a_table_that_is_not_there_is_unknown(store: EventStore) -> None:
    with pytest.raises(UnknownTableError, match="no table 'nowhere'"):
        await store.look("nowhere")
    with pytest.raises(UnknownTableError) as caught:
        await store.table("nowhere")
    assert caught.value.code == "unknown_table"


async def test_a_code_that_is_taken_makes_no_table(store: EventStore) -> None:
    await create(store, "t1")
    second = a_new_table("t2", code=a_new_table("t1").code)
    with pytest.raises(CodeTakenError, match="XXXXXXT1"):
        await store.create(second, an_append("t2", 0, table_opened()))
    assert [row.id for row in await store.tables()] == ["t1"]


async def test_a_table_is_found_by_its_code(store: EventStore) -> None:
    await create(store, "t1", "t2")
    assert await store.table_with_code(a_new_table("t2").code) == await store.table("t2")
    assert await store.table_with_code(a_new_table("t3").code) is None


async def test_tables_are_listed_by_status_the_newest_first(store: EventStore) -> None:
    for table, status, minute in (("t1", "lobby", 3), ("t2", "running", 1), ("t3", "ended", 2), ("t4", "running", 4)):
        opening = an_append(table, 0, table_opened(), status=status)
        await store.create(a_new_table(table, created_at=NEW_YEAR_2010 + minute), opening)
    assert [row.id for row in await store.tables()] == ["t4", "t1", "t3", "t2"]
    assert [row.id for row in await store.tables("running", "lobby")] == ["t4", "t1", "t2"]


async def test_tables_that_are_due_are_found_the_longest_overdue_first(store: EventStore) -> None:
    for table, due in (("t1", 300), ("t2", 100), ("t3", None), ("t4", 200)):
        await store.create(a_new_table(table), an_append(table, 0, table_opened(), next_due_at=due))
    assert await store.next_due_at() == 100
    assert [row.id for row in await store.due(200)] == ["t2", "t4"]
    assert await store.due(99) == []


async def test_nothing_is_due_where_no_table_is(store: EventStore) -> None:
    assert await store.next_due_at() is None


async def test_heads_of_many_tables_come_at_once(store: EventStore) -> None:
    await create(store, "t1", "t2", "t3")
    await store.commit([an_append("t2", 1, said(), said())])
    assert await store.heads(["t1", "t2", "nowhere"]) == {"t1": 1, "t2": 3}
    assert await store.heads([]) == {}


async def test_pinned_rules_stay_as_they_were(store: EventStore) -> None:
    await create(store, "t1")
    edited = PinnedRules(scenario="river", digest="d1", document="# the same content, laid out differently\n")
    await store.create(a_new_table("t2", rules=edited), an_append("t2", 0, table_opened()))
    assert await store.rules("d1") == a_new_table("t1").rules.document


async def test_rules_that_nobody_pinned_are_an_error(store: EventStore) -> None:
    with pytest.raises(KeyError, match="unheard"):
        await store.rules("unheard of")


async def test_somebody_who_comes_back_brings_a_new_name(store: EventStore) -> None:
    await create(store, "t1")
    await store.commit([an_append("t1", 1, joined(name="Olga"))])
    assert await store.commit([an_append("t1", 2, joined(name="Olga P."))]) == [Committed(3)]
    assert (await store.look("t1", 2)).recorded[0].event == joined(name="Olga P.")


@pytest.mark.parametrize("seed", range(3))
async def test_a_whole_game_is_read_back_as_it_was_played(store: EventStore, seed: int) -> None:
    *_, table = wander(a_rule_set(), seed)
    await store.create(a_new_table("t1"), an_append("t1", 0, table.log[0]))
    assert await store.commit([an_append("t1", 1, *table.log[1:])]) == [Committed(len(table.log))]
    assert [one.event for one in (await store.look("t1")).recorded] == table.log


async def test_a_log_is_there_when_the_database_is_opened_again(url: str) -> None:
    async with opened_store(url) as store:
        await create(store, "t1")
        await store.commit([an_append("t1", 1, said("Remember."))])
    async with opened_store(url) as store:
        assert await texts(store, "t1") == ["Remember."]
