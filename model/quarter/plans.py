"""4. Firms plan: desired R&D, where it is done, and the staff they want."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.carriers import displaced_research, enclave_research
from model.firms.growth import group_mean
from model.firms.research import (
    adjusted,
    desired_intensity,
    opening_gap,
    starts_research,
    user_cost,
    user_cost_elasticity,
)
from model.rates import quarterly
from model.talent.labour import output_by_employer, staff_wanted

if TYPE_CHECKING:
    from model.economy import Economy

FloatArray = np.ndarray
_VOUCHER_SIZE = 300_000.0
"""Yuan a firm and year: the cap of the delta pilot (levers.csv)."""
_MIN_TEAM_RD = 1e6
"""A firm opens a team in an enclave when it spends at least this on R&D in a year (yuan)."""


def firms_plan(economy: Economy) -> None:
    """Adjust R&D towards what is wanted now, start it where there was none, place it, and post staff wanted."""
    f, p = economy.firms, economy.p
    speed = quarterly(p.rd_adjust_speed)
    _start_research(economy)
    pool = min(economy.neutral.risk_pool / max(economy.policy.risk_pool, 1.0), 1.0)
    financed = economy.finance_now.astype(float)
    trend = _trend(economy)
    elasticity = user_cost_elasticity(f.yearly_revenue(), f.constrained, p)
    cost_2020 = _user_cost(economy, economy.neutral.rd_subsidy_rate, 0)
    cost = _user_cost(economy, economy.policy.rd_subsidy_rate, economy.quarter) / cost_2020
    reference_cost = _user_cost(economy, economy.neutral.rd_subsidy_rate, economy.quarter) / cost_2020
    desired = trend * _response(economy, cost, financed, elasticity)
    reference = trend * _response(economy, reference_cost, financed * pool, elasticity)
    f.rd_intensity[:] = adjusted(f.rd_intensity, desired, speed)
    f.rd_reference[:] = adjusted(f.rd_reference, reference, speed)
    _offset_reallocation(economy)
    _vouchers(economy)
    _enclave(economy)
    economy.record.mark(economy, "intensity")
    output = output_by_employer(economy.base, f.value_added * f.alive, f.site, f.cluster, economy.background)
    index = np.divide(output, economy.output_opening, out=np.ones_like(output), where=economy.output_opening > 0.0)
    wanted = staff_wanted(economy.labour.staff, index, economy.quarter, p.talent_productivity_growth)
    economy.staff_wanted = _institute_posts(economy, wanted)


def _trend(economy: Economy) -> np.ndarray:
    """(n_firms,) desired intensity by the common trend alone, from the firm's own opening value."""
    trend, speed = economy.base.rd_intensity_trend, quarterly(economy.p.rd_adjust_speed)
    growth = np.exp(trend * economy.quarter / 4.0) * opening_gap(trend / 4.0, speed)
    one = np.ones(economy.firms.n)
    return desired_intensity(economy.firms.rd_intensity_opening, one, one, float(growth))


def _user_cost(economy: Economy, subsidy: float, quarter: int) -> np.ndarray:
    """(n_firms,) user cost of R&D at unchanged status: law of a quarter, subsidy in the focal district."""
    f, law = economy.firms, economy.outside.super_deduction[:, quarter]
    deduction = np.where(f.kind >= 0.0, law[0], law[1])
    return user_cost(f.tax_rate, deduction, np.where(f.city == 0, subsidy, 0.0), economy.p)


def _response(economy: Economy, relative: np.ndarray, financed: np.ndarray, elasticity: np.ndarray) -> np.ndarray:
    """(n_firms,) factor on desired intensity by user cost relative to 2020, and by finance."""
    f, p = economy.firms, economy.p
    relief = p.constraint_rd_gap * (financed - economy.finance_opening) * f.constrained
    return np.asarray(relative**-elasticity * np.exp(relief))


def _start_research(economy: Economy) -> None:
    """Above-scale firms that begin R&D, at a share of the intensity of their group's performers."""
    f, p = economy.firms, economy.p
    start = starts_research(
        economy.luck("starts research", f.firm_id),
        f.above_scale & f.alive,
        f.rd_intensity,
        quarterly(p.rd_start_hazard),
    )
    performs = f.rd_intensity > 0.0
    group, n_groups = economy.production_group, 3 * len(economy.base.sites)
    mean = group_mean(f.rd_intensity, f.value_added * performs * f.alive, group, n_groups)
    trend = np.exp(economy.base.rd_intensity_trend * economy.quarter / 4.0)
    candidates = f.above_scale & f.alive & ~performs
    expected = np.where(
        candidates, quarterly(p.rd_start_hazard) * p.rd_start_intensity * mean[group] * f.value_added, 0.0
    )
    economy.rd_gained = np.bincount(group, expected, minlength=n_groups)
    for column in (f.rd_intensity, f.rd_reference):
        column[start] = p.rd_start_intensity * mean[group][start]
    f.rd_intensity_opening[start] = p.rd_start_intensity * mean[group][start] / trend


def _offset_reallocation(economy: Economy) -> None:
    """Take from performers, in expectation, what beginners, certificates and births brought and closings took.

    The trend of the delta is that of all R&D over all output: firms that start are part of it, not on top of it. Only
    what would happen under the policy of 2020 is offset, so levers keep what they add.
    """
    f = economy.firms
    group, n_groups = economy.production_group, 3 * len(economy.base.sites)
    total = np.bincount(group, f.rd_reference * f.value_added * f.alive, minlength=n_groups)
    gained = economy.rd_gained + economy.rd_expected_elsewhere + economy.rd_expected_reversion
    factor = np.clip(1.0 - np.divide(gained, total, out=np.zeros(n_groups), where=total > 0.0), 0.9, 1.1)
    f.rd_intensity[:] *= factor[group]
    f.rd_reference[:] *= factor[group]
    f.rd_intensity_opening[:] *= factor[group]


def _vouchers(economy: Economy) -> None:
    """Vouchers beyond those of 2020 reach small firms with R&D in order of luck; part of the research is additional."""
    f, p = economy.firms, economy.p
    extra = economy.policy.voucher_fund - economy.neutral.voucher_fund
    small = f.alive & (f.city == 0) & ~f.above_scale & (f.rd_intensity > 0.0)
    economy.voucher_rd = np.zeros(f.n)
    if extra != 0.0 and small.any():
        holders = enclave_research(
            f.rd(),
            small,
            economy.luck("voucher", f.firm_id, lasting=True),
            extra / _VOUCHER_SIZE,
            _VOUCHER_SIZE / 4.0,
        )
        economy.voucher_rd = holders * p.voucher_additionality * p.voucher_intramural_share


def _enclave(economy: Economy) -> None:
    """Teams and seats in Shanghai beyond those of 2020, and the R&D at home that they displace."""
    f, p = economy.firms, economy.p
    rd = f.rd()
    eligible = f.alive & (f.city == 0) & (4.0 * rd >= _MIN_TEAM_RD)
    luck = economy.luck("enclave team", f.firm_id, lasting=True)
    inside = enclave_research(rd, eligible, luck, economy.enclave.added_teams(p), p.enclave_team_rd / 4.0)
    inside += enclave_research(rd, eligible, luck, economy.enclave.seats_filled / 5.0, 5.0 * p.seat_rd / 4.0)
    economy.enclave_rd = inside
    economy.displaced_rd = displaced_research(inside, rd, p.enclave_relocated_share)


def _institute_posts(economy: Economy, wanted: np.ndarray) -> np.ndarray:
    """Institutes beyond those of 2020 hire at the district's own level, as public employers."""
    added = economy.policy.institutes - economy.neutral.institutes
    if added == 0.0:
        return wanted
    base = economy.base
    row = len(base.clusters) + 1
    staff = economy.labour.staff[row]
    years = economy.quarter / 4.0
    posts = added * economy.p.institute_talent_per_year * min(years, 5.0)
    out = wanted.copy()
    out[row] += posts * staff / max(staff.sum(), 1.0)
    return out
