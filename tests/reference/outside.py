"""2. The outside world moves: demand, wages, rents, travel times."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.reference.agents import TIERS
from tests.reference.limits import at_least, at_most
from tests.reference.rates import trend_quarters

if TYPE_CHECKING:
    from tests.reference.region import Region

Matrix = list[list[float]]


def outside_world_moves(region: Region) -> None:
    """Move demand, R&D outside firms, wages, rents and travel times; then say what places offer."""
    base, p, world, q = region.base, region.p, region.outside, region.quarter
    shift = 0.0
    if q > 4:
        shift = region.path.growth_shift / 100.0 / 4.0
    region.growth = [float(world.gdp_growth[city, q]) + shift for city in range(region.n_cities)]
    for city in range(region.n_cities):
        region.growth_index[city] *= math.exp(region.growth[city])
    step = trend_quarters(q, p.rd_trend_half_life) - trend_quarters(q - 1, p.rd_trend_half_life)
    for site, city in enumerate(region.site_city):
        region.background[site] *= math.exp(region.growth[city])
        region.nonbusiness_rd[site] *= math.exp(region.growth[city] + base.rd_intensity_trend * step / 4.0)
    rent_trend = [sum(world.rent_growth[city, 1 : q + 1].tolist()) for city in range(region.n_cities)]
    for city in range(region.n_cities):
        _prices(region, city, rent_trend[city])
    schedule = region.policy.transport_schedule
    region.travel = hours_in_force(region, schedule)
    _conditions(region, rent_trend)


def _prices(region: Region, city: int, rent_trend: float) -> None:
    """Wages and rents of a city: the trend outside, local scarcity, and crowding beyond what was expected."""
    p, q = region.p, region.quarter
    for tier in TIERS:
        scarcity = math.log(max(region.tightness[city][tier], 1e-3) / p.tightness_2020)
        trend = float(region.outside.wage_growth[city, q])
        region.wage[city][tier] *= math.exp(trend + p.wage_tightness_elast / 4.0 * scarcity)
    crowding = math.log(sum(region.talent_stock[city]) / region.opening_stock[city])
    crowding -= region.expected_growth[city] * (q - 1)
    region.rent[city] = float(region.base.rent[city]) * math.exp(rent_trend + p.rent_population_elast * crowding)


def hours_in_force(region: Region, schedule: float) -> Matrix:
    """Travel hours between places; what opens after 2021 may be late, and between two schedules lies a line."""
    q = region.quarter
    known = int(at_most("openings known", q, 4))
    when = int(at_least("slippage", q - region.path.transport_slippage_quarters, known))
    lower = int(schedule)
    share = schedule - lower
    hours: Matrix = region.outside.travel_hours[lower, when].tolist()
    if share == 0.0:
        return hours
    upper = region.outside.travel_hours[lower + 1, when].tolist()
    return [
        [(1.0 - share) * near + share * far for near, far in zip(*rows, strict=True)]
        for rows in zip(hours, upper, strict=True)
    ]


def halvings(now: float, then: float) -> float:
    """How often a travel time was halved."""
    if now > 0.0 and then > 0.0:
        return math.log2(then / now)
    return 0.0


def _conditions(region: Region, rent_trend: list[float]) -> None:
    """Log changes of wages, rents and travel times since 2020; boundaries follow the mean of the cities' trends."""
    base, q, n = region.base, region.quarter, region.n_cities
    world = region.outside
    wage_trend = sum(sum(world.wage_growth[city, 1 : q + 1].tolist()) for city in range(n)) / n
    region.log_wage, region.log_rent = [], []
    for place in range(region.n_places):
        if place < n:
            wages = zip(region.wage[place], base.wage[place].tolist(), strict=True)
            region.log_wage.append([math.log(now / then) for now, then in wages])
            region.log_rent.append(math.log(region.rent[place] / float(base.rent[place])))
        else:
            region.log_wage.append([wage_trend for _ in TIERS])
            region.log_rent.append(sum(rent_trend) / n)
    then = world.travel_hours[0, 0].tolist()
    region.log_travel = [
        [-math.log(2.0) * halvings(region.travel[a][b], then[a][b]) for b in range(region.n_places)]
        for a in range(region.n_places)
    ]
