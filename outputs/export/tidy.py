"""A study as tidy tables: one value a row, its unit beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from outputs import aggregates, summary
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

FLOW_UNITS = {"talents": "persons", "firms": "firms", "capital": "yuan"}
POINTS = "percentage points"
STATISTICS = ("mean", "p05", "p25", "p50", "p75", "p95")


def tidy_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Make every yearly table of a complete study.

    Returns
    -------
    By name: ``indicators``, ``flows``, ``costs``, ``decomposition`` with one row a value (columns ``unit``,
    ``statistic`` and ``value`` at the end), ``levers`` with the intensity at the end of each year, and ``targets`` and
    ``joint`` with one row a target or scenario.
    """
    return {name: make(study) for name, make in _TABLES.items()}


def _indicators(study: Study) -> pd.DataFrame:
    """Yearly quantiles and means of every indicator."""
    return _melted(aggregates.band_table(study))


def _flows(study: Study) -> pd.DataFrame:
    """Flows of each year by origin and destination."""
    table = aggregates.flow_table(study)
    return _melted(table.assign(unit=table["kind"].map(FLOW_UNITS)))


def _costs(study: Study) -> pd.DataFrame:
    """Cost of each year by family, lever and payer."""
    return _melted(aggregates.cost_table(study).assign(unit="yuan"))


def _decomposition(study: Study) -> pd.DataFrame:
    """What the moves of each year are made of; parts of a percentage are percentage points."""
    table = aggregates.decomposition_table(study)
    stored = {name: study.definition.info(name).unit for name in table["indicator"].unique()}
    units = {name: POINTS if unit.startswith("percent") else unit for name, unit in stored.items()}
    return _melted(table.assign(unit=table["indicator"].map(units)))


def lever_table(study: Study) -> pd.DataFrame:
    """Intensity of each lever at the end of each year: what a scenario puts in."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    years = [BASE_YEAR, *aggregates.years_of(study)]
    rows = [
        {
            "scenario": entry.scenario_id,
            "family": lever.family,
            "lever": lever.lever_id,
            "year": year,
            "unit": lever.unit,
            "value": entry.intensities[lever.lever_id][QUARTERS_PER_YEAR * place],
        }
        for entry in study.definition.scenarios
        for lever in study.definition.levers
        if lever.lever_id in entry.intensities
        for place, year in enumerate(years)
    ]
    return pd.DataFrame(rows, columns=["scenario", "family", "lever", "year", "unit", "value"])


def _melted(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each statistic of a row, in the order of the table."""
    shown = [name for name in STATISTICS if name in table.columns]
    labels = [name for name in table.columns if name not in {*shown, "unit"}]
    long = table.melt([*labels, "unit"], shown, "statistic", "value", ignore_index=False)
    return long.sort_index(kind="stable").reset_index(drop=True)


_TABLES: dict[str, Callable[[Study], pd.DataFrame]] = {
    "indicators": _indicators,
    "flows": _flows,
    "costs": _costs,
    "decomposition": _decomposition,
    "levers": lever_table,
    "targets": summary.target_table,
    "joint": summary.joint_table,
}
