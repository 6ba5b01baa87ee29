"""What `run.py` asks of the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import gallery
from outputs.tables import write_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from outputs.store import Study


def write_everything(study: Study, languages: Sequence[str]) -> list[Path]:
    """Write all tables and all charts of a complete study; returns the files."""
    return [*write_tables(study), *gallery.draw_all(study, languages)]


def list_charts() -> list[tuple[str, str, str]]:
    """Id, Chinese title and English title of every chart."""
    return [(chart.chart_id, chart.title_zh, chart.title_en) for chart in gallery.all_charts()]
