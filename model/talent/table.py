"""The table of talents and the one pass that every quarter makes over all of them."""

from __future__ import annotations

from typing import ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, Base
from model.streams import unit
from model.table import Table

GONE = -1
STAYS, RETIRES, SEARCHES, LOSES_JOB, RISES = range(5)
_EVER = 1 << 14
"""Quarters: longer than anybody lives."""
_BLOCK = 1024
"""Talents whose draws are made together: their hazards and draws stay in the nearest cache."""
EventArray = NDArray[np.int8]


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

    def staff_and_stock(self, n_employers: int, n_cities: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """`staff` and `stock` in one pass."""
        staff, stock = _count_both(self.city, self.employer, self.tier, self.weight, n_employers, n_cities)
        return staff, stock


def rows_by_event(events: EventArray) -> dict[int, NDArray[np.int64]]:
    """Code -> rows of the talents whom that event befalls, ascending; STAYS is left out."""
    rows, ends = _sorted_by_event(events)
    return {code: rows[ends[code - 1] : ends[code]] for code in (RETIRES, SEARCHES, LOSES_JOB, RISES)}


@nb.njit(cache=True)
def _sorted_by_event(events):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Rows with an event in the order of codes, and where the rows of each code end: a counting sort.

    Most talents stay, so eight are passed over at a time.
    """
    whole = events.size // 8
    eights = events[: 8 * whole].view(np.uint64)
    found, n = np.empty(events.size, np.int64), 0
    ends = np.zeros(RISES + 1, np.int64)
    for block in range(whole + 1):
        if block == whole or eights[block] != 0:
            for i in range(8 * block, min(8 * block + 8, events.size)):
                if events[i] != STAYS:
                    found[n] = i
                    n += 1
                    ends[events[i]] += 1
    ends = np.cumsum(ends)
    rows, place = np.empty(n, np.int64), np.zeros(RISES + 1, np.int64)
    place[1:] = ends[:-1]
    for i in found[:n]:
        rows[place[events[i]]] = i
        place[events[i]] += 1
    return rows, ends


@nb.njit(cache=True)
def _count_both(city, employer, tier, weight, n_employers, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff_and_stock`.

    Those without work, and those who are gone, fall into a last row that nobody reads: cheaper than a branch for each
    talent.
    """
    staff = np.zeros((n_employers + 1) * N_TIERS, np.int64)
    stock = np.zeros((n_cities + 1) * N_TIERS, np.int64)
    for i in range(city.size):
        row = employer[i] if (0 <= employer[i] < n_employers) & (city[i] >= 0) else n_employers
        place = city[i] if city[i] >= 0 else n_cities
        staff[np.uint64(row * N_TIERS + tier[i])] += weight[i]
        stock[np.uint64(place * N_TIERS + tier[i])] += weight[i]
    return staff.reshape(-1, N_TIERS)[:-1], stock.reshape(-1, N_TIERS)[:-1]


@nb.njit(cache=True)
def _count_staff(city, employer, tier, weight, n_employers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `staff`."""
    staff = np.zeros((n_employers + 1) * N_TIERS, np.int64)
    for i in range(city.size):
        row = employer[i] if (employer[i] >= 0) & (city[i] >= 0) else n_employers
        staff[np.uint64(row * N_TIERS + tier[i])] += weight[i]
    return staff.reshape(-1, N_TIERS)[:-1]


@nb.njit(cache=True)
def draw_events(  # type: ignore[no-untyped-def]  # noqa: ANN201, PLR0913, PLR0917 - compiled, one pass
    keys,  # noqa: ANN001
    talent_id,  # noqa: ANN001
    city,  # noqa: ANN001
    tier,  # noqa: ANN001
    born,  # noqa: ANN001
    employer,  # noqa: ANN001
    late_career,  # noqa: ANN001
    retirement,  # noqa: ANN001
    search,  # noqa: ANN001
    job_loss,  # noqa: ANN001
    rise,  # noqa: ANN001
):
    """What befalls each talent this quarter.

    Parameters
    ----------
    keys : (4,) stream keys of retirement, search, job loss and rise: each has a draw of its own.
    talent_id, city, tier, born, employer : (n,) columns of the table.
    late_career : quarter of birth up to which a talent can retire.
    retirement : (n_cities,) hazard a quarter past that age.
    search : (n_cities, n_tiers) hazard a quarter that somebody at work looks for another job.
    job_loss : (n_employers, n_tiers) hazard a quarter that the job ends.
    rise : (n_tiers,) hazard a quarter of rising a tier.

    Returns
    -------
    (n,) codes STAYS, RETIRES, SEARCHES, LOSES_JOB, RISES; the unemployed always search unless they retire.
    """
    events = np.zeros(city.size, np.int8)
    hazard = np.empty(_BLOCK)
    # The opening table is sorted by tier and age, so whole blocks can neither rise nor retire.
    can_rise = np.flatnonzero(rise)
    lowest, highest = (can_rise[0], can_rise[-1]) if can_rise.size else (1, 0)
    for first in range(0, city.size, _BLOCK):
        rows = slice(first, min(first + _BLOCK, city.size))
        ids, event = talent_id[rows], events[rows]
        # From the last event to the first: one that comes before overrules those that come after.
        if _any_between(tier[rows], lowest, highest):
            _hazard_of_tier(tier[rows], rise, hazard)
            _strike(RISES, keys[3], ids, hazard, event)
        _hazard_of_job(employer[rows], tier[rows], job_loss, hazard)
        _strike(LOSES_JOB, keys[2], ids, hazard, event)
        _hazard_of_search(city[rows], tier[rows], employer[rows], search, hazard)
        _strike(SEARCHES, keys[1], ids, hazard, event)
        if _any_between(born[rows], -_EVER, late_career):
            _hazard_of_age(city[rows], born[rows], late_career, retirement, hazard)
            _strike(RETIRES, keys[0], ids, hazard, event)
        _spare_the_gone(city[rows], event)
    return events


# Each of the short loops below does one thing without a branch, so that the compiler works on eight talents at a time.


@nb.njit(cache=True)
def _any_between(column, low, high):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Whether any entry lies in the closed interval."""
    found = 0
    for value in column:
        found += (low <= value) & (value <= high)
    return found > 0


@nb.njit(cache=True)
def _strike(code, key, talent_id, hazard, event):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Set the code of those whose draw falls below their hazard."""
    for i in range(talent_id.size):
        event[i] = code if unit(key, talent_id[i]) < hazard[i] else event[i]


@nb.njit(cache=True)
def _hazard_of_tier(tier, rise, hazard):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Hazard of rising."""
    for i in range(tier.size):
        hazard[i] = rise[np.uint64(tier[i])]


@nb.njit(cache=True)
def _hazard_of_job(employer, tier, job_loss, hazard):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Hazard of losing the job; that of those without one is overruled by their search."""
    flat = job_loss.ravel()
    for i in range(tier.size):
        hazard[i] = flat[np.uint64(max(employer[i], 0)) * np.uint64(N_TIERS) + np.uint64(tier[i])]


@nb.njit(cache=True)
def _hazard_of_search(city, tier, employer, search, hazard):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Hazard of looking for a job, one without work."""
    flat = search.ravel()
    for i in range(tier.size):
        at_work = flat[np.uint64(max(city[i], 0)) * np.uint64(N_TIERS) + np.uint64(tier[i])]
        hazard[i] = at_work if employer[i] >= 0 else 1.0


@nb.njit(cache=True)
def _hazard_of_age(city, born, late_career, retirement, hazard):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Hazard of retiring, zero before late career."""
    for i in range(city.size):
        hazard[i] = retirement[np.uint64(max(city[i], 0))] if born[i] <= late_career else 0.0


@nb.njit(cache=True)
def _spare_the_gone(city, event):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Nothing befalls those who left."""
    for i in range(city.size):
        event[i] = event[i] if city[i] >= 0 else STAYS
