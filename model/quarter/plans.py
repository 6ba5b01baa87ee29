"""4. Firms plan: desired R&D, where it is done, and the staff they want."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba as nb
import numpy as np

from model.compiled import RULE
from model.firms.programmes import buy_knowledge, fill_enclave, give_vouchers
from model.firms.research import (
    contracts_added,
    offset_research,
    opening_gap,
    research_paths,
    start_research,
    trend_quarters,
)
from model.firms.responses import Incentives, adjust_research
from model.rates import quarterly
from model.talent.labour import output_by_employer, staff_wanted

if TYPE_CHECKING:
    from model.economy import Economy

_VOUCHER_SIZE = 300_000.0
"""Yuan a firm and year: the cap of the delta pilot (levers.csv)."""
SEATS_A_FIRM = 5.0
"""Seats in Shanghai that a firm fills before the next one does."""
_MIN_TEAM_RD = 1e6
"""A firm opens a team in an enclave when it spends at least this on R&D in a year (yuan)."""


def firms_plan(economy: Economy) -> None:
    """Adjust R&D towards what is wanted now, start it where there was none, place it, and post staff wanted."""
    f, p = economy.firms, economy.p
    trend = _trend(economy)
    _start_research(economy, trend)
    adjust_research(f, _incentives(economy), trend * _gap(economy), p)
    _offset_reallocation(economy)
    _vouchers(economy)
    _enclave(economy)
    _contracts(economy)
    economy.record.mark(economy, "intensity")
    output = output_by_employer(economy.base, f.value_added, f.site, f.cluster, economy.background)
    index = _over_opening(output, economy.output_opening)
    wanted = staff_wanted(economy.labour.staff, index, economy.quarter, p.talent_productivity_growth)
    economy.staff_wanted = _institute_posts(economy, wanted)


def _trend(economy: Economy) -> float:
    """Intensity over that of 2020 by the common trend alone."""
    quarters = trend_quarters(economy.quarter, economy.p.rd_trend_half_life)
    return float(np.exp(economy.base.rd_intensity_trend * quarters / 4.0))


def _gap(economy: Economy) -> float:
    """Desired over actual intensity such that the actual one already rises at the trend of the quarter."""
    p, q = economy.p, economy.quarter
    step = trend_quarters(q, p.rd_trend_half_life) - trend_quarters(q - 1, p.rd_trend_half_life)
    return opening_gap(economy.base.rd_intensity_trend * step / 4.0, quarterly(p.rd_adjust_speed))


def _incentives(economy: Economy) -> Incentives:
    """Tax law and the district's subsidy, now and in 2020."""
    law = economy.outside.super_deduction
    subsidy = economy.policy.rd_subsidy_rate, economy.neutral.rd_subsidy_rate
    return Incentives(tuple(law[:, 0].tolist()), tuple(law[:, economy.quarter].tolist()), subsidy)


def _start_research(economy: Economy, trend: float) -> None:
    """Above-scale firms that begin R&D, at a share of the intensity of their group's performers."""
    f, p = economy.firms, economy.p
    key, hazard = economy.luck_key("starts research"), quarterly(p.rd_start_hazard)
    firms = f.firm_id, f.group, f.alive, f.above_scale, f.value_added
    paths, n = research_paths(f), economy.n_groups
    economy.rd_gained = start_research(key, hazard, p.rd_start_intensity, trend, firms, paths, n)


def _offset_reallocation(economy: Economy) -> None:
    """Take from performers, in expectation, what beginners, certificates and births brought and closings took.

    The trend of the delta is that of all R&D over all output: firms that start are part of it, not on top of it. Only
    what would happen under the policy of 2020 is offset, so levers keep what they add.
    """
    f = economy.firms
    gained = economy.rd_gained + economy.rd_expected_elsewhere + economy.rd_expected_reversion
    offset_research(gained, f.group, f.alive, f.value_added, research_paths(f))


def _vouchers(economy: Economy) -> None:
    """Vouchers beyond those of 2020 reach small firms with R&D in order of luck; part of the research is additional."""
    f, p = economy.firms, economy.p
    f.voucher_rd.fill(0.0)
    places = (economy.policy.voucher_fund - economy.neutral.voucher_fund) / _VOUCHER_SIZE
    if places == 0.0:
        return
    shares, firms = (
        (p.voucher_additionality, p.voucher_intramural_share),
        (f.firm_id, f.city, f.above_scale, f.rd_intensity),
    )
    give_vouchers(economy.luck_key("voucher", lasting=True), places, _VOUCHER_SIZE / 4.0, shares, firms, f.voucher_rd)


def _enclave(economy: Economy) -> None:
    """Teams and seats in Shanghai beyond those of 2020, and the R&D at home that they displace."""
    f, p = economy.firms, economy.p
    f.enclave_rd.fill(0.0)
    f.displaced_rd.fill(0.0)
    teams, seats = economy.enclave.added_teams(p), economy.enclave.seats_filled / SEATS_A_FIRM
    if teams == seats == 0.0:
        return
    programmes = (teams, p.enclave_team_rd / 4.0), (seats, SEATS_A_FIRM * p.seat_rd / 4.0)
    key, firms = economy.luck_key("enclave team", lasting=True), (f.firm_id, f.city, f.rd_intensity, f.value_added)
    share = p.enclave_relocated_share
    fill_enclave(key, _MIN_TEAM_RD / 4.0, programmes, share, firms, f.enclave_rd, f.displaced_rd)


def _contracts(economy: Economy) -> None:
    """Technology contracts beyond those of 2020: bought knowledge, and own R&D that they replace."""
    f, p = economy.firms, economy.p
    f.bought_knowledge.fill(0.0)
    added = contracts_added(economy.policy.contract_subsidy_rate, p) * float(economy.growth_index[0])
    if added != 0.0:
        shares = p.contract_knowledge_share, p.contract_substitution_share
        buy_knowledge(added, shares, f.city, f.rd_intensity, f.value_added, f.bought_knowledge, f.displaced_rd)


@nb.njit(**RULE)
def _over_opening(output, opening):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """(n_employers,) output over that of 2020 Q4, one where there was none."""
    index = np.ones(output.size)
    for i in range(output.size):
        if opening[i] > 0.0:
            index[i] = output[i] / opening[i]
    return index


def _institute_posts(economy: Economy, wanted: np.ndarray) -> np.ndarray:
    """Institutes beyond those of 2020 hire at the district's own level, as public employers."""
    posts = economy.institutes.posts(economy.p)
    if posts == 0.0:
        return wanted
    row = len(economy.base.clusters) + 1
    staff = economy.labour.staff[row]
    out = wanted.copy()
    out[row] += posts * staff / max(staff.sum(), 1.0)
    return out
