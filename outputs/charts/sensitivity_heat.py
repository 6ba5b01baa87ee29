"""What moves the headline indicators, year by year: a heat map with the interval of every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import difference_unit, significant, text, unit_of
from outputs.sensitivity.showing import heading

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study
    from outputs.tables import Record

ROW_CM = 0.5
LIGHT, DARK = "#ffffff", "#0b4f80"


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per indicator: rows are groups or factors, columns years."""
    panels = [mine for _, mine in table.groupby(["indicator", "definition"], sort=False, dropna=False)]
    heights = [ROW_CM * mine["row"].nunique() + 1.3 for mine in panels]
    figure = style.new_figure(sum(heights) + 2.6)
    note = style.wrapped(text(f"heat_{table['method'].iloc[0]}", language), 110)
    style.head_and_source(figure, f"{CHART.title(language)}\n{note}", study, language)
    axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for ax, mine in zip(axes, panels, strict=True):
        first = mine.iloc[0].to_dict()
        unit = "" if first["method"] == "sobol" else f" ({difference_unit(str(first['unit']), language)})"
        ax.set_title(style.wrapped(f"{heading(study, first, language)}{unit}", 76), loc="left")
        _draw_cells(ax, mine, language)
    return figure


def _draw_cells(ax: Axes, table: pd.DataFrame, language: str) -> None:
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415 - heavy, and only drawing needs it

    last = table[table["year"] == table["year"].max()]
    order = dict.fromkeys(last.sort_values("value", ascending=False, kind="stable")["row"]) | dict.fromkeys(
        table["row"]
    )
    rows, years = list(order), sorted({int(year) for year in table["year"]})
    names = dict(zip(table["row"], table[language], strict=True))
    colours = LinearSegmentedColormap.from_list("share", [LIGHT, DARK])
    shade = np.zeros((len(rows), len(years)))
    for cell in table.to_dict("records"):
        x, y = years.index(int(cell["year"])), rows.index(cell["row"])
        shade[y, x] = cell["shade"]
        ink = style.ink_on(colours(float(shade[y, x])))
        ax.text(x, y, _told(cell, language), ha="center", va="center", fontsize=style.SMALL, color=ink)
    ax.pcolormesh(np.arange(len(years) + 1) - 0.5, np.arange(len(rows) + 1) - 0.5, shade, cmap=colours, vmin=0, vmax=1)
    ax.set_xticks(range(len(years)), [str(year) for year in years])
    ax.set_yticks(range(len(rows)), [style.wrapped(names[row], 44) for row in rows])
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)


def _told(cell: Record, language: str) -> str:
    """Value and interval of a cell."""
    if cell["method"] == "sobol":
        return f"{100 * cell['value']:.0f}% [{100 * cell['low']:.0f}, {100 * cell['high']:.0f}]"
    factor = unit_of(str(cell["unit"]), language).factor
    error = cell["value"] - cell["low"]
    told = significant(cell["value"] * factor, 2)
    return f"{told} ± {significant(error * factor, 2)}" if error else told


CHART = TableChart(
    chart_id="sensitivity_heat",
    title_zh="什么因素左右结果（逐年）",
    title_en="What moves the results, year by year",
    alt_zh="每个指标一幅热力图：行为因素组或因素，列为年份，格内为所占比重或变化幅度及其区间，颜色越深越重要。",
    alt_en="A heat map for each indicator: rows are groups or factors, columns years, each cell with its share or "
    "change and the interval; the darker, the more it matters.",
    draw=draw,
)
