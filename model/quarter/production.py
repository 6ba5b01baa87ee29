"""7. Innovation and production: knowledge, luck, demand, value added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.capital.funds import boost_per_quarter, eligible
from model.carriers import incubated_growth, institutes_research
from model.firms.growth import demand_growth, mean_one, reversion, shock_scale
from model.firms.research import knowledge_after, productivity_gain
from model.streams import laplace

if TYPE_CHECKING:
    from model.economy import Economy


def knowledge_becomes_value_added(economy: Economy) -> None:
    """R&D of a gestation lag ago becomes knowledge; demand and luck move firms, and so does lever-made knowledge."""
    f, p = economy.firms, economy.p
    lag = round(4.0 * p.rd_gestation_lag)
    economy.institute_rd_added = institutes_research(economy.policy, p, economy.quarter / 4.0)
    economy.research_history.append(_real_research(economy))
    economy.reference_history.append(f.rd_reference * f.value_added * f.rd_reference_real_share)
    old, old_reference = economy.research_history[-1 - lag], economy.reference_history[-1 - lag]
    depreciation = economy.firm_depreciation
    f.knowledge[:] = knowledge_after(f.knowledge, _padded(old, f.n), depreciation)
    f.knowledge_reference[:] = knowledge_after(f.knowledge_reference, _padded(old_reference, f.n), depreciation)
    f.demand[:] = f.demand * np.exp(_growth(economy)) * f.alive
    f.value_added[:] = f.demand * productivity_gain(f.knowledge, f.knowledge_reference, p.rd_to_productivity_elast)
    f.boost_left[:] = np.maximum(f.boost_left - 1, 0)
    economy.record.mark(economy, "growth")


def _real_research(economy: Economy) -> np.ndarray:
    """(n_firms,) R&D that makes knowledge: at home less what moved, in the enclave, by vouchers; no relabelled cost."""
    f = economy.firms
    return np.asarray(f.rd() * f.rd_real_share - economy.displaced_rd + economy.enclave_rd + economy.voucher_rd).clip(
        min=0.0
    )


def _growth(economy: Economy) -> np.ndarray:
    """(n_firms,) log growth of demand in the quarter."""
    f, p, base = economy.firms, economy.p, economy.base
    group, n_groups, kind = economy.production_group, 3 * len(base.sites), economy.firms.kind
    weights = f.demand * f.alive
    in_catalogue = np.bincount(f.site, weights * (kind > 0.0), minlength=len(base.sites))
    in_industry = np.bincount(f.site, weights * (kind >= 0.0), minlength=len(base.sites))
    share = np.divide(in_catalogue, in_industry, out=np.zeros(len(base.sites)), where=in_industry > 0.0)
    common = demand_growth(economy.growth[np.maximum(f.city, 0)], kind, base.hightech_growth_gap, share[f.site])
    size = f.demand / np.maximum(f.weight, 1)
    positive = np.maximum(size, 1.0)
    scale = shock_scale(p.growth_scale_a, positive, float(np.median(positive[f.alive])), p.growth_size_sd_exponent)
    # An agent that stands for many firms is their mean, whose luck is smaller by the root of their number.
    scale = scale / np.sqrt(np.maximum(f.weight, 1))
    shock = mean_one(laplace(economy.luck_key("growth"), f.firm_id, scale), scale)
    back = reversion(np.log(positive), weights, group, p.gibrat_slope, n_groups)
    economy.rd_expected_reversion = np.bincount(group, f.rd() * back, minlength=n_groups).astype(float)
    venture = np.where(f.boost_left > 0, boost_per_quarter(p), 0.0)
    young = eligible(f.tech_sme, f.above_scale, economy.age, f.alive) & (f.city == 0)
    incubated = incubated_growth(young, economy.luck("incubated", f.firm_id, lasting=True), economy.policy, p)
    economy.incubated = np.sign(incubated)
    return np.asarray(common + shock + back + venture + incubated + _returned(economy, weights, group, n_groups))


def _returned(economy: Economy, weights: np.ndarray, group: np.ndarray, n_groups: int) -> np.ndarray:
    """(n_firms,) what closings leave to competitors less what births and venture money take, in expectation."""
    total = np.bincount(group, weights, minlength=n_groups)
    single = economy.firms.weight == 1
    venture = np.where(single, economy.boost_expected * boost_per_quarter(economy.p) * 12.0, 0.0)
    lost = economy.value_expected_lost - np.bincount(group, weights * venture, minlength=n_groups)
    share = np.divide(lost, total, out=np.zeros(n_groups), where=total > 0.0)
    return np.asarray(np.log1p(np.clip(share, -0.2, 0.2))[group])


def _padded(values: np.ndarray, n: int) -> np.ndarray:
    """An earlier column, zero for firms born since."""
    return np.concatenate([values, np.zeros(n - len(values))]) if len(values) < n else values
