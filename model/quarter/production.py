"""7. Innovation and production: knowledge, luck, demand, value added."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.accounts import PATENT_ACCOUNTS
from model.capital.funds import BOOST_QUARTERS, boost_per_quarter
from model.carriers import among_tenants, incubated_growth
from model.columns import median
from model.firms.growth import (
    add_causes,
    laplace_luck,
    reform_level,
    relative_scale,
    shared_growth,
    size_per_firm,
    sums_by_group,
    young_at_home,
)
from model.firms.knowledge import grow, raise_productivity, research_at_work
from model.firms.patents import over_told, patents_granted, renew
from model.firms.programmes import grown_at_home, serve
from model.firms.research import add_knowledge
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
    economy.institute_rd_added = economy.institutes.research(p)
    for history, research in zip(
        (economy.research_history, economy.reference_history), _research(economy), strict=True
    ):
        history.append(research)
    lag, stocks = round(4.0 * p.rd_gestation_lag), (f.knowledge, f.knowledge_reference)
    old = _before(economy, economy.research_history, lag), _before(economy, economy.reference_history, lag)
    add_knowledge(stocks, old, f.cluster, economy.knowledge_kept)
    _patents(economy)
    growth = _growth(economy)
    grow(f.demand, f.value_added, np.exp(growth, out=growth), f.boost_left)
    raise_productivity(f.value_added, *stocks, p.rd_to_productivity_elast)
    economy.record.mark(economy, "growth")


def _patents(economy: Economy) -> None:
    """Patents are granted for R&D of a grant lag ago and lapse; those of public bodies follow R&D outside firms."""
    f, p, books = economy.firms, economy.p, economy.books
    economy.public_research_history.append(rd_nonbusiness(economy) + rd_institutes(economy))
    lag, rates = round(4.0 * p.patent_grant_lag), (p.patents_per_rd, quarterly(p.patent_lapse_rate))
    pace = economy.outside.gdp_growth_2020 + economy.base.rd_intensity_trend / 4.0
    earlier, research = over_told(pace, lag - economy.quarter), _before(economy, economy.research_history, lag)
    by_city = renew(f.patents, research, earlier, rates, f.city, economy.base.n_cities)
    granted = patents_granted(economy.public_research_history[-1 - lag], earlier, rates[0])
    lapsed = economy.public_patents * rates[1]
    by_city[0, 0] += granted
    by_city[1, 0] += lapsed
    books.patents[_GRANTS] += by_city[0]
    books.patents[_LAPSES] += by_city[1]
    economy.public_patents += granted - lapsed


def _research(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """(n_firms,) twice, R&D that makes knowledge, and that of the reference path; all real.

    It is done at home less what moved, in the enclave, by vouchers, or bought. Expert teams and pilot-test bases make
    more knowledge of the same R&D in the firms that they serve.
    """
    f = economy.firms
    home = f.rd_intensity, f.value_added, f.rd_real_share, f.displaced_rd
    elsewhere, reference = (f.enclave_rd, f.voucher_rd, f.bought_knowledge), (f.rd_reference, f.rd_reference_real_share)
    research, usual = research_at_work(home, elsewhere, reference, _served(economy))
    return research, usual


def _served(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """Rows of firms whom programmes beyond those of 2020 serve, in lasting orders, and the factor on their research."""
    f, p, policy, neutral = economy.firms, economy.p, economy.policy, economy.neutral
    teams = policy.expert_teams - neutral.expert_teams
    bases = p.pilot_firms_per_base * (policy.pilot_bases - neutral.pilot_bases)
    places, effects = (teams, bases), (p.expert_team_effect, p.pilot_effect)
    if not ((teams and p.expert_team_effect) or (bases and p.pilot_effect)):
        return np.empty(0, np.int64), np.empty(0)
    rows = grown_at_home(f.city, f.rd_intensity, f.above_scale, f.certified_until, economy.quarter)
    keys = economy.luck_key("expert team", lasting=True), economy.luck_key("pilot base", lasting=True)
    gain = serve(keys, places, effects, f.firm_id, rows)
    return rows, np.exp(gain, out=gain)


def _growth(economy: Economy) -> np.ndarray:
    """(n_firms,) log growth of demand in the quarter."""
    f, p = economy.firms, economy.p
    size, boost, slope = size_per_firm(f.demand, f.weight), boost_per_quarter(p), p.gibrat_slope / 4.0
    # Firms that closed have no demand left: they are the least of all, and sums need not look at who is alive.
    middle = median(size, f.n - int(np.count_nonzero(f.alive)))
    relative = relative_scale(size, middle, p.growth_size_sd_exponent)
    luck = laplace_luck(economy.luck_key("growth"), f.firm_id, p.growth_scale_a, relative, f.weight)
    log_size, boosts = np.log(size, out=size), (economy.boost_expected, boost * BOOST_QUARTERS)
    sums, boosted = sums_by_group(f.demand, log_size, slope, boosts, f.weight, f.group, economy.n_groups)
    shared = _of_group(economy, sums, boosted)
    reform = _reform(economy), _city_of_groups(economy.base)
    firms = f.group, f.boost_left, f.rd_intensity, f.value_added
    growth, moved = add_causes(shared, reform, sums, luck, log_size, slope, boost, firms)
    economy.rd_expected_reversion = moved
    rows, incubated = _incubated(economy)
    if len(rows):
        growth[rows] += incubated
    return np.asarray(growth)


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


def _of_group(economy: Economy, sums: np.ndarray, boosted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n_groups,) twice, log growth that all firms of a site and kind of industry share.

    Demand from outside; and what closings leave to competitors less what births and venture money take, in expectation.
    """
    base, city = economy.base, _city_of_groups(economy.base)
    lost = economy.value_expected_lost
    demand, back = shared_growth(economy.growth, city, base.hightech_growth_gap, lost, sums, boosted)
    return demand, np.log1p(back, out=back)


@functools.lru_cache(maxsize=2)
def _city_of_groups(base: Base) -> np.ndarray:
    """(n_groups,) city of each group's site."""
    return np.repeat(base.site_city, N_KINDS)


def _before(economy: Economy, history: Sequence[np.ndarray], lag: int) -> np.ndarray:
    """(n_firms,) R&D of so many quarters ago."""
    return as_they_are_now(history[-1 - lag], economy.quarter - lag, economy.firms.n, economy.moves)
