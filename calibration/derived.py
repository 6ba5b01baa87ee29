"""What is computed from the observed tables rather than typed: sectors, pulls between cities, steps of law, growth."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from calibration.facts import City, Opening, Sector, Step
from calibration.reading import Row

FloatArray = NDArray[np.float64]

OTHER_SECTOR = "其他"
MOBILITY_BASE_PERIOD = (20201012, 20201231)


def quarter_index(year: float, quarter: float) -> int:
    """Quarters since 2020 Q4: 2021 Q1 is 1."""
    return int((year - 2021) * 4 + quarter)


def sectors(
    tables: dict[str, list[Row]], focal: City, clusters: list[str], units: dict[str, float]
) -> tuple[Sector, ...]:
    """Published sectors of own level and, last, the remainder of the totals as one more; output in yuan."""
    shares: dict[str, FloatArray] = {}
    for row in tables["sector_clusters.csv"]:
        shares.setdefault(row["sector"], np.zeros(len(clusters)))[clusters.index(row["cluster"])] = float(row["value"])
    published: dict[str, dict[str, float]] = {name: {} for name in shares}
    for row in tables["observed_focal.csv"]:
        sector = row["indicator_zh"].rpartition(":")[2]
        if row["indicator"] in ("ind_firms_by_sector", "ind_output_by_sector") and sector in published:
            published[sector][row["indicator"]] = float(row["value"]) * units[row["unit"]]
    own = focal.sites[0]
    rest = published.pop(OTHER_SECTOR)
    rest["ind_firms_by_sector"] = focal.values["above_scale_firms", own] - sum(
        s["ind_firms_by_sector"] for s in published.values()
    )
    rest["ind_output_by_sector"] = focal.values["above_scale_output", own] - sum(
        s["ind_output_by_sector"] for s in published.values()
    )
    published[OTHER_SECTOR] = rest
    return tuple(
        Sector(name, round(facts["ind_firms_by_sector"]), facts["ind_output_by_sector"], shares[name])
        for name, facts in published.items()
    )


def move_shares(tables: dict[str, list[Row]]) -> Mapping[tuple[str, str], float]:
    """Mean daily index of a pair over the origin's total, itself the index over the published shares of the quarter."""
    first, last = MOBILITY_BASE_PERIOD
    daily: dict[tuple[str, str], list[float]] = {}
    for row in tables["mobility_daily.csv"]:
        if first <= int(row["date"]) <= last:
            daily.setdefault((row["origin"], row["destination"]), []).append(float(row["baidu_flow_index"]))
    index = {pair: float(np.mean(values)) for pair, values in daily.items()}
    published = {
        row["region"]: float(row["value"]) / 100.0
        for row in tables["observed_outside.csv"]
        if row["indicator"] == "baidu_outflow_share" and row["period"] == "2020Q4"
    }
    total: dict[str, list[float]] = {}
    for (origin, destination), value in index.items():
        if f"{origin}-{destination}" in published:
            total.setdefault(origin, []).append(value / published[f"{origin}-{destination}"])
    return MappingProxyType({(o, d): value / float(np.mean(total[o])) for (o, d), value in index.items() if o in total})


def law_steps(rows: list[Row], units: dict[str, float]) -> tuple[Step, ...]:
    """Steps of the super-deduction in the order of time."""
    steps = (
        Step(
            row["version"],
            row["kind"],
            quarter_index(float(row["start_year"]), float(row["start_quarter"])),
            float(row["value"]) * units[row["unit"]],
        )
        for row in rows
    )
    return tuple(sorted(steps, key=lambda step: step.quarter))


def link_openings(rows: list[Row]) -> tuple[Opening, ...]:
    """Openings that shorten the travel time of a pair; projects without an effect on a pair are left out."""
    return tuple(
        Opening(
            row["origin"],
            row["destination"],
            quarter_index(float(row["opens_year"]), float(row["opens_quarter"])),
            quarter_index(float(row["early_year"]), float(row["early_quarter"])),
            row["drawn"],
        )
        for row in rows
        if row["drawn"]
    )


def measured_growth(
    tables: dict[str, list[Row]], cities: list[str], units: dict[str, float]
) -> Mapping[tuple[str, int], float]:
    """Real GDP growth of simulated cities after 2020, as a share, by city and year."""
    found = {
        (row["region"], int(row["period"])): float(row["value"]) * units[row["unit"]]
        for name in ("observed_outside.csv", "observed_outside_after_2021.csv")
        for row in tables[name]
        if row["indicator"] == "gdp_growth" and row["region"] in cities and row["period"].isdigit()
    }
    return MappingProxyType({pair: value for pair, value in found.items() if pair[1] > 2020})
