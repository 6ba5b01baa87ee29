"""Tables on disk: CSV that Excel opens."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

from outputs import aggregates, effects, summary
from outputs.atomic import write_text
from outputs.store import Study

TABLES: dict[str, Callable[[Study], Any]] = {
    "targets": summary.target_table,
    "joint": summary.joint_table,
    "all_targets": summary.status_table,
    "bands": aggregates.band_table,
    "flows": aggregates.flow_table,
    "costs": aggregates.cost_table,
    "decomposition": aggregates.decomposition_table,
    "effects": effects.effect_table,
    "prices": effects.price_table,
}
MOST_IN_CHARTS = 8
"""Scenarios that a chart can show side by side; larger studies leave tables only."""
CERTAIN = 0.95
"""A target with at least this chance is not said to bind."""

Grid = tuple[str, list[str], list[list[str]]]
"""Title, header, rows."""
Record = Mapping[Hashable, Any]
"""A row of a pandas table."""


def write_tables(study: Study) -> list[Path]:
    """Write all tables of a complete study as CSV: UTF-8 with a mark that Excel knows, the same bytes each time."""
    paths = []
    for name, make in TABLES.items():
        path = study.tables_dir / f"{name}.csv"
        content = make(study).to_csv(index=False, float_format="%.10g", lineterminator="\n")
        write_text(path, content, encoding="utf-8-sig")
        paths.append(path)
    return paths


def has_too_many_for_charts(study: Study) -> bool:
    """Whether a study compares more scenarios than a chart can show side by side."""
    return len(study.definition.scenarios) > MOST_IN_CHARTS
