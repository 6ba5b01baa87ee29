"""The labour market of 2020, solved such that the base flows are met in expectation."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reference.agents import GRADUATE, TIERS
from tests.reference.limits import at_least, at_most
from tests.reference.rates import quarterly

if TYPE_CHECKING:
    from tests.reference.region import Region

LATE_CAREER_QUARTERS = 200
SEARCH_MARGIN = 1.25


def count_staff(region: Region) -> list[list[int]]:
    """Persons at work by employer and tier."""
    staff = [[0 for _ in TIERS] for _ in region.employer_city]
    for talent in region.talents:
        if talent.employer >= 0:
            staff[talent.employer][talent.tier] += talent.weight
    return staff


def count_stock(region: Region) -> list[list[int]]:
    """Persons by city and tier."""
    stock = [[0 for _ in TIERS] for _ in range(region.n_cities)]
    for talent in region.talents:
        stock[talent.city][talent.tier] += talent.weight
    return stock


def open_labour(region: Region) -> None:
    """Fill every table of the opening market; none of them changes later but ``seekers`` and ``tightness``."""
    p, n = region.p, region.n_cities
    region.opening_staff = count_staff(region)
    region.talent_stock = region.talent_stock_2020 = count_stock(region)
    region.opening_stock = [sum(tiers) for tiers in region.talent_stock]
    region.job_finding = at_most("job finding", p.match_efficiency_china * p.tightness_2020**p.match_elast_vacancy, 1.0)
    region.search, region.job_loss, region.retirement, region.expected_growth = ([0.0] * n for _ in range(4))
    region.constants, region.graduate_constants = [], []
    tried = [[0.0] * region.n_places for _ in range(n)]
    for city in range(n):
        tried[city] = _open_city(region, city)
    region.opening_seekers = _seekers(region, tried)
    _open_friction(region)
    region.seekers = [tiers.copy() for tiers in region.opening_seekers]
    region.tightness = [[p.tightness_2020 for _ in TIERS] for _ in range(n)]
    region.staff = [[float(persons) for persons in tiers] for tiers in region.opening_staff]
    region.staff_wanted = [tiers.copy() for tiers in region.staff]


def _open_city(region: Region, city: int) -> list[float]:
    """Hazards and constants of one city; returns who tries each place in a base quarter."""
    base, finding, stock = region.base, region.job_finding, region.opening_stock[city]
    at_work = sum(
        sum(region.opening_staff[employer]) for employer, where in enumerate(region.employer_city) if where == city
    )
    idle = stock - at_work
    tries = [moves / 4.0 for moves in base.talent_moves[city].tolist()]
    for place in range(region.n_cities):
        tries[place] /= finding
    region.search[city] = at_least("search", SEARCH_MARGIN * sum(tries) / at_work, quarterly(region.p.j2j_rate_skilled))
    searchers = region.search[city] * at_work + idle
    target = [persons / searchers for persons in tries]
    target[city] = 1.0 - sum(target)
    region.job_loss[city] = idle * finding / at_work
    region.retirement[city] = _retirement(region, city)
    region.constants.append(_solve(target, _homes(region, city), home_premium(region)))
    studied = base.graduates[city].tolist()
    for place in range(region.n_cities):
        studied[place] /= finding
    shares = [persons / sum(studied) for persons in studied]
    region.graduate_constants.append(_solve(shares, {city: 1.0}, home_premium(region)))
    region.expected_growth[city] = _growth(region, city)
    return [share * searchers for share in target]


def home_premium(region: Region) -> float:
    """Utility of living where one comes from."""
    p = region.p
    return p.home_premium_logwage * p.loc_wage_elast_college * p.location_inertia


def _homes(region: Region, city: int) -> dict[int, float]:
    """Persons of a city by home."""
    homes = dict.fromkeys(range(region.n_places), 1e-9)
    for talent in region.talents:
        if talent.city == city:
            homes[talent.home] += talent.weight
    return homes


def _retirement(region: Region, city: int) -> float:
    """Hazard of those past fifty by which the base share of all retires."""
    late = everyone = 0
    for talent in region.talents:
        if talent.city == city:
            everyone += talent.weight
            if talent.born <= -LATE_CAREER_QUARTERS:
                late += talent.weight
    return at_most("retirement", quarterly(region.base.retirement_rate) / max(late / everyone, 1e-3), 1.0)


def _growth(region: Region, city: int) -> float:
    """Log growth a quarter of a city's talents that the base flows imply."""
    base, stock = region.base, region.opening_stock[city]
    inflow = sum(base.arrivals_elsewhere[city].tolist()) + sum(base.qualified[city].tolist())
    inflow += sum(base.graduates[:, city].tolist()) + sum(base.talent_moves[:, city].tolist())
    outflow = sum(base.talent_moves[city].tolist()) + base.retirement_rate * stock
    return float((inflow - outflow) / stock / 4.0)


def _solve(target: list[float], homes: dict[int, float], premium: float) -> list[float]:
    """Constants of places by which mean choice probabilities are the target; minus infinity where that is zero.

    Step of Berry, Levinsohn and Pakes: ``c += log(target / predicted)``.
    """
    places = range(len(target))
    constants = [math.log(share) if share > 0.0 else -math.inf for share in target]
    persons, largest = sum(homes.values()), 1.0
    while largest >= 1e-12:
        predicted = [0.0 for _ in places]
        for home, heads in homes.items():
            scores = [math.exp(constants[place] + (premium if place == home else 0.0)) for place in places]
            for place in places:
                predicted[place] += heads / persons * scores[place] / sum(scores)
        largest = 0.0
        for place in places:
            if target[place] > 0.0:
                step = math.log(target[place] / predicted[place])
                constants[place] += step
                largest = max(largest, abs(step))
    return constants


def _seekers(region: Region, tried: list[list[float]]) -> list[list[float]]:
    """Persons by city and tier who compete for its jobs in a base quarter."""
    base, finding, seekers = region.base, region.job_finding, []
    for city in range(region.n_cities):
        tiers = [0.0 for _ in TIERS]
        for tier in TIERS:
            for origin in range(region.n_cities):
                share = region.talent_stock[origin][tier] / region.opening_stock[origin]
                tiers[tier] += tried[origin][city] * share
            tiers[tier] += float(base.arrivals_elsewhere[city, tier]) / 4.0 / finding
        tiers[GRADUATE] += sum(base.graduates[:, city].tolist()) / 4.0 / finding
        seekers.append(tiers)
    return seekers


def _open_friction(region: Region) -> None:
    """Vacancies of 2020 by employer, and the shares of employers by which those who qualify are at work."""
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    for employer, city in enumerate(region.employer_city):
        for tier in TIERS:
            total[city, tier] += region.opening_staff[employer][tier]
    region.friction = []
    for employer, city in enumerate(region.employer_city):
        open_2020 = []
        for tier in TIERS:
            vacancies = region.p.tightness_2020 * region.opening_seekers[city][tier]
            open_2020.append(region.opening_staff[employer][tier] / max(total[city, tier], 1.0) * vacancies)
        region.friction.append(open_2020)
    region.employer_shares = []
    for city in range(region.n_cities):
        cumulated, all_staff = [], sum(total[city, tier] for tier in TIERS)
        so_far = 0.0
        for employer, where in enumerate(region.employer_city):
            if where == city:
                so_far += sum(region.opening_staff[employer])
            cumulated.append(so_far / all_staff)
        region.employer_shares.append(cumulated)
