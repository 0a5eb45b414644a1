"""Replacements from one view to the next, and how viewers are written."""

import pytest

from threebirds_rules.names import RoleId
from threebirds_rules.viewers import Viewer, viewer_named
from threebirds_rules.views.changes import Built, Change, apply_changes, canonical, difference


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, [(("b",), 3)]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 5]}}, [(("a", "b", 1), 5)]),
        ({"a": [1, 2]}, {"a": [1, 2, 5, 7]}, [(("a", 2), 5), (("a", 3), 7)]),
        ({"a": [1, 2]}, {"a": [1, 5, 2]}, [(("a",), [1, 5, 2])]),
        ({"a": [1, 2]}, {"a": [1]}, [(("a",), [1])]),
        ({"a": 1}, {"a": 1, "b": 2}, [((), {"a": 1, "b": 2})]),
        ({"a": None}, {"a": {"b": 1}}, [(("a",), {"b": 1})]),
    ],
)
def test_a_difference_is_the_replacements_that_make_it(old: Built, new: Built, changes: list[Change]) -> None:
    assert difference(old, new) == changes
    assert canonical(apply_changes(old, changes)) == canonical(new)


def test_applying_leaves_the_old_view_as_it_was() -> None:
    old: Built = {"a": [{"b": 1}]}
    apply_changes(old, [(("a", 0, "b"), 2)])
    assert old == {"a": [{"b": 1}]}


@pytest.mark.parametrize("path", [("a", "b"), (0,), ("a", 0, 1)])
def test_a_path_that_leads_nowhere_is_an_error(path: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        apply_changes({"a": [1]}, [(path, 2)])


@pytest.mark.parametrize("viewer", [Viewer("seat", RoleId("POL")), Viewer("facilitator"), Viewer("public")])
def test_a_viewer_is_read_as_it_is_written(viewer: Viewer) -> None:
    assert viewer_named(str(viewer)) == viewer


@pytest.mark.parametrize("name", ["seat", "seat:", "seats:POL", "nobody", ""])
def test_nobody_is_written_otherwise(name: str) -> None:
    assert viewer_named(name) is None
