"""Prior against posterior of every input that the screen kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.charts.rows import rows_of
from outputs.drawn_values import in_unit, shown, table_item
from outputs.language import significant

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.85
_EDGES = (0.05, 0.95)
_WORDS = {
    "axis": (
        "先验分位数：浅色带为先验 5%–95%，深线为后验 5%–95%，菱形为后验中位数；空心：证据未使其移动",
        "Quantiles of the prior. Band: prior 5–95 %; line: posterior 5–95 %; mark: its median, hollow where not moved",
    ),
    "measured": ("实测", "measured"),
    "borrowed": ("借用", "borrowed"),
    "assumed": ("假定", "assumed"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a line per input, in quantiles of its prior."""
    rows = table.to_dict("records")
    placed = rows_of([_label(row, language) for row in rows], ROW_CM, 44)
    note = _WORDS["axis"][0 if language == "zh" else 1]
    figure = style.table_figure(CHART, study, language, [note], placed.height_cm + 3.5)
    ax = figure.subplots()
    ax.axvspan(*_EDGES, color=style.FILL, linewidth=0)
    ax.axvline(0.5, color=style.MUTED, linewidth=0.8)
    for y, row in zip(placed.at, rows, strict=True):
        face = style.LINE if row["moved"] else "white"
        ax.plot([row["quantile_p05"], row["quantile_p95"]], [y, y], color=style.LINE, linewidth=1.8)
        ax.plot(row["quantile_p50"], y, marker="D", markersize=5, color=style.LINE, markerfacecolor=face)
    placed.label(ax)
    ax.set_xlim(0.0, 1.0)
    ax.spines["left"].set_visible(False)
    return figure


def _label(row: Mapping[Hashable, Any], language: str) -> str:
    """Name; status, and the medians of prior and posterior."""
    item, place = table_item(row), 0 if language == "zh" else 1
    name = (item.zh, item.en)[place]
    medians = f"{significant(in_unit(row['prior_p50'], item))} → {shown(row['posterior_p50'], item, language)}"
    return f"{name}\n{_WORDS[item.status][place]}{'，' if language == 'zh' else ', '}{medians}"


CHART = TableChart(
    chart_id="calibration_moved",
    table="parameters",
    title_zh="先验与后验：证据移动了哪些数值",
    title_en="Prior and posterior: what the evidence moved",
    alt_zh="每行一个输入值：后验 5%–95% 区间与中位数在先验分位数上的位置；实心表示被证据移动。",
    alt_en="One row per input: the posterior's 5 to 95 % band and median in quantiles of the prior; filled where the "
    "evidence moved it.",
    draw=draw,
)
