"""Tables on disk: CSV that Excel opens."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from model.errors import StudyError
from outputs import aggregates, effects, summary
from outputs.atomic import write_text

if TYPE_CHECKING:
    import pandas as pd

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
TEXTS = ("definition", "differs", "path")
"""Columns of text that may be empty, in some rows or in all."""
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


def read_table(file: Path | IO[bytes]) -> pd.DataFrame:
    """Read a table that was written as CSV; of `TEXTS`, what is empty is empty text, elsewhere it is NaN.

    Raises
    ------
    StudyError : it is not there, or no table.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    try:
        table = pd.read_csv(file, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise StudyError(f"{file}: cannot be read as a table; run the verb that has written it again") from error
    for name in [name for name in TEXTS if name in table]:
        table[name] = table[name].astype(object).fillna("")
    return table


def has_too_many_for_charts(study: Study) -> bool:
    """Whether a study compares more scenarios than a chart can show side by side."""
    return len(study.definition.scenarios) > MOST_IN_CHARTS
