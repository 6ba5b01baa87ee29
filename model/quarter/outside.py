"""2. The outside world moves: demand, wages, rents, travel times, tax rules."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.columns import summed
from model.compiled import RULE
from model.firms.research import trend_quarters
from model.talent.location import Conditions
from model.transport import halvings, hours_in_force, relocation_rise

if TYPE_CHECKING:
    from model.economy import Economy

_RENT, _DEMAND, _RD = -3, -2, -1
"""Columns of what rises in a city, behind the wages of each tier: rents, demand, R&D outside firms."""


def outside_world_moves(economy: Economy) -> None:
    """Set the growth of each city's demand; move wages and rents by the outside trend and by local scarcity."""
    base, p, outside, q = economy.base, economy.p, economy.outside, economy.quarter
    labour, trends = economy.labour, (outside.wage_growth, outside.rent_growth)
    shift = economy.path.growth_shift / 100.0 / 4.0 if q > 4 else 0.0
    economy.growth = outside.gdp_growth[:, q] + shift
    step = trend_quarters(q, p.rd_trend_half_life) - trend_quarters(q - 1, p.rd_trend_half_life)
    rd_trend = base.rd_intensity_trend * step / 4.0
    scarcity = np.log(_scarcity(economy.tightness, labour.tightness, economy.record.talent_stock, labour.stock))
    elasticities = p.wage_tightness_elast / 4.0, p.rent_population_elast
    rise = np.exp(_log_rise(scarcity, labour.expected_growth, *trends, economy.growth, rd_trend, q, elasticities))
    economy.growth_index = economy.growth_index * rise[:, _DEMAND]
    economy.background, economy.nonbusiness_rd = _by_site(
        economy.background, economy.nonbusiness_rd, rise, base.site_city
    )
    economy.wage, economy.rent, since_2020 = _prices(economy.wage, base.wage, base.rent, rise)
    log_wage, log_rent = _by_place(np.log(since_2020), *trends, q, len(base.places))
    _journeys(economy)
    economy.conditions = Conditions(log_wage, log_rent, economy.log_travel)


def open_journeys(economy: Economy) -> None:
    """Travel times of 2020, and what they mean."""
    _set_travel(economy, economy.outside.travel_hours[0, 0])


def _journeys(economy: Economy) -> None:
    """Travel times in force; what follows from them stays as it is until a link opens."""
    schedule, slippage = economy.policy.transport_schedule, economy.path.transport_slippage_quarters
    hours = hours_in_force(economy.outside.travel_hours, economy.quarter, schedule, slippage)
    if hours.tobytes() != economy.travel.tobytes():
        _set_travel(economy, hours)


def _set_travel(economy: Economy, hours: np.ndarray) -> None:
    """Set travel times, the log changes that talents feel, and the rise of moves of firms that railways bring."""
    hours_2020, n = economy.outside.travel_hours[0, 0], economy.base.n_cities
    economy.travel = hours
    economy.log_travel = -math.log(2.0) * halvings(hours, hours_2020)
    economy.relocation_rise = relocation_rise(hours[:n, :n], hours_2020[:n, :n], economy.p).tolist()


@nb.njit(**RULE)
def _scarcity(tightness, tightness_2020, stock, stock_2020):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n_cities, n_tiers + 1) over those of 2020: vacancies per seeker of each tier, and talents of all."""
    n_cities, n_tiers = tightness.shape
    ratio = np.empty((n_cities, n_tiers + 1))
    for city in range(n_cities):
        persons = 0
        for tier in range(n_tiers):
            ratio[city, tier] = max(tightness[city, tier], 1e-3) / tightness_2020[city, tier]
            persons += stock[city, tier]
        ratio[city, n_tiers] = persons / stock_2020[city]
    return ratio


@nb.njit(**RULE)
def _log_rise(scarcity, expected_growth, wage_growth, rent_growth, growth, rd_trend, quarter, elasticities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """(n_cities, n_tiers + 3) log rise of wages, demand and R&D outside firms in the quarter, of rents since 2020.

    Wages and rents rise by the outside trend, and by what is scarcer than in 2020, (n_cities, n_tiers + 1) in logs:
    talents of a tier, and room for all of them where there are more than the base flows imply.
    """
    n_cities, n_tiers = scarcity.shape[0], scarcity.shape[1] - 1
    rise = np.empty((n_cities, n_tiers + 3))
    for city in range(n_cities):
        for tier in range(n_tiers):
            rise[city, tier] = wage_growth[city, quarter] + elasticities[0] * scarcity[city, tier]
        crowding = scarcity[city, n_tiers] - expected_growth[city] * (quarter - 1)
        rise[city, _RENT] = summed(rent_growth[city, 1 : quarter + 1]) + elasticities[1] * crowding
        rise[city, _DEMAND] = growth[city]
        rise[city, _RD] = growth[city] + rd_trend
    return rise


@nb.njit(**RULE)
def _by_site(background, nonbusiness_rd, rise, site_city):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n_sites,) twice: output beside the firms of the model, and R&D outside firms, risen with those of their city."""
    output, rd = np.empty(site_city.size), np.empty(site_city.size)
    for site, city in enumerate(site_city):
        output[site] = background[site] * rise[city, _DEMAND]
        rd[site] = nonbusiness_rd[site] * rise[city, _RD]
    return output, rd


@nb.njit(**RULE)
def _prices(wage, wage_2020, rent_2020, rise):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Wages (n_cities, n_tiers) and rents (n_cities,) now; (n_cities, n_tiers + 1) both over those of 2020."""
    n_cities, n_tiers = wage.shape
    wage_now, rent_now, since_2020 = np.empty(wage.shape), np.empty(n_cities), np.empty((n_cities, n_tiers + 1))
    for city in range(n_cities):
        for tier in range(n_tiers):
            wage_now[city, tier] = wage[city, tier] * rise[city, tier]
            since_2020[city, tier] = wage_now[city, tier] / wage_2020[city, tier]
        rent_now[city] = rent_2020[city] * rise[city, _RENT]
        since_2020[city, n_tiers] = rent_now[city] / rent_2020[city]
    return wage_now, rent_now, since_2020


@nb.njit(**RULE)
def _by_place(of_cities, wage_growth, rent_growth, quarter, n_places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Log changes since 2020 of wages (n_places, n_tiers) and rents (n_places,).

    Of cities as they are; the boundaries move with the outside trend of the cities.
    """
    n_cities, n_tiers = of_cities.shape[0], of_cities.shape[1] - 1
    log_wage, log_rent = np.empty((n_places, n_tiers)), np.empty(n_places)
    wage_trend, rent_trend = np.empty(n_cities), np.empty(n_cities)
    for city in range(n_cities):
        wage_trend[city] = summed(wage_growth[city, 1 : quarter + 1])
        rent_trend[city] = summed(rent_growth[city, 1 : quarter + 1])
    outside = summed(wage_trend) / n_cities, summed(rent_trend) / n_cities
    for place in range(n_places):
        inside = place < n_cities
        for tier in range(n_tiers):
            log_wage[place, tier] = of_cities[place, tier] if inside else outside[0]
        log_rent[place] = of_cities[place, n_tiers] if inside else outside[1]
    return log_wage, log_rent
