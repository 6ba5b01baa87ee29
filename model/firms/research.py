"""How much R&D firms want, and how fast they get there.

Desired intensity is relative to the firm's own value of 2020: the common trend of the delta, the user cost at unchanged
tax status (a naive user cost would cut the R&D of a firm that gets certified), and finance. The reference path is the
same rule under the district's policy of 2020; levers raise productivity only by the knowledge above it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.parameters import Parameters

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
TREND_HOLDS_QUARTERS = 20
"""To the end of 2025 the trend seen before 2021 is taken to go on."""
LARGE_REVENUE = 300e6
"""Yuan a year: about 300 staff, below which the literature's elasticities of small firms apply."""


def user_cost(
    tax_rate: FloatArray, super_deduction: FloatArray | float, subsidy_rate: FloatArray | float, p: Parameters
) -> FloatArray:
    """After-tax cost of a yuan of R&D.

    Parameters
    ----------
    tax_rate : (n,) corporate tax rate at unchanged status.
    super_deduction : share of R&D deducted on top of its cost.
    subsidy_rate : ex-post subsidy, share of eligible R&D.

    Returns
    -------
    (n,) ``(1 - t (1 + s)) / (1 - t)`` less the subsidy that reaches honest R&D. Firms without profit carry the
    deduction forward, which halves it; firms that do not claim have no deduction.

    Notes
    -----
    B-index: Warda (2001), OECD STI Review 27.
    """
    return subsidised(cost_after_tax(tax_rate, super_deduction, p), subsidy_rate, p)


def cost_after_tax(tax_rate: FloatArray, super_deduction: FloatArray | float, p: Parameters) -> FloatArray:
    """(n,) `user_cost` without any subsidy."""
    claimed = super_deduction * (p.super_deduction_takeup * (1.0 - 0.5 * p.loss_share))
    # The B-index (1 - t (1 + s)) / (1 - t), written with one array operation less.
    return np.asarray(1.0 - tax_rate * claimed / (1.0 - tax_rate))


def subsidised(cost: FloatArray, subsidy_rate: FloatArray | float, p: Parameters) -> FloatArray:
    """(n,) cost less the subsidy that reaches honest R&D."""
    return np.asarray(cost - subsidy_rate * (p.rd_subsidy_coverage * (1.0 - p.grant_misuse_share)))


def user_cost_elasticity(yearly_revenue: FloatArray, constrained: BoolArray, p: Parameters) -> FloatArray:
    """(n,) absolute long-run elasticity of R&D to user cost: small or constrained firms respond more."""
    small = (yearly_revenue < LARGE_REVENUE) | constrained
    return np.where(small, p.rd_user_cost_elast_small, p.rd_user_cost_elast_large)


def desired_intensity(
    opening: FloatArray, relative_cost: FloatArray, relief: FloatArray, elasticity: FloatArray, growth: float
) -> FloatArray:
    """(n,) desired R&D over value added: ``opening * growth * relative_cost ** -elasticity * exp(relief)``.

    ``relief`` is the log effect of finance on firms that it limits.
    """
    return np.asarray(opening * growth * np.exp(relief - elasticity * np.log(relative_cost)))


def contracts_added(subsidy_rate: float, p: Parameters) -> float:
    """Technology contracts a quarter beyond those of 2020, yuan: ``V ((1 - s) ** -elasticity - 1)``."""
    return float(p.contract_value_2020 / 4.0 * ((1.0 - subsidy_rate) ** -p.contract_price_elasticity - 1.0))


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


def adjusted(intensity: FloatArray, desired: FloatArray, speed: float) -> FloatArray:
    """Partial adjustment in levels: in logs the mean of many firms would drift down with the spread of their luck."""
    return np.asarray(np.where(intensity > 0.0, intensity + speed * (desired - intensity), 0.0))


def knowledge_kept(depreciation: FloatArray) -> FloatArray:
    """Share of a knowledge stock that is left after a quarter; ``depreciation`` is yearly."""
    return np.asarray((1.0 - depreciation) ** 0.25)


def knowledge_after(stock: FloatArray, rd: FloatArray, kept: FloatArray) -> FloatArray:
    """Perpetual inventory over a quarter; ``kept`` from `knowledge_kept`."""
    return np.asarray(stock * kept + rd)


def knowledge_opening(rd: FloatArray, depreciation: FloatArray, growth: float) -> FloatArray:
    """Stock that R&D growing at a steady yearly log rate has built up."""
    return np.asarray(rd / (np.exp(growth / 4.0) - (1.0 - depreciation) ** 0.25))


def productivity_gain(knowledge: FloatArray, reference: FloatArray, elasticity: float) -> FloatArray:
    """(n,) value added over what it would be without lever-made knowledge: ``(K / K_ref) ** elasticity``."""
    differs = np.flatnonzero((knowledge != reference) & (reference > 0.0) & (knowledge > 0.0))
    gain = np.ones_like(knowledge)
    gain[differs] = (knowledge[differs] / reference[differs]) ** elasticity
    return gain
