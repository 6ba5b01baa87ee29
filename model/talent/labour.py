"""The labour market between quarters: wages, rents, what was solved at t = 0, and what employers want."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.base import BACKGROUND, GRADUATE, LEADING, N_TIERS, SENIOR, Base
from model.compiled import RULE
from model.errors import CalibrationError
from model.parameters import Parameters
from model.policy import Policy
from model.rates import quarterly
from model.talent.arrivals import Flows, Invitations, newcomers_2020, open_flows
from model.talent.counts import OpeningCounts, opening_counts
from model.talent.location import home_premium, solve_constants

FloatArray = NDArray[np.float64]
LATE_CAREER_QUARTERS = 200
"""Age from which talents retire or leave the count: 50 years."""
_SEARCH_MARGIN = 1.25
"""Searchers in the base year over those who try another place, at least."""


@dataclass(frozen=True)
class LabourOpening:
    """What the opening accounts of the labour market imply; solved once, never changed."""

    staff: FloatArray
    """(n_employers, n_tiers) persons at work."""
    employer_city: NDArray[np.int8]
    """(n_employers,) city of each."""
    friction: FloatArray
    """(n_employers, n_tiers) vacancies open in 2020."""
    seekers: FloatArray
    """(n_cities, n_tiers) persons who compete for jobs in a base quarter, in expectation."""
    tightness: FloatArray
    """(n_cities, n_tiers) vacancies per seeker."""
    job_finding: FloatArray
    """(n_cities, n_tiers) chance a quarter that a seeker is hired."""
    search: FloatArray
    """(n_cities, n_tiers) hazard a quarter of looking around."""
    job_loss: FloatArray
    """(n_employers,) hazard a quarter that keeps unemployment of 2020 in their city as it is."""
    retirement: FloatArray
    """(n_cities,) hazard a quarter past LATE_CAREER_QUARTERS that yields the base rate."""
    constants: FloatArray
    """(n_cities, n_places, n_places) of talents by the city where they live and their home, its premium included."""
    graduate_constants: FloatArray
    """(n_cities, n_places) of graduates by the city of their university, which is their home."""
    expected_growth: FloatArray
    """(n_cities,) log growth a quarter of the talent stock that the base flows imply."""
    stock: FloatArray
    """(n_cities,) persons."""
    employer_shares: FloatArray
    """(n_cities, n_employers) cumulated shares of a city's staff, by which residents who qualify are at work."""
    invited: Invitations
    """Who was invited in 2020."""
    flows: Flows
    """Who comes or qualifies in a quarter."""
    upper_newcomers: float
    """Leading and senior people a year who came to the focal district of their own accord, at least one."""


@functools.lru_cache(maxsize=2)
def open_labour(base: Base, p: Parameters) -> LabourOpening:
    """Solve the labour market of 2020 such that the base flows are met in expectation.

    Kept for the next scenario of the same member, whose market of 2020 is the same.

    Raises
    ------
    CalibrationError : base flows larger than the number of people who could make them.
    """
    counts = opening_counts(base, -LATE_CAREER_QUARTERS)
    staff, stock = counts.staff.astype(float), counts.stock.astype(float)
    employer_city = np.repeat(base.site_city, base.n_employers_per_site)
    # Whole persons: their sums are exact in any order.
    at_work = (employer_city == np.arange(base.n_cities)[:, None]).astype(float) @ staff
    finding = np.full(
        (base.n_cities, N_TIERS), min(1.0, p.match_efficiency_china * p.tightness_2020**p.match_elast_vacancy)
    )
    tries = base.talent_moves / 4.0
    tries[:, : base.n_cities] /= finding[:, 0]
    idle = stock.sum(axis=1) - at_work.sum(axis=1)
    search = np.maximum(quarterly(p.j2j_rate_skilled), _SEARCH_MARGIN * tries.sum(axis=1) / at_work.sum(axis=1))
    searchers = search * at_work.sum(axis=1) + idle
    target = tries / searchers[:, None]
    own = 1.0 - target.sum(axis=1)
    if (search > 1.0).any() or (own <= 0.0).any():
        raise CalibrationError(
            f"base year: more talents would move than look around in {base.cities}; lower talent_moves"
        )
    target[np.arange(base.n_cities), np.arange(base.n_cities)] = own
    seekers = _seekers(base, stock, searchers, target, finding)
    # The vacancies of a city and tier are spread over its employers in proportion to staff.
    friction = staff / np.maximum(at_work, 1.0)[employer_city] * (p.tightness_2020 * seekers)[employer_city]
    inflow = base.arrivals_elsewhere.sum(1) + base.qualified.sum(1) + base.graduates[:, : base.n_cities].sum(0)
    inflow += base.talent_moves[:, : base.n_cities].sum(0)
    outflow = base.talent_moves.sum(1) + base.retirement_rate * stock.sum(1)
    premium, invited = home_premium(base, p), Invitations.under(Policy.neutral(), 0.0, p)
    upper = newcomers_2020(base, invited)[0]
    return LabourOpening(
        staff=staff,
        employer_city=employer_city,
        friction=friction,
        seekers=seekers,
        tightness=np.full((base.n_cities, N_TIERS), p.tightness_2020),
        job_finding=finding,
        search=np.repeat(search[:, None], N_TIERS, axis=1),
        job_loss=(idle * finding[:, 0] / np.maximum(at_work.sum(axis=1), 1.0))[employer_city],
        retirement=_retirement(base, counts),
        constants=_constants(target, counts.homes, premium)[:, None, :] + premium,
        graduate_constants=_graduate_constants(base, finding, premium) + premium[: base.n_cities],
        expected_growth=(inflow - outflow) / stock.sum(1) / 4.0,
        stock=stock.sum(1),
        employer_shares=_employer_shares(staff, employer_city, base.n_cities),
        invited=invited,
        flows=open_flows(base, finding, invited),
        upper_newcomers=max(float(upper[LEADING] + upper[SENIOR]), 1.0),
    )


def _employer_shares(staff: FloatArray, employer_city: NDArray[np.int8], n_cities: int) -> FloatArray:
    """Cumulated over the employers of a city; those of other cities add nothing."""
    of_city = np.where(employer_city == np.arange(n_cities)[:, None], staff.sum(axis=1), 0.0)
    cumulated = np.cumsum(of_city, axis=1)
    return np.asarray(cumulated / cumulated[:, -1:])


def _seekers(
    base: Base, stock: FloatArray, searchers: FloatArray, target: FloatArray, finding: FloatArray
) -> FloatArray:
    """(n_cities, n_tiers) persons who compete for the jobs of a city in a base quarter."""
    tiers = stock / stock.sum(axis=1, keepdims=True)
    tried = target * searchers[:, None]
    seekers: FloatArray = np.einsum("od,ot->dt", tried[:, : base.n_cities], tiers)
    seekers += base.arrivals_elsewhere / 4.0 / finding
    seekers[:, GRADUATE] += base.graduates[:, : base.n_cities].sum(axis=0) / 4.0 / finding[:, GRADUATE]
    return seekers


def _retirement(base: Base, counts: OpeningCounts) -> FloatArray:
    """Hazard past late career such that the base share of all talents retires in a year."""
    late = counts.late / np.maximum(counts.stock.sum(axis=1), 1)
    return np.asarray(np.minimum(quarterly(base.retirement_rate) / np.maximum(late, 1e-3), 1.0))


def _constants(target: FloatArray, homes: NDArray[np.int64], premium: FloatArray) -> FloatArray:
    """City constants of residents by city, homes being the groups that differ."""
    rows = zip(target, homes, strict=True)
    return np.stack([solve_constants(flows, persons + 1e-9, premium) for flows, persons in rows])


def _graduate_constants(base: Base, finding: FloatArray, premium: FloatArray) -> FloatArray:
    """City constants of graduates by the city of their university; their home is where they studied."""
    rows = []
    for city in range(base.n_cities):
        tried = base.graduates[city].copy()
        tried[: base.n_cities] /= finding[:, GRADUATE]
        rows.append(solve_constants(tried / tried.sum(), np.ones(1), premium[[city]]))
    return np.stack(rows)


def staff_wanted(opening: FloatArray, output_index: FloatArray, quarter: int, productivity_growth: float) -> FloatArray:
    """Staff that employers want: opening staff grown with output, less what rising output per talent saves.

    Parameters
    ----------
    opening : (n_employers, n_tiers) persons.
    output_index : (n_employers,) output over that of 2020 Q4.

    Returns
    -------
    (n_employers, n_tiers) persons.
    """
    return np.asarray(opening * (output_index * np.exp(-productivity_growth * quarter / 4.0))[:, None])


def output_by_employer(
    base: Base,
    value_added: FloatArray,
    site: NDArray[np.int8],
    cluster: NDArray[np.int8],
    background: FloatArray,
) -> FloatArray:
    """(n_employers,) value added of the quarter behind each employer group.

    A cluster's group is its firms; background, public employers and the self-employed follow the background sector.
    """
    first_background = len(base.clusters) + BACKGROUND
    return np.ravel(_output(value_added, site, cluster, background, base.n_employers_per_site, first_background))


@nb.njit(**RULE)
def _output(value_added, site, cluster, background, per_site, first_background):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `output_by_employer`."""
    output = np.zeros((background.size, per_site))
    for i in range(site.size):
        output[site[i], cluster[i]] += value_added[i]
    for at in range(background.size):
        for employer in range(first_background, per_site):
            output[at, employer] = background[at]
    return output
