"""The table of talents: who they are, and how many where."""

from __future__ import annotations

from typing import ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, Base
from model.compiled import RULE
from model.streams import child
from model.table import Table
from model.talent.candidates import Candidates
from model.talent.counts import count_both

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
        place : (n,) city that each seeker chose.

        Returns
        -------
        (j,) positions of those hired in a city where they do not live, in the order of ``hired``.
        """
        return np.asarray(_take_jobs(self.city, self.employer, rows, hired, employers, place))


def staff_and_stock(
    talents: TalentTable, n_employers: int, n_cities: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """`TalentTable.staff` and `TalentTable.stock` in one pass."""
    staff, stock = count_both(talents.city, talents.employer, talents.tier, talents.weight, n_employers, n_cities)
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
