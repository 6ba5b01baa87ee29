"""4. Firms plan: desired R&D, where it is done, and the staff they want."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reference.agents import BACKGROUND, PUBLIC, TIERS, Firm
from tests.reference.decomposition import mark
from tests.reference.limits import at_least, at_most
from tests.reference.rates import quarterly, trend_quarters

if TYPE_CHECKING:
    from tests.reference.region import Region

LARGE_REVENUE = 300e6
VOUCHER_SIZE = 300_000.0
SEATS_A_FIRM = 5.0
MIN_TEAM_RD = 1e6
KEPT_AT_HOME = 0.5


def firms_plan(region: Region) -> None:
    """R&D moves towards what is wanted; it is placed at home or away; staff wanted follow output."""
    _start_research(region)
    trend = _trend(region)
    for firm in region.firms:
        _adjust(region, firm, trend)
    _offset_reallocation(region)
    _vouchers(region)
    _enclave(region)
    _contracts(region)
    mark(region, "intensity")
    region.staff_wanted = _staff_wanted(region)


def _start_research(region: Region) -> None:
    """Above-scale firms without R&D may begin, at a share of the mean intensity of their group's performers."""
    p, hazard = region.p, quarterly(region.p.rd_start_hazard)
    output: defaultdict[tuple[int, int], float] = defaultdict(float)
    research: defaultdict[tuple[int, int], float] = defaultdict(float)
    for firm in region.firms:
        if firm.rd_intensity > 0.0:
            output[firm.group] += firm.value_added
            research[firm.group] += firm.rd
    region.rd_gained = defaultdict(float)
    quarters = trend_quarters(region.quarter, p.rd_trend_half_life)
    for firm in region.firms:
        if not firm.above_scale or firm.rd_intensity > 0.0:
            continue
        intensity = 0.0
        if output[firm.group] > 0.0:
            intensity = p.rd_start_intensity * research[firm.group] / output[firm.group]
        region.rd_gained[firm.group] += hazard * intensity * firm.value_added
        if region.draw("starts research", firm.firm_id) < hazard:
            firm.rd_intensity = firm.rd_reference = intensity
            firm.rd_intensity_opening = intensity / math.exp(region.base.rd_intensity_trend * quarters / 4.0)
            firm.rd_reference_opening = firm.rd_intensity_opening


def _trend(region: Region) -> float:
    """Desired over opening intensity by the common trend, such that the actual one already rises with it."""
    trend, half_life = region.base.rd_intensity_trend, region.p.rd_trend_half_life
    now, before = trend_quarters(region.quarter, half_life), trend_quarters(region.quarter - 1, half_life)
    step, speed = trend * (now - before) / 4.0, quarterly(region.p.rd_adjust_speed)
    gap = ((math.exp(step) - 1.0) / speed + 1.0) * math.exp(-step)
    return math.exp(trend * now / 4.0) * gap


def user_cost(region: Region, firm: Firm, subsidy: float, quarter: int) -> float:
    """After-tax cost of a yuan of R&D: the B-index under the law of a quarter, less the subsidy that reaches it."""
    p, law = region.p, region.outside.super_deduction
    deduction = float(law[1, quarter])
    if firm.industry:
        deduction = float(law[0, quarter])
    claimed = deduction * p.super_deduction_takeup * (1.0 - 0.5 * p.loss_share)
    cost = (1.0 - firm.tax_rate * (1.0 + claimed)) / (1.0 - firm.tax_rate)
    if firm.city == 0:
        cost -= subsidy * p.rd_subsidy_coverage * (1.0 - p.grant_misuse_share)
    return cost


def _adjust(region: Region, firm: Firm, trend: float) -> None:
    """Close a share of the gap to desired R&D, under the policy in force and under that of 2020."""
    p, neutral, q = region.p, region.neutral, region.quarter
    speed, elasticity = quarterly(p.rd_adjust_speed), p.rd_user_cost_elast_large
    if firm.yearly_revenue < LARGE_REVENUE or firm.constrained:
        elasticity = p.rd_user_cost_elast_small
    then = user_cost(region, firm, neutral.rd_subsidy_rate, 0)
    now = user_cost(region, firm, region.policy.rd_subsidy_rate, q)
    usual = user_cost(region, firm, neutral.rd_subsidy_rate, q)
    relief = reference_relief = 0.0
    if firm.constrained:
        if firm.financed:
            relief += p.constraint_rd_gap
            if not firm.by_pool:
                reference_relief += p.constraint_rd_gap
        if firm.finance_opening:
            relief -= p.constraint_rd_gap
            reference_relief -= p.constraint_rd_gap
        if firm.pledged:
            relief += p.pledge_rd_effect
    wanted = firm.rd_intensity_opening * trend * (now / then) ** -elasticity * math.exp(relief)
    reference = firm.rd_reference_opening * trend * (usual / then) ** -elasticity * math.exp(reference_relief)
    if firm.rd_intensity > 0.0:
        firm.rd_intensity += speed * (wanted - firm.rd_intensity)
    if firm.rd_reference > 0.0:
        firm.rd_reference += speed * (reference - firm.rd_reference)


def _offset_reallocation(region: Region) -> None:
    """Take from all performers of a group what beginners, certificates, births and closings bring in expectation."""
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    for firm in region.firms:
        total[firm.group] += firm.rd_reference * firm.value_added
    for firm in region.firms:
        if total[firm.group] <= 0.0:
            continue
        gained = region.rd_gained[firm.group]
        gained += region.rd_expected_elsewhere[firm.group] + region.rd_expected_reversion[firm.group]
        factor = at_most("offset up", at_least("offset down", 1.0 - gained / total[firm.group], 0.9), 1.1)
        firm.rd_intensity *= factor
        firm.rd_reference *= factor
        firm.rd_intensity_opening *= factor
        firm.rd_reference_opening *= factor


def in_order(region: Region, stream: str, firms: list[Firm]) -> list[Firm]:
    """Firms in the lasting order of a stream's luck: first come, first served."""
    return sorted(firms, key=lambda firm: region.draw(stream, firm.firm_id, lasting=True))


def spread(queue: list[Firm], places: float, amount: float) -> list[tuple[Firm, float]]:
    """One amount for each place, the last one in part; taken away when there are fewer places than in 2020."""
    sign = 1.0
    if places < 0.0:
        sign = -1.0
    whole = int(abs(places))
    given = [(firm, sign * amount) for firm in queue[:whole]]
    if whole < len(queue):
        given.append((queue[whole], sign * amount * (abs(places) - whole)))
    return given


def _vouchers(region: Region) -> None:
    """Small firms with R&D use the vouchers beyond those of 2020; part of the research is additional."""
    p, extra, small = region.p, region.policy.voucher_fund - region.neutral.voucher_fund, []
    for firm in region.firms:
        firm.voucher_rd = 0.0
        if firm.city == 0 and not firm.above_scale and firm.rd_intensity > 0.0:
            small.append(firm)
    if extra == 0.0:
        return
    for firm, yuan in spread(in_order(region, "voucher", small), extra / VOUCHER_SIZE, VOUCHER_SIZE / 4.0):
        firm.voucher_rd = yuan * p.voucher_additionality * p.voucher_intramural_share


def _enclave(region: Region) -> None:
    """Teams and seats in Shanghai beyond those of 2020, and the R&D at home that they replace."""
    p, enclave, eligible = region.p, region.enclave, []
    for firm in region.firms:
        firm.enclave_rd = firm.displaced_rd = 0.0
        if firm.city == 0 and 4.0 * firm.rd >= MIN_TEAM_RD:
            eligible.append(firm)
    teams = enclave.added_units * p.enclave_tenants_per_unit * p.enclave_home_places
    queue = in_order(region, "enclave team", eligible)
    for firm, yuan in spread(queue, teams, p.enclave_team_rd / 4.0):
        firm.enclave_rd += yuan
    for firm, yuan in spread(queue, enclave.seats_filled / SEATS_A_FIRM, SEATS_A_FIRM * p.seat_rd / 4.0):
        firm.enclave_rd += yuan
    for firm in eligible:
        moved, most = p.enclave_relocated_share * firm.enclave_rd, KEPT_AT_HOME * firm.rd
        firm.displaced_rd = at_most("research displaced", moved, most)


def _contracts(region: Region) -> None:
    """Technology contracts beyond those of 2020: bought knowledge, and own R&D that they replace."""
    p, rate = region.p, region.policy.contract_subsidy_rate
    for firm in region.firms:
        firm.bought_knowledge = 0.0
    volume = p.contract_value_2020 / 4.0 * ((1.0 - rate) ** -p.contract_price_elasticity - 1.0)
    volume *= region.growth_index[0]
    performers = [firm for firm in region.firms if firm.city == 0 and firm.rd > 0.0]
    total = sum(firm.rd for firm in performers)
    for firm in performers:
        bought = firm.rd / total * volume
        firm.bought_knowledge = p.contract_knowledge_share * bought
        firm.displaced_rd += p.contract_substitution_share * at_most("contracts", bought, firm.rd)


def output_by_employer(region: Region) -> list[float]:
    """Value added behind each employer: its firms', or the background sector's."""
    output = [0.0 for _ in region.employer_city]
    for site in range(len(region.site_city)):
        for row in range(site * region.k + len(region.base.clusters) + BACKGROUND, (site + 1) * region.k):
            output[row] = region.background[site]
    for firm in region.firms:
        output[firm.site * region.k + firm.cluster] += firm.value_added
    return output


def _staff_wanted(region: Region) -> list[list[float]]:
    """Opening staff grown with output less what rising output per talent saves; institutes hire on top."""
    p, q = region.p, region.quarter
    saved, wanted = math.exp(-p.talent_productivity_growth * q / 4.0), []
    for row, output in enumerate(output_by_employer(region)):
        growth = 1.0
        if region.output_opening[row] > 0.0:
            growth = output / region.output_opening[row]
        wanted.append([region.opening_staff[row][tier] * growth * saved for tier in TIERS])
    posts = 0.0
    for opened, number in region.institutes.opened.items():
        years = at_most("years of an institute", (q - opened + 1) / 4.0, p.institute_hiring_years)
        posts += number * p.institute_talent_per_year * years
    public = len(region.base.clusters) + PUBLIC
    staff = region.opening_staff[public]
    for tier in TIERS:
        wanted[public][tier] += posts * staff[tier] / max(sum(staff), 1.0)
    return wanted
