"""Synthesis of the opening population: firms with their R&D, and talents with their employers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.firm_groups import FirmGroup, columns, spread_rd
from calibration.firms_focal import focal_firms
from calibration.firms_outside import outside_firms
from calibration.tables import Tables
from model.base import FirmColumns
from model.errors import CalibrationError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Sites:
    """Sites of all cities in the order of the base, and what each spends on R&D."""

    names: tuple[str, ...]
    city: NDArray[np.int8]
    gdp: FloatArray
    """(n_sites,) yuan a year."""
    business_rd: FloatArray
    nonbusiness_rd: FloatArray
    institute_rd: FloatArray
    patents: FloatArray
    """(n_sites,) valid invention patents, zero outside the focal district."""


def lay_out_sites(tables: Tables, drawn: Mapping[str, float]) -> Sites:
    """Sites with GDP and the split of R&D, arrays of (n_sites,), yuan a year.

    R&D of the focal district is the drawn intensity times its GDP; the zone takes its published intensity, own
    level the remainder. Institutes (all own level) come first; business does the drawn share of what is left.
    """
    names = tuple(site for city in tables.cities for site in city.sites)
    city = np.array([i for i, item in enumerate(tables.cities) for _ in item.sites], dtype=np.int8)
    gdp = np.array([item.values["gdp", site] for item in tables.cities for site in item.sites])
    intensity = np.array(
        [drawn["rd_intensity"] if c == 0 else drawn[f"{tables.cities[c].name}.rd_intensity"] for c in city]
    )
    share = np.array(
        [drawn["business_rd_share"] if c == 0 else drawn[f"{tables.cities[c].name}.business_rd_share"] for c in city]
    )
    rd = intensity * gdp
    rd[1] = drawn["zone_rd_intensity"] * gdp[1]
    rd[0] = drawn["rd_intensity"] * (gdp[0] + gdp[1]) - rd[1]
    institutes = np.zeros(len(names))
    institutes[0] = tables.assumptions["institutes_2020"] * drawn["institute_rd_each"]
    patents = np.zeros(len(names))
    patents[:2] = _patents(tables, drawn)
    rest = rd - institutes
    return Sites(names, city, gdp, share * rest, (1.0 - share) * rest, institutes, patents)


def _patents(tables: Tables, drawn: Mapping[str, float]) -> tuple[float, float]:
    """Valid invention patents of own level and zone: the zone's are published, own level is the remainder."""
    total, zone = drawn["patents_per_10k"] * tables.focal.values["residents", ""] / 1e4, drawn["zone_patents"]
    if zone > total:
        raise CalibrationError(
            f"base 2020: the zone's {zone:g} patents are more than the {total:g} of the whole district; "
            "raise patents_per_10k"
        )
    return total - zone, zone


def build_firms(tables: Tables, drawn: Mapping[str, float], sites: Sites, scale: int) -> FirmColumns:
    """All firms of all cities, R&D of each site met exactly.

    Raises
    ------
    CalibrationError : the firms of a site make more than its GDP, or a total cannot be met.
    """
    groups = focal_firms(tables, drawn)
    for site in range(len(tables.focal.sites), len(sites.names)):
        groups += outside_firms(tables, drawn, int(sites.city[site]), site, scale)
    rd: list[FloatArray | None] = [None] * len(groups)
    for site, name in enumerate(sites.names):
        mine = [i for i, group in enumerate(groups) if group.site == site]
        _check_gdp([groups[i] for i in mine], float(sites.gdp[site]), name)
        spent = spread_rd(
            tables, [groups[i] for i in mine], float(sites.business_rd[site]), drawn["rd_firm_share"], name
        )
        for i, amount in zip(mine, spent, strict=True):
            rd[i] = amount
    champions = round(tables.assumptions["champion_count"])
    return columns(
        tables, groups, [part for part in rd if part is not None], drawn["credit_constrained_share"], champions
    )


def _check_gdp(groups: list[FirmGroup], gdp: float, name: str) -> None:
    made = sum(float(group.value_added.sum()) for group in groups)
    if made > gdp:
        raise CalibrationError(
            f"base 2020, {name}: its firms make {made:g} yuan and its GDP is {gdp:g}; lower counts or sizes"
        )
