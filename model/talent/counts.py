"""Persons counted in one pass over all talents, by several columns at once.

Each count costs one addition for a talent. Neighbours often fall into one cell: four tables take turns, so that no
addition waits for the one before it.
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, Base
from model.compiled import RULE
from model.memory import BLOCK, fetch


class OpeningCounts(NamedTuple):
    """Persons of the base year."""

    staff: NDArray[np.int64]
    """(n_employers, n_tiers) at work by employer group."""
    stock: NDArray[np.int64]
    """(n_cities, n_tiers)."""
    homes: NDArray[np.int64]
    """(n_cities, n_places) by where they come from."""
    late: NDArray[np.int64]
    """(n_cities,) born by the late-career quarter."""


def opening_counts(base: Base, late_career: int) -> OpeningCounts:
    """Count the talents of the base year; ``late_career``: quarter of birth up to which a talent can retire."""
    t, n_employers = base.talents, len(base.sites) * base.n_employers_per_site
    columns = t.city, t.employer, t.tier, t.home, t.born, t.weight
    return OpeningCounts._make(_opening_counts(columns, late_career, n_employers, base.n_cities, len(base.places)))


@nb.njit(**RULE)
def _opening_counts(columns, late_career, n_employers, n_cities, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `opening_counts`."""
    city, employer, tier, home, born, weight = columns
    shape, cell = (n_cities + 1, n_employers + 1, N_TIERS), np.empty(BLOCK, np.uint32)
    at_work, of_home = _four_tables(shape), _four_tables((n_cities + 1, n_places, 2))
    for first in range(0, city.size, BLOCK):
        _fetch_counted(first + BLOCK, city, employer, tier, weight)
        fetch(home, first + BLOCK)
        fetch(born, first + BLOCK)
        block = slice(first, min(first + BLOCK, city.size))
        _cells(city[block], employer[block], tier[block], shape, cell)
        _add(at_work, cell, weight[block])
        _cells_of_home(city[block], home[block], born[block] <= late_career, n_cities, n_places, cell)
        _add(of_home, cell, weight[block])
    staff, stock = _staff_and_stock(at_work, shape)
    homes, late, k = np.zeros((n_cities, n_places), np.int64), np.zeros(n_cities, np.int64), 0
    for here in range(n_cities):
        for origin in range(n_places):
            for old in range(2):
                persons = of_home[0, k] + of_home[1, k] + of_home[2, k] + of_home[3, k]
                homes[here, origin] += persons
                late[here] += persons * old
                k += 1
    return staff, stock, homes, late


@nb.njit(**RULE)
def count_both(city, employer, tier, weight, n_employers, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """The compiled loop of `model.talent.table.staff_and_stock`.

    Persons are counted by city, employer or none, and tier at once; those who are gone fall into a last city that
    nobody reads.
    """
    shape = n_cities + 1, n_employers + 1, N_TIERS
    total, cell = _four_tables(shape), np.empty(BLOCK, np.uint32)
    for first in range(0, city.size, BLOCK):
        _fetch_counted(first + BLOCK, city, employer, tier, weight)
        block = slice(first, min(first + BLOCK, city.size))
        _cells(city[block], employer[block], tier[block], shape, cell)
        _add(total, cell, weight[block])
    return _staff_and_stock(total, shape)


@nb.njit(**RULE)
def _four_tables(shape):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(4, n_cells) of nobody."""
    return np.zeros((4, shape[0] * shape[1] * shape[2]), np.int64)


@nb.njit(**RULE)
def _add(total, cell, persons):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Add the persons of a block to their cells, in each of four tables in turn."""
    whole = (persons.size // 4) * 4
    for i in range(0, whole, 4):
        total[0, cell[i]] += persons[i]
        total[1, cell[i + 1]] += persons[i + 1]
        total[2, cell[i + 2]] += persons[i + 2]
        total[3, cell[i + 3]] += persons[i + 3]
    for i in range(whole, persons.size):
        total[0, cell[i]] += persons[i]


@nb.njit(**RULE)
def _staff_and_stock(total, shape):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Sums over cities and over employers of a count by city, employer and tier."""
    n_cities, n_employers, cell = shape[0] - 1, shape[1] - 1, 0
    staff, stock = np.zeros((n_employers, N_TIERS), np.int64), np.zeros((n_cities, N_TIERS), np.int64)
    for city in range(n_cities):
        for employer in range(n_employers + 1):
            for tier in range(N_TIERS):
                persons = total[0, cell] + total[1, cell] + total[2, cell] + total[3, cell]
                stock[city, tier] += persons
                if employer < n_employers:
                    staff[employer, tier] += persons
                cell += 1
    return staff, stock


@nb.njit(**RULE)
def _fetch_counted(first, city, employer, tier, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Ask for what `count_both` reads of a block of talents."""
    fetch(city, first)
    fetch(employer, first)
    fetch(tier, first)
    fetch(weight, first)


@nb.njit(**RULE)
def _cells(city, employer, tier, shape, cell):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Cell of each talent of a block in a table by city, employer and tier; the last city and employer are nobody's."""
    n_cities, n_employers, n_tiers = np.int32(shape[0] - 1), np.int32(shape[1] - 1), np.int32(shape[2])
    for i in range(city.size):
        place = np.int32(city[i]) if city[i] >= 0 else n_cities
        row = np.int32(employer[i]) if 0 <= employer[i] < n_employers else n_employers
        cell[i] = (place * (n_employers + np.int32(1)) + row) * n_tiers + np.int32(tier[i])


@nb.njit(**RULE)
def _cells_of_home(city, home, late, n_cities, n_places, cell):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Cell of each talent of a block in a table by city, home and whether late in their career."""
    nowhere, n_homes = np.int32(n_cities), np.int32(n_places)
    for i in range(city.size):
        place = np.int32(city[i]) if city[i] >= 0 else nowhere
        cell[i] = (place * n_homes + np.int32(home[i])) * np.int32(2) + np.int32(late[i])
