"""What `run.py` asks of the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import gallery
from outputs.tables import TABLES, has_too_many_for_charts, write_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outputs.store import Study


def write_everything(study: Study, languages: Sequence[str]) -> list[Path]:
    """Write all tables and all charts of a complete study; returns the files."""
    tables = write_tables(study)
    return tables if has_too_many_for_charts(study) else [*tables, *gallery.draw_all(study, languages)]


def is_written(study: Study, languages: Sequence[str]) -> bool:
    """Whether every table and chart of a study is there; a stop in the middle of drawing leaves some out."""
    charts = [
        study.charts_dir / f"{c.chart_id}_{lang}.{kind}"
        for c in gallery.all_charts()
        for lang in languages
        for kind in gallery.KINDS
        if not has_too_many_for_charts(study)
    ]
    return all(path.is_file() for path in [*charts, *(study.tables_dir / f"{name}.csv" for name in TABLES)])


def list_charts() -> list[tuple[str, str, str]]:
    """Id, Chinese title and English title of every chart."""
    return [(chart.chart_id, chart.title_zh, chart.title_en) for chart in gallery.all_charts()]
