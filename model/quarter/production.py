"""7. Innovation and production: knowledge, luck, demand, value added."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.accounts import PATENT_ACCOUNTS
from model.capital.funds import BOOST_QUARTERS, boost_per_quarter, eligible
from model.carriers import among_tenants, in_order_of_luck, incubated_growth, spread_in_order
from model.firms.growth import (
    demand_growth,
    mean_one_luck,
    reform_level,
    reversion,
    shock_scale,
    size_per_firm,
    sums_by_group,
)
from model.firms.patents import patents_granted, renew, research_before
from model.firms.research import add_knowledge, knowledge_kept, productivity_gain, research_by_group
from model.firms.table import N_KINDS, as_they_are_now
from model.indicators.research import rd_institutes, rd_nonbusiness
from model.rates import quarterly
from model.statistics import median

if TYPE_CHECKING:
    from model.economy import Economy


def knowledge_becomes_value_added(economy: Economy) -> None:
    """R&D of a gestation lag ago becomes knowledge; demand and luck move firms, and so does lever-made knowledge."""
    f, p = economy.firms, economy.p
    lag = round(4.0 * p.rd_gestation_lag)
    economy.institute_rd_added = economy.institutes.research(p)
    economy.research_history.append(_real_research(economy))
    economy.reference_history.append(f.rd_reference * f.value_added * f.rd_reference_real_share)
    old, old_reference = (_before(economy, past, lag) for past in (economy.research_history, economy.reference_history))
    kept = knowledge_kept(economy.depreciation)
    add_knowledge(f.knowledge, old, f.cluster, kept)
    add_knowledge(f.knowledge_reference, old_reference, f.cluster, kept)
    _patents(economy)
    f.demand *= np.exp(_growth(economy)) * f.alive
    f.value_added[:] = f.demand * productivity_gain(f.knowledge, f.knowledge_reference, p.rd_to_productivity_elast)
    f.boost_left -= f.boost_left > 0
    economy.record.mark(economy, "growth")


def _patents(economy: Economy) -> None:
    """Patents are granted for R&D of a grant lag ago and lapse; those of public bodies follow R&D outside firms."""
    f, p, books = economy.firms, economy.p, economy.books
    economy.public_research_history.append(rd_nonbusiness(economy) + rd_institutes(economy))
    lag, lapse = round(4.0 * p.patent_grant_lag), quarterly(p.patent_lapse_rate)
    pace, earlier = economy.outside.gdp_growth_2020 + economy.base.rd_intensity_trend / 4.0, lag - economy.quarter
    research = _before(economy, economy.research_history, lag)
    granted = patents_granted(research_before(research, pace, earlier), p.patents_per_rd)
    by_city = renew(f.patents, granted, lapse, f.city, economy.base.n_cities)
    public = economy.public_research_history[-1 - lag]
    granted = patents_granted(research_before(public, pace, earlier), p.patents_per_rd)
    lapsed = economy.public_patents * lapse
    by_city[:, 0] += float(granted), lapsed
    books.patents[[PATENT_ACCOUNTS.index(account) for account in ("grants", "lapses")]] += by_city
    economy.public_patents += float(granted) - lapsed


def _real_research(economy: Economy) -> np.ndarray:
    """(n_firms,) R&D that makes knowledge: at home less what moved, in the enclave, by vouchers, bought; all real.

    Expert teams and pilot-test bases make more knowledge of the same R&D in the firms that they serve.
    """
    f, p, policy, neutral = economy.firms, economy.p, economy.policy, economy.neutral
    own = np.maximum(f.rd() * f.rd_real_share - f.displaced_rd + f.enclave_rd + f.voucher_rd, 0.0)
    experts = _served(economy, "expert team", policy.expert_teams - neutral.expert_teams, p.expert_team_effect)
    bases = p.pilot_firms_per_base * (policy.pilot_bases - neutral.pilot_bases)
    pilots = _served(economy, "pilot base", bases, p.pilot_effect)
    return np.asarray(own * np.exp(experts + pilots) + f.bought_knowledge)


def _served(economy: Economy, stream: str, places: float, effect: float) -> np.ndarray | float:
    """(n_firms,) effect on the district's firms that a programme serves beyond those of 2020, in a lasting order."""
    f = economy.firms
    if places == 0.0 or effect == 0.0:
        return 0.0
    grown = (f.city == 0) & (f.rd_intensity > 0.0) & (f.above_scale | (f.certified_until >= economy.quarter))
    rows, effects = np.flatnonzero(grown), np.zeros(f.n)
    order = in_order_of_luck(rows, economy.luck(stream, f.firm_id[rows], lasting=True), places)
    spread_in_order(effects, order, places, effect)
    return effects


def _growth(economy: Economy) -> np.ndarray:
    """(n_firms,) log growth of demand in the quarter."""
    f, p = economy.firms, economy.p
    weights, size = f.demand * f.alive, size_per_firm(f.demand, f.weight)
    scale = shock_scale(p.growth_scale_a, size, median(size[f.alive]), p.growth_size_sd_exponent)
    shock = mean_one_luck(economy.luck_key("growth"), f.firm_id, scale, f.weight)
    back = reversion(np.log(size), weights, f.group, p.gibrat_slope, economy.n_groups)
    economy.rd_expected_reversion = research_by_group(f.rd_intensity, f.value_added, back, f.group, economy.n_groups)
    common = _of_group(economy, weights) + _reform(economy) * np.repeat(economy.base.site_city == 0, N_KINDS)
    growth = common[f.group]
    growth += shock
    growth += back
    growth += boost_per_quarter(p) * (f.boost_left > 0)
    rows, incubated = _incubated(economy)
    growth[rows] += incubated
    return growth


def _reform(economy: Economy) -> float:
    """Log growth of all firms of the district from digital infrastructure and lighter approvals, as they come."""
    before, economy.reform_level = economy.reform_level, reform_level(economy.policy, economy.p)
    return economy.reform_level - before


def _incubated(economy: Economy) -> tuple[np.ndarray, float]:
    """Rows of young firms in carriers beyond those of 2020, and their log growth; takes down who they are."""
    f = economy.firms
    young = np.flatnonzero(eligible(f.tech_sme, f.above_scale, economy.age, f.alive) & (f.city == 0))
    tenants = economy.carriers["incubation"].tenants - economy.carriers_2020["incubation"].tenants
    inside = young[among_tenants(economy.luck("incubated", f.firm_id[young], lasting=True), tenants)]
    economy.incubated = np.zeros(f.n)
    economy.incubated[inside] = np.sign(tenants)
    return inside, incubated_growth(tenants, economy.p)


def _of_group(economy: Economy, weights: np.ndarray) -> np.ndarray:
    """(n_groups,) log growth that all firms of a site and kind of industry share.

    Demand from outside, and what closings leave to competitors less what births and venture money take, in expectation.
    """
    f, base, n = economy.firms, economy.base, economy.n_groups
    boost = boost_per_quarter(economy.p) * BOOST_QUARTERS
    total, boosted = sums_by_group(weights, economy.boost_expected, boost, f.weight, f.group, n)
    _, other, catalogue = total.reshape(-1, N_KINDS).T
    share = np.divide(catalogue, catalogue + other, out=np.zeros_like(other), where=catalogue + other > 0.0)
    growth = np.repeat(economy.growth[base.site_city], N_KINDS)
    common = demand_growth(growth, _kinds(len(base.sites)), base.hightech_growth_gap, np.repeat(share, N_KINDS))
    lost = economy.value_expected_lost - boosted
    returned = np.divide(lost, total, out=np.zeros(n), where=total > 0.0)
    return np.asarray(common + np.log1p(np.clip(returned, -0.2, 0.2)))


@functools.cache
def _kinds(n_sites: int) -> np.ndarray:
    """(n_groups,) kind of industry of each group, as `FirmTable.kind`."""
    return np.tile(np.arange(N_KINDS) - 1.0, n_sites)


def _before(economy: Economy, history: Sequence[np.ndarray], lag: int) -> np.ndarray:
    """(n_firms,) R&D of so many quarters ago."""
    return as_they_are_now(history[-1 - lag], economy.quarter - lag, economy.firms.n, economy.moves)
