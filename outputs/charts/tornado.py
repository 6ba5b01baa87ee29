"""Tornado: how far each factor or lever alone moves the headline indicators in the last year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import difference_unit, text, unit_of
from outputs.sensitivity.showing import TOP, heading, spans

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.5


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per indicator, the widest bars on top."""
    panels = [mine for _, mine in table.groupby(["indicator", "definition"], sort=False, dropna=False)]
    heights = [ROW_CM * min(mine[language].nunique(), TOP) + 1.5 for mine in panels]
    figure = style.new_figure(sum(heights) + 2.6)
    note = style.wrapped(text(f"tornado_{table['method'].iloc[0]}", language, n=TOP), 110)
    style.head_and_source(figure, f"{CHART.title(language)}\n{note}", study, language)
    axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for ax, mine in zip(axes, panels, strict=True):
        first = mine.iloc[0].to_dict()
        unit = difference_unit(str(first["unit"]), language)
        ax.set_title(style.wrapped(f"{heading(study, first, language)} ({unit}, {first['year']})", 76), loc="left")
        _draw_bars(ax, mine, unit_of(str(first["unit"]), language).factor, language)
    return figure


def _draw_bars(ax: Axes, table: pd.DataFrame, factor: float, language: str) -> None:
    names = spans(table, language)[:TOP]
    for row in table[table[language].isin(names)].to_dict("records"):
        y, value = names.index(row[language]), row["value"] * factor
        ax.barh(y, value, height=0.62, color=style.LINE if row["side"] == "high" else style.FILL_DARK, zorder=2)
        if not math.isnan(row["low"]):
            ends = [row["low"] * factor, row["high"] * factor]
            ax.plot(ends, [y, y], color=style.GOAL, linewidth=1.0, zorder=3, solid_capstyle="butt")
        if not math.isnan(row["absolute"]):
            ax.plot(
                row["absolute"] * factor, y, "o", markersize=4.0, markerfacecolor="white", color=style.INK, zorder=4
            )
    ax.axvline(0.0, color=style.INK, linewidth=0.6, zorder=3)
    ax.set_yticks(range(len(names)), [style.wrapped(name, 44) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


CHART = TableChart(
    chart_id="tornado",
    title_zh="单个因素的影响（龙卷风图）",
    title_en="What single factors do: tornado",
    alt_zh="每个指标一幅横条图：各因素或措施单独变动时指标的变化，按幅度排列，横线为 95% 区间。",
    alt_en="A bar chart for each indicator: its change as one factor or lever alone moves, the widest on top, lines "
    "for the 95 % interval.",
    draw=draw,
)
