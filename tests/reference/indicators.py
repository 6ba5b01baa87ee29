"""11. Indicators are read, under each definition, and their moves are split by cause."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.reference import decomposition
from tests.reference.accounts import firm_stock, money, patent_stock
from tests.reference.agents import LEADING, SENIOR, SKILLED, TIERS
from tests.reference.books import EVENTS
from tests.reference.measures import PACE_OF_RD, PLAN_CLUSTERS, flows_of_quarter, stocks

if TYPE_CHECKING:
    from tests.reference.region import Region

Values = dict[tuple[str, str], float]


def open_record(region: Region) -> None:
    """Tell the four quarters of 2020 and read the opening values."""
    region.stages, region.parts = {}, defaultdict(lambda: [0.0])
    region.firm_stock, region.money, region.patent_stock = firm_stock(region), money(region), patent_stock(region)
    region.events_so_far = dict.fromkeys(EVENTS, 0.0)
    region.flows = {}
    for name, last in flows_of_quarter(region).items():
        growth = region.outside.gdp_growth_2020
        if name in PACE_OF_RD:
            growth += region.base.rd_intensity_trend / 4.0
        region.flows[name] = [last * math.exp(-growth * back) for back in (3, 2, 1, 0)]
    region.values = [values_now(region)]
    decomposition.mark(region, "opening")
    decomposition.open_headlines(region)


def indicators_are_read(region: Region) -> None:
    """Take down flows, events, values and parts of the quarter."""
    for name, yuan in flows_of_quarter(region).items():
        region.flows[name].append(yuan)
    for name, number in region.books.events.items():
        region.events_so_far[name] += number
    region.values.append(values_now(region))
    decomposition.decompose(region)


def values_now(region: Region) -> Values:
    """Every indicator under every definition."""
    return {**_of_research(region), **_of_industry(region), **_of_talents(region), **_of_money(region)}


def year(region: Region, name: str) -> float:
    """Sum of a flow over four quarters."""
    return sum(region.flows[name][-4:])


def _of_research(region: Region) -> Values:
    """R&D, patents, GDP."""
    gdp, booked, held = year(region, "gdp"), year(region, "rd_booked"), stocks(region)
    away, own_book = year(region, "rd_enclave"), year(region, "rd_enclave_booked")
    counted = performing = 0
    demand = value_added = 0.0
    for firm in region.firms:
        if firm.city == 0:
            demand += firm.demand
            value_added += firm.value_added
        if firm.site == 0 and firm.above_scale and firm.industry:
            counted += 1
            if firm.rd_intensity > 0.0:
                performing += 1
    residents = held["residents_10k"]
    return {
        ("rd_intensity", "first_published"): 100.0 * booked / gdp,
        ("rd_intensity", "revised_gdp"): 100.0 * booked / year(region, "gdp_revised"),
        ("rd_intensity", "enclave_at_home"): 100.0 * (booked - own_book + away) / gdp,
        ("rd_intensity", "enclave_in_shanghai"): 100.0 * (booked - own_book) / gdp,
        ("gdp", ""): gdp,
        ("rd_expenditure", ""): booked,
        ("firm_rd_zone", ""): year(region, "rd_zone_firms"),
        ("rd_enclave", ""): away,
        ("rd_performing_share", ""): 100.0 * performing / max(counted, 1),
        ("lever_productivity", ""): 100.0 * (value_added / demand - 1.0),
        ("firm_rd_three_cities", ""): year(region, "rd_three_cities"),
        ("valid_patents", ""): held["valid_patents"],
        ("patents_per_10k", "all_holders"): held["valid_patents"] / residents,
        ("patents_per_10k", "firms_only"): (held["valid_patents"] - held["public_patents"]) / residents,
    }


def _of_industry(region: Region) -> Values:
    """High-tech shares, clusters, and firms by rung."""
    own, district = year(region, "above_scale_own_level"), year(region, "above_scale_district")
    values = {
        ("hightech_share", "own_level"): 100.0 * year(region, "hightech_own_level") / own,
        ("hightech_share", "whole_district"): 100.0 * year(region, "hightech_district") / district,
        ("hightech_share", "own_level_catalogue"): 100.0 * year(region, "catalogue_own_level") / own,
        ("hightech_share", "own_level_certificate"): 100.0 * year(region, "certified_own_level") / own,
        ("hightech_value_added", ""): year(region, "hightech_own_level"),
        ("above_scale_value_added", ""): own,
    }
    for name in PLAN_CLUSTERS:
        values[f"cluster_revenue_{name}", ""] = year(region, f"cluster_revenue_{name}") / 1e9
    for size, name in ((50e9, "clusters_50bn"), (10e9, "clusters_10bn")):
        named = [cluster.cluster_id for cluster in region.base.clusters if cluster.target_revenue == size]
        reached = [cluster for cluster in named if year(region, f"cluster_revenue_{cluster}") >= size]
        values[name, ""] = float(len(reached))
    certified = certified_zone = above_scale = smes = champions = 0
    for firm in region.firms:
        if firm.city == 0:
            if firm.certified:
                certified += 1
                if firm.site == 1:
                    certified_zone += 1
            if firm.site == 0 and firm.above_scale and firm.industry:
                above_scale += 1
            if firm.small_technology:
                smes += 1
            if firm.champion:
                champions += 1
    held, carriers = stocks(region), region.carriers
    return values | {
        ("high_tech_enterprises", ""): float(certified),
        ("high_tech_enterprises_zone", ""): float(certified_zone),
        ("above_scale_firms", ""): float(above_scale),
        ("technology_smes", ""): float(smes),
        ("champion_firms", ""): float(champions),
        ("software_firms_1bn", "attracted_or_grown"): held["large_software_firms_since_2020"],
        ("software_firms_1bn", "all"): held["large_software_firms"],
        ("microelectronics_firms", ""): region.events_so_far["park_firms_attracted"],
        ("carrier_tenants", ""): carriers["incubation"].tenants,
        ("carrier_graduates", ""): year(region, "carrier_graduates"),
        ("enclave_start_ups", ""): carriers["enclave"].tenants,
    }


def _of_talents(region: Region) -> Values:
    """Talents under each definition, tiers, the market."""
    held, stock = stocks(region), region.talent_stock[0]
    tightness = sum(region.tightness[0][tier] * stock[tier] for tier in TIERS) / sum(stock)
    leading, opening = held["leading_talents"], held["leading_talents_2020"]
    return {
        ("talent_total", "residents"): held["talents"],
        ("talent_total", "with_enclave_staff"): held["talents"] + held["enclave_staff_counted"],
        ("talent_total", "with_all_flexible_staff"): held["talents"] + held["enclave_staff"],
        ("enclave_staff", ""): held["enclave_staff"],
        ("leading_and_senior_talent", ""): float(stock[LEADING] + stock[SENIOR]),
        ("skilled_talent", ""): float(stock[SKILLED]),
        ("talent_tightness", ""): tightness,
        ("talents_turned_away", ""): region.books.events["candidates_unmatched"],
        ("talents_three_cities", ""): float(sum(sum(tiers) for tiers in region.talent_stock)),
        ("residents", ""): held["residents"],
        ("leading_talent", "in_tier"): leading,
        ("leading_talent", "net_since_2020"): leading - opening,
        ("postdoc_new", ""): region.events_so_far["postdocs_arrived"],
    }


def _of_money(region: Region) -> Values:
    """Venture money, loans, and what levers cost."""
    return {
        ("venture_investment", ""): year(region, "venture_in"),
        ("venture_investment_three_cities", ""): year(region, "venture_three_cities"),
        ("technology_loans", ""): region.banks[0].loans,
        ("lever_cost_district", ""): year(region, "cost_district"),
        ("lever_cost", ""): year(region, "cost_all"),
        ("budget_shortfall", ""): region.government.shortfall,
    }
