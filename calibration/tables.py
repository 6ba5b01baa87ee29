"""The project's own data tables, checked and frozen: loaded once, read by everything in this package.

Values are in plain units here (yuan, persons, hours, shares): the factor of each row's unit is applied on loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from calibration.checks import check_tables
from calibration.reading import Reader, Row
from calibration.schema import CITY_TABLES, TABLES
from model.base import BOUNDARIES, Cluster
from model.errors import DataError
from model.priors import Prior, parse_prior

FloatArray = NDArray[np.float64]

DATA_DIR = Path(__file__).resolve().parent / "data"
NINGBO = "ningbo"
"""The city around the focal district, as the mobility and graduate tables name it."""
OTHER_SECTOR = "其他"
MOBILITY_BASE_PERIOD = (20201012, 20201231)


@dataclass(frozen=True)
class Uncertain:
    """One value that is drawn per ensemble member."""

    name: str
    central: float
    """In plain units, as ``low`` and ``high``."""
    low: float
    high: float
    prior: Prior
    factor: float
    """From the unit of the prior to the plain unit."""
    prior_text: str
    unit: str
    status: str
    source: str

    def quantile(self, u: float) -> float:
        """The value at share ``u`` of the prior's mass, in plain units."""
        return self.prior.quantile(u) * self.factor


@dataclass(frozen=True)
class City:
    """What is known of one simulated city, from its folder."""

    name: str
    name_zh: str
    name_en: str
    focal: bool
    order: float
    values: Mapping[tuple[str, str], float]
    """(name, site) to value in plain units; site is empty for values of the whole city."""
    sites: tuple[str, ...]
    mixes: Mapping[tuple[str, str], FloatArray]
    """(site, firm class) to (n_clusters,) shares of firms."""


@dataclass(frozen=True)
class Sector:
    """One published industrial sector of the focal district's own level, January to October 2020."""

    name: str
    n_firms: int
    output: float
    """Yuan in ten months."""
    cluster_shares: FloatArray


@dataclass(frozen=True)
class Step:
    """A value that holds from a quarter on (0 is 2020 Q4)."""

    version: str
    kind: str
    quarter: int
    value: float


@dataclass(frozen=True)
class Opening:
    """A link that shortens the travel time of a pair from a quarter on."""

    origin: str
    destination: str
    quarter: int
    hours: float


@dataclass(frozen=True)
class Tables:
    """All tables, checked. Frozen, so that a process can share one copy."""

    label: str
    rows: Mapping[str, int]
    """Rows of each file, by name."""
    cities: tuple[City, ...]
    """The focal one first, then by their ``order``."""
    boundary_names: tuple[tuple[str, str], ...]
    uncertain: tuple[Uncertain, ...]
    """Of the base: names of a city's folder carry the city, links carry origin and destination."""
    outside: Mapping[str, Uncertain]
    clusters: tuple[Cluster, ...]
    talent_intensity: FloatArray
    sectors: tuple[Sector, ...]
    tiers: Mapping[tuple[str, str], float]
    firm_classes: Mapping[tuple[str, str], float]
    assumptions: Mapping[str, float]
    move_shares: Mapping[tuple[str, str], float]
    """(origin, destination) to the share of the origin's listed outflow, Baidu mobility of the base period."""
    super_deduction: tuple[Step, ...]
    openings: tuple[Opening, ...]
    measured_growth: Mapping[tuple[str, int], float]
    """(city, year) to measured real GDP growth after 2020, for the outside world as it happened."""
    base_table: tuple[Row, ...]
    unit_factors: Mapping[str, float]

    @property
    def focal(self) -> City:
        """The district that the study is about."""
        return self.cities[0]


def quarter_index(year: float, quarter: float) -> int:
    """Quarters since 2020 Q4: 2021 Q1 is 1."""
    return int((year - 2021) * 4 + quarter)


def load_tables(data_dir: Path | None = None) -> Tables:
    """Read and check every table.

    Parameters
    ----------
    data_dir : folder of the tables, the project's own by default.

    Returns
    -------
    The frozen tables, values in plain units.

    Raises
    ------
    DataError : anything is missing, broken or impossible; one line per problem, all of them at once.
    """
    reader = Reader(data_dir or DATA_DIR)
    units = reader.read("units.csv", TABLES["units.csv"])
    if not reader.problems:
        reader.units = {row["unit"]: float(row["factor"]) for row in units}
    tables = {"units.csv": units} | {name: reader.read(name, schema) for name, schema in TABLES.items() if name != "units.csv"}
    folders = sorted(path.name for path in (reader.data_dir / "cities").glob("*") if path.is_dir())
    for city in folders:
        for name, schema in CITY_TABLES.items():
            tables[f"cities/{city}/{name}"] = reader.read(f"cities/{city}/{name}", schema)
    if not reader.problems:
        check_tables(reader, tables, folders)
    if reader.problems:
        raise DataError(reader.problems)
    return _assemble(reader, tables, folders)


def _assemble(reader: Reader, tables: dict[str, list[Row]], folders: list[str]) -> Tables:
    """Turn checked rows into the frozen tables."""
    units, clusters = reader.units, _clusters(tables["clusters.csv"], reader.units)
    names = [cluster.cluster_id for cluster in clusters]
    cities = sorted((_city(name, tables, units, names) for name in folders), key=lambda c: (not c.focal, c.order, c.name))
    return Tables(
        label="/".join(reader.data_dir.parts[-2:]),
        rows=MappingProxyType({name: len(rows) for name, rows in tables.items()}),
        cities=tuple(cities),
        boundary_names=tuple(_boundary(tables["boundaries.csv"], place) for place in BOUNDARIES),
        uncertain=_base_uncertain(tables, folders, units),
        outside=MappingProxyType({row["name"]: _uncertain(row, row["name"], units) for row in tables["uncertain_outside.csv"]}),
        clusters=clusters,
        talent_intensity=np.array([float(row["talent_intensity"]) for row in tables["clusters.csv"]]),
        sectors=_sectors(tables, cities[0], names, units),
        tiers=_values(tables["tiers.csv"], ("tier", "quantity"), units),
        firm_classes=_values(tables["firm_classes.csv"], ("firm_class", "quantity"), units),
        assumptions=MappingProxyType({row["name"]: float(row["value"]) * units[row["unit"]] for row in tables["assumptions.csv"]}),
        move_shares=_move_shares(tables),
        super_deduction=_steps(tables["super_deduction.csv"], units),
        openings=_openings(tables["transport_projects.csv"], units),
        measured_growth=_measured_growth(tables, folders, units),
        base_table=tuple(tables["base_table.csv"]),
        unit_factors=MappingProxyType(units),
    )


def _clusters(rows: list[Row], units: dict[str, float]) -> tuple[Cluster, ...]:
    return tuple(
        Cluster(
            cluster_id=row["cluster_id"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            industry=row["industry"] == "1",
            catalogue=row["catalogue"] == "1",
            knowledge_depreciation=row["knowledge_depreciation"],
            target_revenue=float(row["target_revenue"]) * units[row["target_unit"]],
        )
        for row in rows
    )


def _boundary(rows: list[Row], place: str) -> tuple[str, str]:
    found = next(row for row in rows if row["place"] == place)
    return found["name_zh"], found["name_en"]


def _values(rows: list[Row], key: tuple[str, str], units: dict[str, float]) -> Mapping[tuple[str, str], float]:
    return MappingProxyType({(row[key[0]], row[key[1]]): float(row["value"]) * units[row["unit"]] for row in rows})


def _uncertain(row: Row, name: str, units: dict[str, float]) -> Uncertain:
    factor = units[row["unit"]]
    low, central, high = (float(row[column]) * factor for column in ("low", "central", "high"))
    return Uncertain(
        name, central, low, high, parse_prior(row["prior"]), factor, row["prior"], row["unit"], row["status"], row["source_title"]
    )


def _base_uncertain(tables: dict[str, list[Row]], folders: list[str], units: dict[str, float]) -> tuple[Uncertain, ...]:
    found = [_uncertain(row, row["name"], units) for row in tables["uncertain_base.csv"]]
    for city in folders:
        found += [_uncertain(row, f"{city}.{row['name']}", units) for row in tables[f"cities/{city}/uncertain.csv"]]
        found += [_uncertain(row, link_name(row), units) for row in tables[f"cities/{city}/links.csv"]]
    return tuple(found)


def link_name(row: Row) -> str:
    """Name of a link value: ``quantity:origin>destination``."""
    return f"{row['quantity']}:{row['origin']}>{row['destination']}"


def _city(name: str, tables: dict[str, list[Row]], units: dict[str, float], clusters: list[str]) -> City:
    place = tables[f"cities/{name}/place.csv"][0]
    rows = tables[f"cities/{name}/city.csv"]
    values = {(row["name"], row["site"]): float(row["value"]) * units[row["unit"]] for row in rows}
    mixes: dict[tuple[str, str], FloatArray] = {}
    for row in tables[f"cities/{name}/cluster_mix.csv"]:
        shares = mixes.setdefault((row["site"], row["firm_class"]), np.zeros(len(clusters)))
        shares[clusters.index(row["cluster"])] = float(row["value"])
    return City(
        name=name,
        name_zh=place["name_zh"],
        name_en=place["name_en"],
        focal=values["focal", ""] > 0,
        order=values["order", ""],
        values=MappingProxyType(values),
        sites=tuple(row["site"] for row in rows if row["name"] == "gdp"),
        mixes=MappingProxyType(mixes),
    )


def _sectors(tables: dict[str, list[Row]], focal: City, clusters: list[str], units: dict[str, float]) -> tuple[Sector, ...]:
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
    rest["ind_firms_by_sector"] = focal.values["above_scale_firms", own] - sum(s["ind_firms_by_sector"] for s in published.values())
    rest["ind_output_by_sector"] = focal.values["above_scale_output", own] - sum(s["ind_output_by_sector"] for s in published.values())
    published[OTHER_SECTOR] = rest
    return tuple(
        Sector(name, round(facts["ind_firms_by_sector"]), facts["ind_output_by_sector"], shares[name])
        for name, facts in published.items()
    )


def _move_shares(tables: dict[str, list[Row]]) -> Mapping[tuple[str, str], float]:
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


def _steps(rows: list[Row], units: dict[str, float]) -> tuple[Step, ...]:
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


def _openings(rows: list[Row], units: dict[str, float]) -> tuple[Opening, ...]:
    return tuple(
        Opening(
            row["origin"],
            row["destination"],
            quarter_index(float(row["opens_year"]), float(row["opens_quarter"])),
            float(row["value"]) * units[row["unit"]],
        )
        for row in rows
        if row["value"]
    )


def _measured_growth(tables: dict[str, list[Row]], cities: list[str], units: dict[str, float]) -> Mapping[tuple[str, int], float]:
    found = {
        (row["region"], int(row["period"])): float(row["value"]) * units[row["unit"]]
        for name in ("observed_outside.csv", "observed_outside_after_2021.csv")
        for row in tables[name]
        if row["indicator"] == "gdp_growth" and row["region"] in cities and row["period"].isdigit()
    }
    return MappingProxyType({pair: value for pair, value in found.items() if pair[1] > 2020})
