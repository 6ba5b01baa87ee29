"""The levers of the paths that were sought: where each stands at the end of the first year and of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.68
NARROW_TOP = 12
"""Levers in one column."""
_LEAST = 0.005
_DARKEST = 1.4
"""Share that the darkest blue or red would stand for: the whole of a lever stays lighter."""


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a grid of levers by paths that were sought; levers that no such path moves are left out."""
    from matplotlib import colormaps  # noqa: PLC0415 - heavy, and only drawing needs it

    sought = table[table["path"].str.startswith(("seek_", "best_"))]
    years = sought["year"].min(), sought["year"].max()
    first, last = (
        sought[sought["year"] == year].pivot_table(index="lever", columns="path", values="share", sort=False)
        for year in years
    )
    moved = ((first.abs() > _LEAST) | (last.abs() > _LEAST)).any(axis=1)
    notes = [text("sought_note", language, first=years[0], last=years[1])]
    if style.is_narrow() and moved.sum() > NARROW_TOP:
        farthest = (first.abs() + last.abs()).sum(axis=1)[moved].sort_values(ascending=False, kind="stable")
        moved &= moved.index.isin(farthest.index[:NARROW_TOP])
        notes.append(text("sought_farthest", language, n=NARROW_TOP))
    first, share = first[moved], last[moved]
    known = {lever.lever_id: lever.name(language) for lever in study.definition.levers}
    named = style.by_width(style.wrapped, style.lever_label)
    names = [named(known[str(lever)], style.by_width(40, 22)) for lever in share.index]
    each = style.row_cm(names, ROW_CM)
    figure = style.table_figure(CHART, study, language, notes, each * max(len(share), 1) + 4.4)
    ax = figure.subplots()
    values = share.to_numpy(np.float64)
    ax.imshow(values, cmap="RdBu", vmin=-_DARKEST, vmax=_DARKEST, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        begun = float(first.iloc[row, column])
        if max(abs(begun), abs(value)) > _LEAST:
            words = "\n".join(f"{round(100 * each)}%".replace("-", "\u2212") for each in (begun, value))
            ink = style.ink_on(colormaps["RdBu"](0.5 + 0.5 * value / _DARKEST))
            ax.text(column, row, words, ha="center", va="center", fontsize=style.SMALL, color=ink, linespacing=1.0)
    labels = [
        style.wrapped(study.definition.scenario(path).label(language), style.by_width(12, 24)) for path in share.columns
    ]
    ax.set_xticks(range(len(labels)), labels, rotation=style.by_width(0, 90))
    ax.set_yticks(range(len(share)), names)
    ax.tick_params(length=0.0)
    for side in ax.spines.values():
        side.set_visible(False)
    return figure


CHART = TableChart(
    chart_id="sought_levers",
    table="levers",
    title_zh="寻优路径中的各项措施",
    title_en="Levers of the paths found by search",
    alt_zh="表格图：行为措施，列为寻优路径，格内为该措施在第一年末和最后一年末从 2020 年水平到上限走了百分之几，"
    "负数为到下限；蓝色为加强，红色为削减，越深越多。",
    alt_en="A grid: levers down, paths found across; in each cell how far from its level of 2020 to its upper bound, "
    "or below zero to its lower one, the lever stands at the end of the first year and of the last; blue for more, red "
    "for less, the darker the farther.",
    draw=draw,
)
