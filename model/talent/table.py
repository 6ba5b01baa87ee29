"""The table of talents and the one pass that every quarter makes over all of them."""

from __future__ import annotations

from typing import Any, ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, Base
from model.streams import threshold, two_draws
from model.table import Table

GONE = -1
STAYS, RETIRES, SEARCHES, LOSES_JOB, RISES = range(5)
_BLOCK = 1024
"""Talents whose draws are made together: their hazards and draws stay in the nearest cache."""
_NEVER = np.uint32(0)
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
        return self.staff_and_stock(0, n_cities)[1]

    def staff(self, n_employers: int) -> NDArray[np.int64]:
        """(n_employers, n_tiers) persons at work by employer group."""
        return np.asarray(_count_staff(self.city, self.employer, self.tier, self.weight, n_employers))

    def staff_of(self, rows: NDArray[np.int64], n_employers: int) -> NDArray[np.int64]:
        """`staff` among some rows only."""
        return np.asarray(_count_staff_of(rows, self.city, self.employer, self.tier, self.weight, n_employers))

    def seekers(self, rows: NDArray[np.int64], n_places: int) -> tuple[NDArray[Any], ...]:
        """Id, city, tier and weight of some rows, and their group of city, home and tier for `choose_place`."""
        columns = self.talent_id, self.city, self.home, self.tier, self.weight
        return tuple(_seekers(rows, *columns, n_places))

    def staff_and_stock(self, n_employers: int, n_cities: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """`staff` and `stock` in one pass."""
        staff, stock = _count_both(self.city, self.employer, self.tier, self.weight, n_employers, n_cities)
        return staff, stock


@nb.njit(cache=True)
def _seekers(rows, talent_id, city, home, tier, weight, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `seekers`."""
    n = rows.size
    ids, cities, tiers = np.empty(n, np.uint64), np.empty(n, np.int8), np.empty(n, np.int8)
    weights, groups = np.empty(n, np.int32), np.empty(n, np.int64)
    for k in range(n):
        i = rows[k]
        ids[k], cities[k], tiers[k], weights[k] = talent_id[i], city[i], tier[i], weight[i]
        groups[k] = (np.int64(city[i]) * n_places + home[i]) * N_TIERS + tier[i]
    return ids, cities, tiers, weights, groups


@nb.njit(cache=True)
def _count_both(city, employer, tier, weight, n_employers, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff_and_stock`.

    Persons are counted by city, employer or none, and tier at once, which costs one addition for each talent; those
    who are gone fall into a last city that nobody reads.
    """
    width = n_employers + 1
    total = np.zeros((n_cities + 1) * width * N_TIERS, np.int64)
    for i in range(city.size):
        place = city[i] if city[i] >= 0 else n_cities
        row = employer[i] if 0 <= employer[i] < n_employers else n_employers
        total[np.uint64((place * width + row) * N_TIERS + tier[i])] += weight[i]
    present = total.reshape(n_cities + 1, width, N_TIERS)[:n_cities]
    return present[:, :n_employers].sum(axis=0), present.sum(axis=1)


@nb.njit(cache=True)
def _count_staff(city, employer, tier, weight, n_employers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff`."""
    staff = np.zeros((n_employers + 1) * N_TIERS, np.int64)
    for i in range(city.size):
        row = employer[i] if (employer[i] >= 0) & (city[i] >= 0) else n_employers
        staff[np.uint64(row * N_TIERS + tier[i])] += weight[i]
    return staff.reshape(-1, N_TIERS)[:-1]


@nb.njit(cache=True)
def _count_staff_of(rows, city, employer, tier, weight, n_employers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff_of`."""
    staff = np.zeros((n_employers, N_TIERS), np.int64)
    for i in rows:
        if employer[i] >= 0 and city[i] >= 0:
            staff[employer[i], tier[i]] += weight[i]
    return staff


def draw_events(  # noqa: PLR0913 - the columns of the table, and one hazard for each event
    keys: NDArray[np.uint64],
    talents: TalentTable,
    *,
    late_career: int,
    retirement: FloatArray,
    search: FloatArray,
    job_loss: FloatArray,
    rise: FloatArray,
) -> dict[int, NDArray[np.int64]]:
    """What befalls each talent this quarter.

    Parameters
    ----------
    keys : (2,) stream keys: of search and job loss, and of retirement and rise; each event has a draw of its own.
    talents : the table, n talents.
    late_career : quarter of birth up to which a talent can retire.
    retirement : (n_cities,) hazard a quarter past that age.
    search : (n_cities, n_tiers) hazard a quarter that somebody at work looks for another job.
    job_loss : (n_employers, n_tiers) hazard a quarter that the job ends.
    rise : (n_tiers,) hazard a quarter of rising a tier.

    Returns
    -------
    RETIRES, SEARCHES, LOSES_JOB, RISES -> rows of the talents whom that befalls, ascending; the unemployed always
    search unless they retire.

    Notes
    -----
    Hazards are compared as whole numbers of 32 bits, so each is met to 2 ** -32.
    """
    t, hazards = talents, [threshold(hazard) for hazard in (retirement, search, job_loss, rise)]
    rows, codes = _events(keys, t.talent_id, t.city, t.tier, t.born, t.employer, late_career, *hazards)
    ordered, first = _by_code(rows, codes)
    return {code: ordered[first[code] : first[code + 1]] for code in (RETIRES, SEARCHES, LOSES_JOB, RISES)}


@nb.njit(cache=True)
def _by_code(rows, codes):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Rows sorted by what befalls them, ascending within each event, and where each event begins."""
    first = np.zeros(RISES + 2, np.int64)
    for code in codes:
        first[code + 1] += 1
    first = np.cumsum(first)
    ordered, filled = np.empty_like(rows), first.copy()
    for i in range(rows.size):
        ordered[filled[codes[i]]] = rows[i]
        filled[codes[i]] += 1
    return ordered, first


@nb.njit(cache=True)
def _events(keys, talent_id, city, tier, born, employer, late_career, retirement, search, job_loss, rise):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled, one pass
    """The compiled loop of `draw_events`, hazards as thresholds: rows that meet an event, and its code.

    Nine talents in ten draw above the largest hazard of all; only the others need to know their own.
    """
    rows, codes, n = np.empty(city.size, np.int64), np.empty(city.size, np.int8), 0
    may, noted = np.empty(_BLOCK, np.int8), np.empty(_BLOCK, np.int64)
    most = search.max(), job_loss.max(), retirement.max(), rise.max()
    for first in range(0, city.size, _BLOCK):
        block = slice(first, min(first + _BLOCK, city.size))
        _may_search_or_lose(keys[0], talent_id[block], employer[block], most[0], most[1], may)
        _may_retire_or_rise(keys[1], talent_id[block], born[block], late_career, most[2], most[3], may)
        n_noted = _note(may, city[block], first, noted)
        for i in noted[:n_noted]:
            hazards = (
                retirement[city[i]] if born[i] <= late_career else _NEVER,
                search[city[i], tier[i]],
                job_loss[max(employer[i], 0), tier[i]],
                rise[tier[i]],
            )
            rows[n], codes[n] = i, _event(keys, talent_id[i], employer[i] >= 0, hazards)
            n += codes[n] != STAYS
    return rows[:n], codes[:n]


@nb.njit(cache=True, inline="always")
def _event(keys, talent_id, employed, hazards):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The first event, in this order, whose draw falls below its hazard."""
    retires, rises = two_draws(keys[1], talent_id)
    if retires < hazards[0]:
        return RETIRES
    searches, loses = two_draws(keys[0], talent_id)
    if not employed or searches < hazards[1]:
        return SEARCHES
    if loses < hazards[2]:
        return LOSES_JOB
    return RISES if rises < hazards[3] else STAYS


# Each of the short loops below does one thing without a branch, so that the compiler works on eight talents at a time.


@nb.njit(cache=True)
def _may_search_or_lose(key, talent_id, employer, most_search, most_job_loss, may):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Whose draws fall below the largest hazards of all, and who has no job."""
    for i in range(talent_id.size):
        searches, loses = two_draws(key, talent_id[i])
        may[i] = (searches < most_search) | (loses < most_job_loss) | (employer[i] < 0)


@nb.njit(cache=True)
def _may_retire_or_rise(key, talent_id, born, late_career, most_retirement, most_rise, may):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Whose draws fall below the largest hazards of all, besides those noted before."""
    for i in range(talent_id.size):
        retires, rises = two_draws(key, talent_id[i])
        may[i] |= ((retires < most_retirement) & (born[i] <= late_career)) | (rises < most_rise)


@nb.njit(cache=True)
def _note(may, city, first, noted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Rows of a block to whom something may happen and who are here; how many there are."""
    n = np.uint64(0)
    for i in range(city.size):
        noted[n] = first + i
        n += np.uint64(may[i] & (city[i] >= 0))
    return n
