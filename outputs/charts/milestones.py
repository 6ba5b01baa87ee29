"""The way to each target by year: of those that meet it, of those that miss it, and the threshold between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import target_label, text, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from outputs.store import Study

PER_ROW, NARROW_PER_ROW = 4, 2
ROW_CM, NARROW_ROW_CM = 4.6, 3.1
SIDES = {"missed": (style.COLOURS[0], ":"), "met": (style.COLOURS[1], "-")}
THRESHOLD = style.COLOURS[2]


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw one row per target and one panel per scenario, at most four side by side."""
    table = table[table["reported_first"]]
    per_row = style.by_width(PER_ROW, NARROW_PER_ROW)
    groups = style.blocks(list(dict.fromkeys(table["scenario"])), per_row)
    targets = list(dict.fromkeys(table["target"]))
    height = style.by_width(ROW_CM, NARROW_ROW_CM) * len(groups) * len(targets) + 2.6
    figure = style.table_figure(CHART, study, language, [text("milestones_axis", language)], height)
    strips = figure.subfigures(len(groups) * len(targets), 1, squeeze=False)[:, 0]
    places = [(group, target) for group in groups for target in targets]
    for strip, (group, target) in zip(strips, places, strict=True):
        mine = table[(table["target"] == target) & table["scenario"].isin(group)]
        _draw_row(strip, study, mine, language)
    return figure


def _draw_row(strip: SubFigure, study: Study, table: pd.DataFrame, language: str) -> None:
    first = table.iloc[0]
    (target,) = (one for one in study.definition.headline if one.target_id == first["target"])
    name = target.name_zh if language == "zh" else target.name_en
    goal = target_label(first["relation"], first["target_value"], first["unit"], language)
    heading = f"{name} {goal} ({first['target_year']})"
    strip.suptitle(
        style.wrapped(heading, style.by_width(118, 56)), x=0.008, ha="left", fontsize=style.NORMAL, color=style.INK
    )
    axes = strip.subplots(1, style.by_width(PER_ROW, NARROW_PER_ROW), sharey=True, squeeze=False)[0]
    panels = [rows for _, rows in table.groupby("scenario", sort=False)]
    for ax, rows in zip(axes, panels, strict=False):
        _draw_panel(ax, rows, language)
        counts = text("milestones_panel", language, n=rows["met"].iloc[0], members=rows["members"].iloc[0])
        label = study.definition.scenario(rows["scenario"].iloc[0]).label(language)
        ax.set_title(f"{style.wrapped(label, 28)}\n{counts}", fontsize=style.SMALL, loc="left", linespacing=1.25)
    for ax in axes[len(panels) :]:
        ax.set_visible(False)
    axes[0].locator_params(axis="y", nbins=style.by_width(6, 4))


def _draw_panel(ax: Axes, rows: pd.DataFrame, language: str) -> None:
    factor = unit_of(rows["unit"].iloc[0], language).factor
    years = rows["year"].to_numpy(np.float64)
    for side, (colour, line) in SIDES.items():
        low, middle, high = (rows[f"{side}_{cut}"].to_numpy(np.float64) * factor for cut in ("p05", "p50", "p95"))
        if np.isfinite(middle).all():
            ax.fill_between(years, low, high, color=colour, alpha=0.22, linewidth=0)
            ax.plot(years, middle, color=colour, linestyle=line, linewidth=1.2)
    goal = float(rows["target_value"].iloc[0]) * factor
    ax.plot(years[[0, -1]], [goal, goal], color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)))
    found = rows[rows["threshold"].notna()]
    cut, low, high = (
        found[name].to_numpy(np.float64) * factor for name in ("threshold", "threshold_low", "threshold_high")
    )
    at = found["year"].to_numpy(np.float64)
    ax.vlines(at, low, high, color=THRESHOLD, linewidth=1.2, zorder=4)
    ax.plot(at, cut, linestyle="none", marker="D", markersize=3.2, color=THRESHOLD, zorder=5)
    ticks = rows["year"].to_numpy()
    ticks = ticks[:: -max(1, -(-len(ticks) // style.by_width(6, 5)))][::-1]
    ax.set_xticks(ticks, [str(ticks[0]), *(f"{year % 100:02d}" for year in ticks[1:])])
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)


CHART = TableChart(
    chart_id="milestones",
    table="milestones",
    title_zh="目标的年度分解与评估门槛（年末）",
    title_en="The targets broken down by year, with thresholds for reviews (end of year)",
    alt_zh="每行一个主要目标，每列一个情景：最终达标与未达标的模拟逐年的中位数与 5%–95% 区间，最能区分二者的门槛"
    "及其区间，虚线为目标值。",
    alt_en="One row per headline target, one panel per scenario: median and 5-95 % band by year of the runs that meet "
    "the target and of those that miss it, the threshold that best tells them apart with its interval, and the target "
    "as a dashed line.",
    draw=draw,
)
