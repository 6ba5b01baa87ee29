"""What a chart file declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.language import text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a chart is called, and what it shows to one who cannot see it."""

    chart_id: str
    title_zh: str
    title_en: str
    alt_zh: str
    alt_en: str

    def title(self, language: str) -> str:
        """Title in ``zh`` or ``en``."""
        return self.title_zh if language == "zh" else self.title_en

    def alt(self, language: str) -> str:
        """Text for one who cannot see the chart, in ``zh`` or ``en``."""
        return self.alt_zh if language == "zh" else self.alt_en

    def caption(self, language: str, number: int) -> str:
        """Caption below the chart, with its number in what is read: 图1 or Figure 1, and the title."""
        return text("figure_caption", language, number=number, title=self.title(language))

    def source(self, study: Study, language: str) -> str:
        """The line 资料来源 or Source that is drawn on the chart: study id, members, seed, scale."""
        return style.source_line(study, language)


@dataclass(frozen=True, kw_only=True)
class Chart(Words):
    """A chart of a study, which lays out anew for one of two columns (`style.is_narrow`)."""

    draw: Callable[[Study, str], Figure]


@dataclass(frozen=True, kw_only=True)
class TableChart(Words):
    """A chart of a table that a verb adds to a study; it is drawn with the table, not with the study."""

    table: str
    """Name of the table, without ``.csv``."""
    draw: Callable[[Study, pd.DataFrame, str], Figure]
