"""The base year: draw what is uncertain, then build a `Base` whose accounts balance exactly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from calibration.flows import fund_investment, talent_flows, travel_hours
from calibration.population import build_firms, lay_out_sites
from calibration.tables import Tables
from calibration.talents import build_talents, tier_heads
from model.base import TIERS, Base
from model.strata import Draw, independent

FloatArray = NDArray[np.float64]


def draw_uncertain(
    tables: Tables, seed: int, member: int, *, central: bool = False, draw: Draw = independent
) -> dict[str, float]:
    """Draw every uncertain base value.

    Parameters
    ----------
    tables : the checked tables.
    seed, member : key of the draws, with the value's own name: a value added to a table reshuffles no other.
    central : take the central values instead.
    draw : each member for itself, or stratified.

    Returns
    -------
    Name to value in plain units (yuan, persons, shares, hours).
    """
    if central:
        return {item.name: item.central for item in tables.uncertain}
    return {item.name: item.quantile(draw(seed, member, f"base:{item.name}")) for item in tables.uncertain}


def build_base(tables: Tables, drawn: Mapping[str, float], scale: int) -> Base:
    """Build the base year from one draw.

    Parameters
    ----------
    tables : the checked tables.
    drawn : as `draw_uncertain` returns it.
    scale : persons (and, outside the focal district, firms) per agent.

    Returns
    -------
    The frozen base; the same for the same arguments, whatever was built before.

    Raises
    ------
    CalibrationError : the drawn values cannot be balanced; says which and what to change.
    """
    sites = lay_out_sites(tables, drawn)
    firms = build_firms(tables, drawn, sites, scale)
    stocks = np.array([tier_heads(tables, drawn, city).sum() for city in range(len(tables.cities))], dtype=np.float64)
    flows = talent_flows(tables, drawn, stocks)
    investment = fund_investment(tables, drawn)
    names = [city.name for city in tables.cities]
    return Base(
        scale=scale,
        cities=tuple(names),
        place_names_zh=(*(city.name_zh for city in tables.cities), *(zh for zh, _ in tables.boundary_names)),
        place_names_en=(*(city.name_en for city in tables.cities), *(en for _, en in tables.boundary_names)),
        sites=sites.names,
        site_city=sites.city,
        clusters=tables.clusters,
        firms=firms,
        talents=build_talents(tables, drawn, sites, firms, scale),
        gdp=sites.gdp,
        gdp_revision=drawn["gdp_revision"],
        nonbusiness_rd=sites.nonbusiness_rd,
        institute_rd=sites.institute_rd,
        patents=sites.patents,
        patents_outside_firms_share=drawn["patents_outside_firms_share"],
        residents=np.array([city.values["residents", ""] for city in tables.cities]),
        wage=_wages(tables, drawn),
        rent=_rents(tables, drawn),
        travel_hours=travel_hours(tables, drawn),
        talent_moves=flows.moves,
        arrivals_elsewhere=flows.arrivals,
        arrivals_rest_share=flows.arrivals_rest_share,
        graduates=flows.graduates,
        qualified=flows.qualified,
        retirement_rate=drawn["talent_retirement"],
        fund_capital=investment.sum(axis=1) * np.array([drawn[f"{name}.fund_years"] for name in names]),
        fund_investment=investment,
        technology_loans=np.array([drawn[f"{name}.technology_loans"] for name in names]),
        budget_revenue=tables.focal.values["budget_revenue", ""],
        policy_budget_share=drawn["policy_budget_share"],
        hightech_growth_gap=drawn["hightech_growth_gap"],
        rd_intensity_trend=drawn["rd_intensity_trend"],
        residents_growth=drawn["residents_growth"],
        enclave_rd_book_share=drawn["enclave_rd_book_share"],
        enclave_talent_count_share=drawn["enclave_talent_count_share"],
        drawn=tuple(drawn.items()),
    )


def _wages(tables: Tables, drawn: Mapping[str, float]) -> FloatArray:
    """(n_cities, n_tiers) yuan a year: the focal wage, the other cities' ratio to it, one multiple a tier."""
    focal = drawn[f"{tables.focal.name}.wage"]
    ratio = np.array([1.0] + [drawn[f"{city.name}.wage_ratio"] for city in tables.cities[1:]])
    return np.outer(focal * ratio, np.array([tables.tiers[tier, "wage_multiple"] for tier in TIERS]))


def _rents(tables: Tables, drawn: Mapping[str, float]) -> FloatArray:
    """(n_cities,) yuan a square metre and month: the district's is its city's times a drawn ratio."""
    focal = tables.focal.values["rent_city", ""] * drawn[f"{tables.focal.name}.rent_ratio"]
    return np.array([focal] + [drawn[f"{city.name}.rent"] for city in tables.cities[1:]])
