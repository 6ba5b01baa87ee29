"""How much R&D firms want, and how fast they get there.

Desired intensity is relative to the firm's own value of 2020: the common trend of the delta, the user cost at unchanged
tax status (a naive user cost would cut the R&D of a firm that gets certified), and finance. The reference path is the
same rule under the district's policy of 2020; levers raise productivity only by the knowledge above it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.columns import summed
from model.compiled import RULE
from model.firms.table import FirmTable, revenue_a_year
from model.parameters import Parameters
from model.rates import quarterly

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
TREND_HOLDS_QUARTERS = 20
"""To the end of 2025 the trend seen before 2021 is taken to go on."""
_MAX_OFFSET = 0.1
"""Largest share of a group's R&D that is offset in a quarter."""
LARGE_REVENUE = 300e6
"""Yuan a year: about 300 staff, below which the literature's elasticities of small firms apply."""


@dataclass(frozen=True)
class Incentives:
    """Tax law and subsidy that firms face: what makes R&D cheaper or dearer than in 2020."""

    deduction_2020: FloatArray
    """(2,) share of R&D deducted on top of its cost in 2020: industry, services."""
    deduction: FloatArray
    """(2,) the same now."""
    subsidy: tuple[float, float]
    """Ex-post share of eligible R&D that the district pays: under the policy in force, and that of 2020."""


@nb.njit(**RULE, inline="always")
def user_cost(tax_rate, claimed, subsidy):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """After-tax cost of a yuan of R&D: ``(1 - t (1 + s)) / (1 - t)`` less the subsidy that reaches honest R&D.

    ``claimed`` is s, the deduction on top of cost: firms without profit carry it forward, which halves it, and who does
    not claim has none. B-index: Warda (2001), OECD STI Review 27.
    """
    return 1.0 - tax_rate * claimed / (1.0 - tax_rate) - subsidy


def claimed_share(p: Parameters) -> float:
    """Share of the super-deduction that acts."""
    return p.super_deduction_takeup * (1.0 - 0.5 * p.loss_share)


def honest_share(p: Parameters) -> float:
    """Share of an ex-post subsidy that reaches honest R&D."""
    return p.rd_subsidy_coverage * (1.0 - p.grant_misuse_share)


def relative_costs(f: FirmTable, incentives: Incentives, p: Parameters) -> FloatArray:
    """(2, n_firms) user cost over that of 2020 at unchanged tax status: policy in force, and policy of 2020."""
    claimed = np.array((incentives.deduction_2020, incentives.deduction)) * claimed_share(p)
    subsidy = np.array(incentives.subsidy) * honest_share(p)
    return np.asarray(_relative_costs(f.tax_rate, f.kind, f.city, claimed, subsidy))


@nb.njit(**RULE, error_model="numpy")
def _relative_costs(tax_rate, kind, city, claimed, subsidy):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `relative_costs`; ``claimed`` (year, sector)."""
    costs, ((industry_2020, services_2020), (industry, services)) = np.empty((2, city.size)), claimed
    in_force, neutral = subsidy
    for i in range(city.size):
        makes, here = kind[i] >= 0.0, 1.0 * (city[i] == 0)
        cost_2020 = user_cost(tax_rate[i], industry_2020 if makes else services_2020, here * neutral)
        now = industry if makes else services
        costs[0, i] = user_cost(tax_rate[i], now, here * in_force) / cost_2020
        costs[1, i] = user_cost(tax_rate[i], now, here * neutral) / cost_2020
    return costs


def responses(f: FirmTable, costs: FloatArray, p: Parameters) -> FloatArray:
    """(2, n_firms) desired R&D over what cost and finance of 2020 would give: ``cost ** -elasticity * exp(relief)``.

    Small or constrained firms respond more to ``costs`` (2, n_firms), and a loan relieves those whom finance limits;
    loans that the risk pool brought, and pledged ones, count under the policy in force only.
    """
    effects = np.array([p.constraint_rd_gap, p.pledge_rd_effect])
    elasticities = np.array([p.rd_user_cost_elast_small, p.rd_user_cost_elast_large])
    revenue, loans = (f.value_added, f.revenue_ratio, f.weight), (f.financed, f.finance_opening, f.by_pool, f.pledged)
    logs: FloatArray = np.log(costs)
    _respond(logs, revenue, f.constrained, loans, elasticities, effects)
    return np.exp(logs, out=logs)


@nb.njit(**RULE, error_model="numpy")
def _respond(logs, revenue, constrained, loans, elasticities, effects):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `responses`: makes log responses of log costs, (2, n_firms) ``logs``, in place.

    ``revenue`` and ``loans`` are the columns that make them.
    """
    value_added, revenue_ratio, weight = revenue
    financed, finance_opening, by_pool, pledged = loans
    (gap, pledge), (of_small, of_large) = effects, elasticities
    for i in range(constrained.size):
        small = revenue_a_year(value_added[i], revenue_ratio[i], weight[i]) < LARGE_REVENUE
        elasticity = of_small if small | constrained[i] else of_large
        relief = gap if constrained[i] else 0.0
        before = relief * finance_opening[i]
        now = relief * financed[i] - before + pledge * (pledged[i] & constrained[i])
        usually = relief * (financed[i] & (not by_pool[i])) - before
        logs[0, i] = now - elasticity * logs[0, i]
        logs[1, i] = usually - elasticity * logs[1, i]


def adjust(intensity: FloatArray, opening: FloatArray, response: FloatArray, trend: float, p: Parameters) -> None:
    """Move intensities (n_firms,) in place towards ``opening * trend * response``.

    Partial adjustment in levels: in logs the mean of many firms would drift down with the spread of their luck. Who
    has no R&D does not start by adjusting.
    """
    _adjust(intensity, opening, response, trend, quarterly(p.rd_adjust_speed))


@nb.njit(**RULE)
def _adjust(intensity, opening, response, trend, speed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `adjust`."""
    for i in range(intensity.size):
        desired = opening[i] * trend * response[i]
        intensity[i] = intensity[i] + speed * (desired - intensity[i]) if intensity[i] > 0.0 else 0.0


@nb.njit(**RULE)
def without_research(above_scale, alive, intensity):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of living above-scale firms that do no R&D; all arrays (n_firms,)."""
    idle, rows, n = np.empty(alive.size, np.bool_), np.empty(alive.size + 1, np.int64), 0
    for i in range(alive.size):
        idle[i] = above_scale[i] & alive[i] & (intensity[i] <= 0.0)
    for i in range(alive.size):
        rows[n] = i
        n += idle[i]
    return rows[:n]


@nb.njit(**RULE)
def intensity_of_performers(intensity, value_added, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) R&D over the value added of the firms that do any; closed ones have none of either."""
    # Value added and R&D side by side, so that one instruction adds both.
    sums, mean = np.zeros((n_groups, 2)), np.zeros(n_groups)
    for i in range(group.size):
        output, of_group = value_added[i] * (intensity[i] > 0.0), sums[group[i]]
        of_group[0] += output
        of_group[1] += output * intensity[i]
    for g in range(n_groups):
        mean[g] = sums[g, 1] / sums[g, 0] if sums[g, 0] > 0.0 else 0.0
    return mean


@nb.njit(**RULE)
def research_by_group(intensity, value_added, weight, group, n_groups):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) yuan of R&D in the quarter, each firm's counted ``weight`` (n,) times.

    With who is alive as weight it is the R&D of the living, with a log growth what that moves in the first order.
    """
    total = np.zeros(n_groups)
    for i in range(group.size):
        total[group[i]] += intensity[i] * value_added[i] * weight[i]
    return total


@nb.njit(**RULE)
def factor_without(gained, total):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_groups,) factor on R&D that takes what was ``gained`` off the ``total`` again, yuan, by a tenth at most."""
    factor = np.ones(total.size)
    for g in range(total.size):
        if total[g] > 0.0:
            factor[g] = min(max(1.0 - gained[g] / total[g], 1.0 - _MAX_OFFSET), 1.0 + _MAX_OFFSET)
    return factor


def scale_research(f: FirmTable, factor: FloatArray) -> None:
    """Multiply the intensities of firms, those of the reference path and what both are relative to, by group."""
    _scale_research(f.group, factor, f.rd_intensity, f.rd_reference, f.rd_intensity_opening, f.rd_reference_opening)


@nb.njit(**RULE)
def _scale_research(group, factor, intensity, reference, opening, reference_opening):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `scale_research`."""
    for i in range(group.size):
        of_group = factor[group[i]]
        intensity[i] *= of_group
        reference[i] *= of_group
        opening[i] *= of_group
        reference_opening[i] *= of_group


def contracts_added(subsidy_rate: float, p: Parameters) -> float:
    """Technology contracts a quarter beyond those of 2020, yuan: ``V ((1 - s) ** -elasticity - 1)``."""
    return float(p.contract_value_2020 / 4.0 * ((1.0 - subsidy_rate) ** -p.contract_price_elasticity - 1.0))


@nb.njit(**RULE, error_model="numpy")
def buy_knowledge(added, rd, knowledge_share, substitution_share, bought, displaced):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Spread contracts over firms in proportion to their R&D: knowledge that they buy, and own R&D that it replaces.

    Parameters
    ----------
    added : yuan in the quarter; fewer contracts than in 2020 take away.
    rd : (n,) yuan, above zero for somebody.
    bought, displaced : (n,) yuan, changed in place.
    """
    total = summed(rd)
    for i in range(rd.size):
        contract = rd[i] / total * added
        bought[i] = knowledge_share * contract
        displaced[i] += substitution_share * min(contract, rd[i])


def trend_quarters(quarter: int, half_life: float) -> float:
    """Quarters of full trend that lie behind a quarter: all of them to 2025, then each year's counts for less.

    ``half_life`` is the years after 2025 in which the trend's pace halves. No region has shown a trend that lasts.
    """
    after = quarter - TREND_HOLDS_QUARTERS
    if after <= 0:
        return float(quarter)
    mean_life = 4.0 * half_life / float(np.log(2.0))
    return TREND_HOLDS_QUARTERS + mean_life * float(-np.expm1(-after / mean_life))


def opening_gap(trend: float, speed: float) -> float:
    """Desired over actual intensity such that the actual one already rises at the trend.

    ``trend`` is a log rate a quarter, ``speed`` the share of a gap closed in a quarter.
    """
    # Desired intensity of the first quarter already holds one quarter of trend, which is taken out again.
    return (float(np.exp(trend) - 1.0) / speed + 1.0) * float(np.exp(-trend))


def knowledge_kept(depreciation: FloatArray) -> FloatArray:
    """Share of a knowledge stock that is left after a quarter; ``depreciation`` is yearly."""
    return np.asarray((1.0 - depreciation) ** 0.25)


def add_knowledge(stock: FloatArray, rd: FloatArray, cluster: NDArray[np.int8], kept: FloatArray) -> None:
    """Perpetual inventory over a quarter, in place: what is ``kept`` (n_clusters,) of the stock (n_firms,), and R&D."""
    _add_knowledge(stock, rd, cluster, kept)


@nb.njit(**RULE)
def _add_knowledge(stock, rd, cluster, kept):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """The compiled loop of `add_knowledge`."""
    for i in range(stock.size):
        stock[i] = stock[i] * kept[cluster[i]] + rd[i]


def knowledge_opening(rd: FloatArray, depreciation: FloatArray, growth: float) -> FloatArray:
    """Stock that R&D growing at a steady yearly log rate has built up."""
    return np.asarray(rd / (np.exp(growth / 4.0) - (1.0 - depreciation) ** 0.25))
