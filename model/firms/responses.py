"""How much more or less R&D firms want than in 2020, by what it costs them and by finance, and how they get there.

Cost is relative to that of 2020 at unchanged tax status: a naive user cost would cut the R&D of a firm that gets
certified. Small or constrained firms respond more to it, and a loan relieves those whom finance limits.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.compiled import RULE
from model.firms.research import research_paths
from model.firms.table import SMALL_FIRM_TAX_RATE, TAX_RATE, FirmTable, revenue_a_year
from model.parameters import Parameters
from model.rates import quarterly

FloatArray = NDArray[np.float64]
LARGE_REVENUE = 300e6
"""Yuan a year: about 300 staff, below which the literature's elasticities of small firms apply."""
N_LOANS = 8
"""Ways in which a firm's loans may relieve its R&D: `_loans`."""


@dataclass(frozen=True)
class Incentives:
    """Tax law and subsidy that firms face: what makes R&D cheaper or dearer than in 2020."""

    deduction_2020: tuple[float, float]
    """Share of R&D deducted on top of its cost in 2020: industry, services."""
    deduction: tuple[float, float]
    """The same now."""
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


def adjust_research(f: FirmTable, incentives: Incentives, trend: float, p: Parameters) -> None:
    """Move the intensities of firms in place towards what is wanted, those of the reference path too.

    Wanted is the firm's own opening intensity times the common ``trend`` times its response: see `responses`.
    """
    tax_rates, share, reaches = (p.hnte_cit_rate, TAX_RATE, SMALL_FIRM_TAX_RATE), claimed_share(p), honest_share(p)
    (industry_2020, services_2020), (industry, services) = incentives.deduction_2020, incentives.deduction
    claimed = (services_2020 * share, industry_2020 * share), (services * share, industry * share)
    subsidy = incentives.subsidy[0] * reaches, incentives.subsidy[1] * reaches
    elasticities = p.rd_user_cost_elast_large, p.rd_user_cost_elast_small
    answers = responses(claimed, subsidy, tax_rates, elasticities, (p.constraint_rd_gap, p.pledge_rd_effect))
    firms = (f.tax_rate, f.kind, f.city), (f.value_added, f.revenue_ratio, f.weight), f.constrained
    loans = f.financed, f.finance_opening, f.by_pool, f.pledged
    _adjust(*firms, loans, research_paths(f), tax_rates, answers, trend, quarterly(p.rd_adjust_speed))


@functools.lru_cache(maxsize=8)
def responses(
    claimed: tuple[tuple[float, float], tuple[float, float]],
    subsidy: tuple[float, float],
    tax_rates: tuple[float, float, float],
    elasticities: tuple[float, float],
    effects: tuple[float, float],
) -> FloatArray:
    """Desired R&D over what cost and finance of 2020 would give: ``cost ** -elasticity * exp(relief)``.

    Kept for the quarters in which neither tax law nor subsidy changes.

    Parameters
    ----------
    claimed, subsidy, tax_rates : see `relative_costs`.
    elasticities : to cost, of large firms and of small ones; where finance limits, as of small ones.
    effects : relief by a loan of those whom finance limits, and by one against patents.

    Returns
    -------
    (2, 3 x 2 x 2 x 2 x 8) under the policy in force and under that of 2020, by what firms that respond alike have in
    common: tax rate; services, industry; elsewhere, in the district; large, small; and `_loans`.
    """
    logs = _log_responses(np.log(relative_costs(tax_rates, claimed, subsidy)).ravel(), elasticities, effects)
    return np.asarray(np.exp(logs, out=logs).reshape(2, -1))


@nb.njit(**RULE, error_model="numpy")
def relative_costs(tax_rates, claimed, subsidy):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """User cost of R&D over that of 2020 at unchanged tax status.

    Parameters
    ----------
    tax_rates : three that a firm may have.
    claimed : two pairs of the deduction that acts on top of cost, in 2020 and now: services, industry.
    subsidy : a pair, the share that reaches R&D in the district: under the policy in force, and that of 2020.

    Returns
    -------
    (2, 3, 2, 2) under the policies; by tax rate; services, industry; elsewhere, in the district.
    """
    costs, (before, now) = np.empty((2, 3, 2, 2)), claimed
    for rate in range(3):
        for makes in range(2):
            for here in range(2):
                cost_2020 = user_cost(tax_rates[rate], before[makes], here * subsidy[1])
                for path in range(2):
                    cost = user_cost(tax_rates[rate], now[makes], here * subsidy[path])
                    costs[path, rate, makes, here] = cost / cost_2020
    return costs


@nb.njit(**RULE)
def _log_responses(log_costs, elasticities, effects):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Logs of `responses`, of the log of `relative_costs`."""
    gap, pledge = effects
    logs = np.empty((log_costs.size, 2, N_LOANS))
    for at in range(log_costs.size):
        for small in range(2):
            for loans in range(N_LOANS):
                relief = gap * (loans >> 1 & 1) - gap * (loans & 1) + pledge * (loans >> 2)
                logs[at, small, loans] = relief - elasticities[small] * log_costs[at]
    return logs


@nb.njit(**RULE, inline="always")
def _loans(constrained, opening, now, pledged):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Which loans a firm has that finance limits, as an index: of 2020, now, and against patents; 0 for all others."""
    return constrained * (1 * opening + 2 * now + 4 * pledged)


@nb.njit(**RULE, inline="always")
def adjusted(intensity, desired, speed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Intensity after a quarter in which a share, ``speed``, of the gap to the desired one is closed.

    Partial adjustment in levels: in logs the mean of many firms would drift down with the spread of their luck. Who
    has no R&D does not start by adjusting.
    """
    return intensity + speed * (desired - intensity) if intensity > 0.0 else 0.0


@nb.njit(**RULE)
def _adjust(status, revenue, constrained, loans, paths, tax_rates, answers, trend, speed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loops of `adjust_research`: firms that respond alike find their response in one place.

    Loans that the risk pool brought, and pledged ones, count under the policy in force only.
    """
    financed, finance_opening, by_pool, pledged = loans
    (intensity, opening), (reference, reference_opening) = paths
    alike = _alike(status, revenue, constrained, tax_rates)
    at = np.empty(alike.size, np.uint16)
    for i in range(at.size):
        at[i] = alike[i] * N_LOANS + _loans(constrained[i], finance_opening[i], financed[i], pledged[i])
    _close_gap(intensity, opening, answers[0], at, trend, speed)
    for i in range(at.size):
        usually = financed[i] & (not by_pool[i])
        at[i] = alike[i] * N_LOANS + _loans(constrained[i], finance_opening[i], usually, 0)
    _close_gap(reference, reference_opening, answers[1], at, trend, speed)


@nb.njit(**RULE, error_model="numpy")
def _alike(status, revenue, constrained, tax_rates):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n,) what a firm has in common with others, loans aside, as an index into one path of `responses`.

    Trait by trait, so that each loop runs on many firms at a time.
    """
    (tax_rate, kind, city), (value_added, revenue_ratio, weight) = status, revenue
    alike, n_known = np.empty(city.size, np.uint16), 0
    for i in range(alike.size):
        alike[i] = 1 * (tax_rate[i] == tax_rates[1]) + 2 * (tax_rate[i] == tax_rates[2])
        n_known += (alike[i] > 0) | (tax_rate[i] == tax_rates[0])
    if n_known < alike.size:
        raise ValueError("a firm has a tax rate that responses of R&D are not worked out for")
    for i in range(alike.size):
        alike[i] = 4 * alike[i] + 2 * (kind[i] >= 0.0) + (city[i] == 0)
    for i in range(alike.size):
        small = revenue_a_year(value_added[i], revenue_ratio[i], weight[i]) < LARGE_REVENUE
        alike[i] = 2 * alike[i] + (small | constrained[i])
    return alike


@nb.njit(**RULE)
def _close_gap(intensity, opening, answers, at, trend, speed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Adjust one path of R&D; ``answers`` are its responses, and ``at`` (n,) which one is each firm's."""
    for i in range(intensity.size):
        intensity[i] = adjusted(intensity[i], opening[i] * trend * answers[at[i]], speed)
