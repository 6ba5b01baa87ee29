"""Lever-by-lever grids: the headline indicators against the level of each lever alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import difference_unit, text, unit_of
from outputs.sensitivity.showing import heading

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

PANEL_CM, NARROW_PANEL_CM = 6.0, 6.4
LINES, NARROW_LINES = len(style.COLOURS), 5


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per indicator, a line a lever: the change in the last year at each level it was run at."""
    panels = [mine for _, mine in table.groupby(["indicator", "definition"], sort=False, dropna=False)]
    each = style.by_width(PANEL_CM, NARROW_PANEL_CM)
    note = text("levels_axis", language, n=style.by_width(LINES, NARROW_LINES))
    figure = style.table_figure(CHART, study, language, [note], each * len(panels) + 2.6)
    axes = figure.subplots(len(panels), 1, squeeze=False)[:, 0]
    for ax, mine in zip(axes, panels, strict=True):
        first = mine.iloc[0].to_dict()
        unit = difference_unit(str(first["unit"]), language)
        ax.set_title(style.wrapped(f"{heading(study, first, language)} ({unit})", style.by_width(76, 48)), loc="left")
        last = mine[mine["year"] == mine["year"].max()]
        _draw_lines(ax, last, unit_of(str(first["unit"]), language).factor, language)
        if ax.get_legend_handles_labels()[0]:  # beside the panel: lines may go anywhere in it
            where = {"loc": "center left", "bbox_to_anchor": (1.01, 0.5)}
            ax.legend(**style.by_width(where, {"loc": "upper left", "bbox_to_anchor": (0.0, -0.14)}))
        else:
            ax.text(0.5, 0.5, text("levels_none", language), transform=ax.transAxes, ha="center", va="bottom")
    return figure


def _draw_lines(ax: Axes, table: pd.DataFrame, factor: float, language: str) -> None:
    reach = table.assign(reach=table["mean"].abs()).groupby("lever", sort=False)["reach"].max()
    strongest = (
        reach[reach > 0.0].sort_values(ascending=False, kind="stable").index[: style.by_width(LINES, NARROW_LINES)]
    )
    for place, lever in enumerate(strongest):
        mine = table[table["lever"] == lever].sort_values("share")
        x = mine["share"].to_numpy(np.float64)
        mean, low, high = (mine[name].to_numpy(np.float64) * factor for name in ("mean", "mean_low", "mean_high"))
        label, colour = style.wrapped(str(mine[language].iloc[0]), style.by_width(30, 50)), style.COLOURS[place]
        ax.plot(x, mean, color=colour, marker=style.MARKERS[place], markersize=3.5, linewidth=0.9, label=label)
        bounded = np.isfinite(low) & np.isfinite(high)
        ax.vlines(x[bounded], low[bounded], high[bounded], color=colour, linewidth=1.0)
    ax.axhline(0.0, color=style.MUTED, linewidth=0.6, zorder=0)
    ax.set_xlim(-0.03, 1.03)
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)


CHART = TableChart(
    chart_id="lever_levels",
    table="shown",
    title_zh="单项措施力度与结果",
    title_en="Results against the level of one lever",
    alt_zh="每个指标一幅折线图：最强的几项措施各自处于不同力度时指标的变化，竖线为均值的 95% 区间。",
    alt_en="A line chart for each indicator: its change at several levels of each of the strongest levers, lines for "
    "the 95 % interval of the mean.",
    draw=draw,
)
