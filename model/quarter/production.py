"""7. Innovation and production: knowledge, luck, demand, value added."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.accounts import PATENT_ACCOUNTS
from model.capital.funds import BOOST_QUARTERS, boost_per_quarter
from model.carriers import among_tenants, in_order_of_luck, incubated_growth, spread_in_order
from model.columns import median
from model.firms.growth import (
    add_causes,
    catalogue_share,
    demand_growth,
    mean_one_luck,
    reform_level,
    returned,
    reversion,
    shock_scale,
    size_per_firm,
    sums_by_group,
    young_at_home,
)
from model.firms.knowledge import grown_at_home, raise_productivity, research_at_work
from model.firms.patents import patents_granted, renew, research_before
from model.firms.research import add_knowledge, knowledge_kept, research_by_group
from model.firms.table import N_KINDS, as_they_are_now
from model.indicators.research import rd_institutes, rd_nonbusiness
from model.rates import quarterly

if TYPE_CHECKING:
    from model.base import Base
    from model.economy import Economy

_GRANTS, _LAPSES = PATENT_ACCOUNTS.index("grants"), PATENT_ACCOUNTS.index("lapses")


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
    growth = _growth(economy)
    f.demand *= np.exp(growth, out=growth)
    f.value_added[:] = f.demand
    raise_productivity(f.value_added, f.knowledge, f.knowledge_reference, p.rd_to_productivity_elast)
    np.maximum(f.boost_left - 1, 0, out=f.boost_left)
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
    by_city[0, 0] += float(granted)
    by_city[1, 0] += lapsed
    books.patents[_GRANTS] += by_city[0]
    books.patents[_LAPSES] += by_city[1]
    economy.public_patents += float(granted) - lapsed


def _real_research(economy: Economy) -> np.ndarray:
    """(n_firms,) R&D that makes knowledge: at home less what moved, in the enclave, by vouchers, bought; all real.

    Expert teams and pilot-test bases make more knowledge of the same R&D in the firms that they serve.
    """
    f = economy.firms
    at_home = f.rd_intensity, f.value_added, f.rd_real_share, f.displaced_rd
    research = research_at_work(*at_home, f.enclave_rd, f.voucher_rd)
    _serve(economy, research)
    research += f.bought_knowledge
    return np.asarray(research)


def _serve(economy: Economy, research: np.ndarray) -> None:
    """Raise the research of firms that programmes beyond those of 2020 serve, each in a lasting order of its own."""
    f, p, policy, neutral = economy.firms, economy.p, economy.policy, economy.neutral
    teams = policy.expert_teams - neutral.expert_teams
    bases = p.pilot_firms_per_base * (policy.pilot_bases - neutral.pilot_bases)
    programmes = ("expert team", teams, p.expert_team_effect), ("pilot base", bases, p.pilot_effect)
    if not any(places and effect for _, places, effect in programmes):
        return
    rows = grown_at_home(f.city, f.rd_intensity, f.above_scale, f.certified_until, economy.quarter)
    firms, effects = f.firm_id[rows], np.zeros(f.n)
    for stream, places, effect in programmes:
        if places and effect:
            order = in_order_of_luck(rows, economy.luck(stream, firms, lasting=True), places)
            spread_in_order(effects, order, places, effect)
    research *= np.exp(effects, out=effects)


def _growth(economy: Economy) -> np.ndarray:
    """(n_firms,) log growth of demand in the quarter."""
    f, p = economy.firms, economy.p
    size, n_groups, boost = size_per_firm(f.demand, f.weight), economy.n_groups, boost_per_quarter(p)
    # Firms that closed have no demand left: they are the least of all, and sums need not look at who is alive.
    middle = median(size, f.n - int(np.count_nonzero(f.alive)))
    scale = shock_scale(p.growth_scale_a, size, middle, p.growth_size_sd_exponent)
    growth = mean_one_luck(economy.luck_key("growth"), f.firm_id, scale, f.weight)
    pull = np.log(size, out=size)
    pull *= p.gibrat_slope / 4.0
    expected = economy.boost_expected, boost * BOOST_QUARTERS
    total, pulled, boosted = sums_by_group(f.demand, pull, *expected, f.weight, f.group, n_groups)
    back = reversion(pull, pulled, total, f.group)
    economy.rd_expected_reversion = research_by_group(f.rd_intensity, f.value_added, back, f.group, n_groups)
    common = _of_group(economy, total, boosted) + _reform(economy) * (_city_of_groups(economy.base) == 0)
    add_causes(growth, common, f.group, back, boost, f.boost_left)
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
    economy.incubated = np.zeros(f.n)
    tenants = economy.carriers["incubation"].tenants - economy.carriers_2020["incubation"].tenants
    if not tenants:
        return np.empty(0, np.int64), 0.0
    young = young_at_home(f.city, f.tech_sme, f.above_scale, f.born, economy.quarter)
    inside = young[among_tenants(economy.luck("incubated", f.firm_id[young], lasting=True), tenants)]
    economy.incubated[inside] = np.sign(tenants)
    return inside, incubated_growth(tenants, economy.p)


def _of_group(economy: Economy, total: np.ndarray, boosted: np.ndarray) -> np.ndarray:
    """(n_groups,) log growth that all firms of a site and kind of industry share.

    Demand from outside, and what closings leave to competitors less what births and venture money take, in expectation.
    """
    base, kinds = economy.base, _kinds(len(economy.base.sites))
    growth = economy.growth[_city_of_groups(base)]
    common = demand_growth(growth, kinds, base.hightech_growth_gap, catalogue_share(total))
    return np.asarray(common + np.log1p(returned(economy.value_expected_lost - boosted, total)))


@functools.lru_cache(maxsize=2)
def _city_of_groups(base: Base) -> np.ndarray:
    """(n_groups,) city of each group's site."""
    return np.repeat(base.site_city, N_KINDS)


@functools.cache
def _kinds(n_sites: int) -> np.ndarray:
    """(n_groups,) kind of industry of each group, as `FirmTable.kind`."""
    return np.tile(np.arange(N_KINDS) - 1.0, n_sites)


def _before(economy: Economy, history: Sequence[np.ndarray], lag: int) -> np.ndarray:
    """(n_firms,) R&D of so many quarters ago."""
    return as_they_are_now(history[-1 - lag], economy.quarter - lag, economy.firms.n, economy.moves)
