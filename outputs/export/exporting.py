"""The verb `export`: a complete study as open data, in one folder a format."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from model.results import RATION
from model.uncertainties import Uncertainty
from model.wiring import Wiring
from outputs.atomic import write_text, write_with
from outputs.export import iamc
from outputs.export.citation import citation
from outputs.export.dictionary import code_table, column_table, indicator_table
from outputs.export.tidy import FLOW_UNITS, POINTS, tidy_tables
from outputs.runtables import SCHEMAS
from outputs.store import Study
from outputs.variance import refuse_design

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 500_000
"""Rows of runs held in memory at a time."""


@dataclass(frozen=True)
class Release:
    """What every format is made from."""

    study: Study
    tables: Mapping[str, pd.DataFrame]
    """Yearly tables, see `outputs.export.tidy`."""
    drawn: Mapping[str, Uncertainty]
    """What members draw, by name."""


def export(args: Namespace, wiring: Wiring) -> int:
    """Write every format that is asked for, and say each file."""
    study = Study.open_whole(args.studies_dir / args.study)
    refuse_design(study)
    release = Release(study, tidy_tables(study), {item.name: item for item in wiring.uncertainties()})
    for name in args.format:
        for path in FORMATS[name](release, (args.into or study.path / "export") / name):
            wiring.show(str(path))
    return 0


def export_csv(release: Release, folder: Path) -> Iterator[Path]:
    """Write yearly tables as CSV that Excel opens, and the dictionary."""
    for name, table in release.tables.items():
        yield _csv(table, folder / f"{name}.csv")
    yield from _about(release, folder, release.tables)


def export_parquet(release: Release, folder: Path) -> Iterator[Path]:
    """Write yearly tables and every run, each row with its unit, as Parquet; and the dictionary."""
    for name, table in release.tables.items():
        yield _parquet(folder / f"{name}.parquet", iter([pa.Table.from_pandas(table, preserve_index=False)]))
    for name in SCHEMAS:
        yield _parquet(folder / f"runs_{name}.parquet", runs_with_units(release, name))
    empty = {f"runs_{name}": _with_unit(release, name, schema.empty_table()) for name, schema in SCHEMAS.items()}
    yield from _about(release, folder, {**release.tables, **{name: rows.to_pandas() for name, rows in empty.items()}})


def export_iamc(release: Release, folder: Path) -> Iterator[Path]:
    """Write the wide and the long format, what describes scenarios and variables, and the dictionary."""
    long = iamc.long_table(release.study, release.tables)
    # Tools of the field read UTF-8 without a mark.
    yield _csv(iamc.wide_table(long), folder / "iamc_wide.csv", "utf-8")
    yield _csv(long, folder / "iamc_long.csv", "utf-8")
    yield _csv(iamc.meta_table(release.study), folder / "meta.csv", "utf-8")
    yield _csv(iamc.variable_table(long), folder / "variables.csv", "utf-8")
    yield from _about(release, folder, {})


FORMATS: Mapping[str, Callable[[Release, Path], Iterator[Path]]] = {
    "csv": export_csv,
    "parquet": export_parquet,
    "iamc": export_iamc,
}


def runs_with_units(release: Release, table: str) -> Iterator[pa.Table]:
    """Rows of a table of results with a column ``unit``, some at a time so that memory does not grow with members.

    What members drew is told in the unit that is declared for it; a name that the code no longer knows has no unit.
    """
    for rows in release.study.read_batches(table, _ROWS):
        yield _with_unit(release, table, rows)


def _with_unit(release: Release, name: str, rows: pa.Table) -> pa.Table:
    """Add the unit of each row."""
    infos = release.study.definition.indicators
    if name == "indicators":
        known = {(info.indicator, info.definition): info.unit for info in infos} | {(RATION, ""): "share"}
        keys = zip(rows["indicator"].to_pylist(), rows["definition"].to_pylist(), strict=True)
        units = [known[key] for key in keys]
    elif name == "flows":
        units = [FLOW_UNITS[kind] for kind in rows["kind"].to_pylist()]
    elif name == "decomposition":
        stored = {info.indicator: POINTS if info.unit.startswith("percent") else info.unit for info in infos}
        units = [stored[indicator] for indicator in rows["indicator"].to_pylist()]
    elif name == "costs":
        units = ["yuan"] * len(rows)
    else:
        items = [release.drawn.get(drawn) for drawn in rows["name"].to_pylist()]
        units = [item.unit if item else "" for item in items]
        factors = np.array([item.factor if item else 1.0 for item in items])
        place = rows.schema.get_field_index("value")
        rows = rows.set_column(place, "value", pa.array(rows["value"].to_numpy() / factors))
    return rows.append_column("unit", pa.array(units, pa.string()))


def _about(release: Release, folder: Path, tables: Mapping[str, pd.DataFrame]) -> Iterator[Path]:
    """Write what goes with every format: the dictionary, the citation, and what defines the study."""
    study = release.study
    yield _csv(indicator_table(study), folder / "dictionary_indicators.csv")
    yield _csv(code_table(study, release.drawn.values()), folder / "dictionary_codes.csv")
    if tables:
        yield _csv(column_table(tables), folder / "dictionary_columns.csv")
    for name, content in (
        ("CITATION.cff", citation(study)),
        ("manifest.json", (study.path / "manifest.json").read_text("utf-8")),
    ):
        write_text(folder / name, content)
        yield folder / name


def _csv(table: pd.DataFrame, path: Path, encoding: str = "utf-8-sig") -> Path:
    """Write a table as CSV."""
    write_text(path, table.to_csv(index=False, float_format="%.10g", lineterminator="\n"), encoding)
    return path


def _parquet(path: Path, parts: Iterator[pa.Table]) -> Path:
    """Write a table as Parquet, part by part."""
    write_with(path, partial(_write_parts, parts))
    return path


def _write_parts(parts: Iterator[pa.Table], path: Path) -> None:
    """Write the parts of a table one after the other."""
    first = next(parts)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_table(first)
        for part in parts:
            writer.write_table(part)
