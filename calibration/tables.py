"""Load the project's own data tables: checked, turned into plain units and frozen.

The factor of each row's unit is applied here; a process loads once and shares the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from calibration.checks import check_tables, link_name
from calibration.derived import law_steps, link_openings, measured_growth, move_shares, sectors
from calibration.facts import NINGBO, City, Opening, Sector, Step, Tables, Uncertain
from calibration.reading import Reader, Row
from calibration.schema import CITY_TABLES, TABLES
from model.base import BOUNDARIES, Cluster
from model.errors import DataError
from model.priors import parse_prior

FloatArray = NDArray[np.float64]

__all__ = ["DATA_DIR", "NINGBO", "City", "Opening", "Sector", "Step", "Tables", "Uncertain", "load_tables"]

DATA_DIR = Path(__file__).resolve().parent / "data"


def load_tables(data_dir: Path | None = None, *, weigh_priors: bool = True) -> Tables:
    """Read and check every table.

    Parameters
    ----------
    data_dir : folder of the tables, the project's own by default.
    weigh_priors : hold each prior against its central value, which takes the special functions of scipy; who lists what
        is there, and draws nothing, does without.

    Returns
    -------
    The frozen tables, values in plain units.

    Raises
    ------
    DataError : anything is missing, broken or impossible; one line per problem, all of them at once.
    """
    reader = Reader(data_dir or DATA_DIR, weighs_priors=weigh_priors)
    units = reader.read("units.csv", TABLES["units.csv"])
    if not reader.broken:
        reader.units = {row["unit"]: float(row["factor"]) for row in units}
    tables = {"units.csv": units} | {
        name: reader.read(name, schema) for name, schema in TABLES.items() if name != "units.csv"
    }
    folders = sorted(path.name for path in (reader.data_dir / "cities").glob("*") if path.is_dir())
    for city in folders:
        for name, schema in CITY_TABLES.items():
            tables[f"cities/{city}/{name}"] = reader.read(f"cities/{city}/{name}", schema)
    if not folders:
        reader.problems.append(f"{reader.label('cities')}: has no folder of a city; restore it from the repository")
    check_tables(reader, tables, folders)
    if reader.problems:
        raise DataError(reader.problems)
    return _assemble(reader, tables, folders)


@lru_cache(maxsize=4)
def cached_tables(data_dir: Path) -> Tables:
    """Return the tables of a folder, loaded once per process."""
    return load_tables(data_dir)


def _assemble(reader: Reader, tables: dict[str, list[Row]], folders: list[str]) -> Tables:
    """Turn checked rows into the frozen tables."""
    units, clusters = reader.units, _clusters(tables["clusters.csv"], reader.units)
    names = [cluster.cluster_id for cluster in clusters]
    cities = sorted(
        (_city(name, tables, units, names) for name in folders), key=lambda c: (not c.focal, c.order, c.name)
    )
    return Tables(
        label="/".join(reader.data_dir.parts[-2:]),
        rows=MappingProxyType({name: len(rows) for name, rows in tables.items()}),
        cities=tuple(cities),
        boundary_names=tuple(_boundary(tables["boundaries.csv"], place) for place in BOUNDARIES),
        uncertain=_base_uncertain(tables, folders, units),
        outside=MappingProxyType(
            {row["name"]: _uncertain(row, row["name"], units) for row in tables["uncertain_outside.csv"]}
        ),
        clusters=clusters,
        talent_intensity=np.array([float(row["talent_intensity"]) for row in tables["clusters.csv"]]),
        sectors=sectors(tables, cities[0], names, units),
        tiers=_values(tables["tiers.csv"], ("tier", "quantity"), units),
        firm_classes=_values(tables["firm_classes.csv"], ("firm_class", "quantity"), units),
        assumptions=MappingProxyType(
            {row["name"]: float(row["value"]) * units[row["unit"]] for row in tables["assumptions.csv"]}
        ),
        move_shares=move_shares(tables),
        super_deduction=law_steps(tables["super_deduction.csv"], units),
        openings=link_openings(tables["transport_projects.csv"]),
        measured_growth=measured_growth(tables, folders, units),
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
        name,
        central,
        low,
        high,
        parse_prior(row["prior"]),
        factor,
        row["prior"],
        row["unit"],
        row["status"],
        row["source_title"],
    )


def _base_uncertain(tables: dict[str, list[Row]], folders: list[str], units: dict[str, float]) -> tuple[Uncertain, ...]:
    found = [_uncertain(row, row["name"], units) for row in tables["uncertain_base.csv"]]
    for city in folders:
        found += [_uncertain(row, f"{city}.{row['name']}", units) for row in tables[f"cities/{city}/uncertain.csv"]]
        found += [_uncertain(row, link_name(row), units) for row in tables[f"cities/{city}/links.csv"]]
    return tuple(found)


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
