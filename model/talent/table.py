"""The table of talents: who they are, and how many where."""

from __future__ import annotations

from typing import ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, Base, TalentColumns
from model.compiled import RULE
from model.memory import BLOCK, fetch
from model.streams import child
from model.table import Table
from model.talent.candidates import Candidates

GONE = -1
FloatArray = NDArray[np.float64]


class TalentTable(Table):
    """One row a talent agent; ``weight`` persons. ``city`` is GONE for those who left or retired."""

    COLUMNS: ClassVar[dict[str, type]] = {
        "talent_id": np.uint64,
        "city": np.int8,
        "home": np.int8,
        "tier": np.int8,
        "born": np.int16,
        "employer": np.int16,
        "weight": np.int32,
        "arrived": np.int16,
    }
    talent_id: NDArray[np.uint64]
    city: NDArray[np.int8]
    home: NDArray[np.int8]
    tier: NDArray[np.int8]
    born: NDArray[np.int16]
    employer: NDArray[np.int16]
    weight: NDArray[np.int32]
    arrived: NDArray[np.int16]

    @classmethod
    def opening(cls, base: Base) -> TalentTable:
        """The talents of the base year."""
        rows = {name: getattr(base.talents, name) for name in cls.COLUMNS if name != "arrived"}
        return cls(**rows, arrived=np.full(len(base.talents.city), -1, np.int16))

    def stock(self, n_cities: int) -> NDArray[np.int64]:
        """(n_cities, n_tiers) persons."""
        return staff_and_stock(self, 0, n_cities)[1]

    def staff(self, n_employers: int) -> NDArray[np.int64]:
        """(n_employers, n_tiers) persons at work by employer group."""
        return np.asarray(_count_staff(self.city, self.employer, self.tier, self.weight, n_employers))

    def staff_since(
        self,
        staff: FloatArray,
        changes: NDArray[np.int64],
        left: NDArray[np.int64],
        moved: NDArray[np.int64],
        first_new: int,
    ) -> FloatArray:
        """`staff`, counted anew only where something happened since it was counted last.

        Parameters
        ----------
        staff : (n_employers, n_tiers) persons at work when all were counted.
        changes : (n_employers, n_tiers) those of them who are no longer at work there, or of another tier.
        left : (k,) rows of others who are about to leave.
        moved : (j,) rows of those to be counted where they are now, beside all from row ``first_new`` on.
        """
        columns = self.city, self.employer, self.tier, self.weight
        return np.asarray(_count_staff_since(staff, changes, left, moved, first_new, columns))

    def admit(self, new: Candidates, employers: NDArray[np.int64], quarter: int) -> None:
        """Add people who become talents of the place that they chose, with employers (n,)."""
        arrived = np.empty(len(employers), np.int16)
        arrived.fill(quarter)
        self.append(
            talent_id=new.talent_id,
            city=new.place,
            home=new.origin,
            tier=new.tier,
            born=new.born,
            employer=employers,
            weight=new.weight,
            arrived=arrived,
        )

    def persons_by_tier(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """(n_tiers,) persons among some rows."""
        return np.asarray(_persons_by_tier(rows, self.tier, self.weight))

    def persons(self, rows: NDArray[np.int64], cause_key: np.uint64) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Persons for whom the agents of some rows stand: (k,) the row of each, and (k,) an id of its own.

        The id is made of the cause, the agent's id and the position of the person in it.
        """
        row, talent_id = _persons(rows, cause_key, self.talent_id, self.weight)
        return row, talent_id

    def take_jobs(
        self, rows: NDArray[np.int64], hired: NDArray[np.int64], employers: NDArray[np.int64], place: NDArray[np.int8]
    ) -> NDArray[np.int64]:
        """Write down the employers of seekers who were hired; who of them has yet to move is returned.

        Parameters
        ----------
        rows : of the seekers, who are residents.
        hired, employers : (k,) positions among them, and their employer groups.
        place : (n,) city that each seeker chose, residents first.

        Returns
        -------
        (j,) positions of those hired in a city where they do not live, in the order of ``hired``.
        """
        return np.asarray(_take_jobs(self.city, self.employer, rows, hired, employers, place))


def staff_and_stock(
    talents: TalentTable | TalentColumns, n_employers: int, n_cities: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """`TalentTable.staff` and `TalentTable.stock` in one pass, of the table or of the base year."""
    city, employer, tier, weight = talents.city, talents.employer, talents.tier, talents.weight
    if not city.flags.writeable:
        # Copies of the base year's: for columns that cannot be written all would be compiled again.
        city, employer, tier, weight = city.copy(), employer.copy(), tier.copy(), weight.copy()
    staff, stock = _count_both(city, employer, tier, weight, n_employers, n_cities)
    return staff, stock


@nb.njit(**RULE)
def _persons_by_tier(rows, tier, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `persons_by_tier`."""
    persons = np.zeros(N_TIERS, np.int64)
    for row in rows:
        persons[tier[row]] += weight[row]
    return persons


@nb.njit(**RULE)
def _persons(rows, cause_key, talent_id, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `persons`."""
    n = 0
    for row in rows:
        n += weight[row]
    agent, ids, k = np.empty(n, np.int64), np.empty(n, np.uint64), 0
    for row in rows:
        for position in range(weight[row]):
            agent[k], ids[k] = row, child(cause_key, talent_id[row], position)
            k += 1
    return agent, ids


@nb.njit(**RULE)
def _take_jobs(city, employer, rows, hired, employers, place):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `take_jobs`."""
    moves, n = np.empty(hired.size + 1, np.int64), 0
    for k in range(hired.size):
        row = rows[hired[k]]
        employer[row] = employers[k]
        moves[n] = hired[k]
        n += city[row] != place[hired[k]]
    return moves[:n]


@nb.njit(**RULE)
def _count_both(city, employer, tier, weight, n_employers, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff_and_stock`.

    Persons are counted by city, employer or none, and tier at once, which costs one addition for each talent; those
    who are gone fall into a last city that nobody reads. Neighbours often fall into one cell: four tables take turns,
    so that no addition waits for the one before it.
    """
    shape = n_cities + 1, n_employers + 1, N_TIERS
    total, cell = np.zeros((4, shape[0] * shape[1] * shape[2]), np.int64), np.empty(BLOCK, np.uint32)
    for first in range(0, city.size, BLOCK):
        _fetch_counted(first + BLOCK, city, employer, tier, weight)
        block = slice(first, min(first + BLOCK, city.size))
        _cells(city[block], employer[block], tier[block], shape, cell)
        persons, whole = weight[block], (weight[block].size // 4) * 4
        for i in range(0, whole, 4):
            total[0, cell[i]] += persons[i]
            total[1, cell[i + 1]] += persons[i + 1]
            total[2, cell[i + 2]] += persons[i + 2]
            total[3, cell[i + 3]] += persons[i + 3]
        for i in range(whole, persons.size):
            total[0, cell[i]] += persons[i]
    return _staff_and_stock(total, shape)


@nb.njit(**RULE)
def _staff_and_stock(total, shape):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Sums of `_count_both` over cities and over employers; numpy's take five seconds to compile."""
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
    """Ask for what `_count_both` reads of a block of talents."""
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
def _count_staff(city, employer, tier, weight, n_employers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff`."""
    staff = np.zeros((n_employers + 1) * N_TIERS, np.int64)
    for i in range(city.size):
        row = employer[i] if (employer[i] >= 0) & (city[i] >= 0) else n_employers
        staff[np.uint64(row * N_TIERS + tier[i])] += weight[i]
    return staff.reshape(-1, N_TIERS)[:-1]


@nb.njit(**RULE)
def _count_staff_since(staff, changes, left, moved, first_new, columns):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff_since`."""
    now = np.empty_like(staff)
    for employer in range(staff.shape[0]):
        for tier in range(staff.shape[1]):
            now[employer, tier] = staff[employer, tier] - changes[employer, tier]
    _count_in(now, left, -1, columns)
    _count_in(now, moved, 1, columns)
    _count_in(now, range(first_new, columns[0].size), 1, columns)
    return now


@nb.njit(**RULE)
def _count_in(staff, rows, sign, columns):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Add the persons of some rows who are at work to the staff, or take them out."""
    city, employer, tier, weight = columns
    for i in rows:
        if employer[i] >= 0 and city[i] >= 0:
            staff[employer[i], tier[i]] += sign * weight[i]
