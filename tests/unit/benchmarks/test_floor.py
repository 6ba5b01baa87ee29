"""Bytes of a quarter: counted from the columns that calls read and the elements that they change."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from model import quarter as the_quarter
from model.economy import Economy
from model.table import Table
from tests.benchmarks import floor
from tests.benchmarks.calls import CALLS
from tests.benchmarks.floor import copy_bandwidth, touched
from tests.reference.bench import world_of


class Small(Table):
    """Two columns of eight bytes and one of two."""

    COLUMNS: ClassVar[dict[str, type]] = {"amount": np.float64, "id": np.uint64, "kind": np.int16}


def small(n: int) -> Small:
    """So many rows."""
    return Small(amount=np.zeros(n), id=np.arange(n, dtype=np.uint64), kind=np.zeros(n, np.int16))


def test_bytes_are_those_of_columns_read_and_elements_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand, of 100 rows: one call reads 8 + 2 bytes a row and changes 3 amounts, one reads kinds and adds a row."""

    def pay(economy: Any) -> None:
        t = economy.talents
        t.amount[t.kind == 0][:3]
        t.amount[:3] = 1.0

    def come(economy: Any) -> None:
        assert economy.talents.kind.sum() == 0
        economy.talents.append(amount=np.ones(1), id=np.full(1, 7, np.uint64), kind=np.ones(1, np.int16))

    owner = SimpleNamespace(pay=pay, come=come)
    economy = SimpleNamespace(talents=small(100), firms=small(0), holdings=small(0))

    def step() -> None:
        owner.pay(economy)
        owner.come(economy)

    found = touched(economy, [(owner, "pay"), (owner, "come")], step)
    assert found.read == {"pay": 100 * 10.0, "come": 101 * 2.0}
    assert found.written == {"pay": 3 * 8.0, "come": 18.0}
    assert found.once_read == 101 * 10.0
    assert found.once_written == 3 * 8.0 + 18.0
    assert found.by_call == 1000.0 + 202.0 + 24.0 + 18.0
    assert (owner.pay, owner.come, type(economy.talents)) == (pay, come, Small)
    monkeypatch.setitem(floor.SOME_ROWS, ("pay", "talents"), lambda _: 5)
    assert touched(economy, [(owner, "pay"), (owner, "come")], lambda: owner.pay(economy)).read["pay"] == 50.0


def test_a_quarter_that_is_watched_is_the_quarter() -> None:
    """Counting changes no column; every call is counted, and the one that draws events reads all talents."""
    world = world_of(3000)
    watched, plain = (Economy(world.base, world.parameters, world.outside, world.path, world.seed) for _ in range(2))
    plain.step()
    n = watched.talents.n
    found = touched(watched, [(getattr(the_quarter, module), name) for module, name in CALLS], watched.step)
    assert set(found.read) == {name for _, name in CALLS}
    rows, rest = divmod(found.read["talents_arrive_and_retire"], 8 + 1 + 1 + 1 + 2 + 2 + 4)
    assert rest == 0.0
    assert n <= rows <= watched.talents.n
    assert 0.0 < found.once < found.by_call
    for name in floor.TABLES:
        for column in getattr(plain, name).COLUMNS:
            assert np.array_equal(getattr(getattr(plain, name), column), getattr(getattr(watched, name), column))


def test_bandwidth_is_measured() -> None:
    """Each repeat gives a positive number of bytes a second."""
    found = copy_bandwidth(2)
    assert len(found) == 2
    assert min(found) > 0.0
