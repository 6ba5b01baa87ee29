"""A population as a struct of arrays: appending, growing and refusing."""

from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from model.table import Table


class PeopleTable(Table):
    """Two columns."""

    COLUMNS: ClassVar[dict[str, type]] = {"person_id": np.uint64, "city": np.int8}
    person_id: NDArray[np.uint64]
    city: NDArray[np.int8]


def people(n: int, start: int = 0) -> dict[str, NDArray[np.generic]]:
    """Give columns of n people."""
    return {"person_id": np.arange(start, start + n, dtype=np.uint64), "city": np.zeros(n, np.int8)}


def test_opening_columns_are_copied_with_their_types() -> None:
    """The table keeps the types of its columns, and changing it leaves the columns it was made from."""
    columns = people(3)
    table = PeopleTable(**columns)
    table.city[:] = 2
    assert table.n == 3
    assert [column.dtype.name for column in (table.person_id, table.city)] == ["uint64", "int8"]
    assert columns["city"].tolist() == [0, 0, 0]


def test_append_returns_the_rows_that_it_added() -> None:
    """New rows stand after the old ones, in the slice that append returns."""
    table = PeopleTable(**people(3))
    added = table.append(**people(2, start=10))
    assert added == slice(3, 5)
    assert table.person_id[added].tolist() == [10, 11]
    assert table.person_id.tolist() == [0, 1, 2, 10, 11]


@pytest.fixture(name="_narrow")
def tables_of_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables grow every few rows."""
    monkeypatch.setattr("model.table._SPARE", 4)


@pytest.mark.usefixtures("_narrow")
def test_changes_survive_growth() -> None:
    """What was written into a row stays when the table outgrows its room many times over."""
    table = PeopleTable(**people(1))
    table.city[0] = 5
    for k in range(1, 300):
        table.append(**people(1, start=k))
        table.city[k] = k % 100
    assert table.n == len(table.person_id) == 300
    assert table.person_id.tolist() == list(range(300))
    assert table.city.tolist() == [5, *(k % 100 for k in range(1, 300))]


def test_appending_nobody_changes_nothing() -> None:
    """Columns of length zero are rows too: none."""
    table = PeopleTable(**people(2))
    assert table.append(**people(0)) == slice(2, 2)
    assert table.person_id.tolist() == [0, 1]


@pytest.mark.usefixtures("_narrow")
def test_rows_like_others_take_over_what_is_not_given() -> None:
    """Two rows take the city of their models and an id of their own, also while the table outgrows its room."""
    table = PeopleTable(**people(3))
    table.city[:] = [4, 5, 6]
    for k in range(40):
        added = table.append_like(np.array([2, 0]), person_id=np.array([100 + k, 200 + k], np.uint64))
        assert table.city[added].tolist() == [6, 4]
        assert table.person_id[added].tolist() == [100 + k, 200 + k]
    assert table.city[:3].tolist() == [4, 5, 6]
    assert table.n == len(table.city) == 83


def test_blank_columns_of_rows_like_others_are_zero() -> None:
    """Of two rows like others the city is blank or one number for both, and ids of 64 bits are taken over whole."""
    table = PeopleTable(person_id=np.array([2**63 + 1, 7], np.uint64), city=np.array([4, 5], np.int8))
    blank = table.append_like(np.array([0, 0]), ("city",))
    same = table.append_like(np.array([0, 1]), city=3)
    assert (table.city[blank].tolist(), table.city[same].tolist()) == ([0, 0], [3, 3])
    assert table.person_id[2:].tolist() == [2**63 + 1, 2**63 + 1, 2**63 + 1, 7]
    with pytest.raises(ValueError, match="PeopleTable: blank columns \\['tier'\\] unknown"):
        table.append_like(np.array([0]), ("tier",))
    assert table.n == len(table.person_id) == 6


@pytest.mark.parametrize(("column", "n"), [("tier", 2), ("city", 3)])
def test_rows_like_others_refuse_broken_columns(column: str, n: int) -> None:
    """An unknown column and one of another length are refused, and the table stays as it was."""
    table = PeopleTable(**people(2))
    with pytest.raises(ValueError, match="PeopleTable"):
        table.append_like(np.array([0, 1]), **{column: np.zeros(n)})
    assert table.n == len(table.person_id) == 2


def test_an_empty_table_can_grow() -> None:
    """A table opened without rows takes rows later."""
    table = PeopleTable(**people(0))
    table.append(**people(2, start=7))
    assert table.person_id.tolist() == [7, 8]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"person_id": np.zeros(2, np.uint64)}, "city"),
        (people(2) | {"tier": np.zeros(2)}, "tier"),
        (people(2) | {"city": np.zeros(3, np.int8)}, r"lengths \[2, 3\]"),
        ({}, "'city', 'person_id'"),
    ],
)
def test_broken_columns_are_refused(columns: dict[str, NDArray[np.generic]], message: str) -> None:
    """A missing, unknown or shorter column is refused by name, and the table stays as it was."""
    table = PeopleTable(**people(2))
    with pytest.raises(ValueError, match=f"PeopleTable.*{message}"):
        table.append(**columns)
    assert table.n == len(table.person_id) == len(table.city) == 2
