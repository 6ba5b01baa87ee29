"""What each scenario reaches with a given chance, beside the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import percent, target_label, text, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study
    from outputs.tables import Record

ROW_CM = 0.62


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per target, in it a row per scenario."""
    table = table[table["reported_first"]]
    groups = [rows for _, rows in table.groupby("target", sort=False)]
    labels = [_label(study, name, language) for name in table["scenario"].unique()]
    heights = [style.row_cm(labels, ROW_CM) * len(rows) + 1.5 for rows in groups]
    note = text("promise_axis", language, chance=percent(table["promised_with"].iloc[0]))
    figure = style.table_figure(CHART, study, language, [note], sum(heights) + 2.6)
    axes = figure.subplots(len(groups), 1, squeeze=False, height_ratios=heights)[:, 0]
    for ax, rows in zip(axes, groups, strict=True):
        _draw_panel(ax, study, rows, language)
    return figure


def _draw_panel(ax: Axes, study: Study, table: pd.DataFrame, language: str) -> None:
    rows = table.to_dict("records")
    first, unit = rows[0], unit_of(rows[0]["unit"], language)
    for place, row in enumerate(rows):
        _draw_row(ax, place, row, unit.factor)
    goal = first["target_value"] * unit.factor
    ax.plot([goal, goal], [-0.5, len(rows) - 0.5], color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)))
    (target,) = (one for one in study.definition.headline if one.target_id == first["target"])
    name = target.name_zh if language == "zh" else target.name_en
    label = target_label(first["relation"], first["target_value"], first["unit"], language)
    ax.set_title(style.wrapped(f"{name} {label} ({first['target_year']})", style.by_width(84, 38)), loc="left")
    ax.set_yticks(range(len(rows)), [_label(study, row["scenario"], language) for row in rows])
    ax.locator_params(axis="x", nbins=style.by_width(9, 4))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.margins(x=0.06)
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.set_xlabel(unit.name, fontsize=style.SMALL, labelpad=1)


def _label(study: Study, scenario: str, language: str) -> str:
    return style.wrapped(study.definition.scenario(scenario).label(language), style.by_width(30, 16))


def _draw_row(ax: Axes, y: int, row: Record, factor: float) -> None:
    """Interval, value reached, median, and the chance of the target at the right."""
    low, value, high = (row[name] * factor for name in ("promised_low", "promised", "promised_high"))
    # A bound that too few members leave open ends at the value, with no cap beyond it.
    ends = [bound if np.isfinite(bound) else value for bound in (low, high)]
    ax.plot(ends, [y, y], color=style.LINE, linewidth=1.4, solid_capstyle="butt")
    ax.plot(value, y, marker="o", markersize=4.5, color=style.LINE, zorder=3)
    ax.plot(row["median"] * factor, y, marker="o", markersize=4.5, color=style.MUTED, markerfacecolor="white", zorder=2)
    interval = f"[{100 * row['chance_low']:.0f}–{100 * row['chance_high']:.0f}]"
    chance = style.by_width(" ", "\n").join([percent(row["chance"]), interval])
    where = ("axes fraction", "data")
    ax.annotate(chance, (1.02, y), xycoords=where, va="center", fontsize=style.SMALL, annotation_clip=False)


CHART = TableChart(
    chart_id="promises",
    table="promises",
    title_zh="以给定概率可以承诺的目标值",
    title_en="What can be promised",
    alt_zh="每个主要目标一幅点图：各情景以给定概率可达到的值及其 95% 区间，空心点为中位数，虚线为目标值，"
    "右侧为目标的达标概率。",
    alt_en="A dot plot per headline target: the value that each scenario reaches with the given chance, with its 95 % "
    "interval; hollow dots are medians, the dashed line is the target, its chance stands at the right.",
    draw=draw,
)
