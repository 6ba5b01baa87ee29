"""Differences of the headline indicators to one scenario, year by year, with the interval of the mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.comparing import COST, PAYERS
from outputs.language import difference_unit, text, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

PANEL_CM, NARROW_PANEL_CM = 4.6, 4.0
MOST_LINES = len(style.COLOURS)


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per headline target and one for the cost; in each a line per scenario compared."""
    references = table["reference"].nunique()
    table = table[table["reference"] == table["reference"].iloc[0]]
    everyone = list(dict.fromkeys(zip(table["study"], table["scenario"], strict=True)))
    others = everyone[:MOST_LINES]
    headline = study.definition.headline
    shown = [(t.indicator, t.definition, t.name_zh if language == "zh" else t.name_en, t.unit) for t in headline]
    shown.append((COST, PAYERS[0], text("cost_since_2021", language), "yuan"))
    notes = [text("compare_axis", language, reference=_name(study, table["reference"].iloc[0], language))]
    if table["differs"].iloc[0]:
        notes.append(text("compared_anyway", language, differs=table["differs"].iloc[0]))
    if len(everyone) > len(others) or references > 1:
        counts = {"shown": len(others), "scenarios": len(everyone), "references": references}
        notes.append(text("compare_left_out", language, **counts))
    across = style.by_width(2, 1)
    n_rows = -(-len(shown) // across)
    height = style.by_width(PANEL_CM, NARROW_PANEL_CM) * n_rows + 3.2
    figure = style.table_figure(CHART, study, language, notes, height)
    axes = figure.subplots(n_rows, across, squeeze=False).ravel()
    for ax, (indicator, counted, label, unit) in zip(axes, shown, strict=False):
        mine = table[(table["indicator"] == indicator) & (table["definition"] == counted)]
        _draw_panel(ax, mine, others, unit, language)
        ax.set_title(style.wrapped(f"{label} ({difference_unit(unit, language)})", 44), loc="left")
    for ax in axes[len(shown) :]:
        ax.set_visible(False)
    handles = axes[0].get_lines()[: len(others)]
    labels = [style.wrapped(_name(study, scenario, language), 30) for _, scenario in others]
    # All lines begin at zero, so that the upper left of a panel is free.
    axes[0].legend(handles, labels, loc="upper left")
    return figure


def _name(study: Study, scenario: str, language: str) -> str:
    """Name of a scenario; of one that another study holds, its id."""
    found = {entry.scenario_id: entry.label(language) for entry in study.definition.scenarios}
    return found.get(scenario, scenario)


def _draw_panel(ax: Axes, table: pd.DataFrame, others: list[tuple[str, str]], unit: str, language: str) -> None:
    shown = unit_of(unit, language)
    for place, (study, scenario) in enumerate(others):
        mine = table[(table["study"] == study) & (table["scenario"] == scenario)]
        mean, low, high = (mine[name].to_numpy(np.float64) * shown.factor for name in ("mean", "mean_low", "mean_high"))
        # Side by side within a year, so that bars do not hide each other.
        years = mine["year"].to_numpy(np.float64) + 0.06 * (place - (len(others) - 1) / 2)
        colour, marker = style.COLOURS[place], style.MARKERS[place]
        ax.plot(years, mean, color=colour, marker=marker, markersize=3.5, linewidth=0.9, zorder=3)
        bounded = np.isfinite(low) & np.isfinite(high)
        ax.vlines(years[bounded], low[bounded], high[bounded], color=colour, linewidth=1.0)
    ax.axhline(0.0, color=style.MUTED, linewidth=0.6, zorder=0)
    ax.set_xticks(sorted({int(year) for year in table["year"]}))
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)


CHART = TableChart(
    chart_id="comparison",
    table="comparison",
    title_zh="情景之间的差异（同一批随机数）",
    title_en="Differences between scenarios under the same luck",
    alt_zh="每个主要目标一幅、费用一幅折线图：各情景与参照情景逐年之差，误差线为均值的 95% 区间。",
    alt_en="A panel for each headline target and one for cost: the difference of each scenario to the reference, year "
    "by year, with bars for the 95 % interval of the mean.",
    draw=draw,
)
