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
        return np.asarray(count_stock(self.city, self.tier, self.weight, n_cities))

    def staff(self, n_employers: int) -> NDArray[np.int64]:
        """(n_employers + 1, n_tiers) persons at work by employer group; the last row is without work."""
        return np.asarray(count_staff(self.city, self.employer, self.tier, self.weight, n_employers))


@nb.njit(cache=True)
def count_stock(city, tier, weight, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_cities, n_tiers) persons."""
    total = np.zeros((n_cities, N_TIERS), np.int64)
    for i in range(city.size):
        if city[i] >= 0:
            total[city[i], tier[i]] += weight[i]
    return total


@nb.njit(cache=True)
def count_staff(city, employer, tier, weight, n_employers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_employers + 1, n_tiers) persons by employer group, the unemployed last."""
    total = np.zeros((n_employers + 1, N_TIERS), np.int64)
    for i in range(city.size):
        if city[i] >= 0:
            row = employer[i] if employer[i] >= 0 else n_employers
            total[row, tier[i]] += weight[i]
    return total


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
    for i in range(city.size):
        c = city[i]
        if c < 0:
            continue
        if born[i] <= late_career and unit(keys[0], talent_id[i]) < retirement[c]:
            events[i] = RETIRES
        elif employer[i] < 0 or unit(keys[1], talent_id[i]) < search[c, tier[i]]:
            events[i] = SEARCHES
        elif unit(keys[2], talent_id[i]) < job_loss[employer[i], tier[i]]:
            events[i] = LOSES_JOB
        elif rise[tier[i]] > 0.0 and unit(keys[3], talent_id[i]) < rise[tier[i]]:
            events[i] = RISES
    return events
