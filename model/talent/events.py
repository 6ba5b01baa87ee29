"""What befalls each talent in a quarter: the one pass over all of them."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE
from model.memory import BLOCK, fetch
from model.streams import hashes, thresholds, two_draws
from model.talent.table import TalentTable

STAYS, RETIRES, SEARCHES, LOSES_JOB, RISES = range(5)
FloatArray = NDArray[np.float64]


class Searchers(NamedTuple):
    """What the labour market asks of those who search; arrays (n,), in the order of their rows.

    Taken down while the pass has them at hand: later they lie far apart in memory.
    """

    talent_id: NDArray[np.uint64]
    city: NDArray[np.int8]
    home: NDArray[np.int8]
    tier: NDArray[np.int8]
    weight: NDArray[np.int32]


class Notes:
    """Room for what the pass writes down, kept from quarter to quarter: at a first touch memory is slow.

    With arrays of its own each quarter touched 55 pages of 4 kB for the first time, 50 us.
    """

    rows: NDArray[np.int64]
    """(n_events, room) rows of the talents whom each event befalls."""
    searchers: Searchers
    """(room,) each column."""

    def __init__(self) -> None:
        """No room yet."""
        self._make(0)

    def make_room(self, n: int) -> None:
        """See that n talents have room; where it ends, half as much again is made."""
        if n > self.rows.shape[1]:
            self._make(n + n // 2)

    def _make(self, room: int) -> None:
        """New arrays, with nothing in them."""
        self.rows = _new_rows(room)
        types = np.uint64, np.int8, np.int8, np.int8, np.int32
        self.searchers = Searchers._make(np.empty(room, dtype) for dtype in types)


@nb.njit(**RULE)
def _new_rows(room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Rows of `Notes`; numpy would ask for pages of 2 MB, of which only the first few kB of each line are used."""
    return np.empty((RISES + 1, room), np.int64)


def draw_events(  # noqa: PLR0913 - the columns of the table, and one hazard for each event
    keys: tuple[np.uint64, np.uint64],
    talents: TalentTable,
    notes: Notes,
    *,
    late_career: int,
    retirement: FloatArray,
    search: FloatArray,
    job_loss: FloatArray,
    rise: FloatArray,
) -> tuple[dict[int, NDArray[np.int64]], Searchers, NDArray[np.int64]]:
    """What befalls each talent this quarter.

    Parameters
    ----------
    keys : of the streams of search and job loss, and of retirement and rise; each event has a draw of its own.
    talents : the table, n talents.
    notes : where what is returned is written down; it is there until events are drawn again.
    late_career : quarter of birth up to which a talent can retire.
    retirement : (n_cities,) hazard a quarter past that age.
    search : (n_cities, n_tiers) hazard a quarter that somebody at work looks for another job.
    job_loss : (n_employers, n_tiers) hazard a quarter that the job ends, above one as good as one.
    rise : (n_tiers,) hazard a quarter of rising a tier.

    Returns
    -------
    RETIRES, SEARCHES, LOSES_JOB, RISES -> rows of the talents whom that befalls, ascending; the unemployed always
    search unless they retire. What the market asks of those who search. And (n_employers, n_tiers) persons at work who
    retire, lose their job or rise: what they do is no longer theirs, or of another tier.

    Notes
    -----
    Hazards are compared as whole numbers of 32 bits, so each is met to 2 ** -32.
    """
    t = talents
    columns = t.talent_id, t.city, t.home, t.tier, t.born, t.employer, t.weight
    hazards = retirement[None], search, job_loss, rise[None]
    notes.make_room(t.n)
    n, at_work = _events(keys, columns, late_career, hazards, notes.rows, tuple(notes.searchers))
    events = {code: notes.rows[code, : n[code]] for code in (RETIRES, SEARCHES, LOSES_JOB, RISES)}
    return events, Searchers._make([column[: n[SEARCHES]] for column in notes.searchers]), at_work


@nb.njit(**RULE)
def _events(keys, columns, late_career, hazards, rows, searchers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled, one pass
    """The compiled loop of `draw_events`: fills rows by event and who searches; how many of each, and jobs ended.

    Nine talents in ten draw above the largest hazard of all; only the others need to know their own. Each is written
    down under its event, and the next one over it where there is none: a branch would often be guessed wrong.
    """
    talent_id, city, home, tier, born, employer, weight = columns
    searcher_id, searcher_city, searcher_home, searcher_tier, searcher_weight = searchers
    (retirement, most_retire), (search, most_search) = thresholds(hazards[0]), thresholds(hazards[1])
    (job_loss, most_lose), (rise, most_rise) = thresholds(hazards[2]), thresholds(hazards[3])
    n = np.zeros(RISES + 1, np.int64)
    may, noted = np.empty(BLOCK, np.int8), np.empty(BLOCK, np.uint32)
    of_work, of_career = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint64)
    most = most_search, most_lose, most_retire, most_rise
    for first in range(0, city.size, BLOCK):
        _fetch_talents(first + BLOCK, talent_id, city, tier, born, employer, weight)
        block, n_before = slice(first, min(first + BLOCK, city.size)), n[SEARCHES]
        cities, tiers, births, employers = city[block], tier[block], born[block], employer[block]
        hashes(keys[0], talent_id[block], of_work)
        hashes(keys[1], talent_id[block], of_career)
        _may_draw_an_event(of_work, of_career, most, may)
        _may_meet_an_event(cities, births, employers, late_career, may)
        for i in noted[: _note(may, noted)]:
            # No index is below zero, which is looked at for those with a sign.
            place, rung, group = np.uint64(cities[i]), np.uint64(tiers[i]), np.uint64(max(employers[i], 0))
            (searches, loses), (retires, rises) = two_draws(of_work[i]), two_draws(of_career[i])
            code = _first_event(
                searches < search[place, rung],
                loses < job_loss[group, rung],
                (retires < retirement[0, place]) & (births[i] <= late_career),
                rises < rise[0, rung],
                employers[i] < 0,
            )
            rows[code, n[code]] = first + i
            n[code] += code != STAYS
        for k in range(n_before, n[SEARCHES]):
            row = np.uint64(rows[SEARCHES, k])
            searcher_id[k], searcher_weight[k] = talent_id[row], weight[row]
            searcher_city[k], searcher_home[k], searcher_tier[k] = city[row], home[row], tier[row]
    at_work = _no_longer_at_work(rows, n, employer, tier, weight, job_loss.shape)
    return n, at_work


@nb.njit(**RULE)
def _no_longer_at_work(rows, n, employer, tier, weight, shape):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n_employers, n_tiers) persons at work whom an event takes from their job or tier."""
    persons = np.zeros(shape, np.int64)
    for code in (RETIRES, LOSES_JOB, RISES):
        for row in rows[code, : n[code]]:
            if employer[row] >= 0:
                persons[employer[row], tier[row]] += weight[row]
    return persons


@nb.njit(**RULE)
def _fetch_talents(first, talent_id, city, tier, born, employer, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Ask for what `_events` reads of a block of talents."""
    fetch(talent_id, first)
    fetch(city, first)
    fetch(tier, first)
    fetch(born, first)
    fetch(employer, first)
    fetch(weight, first)


# The short loops and rules below do one thing without a branch: a loop over all talents then runs on eight at a time,
# and a rule for few of them is not guessed wrong.


@nb.njit(**RULE, inline="always")
def _first_event(searches, loses, retires, rises, unemployed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The first event that is met: retirement, search (always without a job), loss of the job, rise."""
    retires, searches, loses = np.int64(retires), np.int64(searches | unemployed), np.int64(loses)
    otherwise = (1 - loses) * np.int64(rises) * RISES + loses * LOSES_JOB
    return retires * RETIRES + (1 - retires) * (searches * SEARCHES + (1 - searches) * otherwise)


@nb.njit(**RULE)
def _may_draw_an_event(of_work, of_career, most, may):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Who of a block draws below the largest hazards of all: 1, or 2 or 3 where that of retirement is among them."""
    for i in range(may.size):
        (searches, loses), (retires, rises) = two_draws(of_work[i]), two_draws(of_career[i])
        at_work = (searches < most[0]) | (loses < most[1]) | (rises < most[3])
        may[i] = np.int8(at_work) | (np.int8(retires < most[2]) << 1)


@nb.njit(**RULE)
def _may_meet_an_event(city, born, employer, late_career, may):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Who of those of a block who are here draws an event at an age for it, or has no job; nobody after its last."""
    for i in range(city.size):
        at_work, of_age = may[i] & 1, (may[i] >> 1) & np.int8(born[i] <= late_career)
        may[i] = (at_work | of_age | np.int8(employer[i] < 0)) & np.int8(city[i] >= 0)
    may[city.size :] = 0


@nb.njit(**RULE)
def _note(may, noted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Positions of those of a block to whom something may happen; how many there are.

    Eight are read at once, byte by byte from the lowest; to skip those of whom none is meant would be guessed wrong.
    """
    found, eights = np.uint64(0), may.view(np.uint64)
    for k in range(eights.size):
        for i in range(8):
            noted[found] = np.uint32(8 * k + i)
            found += (eights[k] >> np.uint64(8 * i)) & np.uint64(1)
    return found
