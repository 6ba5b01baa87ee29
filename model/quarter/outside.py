"""2. The outside world moves: demand, wages, rents, travel times, tax rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.firms.research import trend_quarters
from model.talent.location import Conditions
from model.transport import halvings, hours_in_force

if TYPE_CHECKING:
    from model.economy import Economy


def outside_world_moves(economy: Economy) -> None:
    """Set the growth of each city's demand; move wages and rents by the outside trend and by local scarcity."""
    base, p, outside, q = economy.base, economy.p, economy.outside, economy.quarter
    shift = economy.path.growth_shift / 100.0 / 4.0 if q > 4 else 0.0
    economy.growth = outside.gdp_growth[:, q] + shift
    economy.growth_index = economy.growth_index * np.exp(economy.growth)
    economy.background = economy.background * np.exp(economy.growth[base.site_city])
    step = trend_quarters(q, p.rd_trend_half_life) - trend_quarters(q - 1, p.rd_trend_half_life)
    economy.nonbusiness_rd = economy.nonbusiness_rd * np.exp(
        economy.growth[base.site_city] + base.rd_intensity_trend * step / 4.0
    )
    scarcity = np.log(np.maximum(economy.tightness, 1e-3) / economy.labour.tightness)
    economy.wage = economy.wage * np.exp(outside.wage_growth[:, [q]] + p.wage_tightness_elast / 4.0 * scarcity)
    stock = economy.record.talent_stock.sum(axis=1)
    crowding = np.log(stock / economy.labour.stock) - economy.labour.expected_growth * (q - 1)
    rent_trend = outside.rent_growth[:, 1 : q + 1].sum(axis=1)
    economy.rent = base.rent * np.exp(rent_trend + p.rent_population_elast * crowding)
    economy.travel = hours_in_force(
        outside.travel_hours, q, economy.policy.transport_schedule, economy.path.transport_slippage_quarters
    )
    economy.conditions = _conditions(economy, rent_trend)


def _conditions(economy: Economy, rent_trend: np.ndarray) -> Conditions:
    """Log changes since 2020; the boundaries move with the outside trend of the cities."""
    base, q = economy.base, economy.quarter
    log_wage = np.zeros((len(base.places), economy.wage.shape[1]))
    log_wage[: base.n_cities] = np.log(economy.wage / base.wage)
    log_wage[base.n_cities :] = economy.outside.wage_growth[:, 1 : q + 1].sum(axis=1).mean()
    log_rent = np.full(len(base.places), rent_trend.mean())
    log_rent[: base.n_cities] = np.log(economy.rent / base.rent)
    log_travel = -np.log(2.0) * halvings(economy.travel, economy.outside.travel_hours[0, 0])
    return Conditions(log_wage, log_rent, log_travel)
