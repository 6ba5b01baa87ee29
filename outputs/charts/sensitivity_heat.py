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
NARROW_TOP = 5
"""Rows of a panel in one column."""
LIGHT, DARK = "#ffffff", "#0b4f80"


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per indicator: rows are groups or factors, columns years."""
    panels = [mine for _, mine in table.groupby(["indicator", "definition"], sort=False, dropna=False)]
    note = text(f"heat_{table['method'].iloc[0]}", language)
    if style.is_narrow():
        panels = [_strongest(mine) for mine in panels]
        note += text("heat_strongest", language, n=NARROW_TOP)
    each = style.row_cm([_name(name) for mine in panels for name in mine[language]], style.by_width(ROW_CM, 0.8))
    heights = [each * mine["row"].nunique() + 1.3 for mine in panels]
    figure = style.table_figure(CHART, study, language, [note], sum(heights) + 2.6)
    axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for ax, mine in zip(axes, panels, strict=True):
        first = mine.iloc[0].to_dict()
        unit = "" if first["method"] == "sobol" else f" ({difference_unit(str(first['unit']), language)})"
        ax.set_title(style.wrapped(f"{heading(study, first, language)}{unit}", style.by_width(76, 32)), loc="left")
        _draw_cells(ax, mine, language)
    return figure


def _strongest(table: pd.DataFrame) -> pd.DataFrame:
    """What one column has room for: the largest rows of the last year, and every other year up to it."""
    years = sorted(table["year"].unique())[::-2]
    last = table[table["year"] == years[0]].sort_values("value", ascending=False, kind="stable")
    return table[table["row"].isin(last["row"].head(NARROW_TOP)) & table["year"].isin(years)]


def _name(words: str) -> str:
    return style.wrapped(words, style.by_width(44, 30))


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
    ax.set_yticks(range(len(rows)), [_name(names[row]) for row in rows])
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)


def _told(cell: Record, language: str) -> str:
    """Value and interval of a cell."""
    gap = style.by_width(" ", "\n")
    if cell["method"] == "sobol":
        return f"{100 * cell['value']:.0f}%{gap}[{100 * cell['low']:.0f}, {100 * cell['high']:.0f}]"
    factor = unit_of(str(cell["unit"]), language).factor
    error = cell["value"] - cell["low"]
    told = significant(cell["value"] * factor, 2)
    return f"{told}{gap}± {significant(error * factor, 2)}" if error else told


CHART = TableChart(
    chart_id="sensitivity_heat",
    table="heat",
    title_zh="什么因素左右结果（逐年）",
    title_en="What moves the results, year by year",
    alt_zh="每个指标一幅热力图：行为因素组或因素，列为年份，格内为所占比重或变化幅度及其区间，颜色越深越重要。",
    alt_en="A heat map for each indicator: rows are groups or factors, columns years, each cell with its share or "
    "change and the interval; the darker, the more it matters.",
    draw=draw,
)
