"""Who could come: graduates, people from elsewhere, and residents who qualify.

Every possible arrival is a slot with an id made of cause, quarter, parent and position, so that the same person
comes in two scenarios unless policy changes the choice.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import GRADUATE, LEADING, N_TIERS, SENIOR, Base
from model.compiled import RULE
from model.parameters import Parameters
from model.policy import Policy
from model.streams import child, key, uniform, unit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_INVITED_ROOM = 8.0
"""Slots for each post-doc or founder-team member of 2020: their numbers are small, their programmes multiply."""
RESIDENT, NEWCOMER, FRESH_GRADUATE, POSTDOC, TEAM_MEMBER = range(5)
"""Why somebody is looking for a job."""
GRADUATION_AGE_QUARTERS = 92
NEWCOMER_AGES = (88, 160)
"""Ages of newcomers from elsewhere, quarters: 22 to 40."""
QUALIFYING_AGES = (100, 180)
"""Ages at which residents qualify, quarters: 25 to 45."""


@dataclass(frozen=True)
class Candidates:
    """People who may become talents of a city this quarter; all arrays (n,)."""

    talent_id: NDArray[np.uint64]
    origin: NDArray[np.int8]
    tier: NDArray[np.int8]
    born: NDArray[np.int16]
    weight: NDArray[np.int32]
    kind: NDArray[np.int8]


@functools.cache
def tier_weights(scale: int) -> NDArray[np.int32]:
    """(n_tiers,) persons an agent: leading and senior talents are always one to one. Read only."""
    weights = np.full(N_TIERS, scale, np.int32)
    weights[[LEADING, SENIOR]] = 1
    weights.flags.writeable = False
    return weights


def slots_used(
    cause: str, quarter: int, seed: int, expected: FloatArray, change: FloatArray | float = 1.0, room: float = 2.0
) -> tuple[NDArray[np.uint64], IntArray]:
    """Those slots of flows of many cells (city and tier) in which somebody arrives this quarter.

    Parameters
    ----------
    expected : (n_cells,) agents a quarter when nothing has changed since 2020; it fixes the slots.
    change : of the flow since 2020, a factor; a cell's flow stops growing when all its slots are used.
    room : slots for each arrival expected: the most that policy can multiply a flow by.

    Returns
    -------
    (n,) ids and (n,) their cell. Who arrives at some factor arrives at every larger one.
    """
    factor = change if isinstance(change, np.ndarray) else np.full(expected.size, change)
    ids, cell = _fill_slots(key(0, f"born:{cause}", quarter), key(seed, cause, quarter), expected, factor, room)
    return ids, cell


@nb.njit(**RULE)
def _fill_slots(born, luck, expected, change, room):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `slots_used`."""
    n, slots = np.zeros(expected.size, np.int64), 0
    for cell in range(expected.size):
        if expected[cell] > 0.0:
            n[cell] = math.ceil(room * expected[cell]) + 1
            slots += n[cell]
    ids, cells, used = np.empty(slots, np.uint64), np.empty(slots, np.int64), 0
    for cell in range(expected.size):
        chance = expected[cell] / n[cell] * change[cell] if n[cell] > 0 else 0.0
        for position in range(n[cell]):
            slot = child(born, np.uint64(cell), position)
            if unit(luck, slot) < chance:
                ids[used], cells[used] = slot, cell
                used += 1
    return ids[:used], cells[:used]


@dataclass(frozen=True)
class Invitations:
    """Seniors a year whom the district's programmes bring: part of the base arrivals in 2020, their own flow since."""

    postdocs: float
    team_members: float

    @classmethod
    def under(cls, policy: Policy, hosted_a_year: float, p: Parameters) -> Invitations:
        """Count those of a policy; of teams beyond those of 2020 only the additional share would not have come anyway.

        ``hosted_a_year``: Shanghai teams who take a place at home in a year.
        """
        funded = Policy.neutral().talent_teams
        teams = funded + p.project_additional_share * (policy.talent_teams - funded + hosted_a_year)
        return cls(policy.new_postdocs, max(teams, 0.0) * p.team_phd_msc_heads)

    @property
    def total(self) -> float:
        """Both together."""
        return self.postdocs + self.team_members


def invited(
    base: Base, quarter: int, seed: int, now: Invitations, in_2020: Invitations, finding: float
) -> tuple[Candidates, NDArray[np.int8]]:
    """Post-docs and members of founder teams who look for a senior job in the focal district.

    Parameters
    ----------
    now, in_2020 : a year, under the policy in force and that of 2020, which fixes the slots.
    finding : chance of a job in 2020.

    Returns
    -------
    The candidates and (n,) the city that each wants, always the focal one.
    """
    postdocs, members = (
        slots_used(cause, quarter, seed, np.array([flow_2020 / 4.0 / finding]), flow / flow_2020, _INVITED_ROOM)[0]
        for cause, flow, flow_2020 in (
            ("post-doc", now.postdocs, in_2020.postdocs),
            ("team member", now.team_members, in_2020.team_members),
        )
    )
    ids = np.concatenate([postdocs, members])
    n, elsewhere = len(ids), base.n_cities + 1
    kind, origin, tier = (np.full(n, value, np.int8) for value in (POSTDOC, elsewhere, SENIOR))
    kind[len(postdocs) :] = TEAM_MEMBER
    born = _birth_of_newcomers(key(seed, "newcomer age"), ids, quarter)
    return Candidates(ids, origin, tier, born, np.ones(n, np.int32), kind), np.zeros(n, np.int8)


def newcomers(  # noqa: PLR0913, PLR0917 - one array each
    base: Base,
    quarter: int,
    seed: int,
    pull: FloatArray,
    job_finding: FloatArray,
    invited_2020: float = 0.0,
    referred: float = 0.0,
) -> tuple[Candidates, NDArray[np.int8]]:
    """People from the two boundaries who look for work in a city.

    Parameters
    ----------
    pull : (n_cities, n_tiers) log change of the flow since 2020, from `location.place_utility`.
    job_finding : (n_cities, n_tiers) chance of a job in 2020: base flows are arrivals, so more than these try.
    invited_2020 : seniors a year among the base arrivals of the focal district who come by `invited` instead.
    referred : leading and senior talents a year whom rewards beyond those of 2020 bring to it.

    Returns
    -------
    The candidates and (n,) the city that each wants.
    """
    weights = tier_weights(base.scale)
    flow, change = base.arrivals_elsewhere.copy(), np.exp(pull)
    flow[0, SENIOR] -= min(invited_2020, 0.75 * flow[0, SENIOR])
    for tier in (LEADING, SENIOR):
        more = referred / max(flow[0, LEADING] + flow[0, SENIOR], 1.0)
        change[0, tier] = max(change[0, tier] + more, 0.0)
    expected = (flow / 4.0 / weights / job_finding).ravel()
    ids, cell = slots_used("newcomer", quarter, seed, expected, change.ravel())
    city, tiers = _city_and_tier(cell)
    luck = key(seed, "newcomer origin"), key(seed, "newcomer age")
    origin, born = _origin_and_birth(luck, ids, city, tiers, base.arrivals_rest_share, base.n_cities, quarter)
    return Candidates(ids, origin, tiers, born, weights.take(tiers), np.full(len(ids), NEWCOMER, np.int8)), city


@nb.njit(**RULE)
def _city_and_tier(cell):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """City and tier of flows by cell, in the types of the table."""
    city, tier = np.empty(cell.size, np.int8), np.empty(cell.size, np.int8)
    for i in range(cell.size):
        city[i], tier[i] = cell[i] // N_TIERS, cell[i] % N_TIERS
    return city, tier


@nb.njit(**RULE)
def _origin_and_birth(luck, ids, city, tier, near_share, n_cities, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Newcomers' boundary, the near one for a share of the focal district's, and their quarter of birth."""
    origin, born = np.empty(ids.size, np.int8), _birth_of_newcomers(luck[1], ids, quarter)
    for i in range(ids.size):
        near = unit(luck[0], ids[i]) < near_share and city[i] == 0
        origin[i] = n_cities + (not near)
        born[i] = quarter - GRADUATION_AGE_QUARTERS if tier[i] == GRADUATE else born[i]
    return origin, born


@nb.njit(**RULE)
def _birth_of_newcomers(luck, ids, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n,) quarter of birth of newcomers who bring a profession: more of them are young."""
    born = np.empty(ids.size, np.int16)
    youngest, oldest = NEWCOMER_AGES
    for i in range(ids.size):
        u = unit(luck, ids[i])
        born[i] = quarter - (youngest + (oldest - youngest) * (u * u))
    return born


def graduates(base: Base, quarter: int, seed: int, job_finding: FloatArray) -> Candidates:
    """Graduates of the cities' universities who look for a first job; they choose a place afterwards.

    Those who would find no job in the city they choose are not in the base table, so more than its number try.
    """
    tried = base.graduates.copy()
    tried[:, : base.n_cities] /= job_finding[:, GRADUATE]
    expected = tried.sum(axis=1) / 4.0 / base.scale
    ids, city = _whole_agents(
        key(0, "born:graduate", quarter), key(seed, "graduate fraction", quarter), expected, int(expected.sum())
    )
    n, born = len(ids), quarter - GRADUATION_AGE_QUARTERS
    tier, kind = np.full(n, GRADUATE, np.int8), np.full(n, FRESH_GRADUATE, np.int8)
    return Candidates(ids, city, tier, np.full(n, born, np.int16), np.full(n, base.scale, np.int32), kind)


@nb.njit(**RULE)
def _whole_agents(born, luck, expected, n_expected):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Ids and city of as many agents as are expected; the fraction of one comes in some quarters and not in others."""
    room = n_expected + expected.size
    ids, cities, n = np.empty(room, np.uint64), np.empty(room, np.int8), 0
    for city in range(expected.size):
        whole = int(expected[city])
        for position in range(whole + 1):
            agent = child(born, np.uint64(city), position)
            if position < whole or unit(luck, agent) < expected[city] - whole:
                ids[n], cities[n] = agent, city
                n += 1
    return ids[:n], cities[:n]


def qualified(base: Base, quarter: int, seed: int) -> Candidates:
    """Residents who become talents by qualification or title; ``origin`` is their own city, where they stay."""
    weights = tier_weights(base.scale)
    ids, cell = slots_used("qualified", quarter, seed, (base.qualified / 4.0 / weights).ravel())
    city, tier = _city_and_tier(cell)
    youngest, oldest = QUALIFYING_AGES
    age = youngest + (oldest - youngest) * uniform(key(seed, "qualified age"), ids)
    born = (quarter - age).astype(np.int16)
    return Candidates(ids, city, tier, born, weights.take(tier), np.full(len(ids), RESIDENT, np.int8))
