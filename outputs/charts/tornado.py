"""Tornado: how far each factor or lever alone moves the headline indicators in the last year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.charts.rows import rows_of
from outputs.language import difference_unit, text, unit_of
from outputs.sensitivity.showing import TOP, heading, spans

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.5
NARROW_TOP = 5
"""Factors of a panel in one column."""


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per indicator, the widest bars on top."""
    panels = [mine for _, mine in table.groupby(["indicator", "definition"], sort=False, dropna=False)]
    top = style.by_width(TOP, NARROW_TOP)
    names = [spans(mine, language)[:top] for mine in panels]
    placed = [rows_of(mine, ROW_CM, 44) for mine in names]
    heights = [rows.height_cm + 1.5 for rows in placed]
    note = text(f"tornado_{table['method'].iloc[0]}", language, n=top)
    figure = style.table_figure(CHART, study, language, [note], sum(heights) + 2.6)
    axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for ax, mine, shown, rows in zip(axes, panels, names, placed, strict=True):
        first = mine.iloc[0].to_dict()
        unit = difference_unit(str(first["unit"]), language)
        title = f"{heading(study, first, language)} ({unit}, {first['year']})"
        ax.set_title(style.wrapped(title, style.by_width(76, 48)), loc="left")
        at = dict(zip(shown, rows.at, strict=True))
        _draw_bars(ax, mine[mine[language].isin(shown)], at, unit_of(str(first["unit"]), language).factor, language)
        rows.label(ax)
    return figure


def _draw_bars(ax: Axes, table: pd.DataFrame, at: dict[str, float], factor: float, language: str) -> None:
    for row in table.to_dict("records"):
        y, value = at[row[language]], row["value"] * factor
        ax.barh(y, value, height=0.62, color=style.LINE if row["side"] == "high" else style.FILL_DARK, zorder=2)
        if not math.isnan(row["low"]):
            ends = [row["low"] * factor, row["high"] * factor]
            ax.plot(ends, [y, y], color=style.GOAL, linewidth=1.0, zorder=3, solid_capstyle="butt")
        if not math.isnan(row["absolute"]):
            ax.plot(
                row["absolute"] * factor, y, "o", markersize=4.0, markerfacecolor="white", color=style.INK, zorder=4
            )
    ax.axvline(0.0, color=style.INK, linewidth=0.6, zorder=3)
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)


CHART = TableChart(
    chart_id="tornado",
    table="tornado",
    title_zh="单个因素的影响（龙卷风图）",
    title_en="What single factors do: tornado",
    alt_zh="每个指标一幅横条图：各因素或措施单独变动时指标的变化，按幅度排列，横线为 95% 区间。",
    alt_en="A bar chart for each indicator: its change as one factor or lever alone moves, the widest on top, lines "
    "for the 95 % interval.",
    draw=draw,
)
