"""All ways in which requests and answers between a table and its database can get lost, up to a bound."""

from itertools import product

import pytest

from tests.support.stores import TroubledStore, an_append, committing, create, said, texts
from threebirds_server.ports import Committed, Duplicate, EventStore, Lost, StoreUnavailableError
from threebirds_server.store.committer import Committer

TROUBLES = ("request lost", "answer lost", "rival first")
MISFORTUNES = [troubles for length in range(4) for troubles in product(TROUBLES, repeat=length)]


async def insist(committer: Committer, store: EventStore, cid: str, *, careful: bool) -> bytes:
    """Try until there is an answer. Who is careful asks before every try whether the action was done already."""
    while True:
        look = await store.look("t1", 10**6, cid=cid if careful else None)
        if look.answer:
            return look.answer.reply
        try:
            outcome = await committer.append(an_append("t1", look.table.head, said(cid), cid=cid))
        except StoreUnavailableError:
            continue
        match outcome:
            case Committed():
                return f"reply to {cid}".encode()
            case Duplicate(answer=answer):
                return answer.reply
            case Lost():
                continue


@pytest.mark.parametrize("careful", [True, False])
async def test_every_action_is_done_once_and_answered_the_same(store: EventStore, *, careful: bool) -> None:
    await create(store, "t1")
    troubled = TroubledStore(store)
    async with committing(troubled) as committer:
        for number, troubles in enumerate(MISFORTUNES):
            troubled.troubles.extend(troubles)
            assert await insist(committer, store, f"c{number}", careful=careful) == f"reply to c{number}".encode()
            troubled.troubles.clear()
    done = [text for text in await texts(store, "t1") if text != "rival"]
    assert done == [f"c{number}" for number in range(len(MISFORTUNES))]
