"""The table of talents and the one pass that every quarter makes over all of them."""

from __future__ import annotations

from typing import Any, ClassVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import N_TIERS, Base, TalentColumns
from model.memory import BLOCK, fetch
from model.streams import threshold, two_draws
from model.table import Table

GONE = -1
STAYS, RETIRES, SEARCHES, LOSES_JOB, RISES = range(5)
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

    def staff_of(self, rows: NDArray[np.int64], n_employers: int) -> NDArray[np.int64]:
        """`staff` among some rows only."""
        return np.asarray(_count_staff_of(rows, self.city, self.employer, self.tier, self.weight, n_employers))

    def seekers(self, rows: NDArray[np.int64], n_places: int) -> tuple[NDArray[Any], ...]:
        """Id, city, tier and weight of some rows, and their group of city, home and tier for `choose_place`."""
        columns = self.talent_id, self.city, self.home, self.tier, self.weight
        return tuple(_seekers(rows, *columns, n_places))


def staff_and_stock(
    talents: TalentTable | TalentColumns, n_employers: int, n_cities: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """`TalentTable.staff` and `TalentTable.stock` in one pass, of the table or of the base year."""
    staff, stock = _count_both(talents.city, talents.employer, talents.tier, talents.weight, n_employers, n_cities)
    return staff, stock


@nb.njit(cache=True)
def _seekers(rows, talent_id, city, home, tier, weight, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `seekers`."""
    n = rows.size
    ids, cities, tiers = np.empty(n, np.uint64), np.empty(n, np.int8), np.empty(n, np.int8)
    weights, groups = np.empty(n, np.int32), np.empty(n, np.int16)
    for k in range(n):
        i = rows[k]
        ids[k], cities[k], tiers[k], weights[k] = talent_id[i], city[i], tier[i], weight[i]
        groups[k] = (city[i] * n_places + home[i]) * N_TIERS + tier[i]
    return ids, cities, tiers, weights, groups


@nb.njit(cache=True)
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
    present = total.sum(axis=0).reshape(shape)[:n_cities]
    return present[:, :n_employers].sum(axis=0), present.sum(axis=1)


@nb.njit(cache=True)
def _fetch_counted(first, city, employer, tier, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Ask for what `_count_both` reads of a block of talents."""
    fetch(city, first)
    fetch(employer, first)
    fetch(tier, first)
    fetch(weight, first)


@nb.njit(cache=True)
def _cells(city, employer, tier, shape, cell):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Cell of each talent of a block in a table by city, employer and tier; the last city and employer are nobody's."""
    n_cities, n_employers, n_tiers = np.int32(shape[0] - 1), np.int32(shape[1] - 1), np.int32(shape[2])
    for i in range(city.size):
        place = np.int32(city[i]) if city[i] >= 0 else n_cities
        row = np.int32(employer[i]) if 0 <= employer[i] < n_employers else n_employers
        cell[i] = (place * (n_employers + np.int32(1)) + row) * n_tiers + np.int32(tier[i])


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
) -> tuple[dict[int, NDArray[np.int64]], NDArray[np.int64]]:
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
    search unless they retire. And (n_employers, n_tiers) persons at work who retire, lose their job or rise: what they
    do is no longer theirs, or of another tier.

    Notes
    -----
    Hazards are compared as whole numbers of 32 bits, so each is met to 2 ** -32.
    """
    t, hazards = talents, [threshold(hazard) for hazard in (retirement, search, job_loss, rise)]
    columns = t.talent_id, t.city, t.tier, t.born, t.employer, t.weight
    rows, codes, at_work = _events(keys, *columns, late_career, *hazards)
    ordered, first = _by_code(rows, codes)
    events = {code: ordered[first[code] : first[code + 1]] for code in (RETIRES, SEARCHES, LOSES_JOB, RISES)}
    return events, at_work


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
def _events(keys, talent_id, city, tier, born, employer, weight, late_career, retirement, search, job_loss, rise):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled, one pass
    """The compiled loop of `draw_events`, hazards as thresholds: rows that meet an event, its code, job or tier ended.

    Nine talents in ten draw above the largest hazard of all; only the others need to know their own.
    """
    rows, codes, n = np.empty(city.size, np.int64), np.empty(city.size, np.int8), 0
    may, noted, at_work = np.empty(BLOCK, np.int8), np.empty(BLOCK, np.uint32), np.zeros(job_loss.shape, np.int64)
    draws, most = np.empty((4, BLOCK), np.uint32), (search.max(), job_loss.max(), retirement.max(), rise.max())
    searches, loses, retires, rises = draws
    for first in range(0, city.size, BLOCK):
        _fetch_talents(first + BLOCK, talent_id, city, tier, born, employer, weight)
        block = slice(first, min(first + BLOCK, city.size))
        cities, tiers, births, employers, persons = (
            city[block],
            tier[block],
            born[block],
            employer[block],
            weight[block],
        )
        _may_meet_an_event(keys, talent_id[block], cities, births, employers, late_career, most, draws, may)
        for i in noted[: _note(may, cities.size, noted)]:
            place, rung, group = cities[i], tiers[i], max(employers[i], 0)
            code = _first_event(
                searches[i] < search[place, rung],
                loses[i] < job_loss[group, rung],
                (retires[i] < retirement[place]) & (births[i] <= late_career),
                rises[i] < rise[rung],
                employers[i] < 0,
            )
            rows[n], codes[n] = first + i, code
            changes = (code != STAYS) & (code != SEARCHES)
            at_work[group, rung] += persons[i] * (changes & (employers[i] >= 0))
            n += code != STAYS
    return rows[:n], codes[:n], at_work


@nb.njit(cache=True)
def _fetch_talents(first, talent_id, city, tier, born, employer, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Ask for what `_events` reads of a block of talents."""
    fetch(talent_id, first)
    fetch(city, first)
    fetch(tier, first)
    fetch(born, first)
    fetch(employer, first)
    fetch(weight, first)


@nb.njit(cache=True, inline="always")
def _draws(keys, talent_id):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Whole draws of a talent for search, job loss, retirement and rise."""
    searches, loses = two_draws(keys[0], talent_id)
    retires, rises = two_draws(keys[1], talent_id)
    return searches, loses, retires, rises


# The short loops and rules below do one thing without a branch: a loop over all talents then runs on eight at a time,
# and a rule for few of them is not guessed wrong.


@nb.njit(cache=True, inline="always")
def _first_event(searches, loses, retires, rises, unemployed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The first event that is met: retirement, search (always without a job), loss of the job, rise."""
    retires, searches, loses = np.int64(retires), np.int64(searches | unemployed), np.int64(loses)
    otherwise = (1 - loses) * np.int64(rises) * RISES + loses * LOSES_JOB
    return retires * RETIRES + (1 - retires) * (searches * SEARCHES + (1 - searches) * otherwise)


@nb.njit(cache=True)
def _may_meet_an_event(keys, talent_id, city, born, employer, late_career, most, draws, may):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Draws of a block, and who of those here draws below the largest hazards of all or has no job."""
    search, loss, retirement, rise = draws
    for i in range(talent_id.size):
        search[i], loss[i], retirement[i], rise[i] = searches, loses, retires, rises = _draws(keys, talent_id[i])
        at_work = (searches < most[0]) | (loses < most[1]) | (rises < most[3])
        of_age = (retires < most[2]) & (born[i] <= late_career)
        may[i] = (at_work | of_age | (employer[i] < 0)) & (city[i] >= 0)


@nb.njit(cache=True)
def _note(may, n, noted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Positions of those of a block of ``n`` to whom something may happen; how many there are."""
    found = np.uint64(0)
    for i in range(n):
        noted[found] = i
        found += np.uint64(may[i])
    return found
