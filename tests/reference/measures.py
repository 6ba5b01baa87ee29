"""What indicators count: flows of the quarter, summed over four of them, and stocks at its end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.reference.agents import LEADING, Firm
from tests.reference.research import rd_nonbusiness

if TYPE_CHECKING:
    from tests.reference.region import Region

PACE_OF_RD = {"rd_three_cities", "rd_home", "rd_zone_firms", "rd_nonbusiness", "rd_booked"}
SOFTWARE = "software_services"
PLAN_CLUSTERS = (
    SOFTWARE,
    "automotive",
    "high_end_equipment",
    "new_materials",
    "electronic_information",
    "smart_appliances",
    "key_basic_parts",
    "textile_apparel",
    "biomedicine",
    "energy_environment",
)


def flows_of_quarter(region: Region) -> dict[str, float]:
    """Every flow of the quarter by name."""
    flows = {**_output(region), **_research(region), **_venture_money(region)}
    for name in PLAN_CLUSTERS:
        flows[f"cluster_revenue_{name}"] = 0.0
    for firm in region.firms:
        name = region.base.clusters[firm.cluster].cluster_id
        if firm.city == 0 and name in PLAN_CLUSTERS:
            flows[f"cluster_revenue_{name}"] += firm.value_added * firm.revenue_ratio
    flows["cost_district"] = sum(payers.get("district", 0.0) for payers in region.cost)
    flows["cost_all"] = sum(sum(payers.values()) for payers in region.cost)
    chain = region.carriers["incubation"]
    flows["carrier_graduates"] = chain.graduated
    if region.quarter == 0:
        flows["carrier_graduates"] = chain.admissions[0]
    return flows


def _output(region: Region) -> dict[str, float]:
    """GDP, and value added of above-scale industry under each definition of high-tech."""
    gdp = sum(region.background[site] for site, city in enumerate(region.site_city) if city == 0)
    names = ("above_scale", "hightech", "catalogue", "certified")
    district, own = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for firm in region.firms:
        if firm.city != 0:
            continue
        gdp += firm.value_added
        if firm.above_scale and firm.industry:
            for name in _counted_as(firm):
                district[name] += firm.value_added
                if firm.site == 0:
                    own[name] += firm.value_added
    return {
        "gdp": gdp,
        "gdp_revised": gdp * math.exp(region.base.gdp_revision),
        "above_scale_own_level": own["above_scale"],
        "above_scale_district": district["above_scale"],
        "hightech_own_level": own["hightech"],
        "hightech_district": district["hightech"],
        "catalogue_own_level": own["catalogue"],
        "certified_own_level": own["certified"],
    }


def _counted_as(firm: Firm) -> list[str]:
    """Sums to which an above-scale industrial firm belongs."""
    names = ["above_scale"]
    if firm.catalogue:
        names.append("catalogue")
    if firm.certified:
        names.append("certified")
    if firm.catalogue or firm.certified:
        names.append("hightech")
    return names


def _research(region: Region) -> dict[str, float]:
    """R&D at home, away and bought; the enclave counts what firms that closed this quarter did in it."""
    zone = 0.0
    home = everywhere = vouchers = displaced = enclave = 0.0
    for firm in region.firms:
        everywhere += firm.rd
        if firm.city == 0:
            home += firm.rd
            if firm.site == 1:
                zone += firm.rd
    for firm in (*region.firms, *region.closed):
        vouchers += firm.voucher_rd
        displaced += firm.displaced_rd
        enclave += firm.enclave_rd
    booked = region.base.enclave_rd_book_share * enclave
    outside_firms, institutes = rd_nonbusiness(region), region.institute_rd_added
    return {
        "rd_home": home,
        "rd_zone_firms": zone,
        "rd_nonbusiness": outside_firms,
        "rd_institutes": institutes,
        "rd_vouchers": vouchers,
        "rd_displaced": displaced,
        "rd_enclave": enclave,
        "rd_enclave_booked": booked,
        "rd_booked": home + outside_firms + institutes + vouchers - displaced + booked,
        "rd_three_cities": everywhere + enclave - displaced,
    }


def _venture_money(region: Region) -> dict[str, float]:
    """Money of the three cities' funds for firms of the district, and of all three; in 2020 the base flow."""
    cities = range(region.n_cities)
    if region.quarter == 0:
        flow = region.base.fund_investment
        return {"venture_in": sum(flow[:, 0].tolist()) / 4.0, "venture_three_cities": float(flow.sum()) / 4.0}
    received = [region.books.capital["received", city] for city in cities]
    return {"venture_in": received[0], "venture_three_cities": sum(received)}


def stocks(region: Region) -> dict[str, float]:
    """Every stock by name."""
    base, years = region.base, region.quarter / 4.0
    large = since = 0
    for firm in region.firms:
        software = base.clusters[firm.cluster].cluster_id == SOFTWARE
        if firm.city == 0 and software and firm.yearly_revenue > 1e9:
            large += 1
            if not firm.large_in_2020:
                since += 1
    enclave = region.enclave
    teams = enclave.added_units * region.p.enclave_tenants_per_unit * region.p.enclave_home_places
    staff = enclave.seats_filled + teams * region.p.enclave_team_rd / region.p.seat_rd
    residents = float(base.residents[0]) * math.exp(base.residents_growth * years)
    return {
        "talents": float(sum(region.talent_stock[0])),
        "enclave_staff": staff,
        "enclave_staff_counted": base.enclave_talent_count_share * staff,
        "leading_talents": float(region.talent_stock[0][LEADING]),
        "leading_talents_2020": float(region.talent_stock_2020[0][LEADING]),
        "valid_patents": region.patent_stock[0],
        "public_patents": region.public_patents,
        "residents": residents,
        "residents_10k": residents / 1e4,
        "large_software_firms": float(large),
        "large_software_firms_since_2020": float(since),
    }
