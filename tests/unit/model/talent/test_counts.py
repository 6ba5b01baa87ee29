"""Persons counted in one pass over all talents."""

import numpy as np

from model.base import N_TIERS, TalentColumns
from model.talent.counts import OpeningCounts, opening_counts
from model.talent.table import TalentTable, staff_and_stock
from tests.unit.model.fakes import base_of

N = 3001
"""More than two blocks, and not a multiple of four."""


def columns() -> dict[str, np.ndarray]:
    """Give talents of all cities, homes, tiers and ages, some without a job."""
    draws, whole = np.random.default_rng(1), np.int8
    return {
        "talent_id": np.arange(N, dtype=np.uint64),
        "city": draws.integers(0, 3, N).astype(whole),
        "home": draws.integers(0, 5, N).astype(whole),
        "tier": draws.integers(0, N_TIERS, N).astype(whole),
        "born": draws.integers(-260, -90, N).astype(np.int16),
        "employer": draws.integers(-1, 24, N).astype(np.int16),
        "weight": draws.integers(1, 100, N).astype(np.int32),
    }


def counted_at_opening(rows: dict[str, np.ndarray]) -> OpeningCounts:
    """Count them as those of a base year, whose columns cannot be written."""
    frozen = {name: column.copy() for name, column in rows.items()}
    for column in frozen.values():
        column.setflags(write=False)
    return opening_counts(base_of(talents=TalentColumns(**frozen)), -200)


def test_opening_counts_are_sums_of_weights() -> None:
    """Staff, stock, homes and those late in their career are what loops over all talents add up."""
    rows = columns()
    found = counted_at_opening(rows)
    staff, stock = np.zeros((24, N_TIERS), int), np.zeros((3, N_TIERS), int)
    homes, late = np.zeros((3, 5), int), np.zeros(3, int)
    employed = rows["employer"] >= 0
    np.add.at(staff, (rows["employer"][employed], rows["tier"][employed]), rows["weight"][employed])
    np.add.at(stock, (rows["city"], rows["tier"]), rows["weight"])
    np.add.at(homes, (rows["city"], rows["home"]), rows["weight"])
    np.add.at(late, rows["city"], rows["weight"] * (rows["born"] <= -200))
    assert [counted.tolist() for counted in found] == [wanted.tolist() for wanted in (staff, stock, homes, late)]


def test_staff_and_stock_of_the_table_are_those_of_the_base_year() -> None:
    """The table opened with the same talents has the same staff and stock."""
    rows = columns()
    found = counted_at_opening(rows)
    staff, stock = staff_and_stock(TalentTable(**rows, arrived=np.full(N, -1, np.int16)), 24, 3)
    assert staff.tolist() == found.staff.tolist()
    assert stock.tolist() == found.stock.tolist()
