"""Logs outlive the shapes of their events: an old one is read as a new one, and stays as it was written."""

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec import Struct

from tests.support.stores import an_append
from threebirds_rules.tagged import PersonText
from threebirds_server.ports import DamagedLogError, UnknownKindError
from threebirds_server.store.codec import Codec, Words
from threebirds_server.store.upcasts import Shape, Shapes, Upcast


class _Tag(Struct, tag_field="kind", frozen=True, kw_only=True):
    at: int
    audience: tuple[str, ...] | None = None


class _WavedOnce(_Tag, frozen=True, tag="waved"):
    """Version 1, as an old release had it."""

    hand: str
    words: PersonText


class _Waved(_Tag, frozen=True, tag="waved"):
    """Version 3, as this release has it."""

    hands: tuple[str, ...]
    slowly: bool
    words: PersonText


class _Groaned(_Tag, frozen=True, tag="groaned"):
    loud: bool


class _Sighed(_Tag, frozen=True, tag="sighed"):
    pass


STEPS: Mapping[tuple[str, int], Upcast] = {
    ("waved", 1): lambda body: Shape("waved", 2, {"hands": (body["hand"],), "words": body["words"]}),
    ("waved", 2): lambda body: Shape("waved", 3, {**body, "slowly": False}),
    ("moaned", 1): lambda body: Shape("groaned", 1, {"loud": body["volume"] > 5}),
}
NOW = Codec(lambda: "salt", _Waved | _Groaned, Shapes(STEPS, {"waved": 3}))
THEN = Codec(lambda: "salt", _WavedOnce | _Sighed, Shapes({}, {}))


def stored(codec: Codec, event: Any, **changes: Any) -> tuple[Any, Words]:
    rows = codec.rows(an_append("t1", 0, event), "link")
    texts: Any = {(row["seq"], row["field"]): {**row, "erased_at": None} for row in rows.texts}
    return {**rows.events[0], **changes}, Words(texts, {})


def test_an_old_event_is_brought_up_step_by_step_with_its_words() -> None:
    row, words = stored(THEN, _WavedOnce(at=7, audience=("RUS",), hand="left", words="Hello."))
    recorded = NOW.recorded(row, words)
    assert recorded.event == _Waved(at=7, audience=("RUS",), hands=("left",), slowly=False, words="Hello.")
    assert row["kind_version"] == 1


def test_what_is_written_now_has_the_newest_version() -> None:
    event: Any = _Waved(at=7, hands=("left", "right"), slowly=True, words="Hello.")
    row, words = stored(NOW, event)
    assert (row["kind_version"], NOW.recorded(row, words).event) == (3, event)


def test_a_kind_may_go_into_another() -> None:
    row, words = stored(NOW, _Groaned(at=7, loud=False), kind="moaned", body='{"volume":9}')
    assert NOW.recorded(row, words).event == _Groaned(at=7, loud=True)


@pytest.mark.parametrize(
    ("kind", "version"), [("waved", 4), ("waved", 0), ("groaned", 2), ("moaned", 2), ("sighed", 1)]
)
def test_what_no_step_leads_up_to_is_not_guessed(kind: str, version: int) -> None:
    row, words = stored(NOW, _Groaned(at=7, loud=False), kind=kind, kind_version=version)
    with pytest.raises(UnknownKindError, match=kind):
        NOW.recorded(row, words)


def test_an_old_event_that_cannot_be_brought_up_is_damaged() -> None:
    row, words = stored(NOW, _Groaned(at=7, loud=False), kind="moaned", body="{}")
    with pytest.raises(DamagedLogError, match="Event 1 of table t1"):
        NOW.recorded(row, words)


def test_words_of_old_events_are_checked() -> None:
    row, words = stored(THEN, _WavedOnce(at=7, hand="left", words="Hello."))
    changed: Any = {key: {**text, "body": "Goodbye."} for key, text in words.texts.items()}
    NOW.check_words([row], words)
    with pytest.raises(DamagedLogError, match="other words"):
        NOW.check_words([row], Words(changed, {}))


def test_a_release_reads_a_version_before_the_next_one_writes_it() -> None:
    back: Mapping[tuple[str, int], Upcast] = {
        ("waved", 2): lambda body: Shape("waved", 1, {"hand": body["hands"][0], "words": body["words"]})
    }
    first = Codec(lambda: "salt", _WavedOnce | _Sighed, Shapes(back, {}))
    old: Any = _WavedOnce(at=7, hand="left", words="Hello.")
    row, words = stored(first, old)
    newer: Any = {**row, "kind_version": 2, "body": row["body"].replace('"hand":"left"', '"hands":["left","right"]')}
    assert row["kind_version"] == 1
    assert [first.recorded(one, words).event for one in (row, newer)] == [old, old]
