"""The levers of the paths that were sought: how far each goes by the last year, and when it is half way there."""

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
_LEAST = 0.005
_HALF = 0.5
_DARKEST = 1.2
"""Share that the darkest blue would stand for: the whole of a lever stays lighter."""


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a grid of levers by paths that were sought; levers that no such path moves are left out."""
    from matplotlib import colormaps  # noqa: PLC0415 - heavy, and only drawing needs it

    sought = table[table["path"].str.startswith(("seek_", "best_"))]
    last = sought[sought["year"] == sought["year"].max()]
    share = last.pivot_table(index="lever", columns="path", values="share", sort=False)
    share = share[(share > _LEAST).any(axis=1)]
    figure = style.new_figure(ROW_CM * max(len(share), 1) + 4.4)
    note = style.wrapped(text("sought_note", language), 110)
    style.head_and_source(figure, f"{CHART.title(language)}\n{note}", study, language)
    ax = figure.subplots()
    names = {lever.lever_id: lever.name(language) for lever in study.definition.levers}
    values = share.to_numpy(np.float64)
    ax.imshow(values, cmap="Blues", vmin=0.0, vmax=_DARKEST, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        if value > _LEAST:
            mine = sought[(sought["lever"] == share.index[row]) & (sought["path"] == share.columns[column])]
            half = int(mine.loc[mine["share"] >= _HALF * value, "year"].min())
            words = f"{100 * value:.0f}%\n{half}"
            ink = style.ink_on(colormaps["Blues"](value / _DARKEST))
            ax.text(column, row, words, ha="center", va="center", fontsize=style.SMALL, color=ink, linespacing=1.0)
    labels = [style.wrapped(study.definition.scenario(path).label(language), 12) for path in share.columns]
    ax.set_xticks(range(len(labels)), labels)
    ax.set_yticks(range(len(share)), [style.wrapped(names[str(lever)], 40) for lever in share.index])
    ax.tick_params(length=0.0)
    for side in ax.spines.values():
        side.set_visible(False)
    return figure


CHART = TableChart(
    chart_id="sought_levers",
    title_zh="寻优路径中的各项措施",
    title_en="Levers of the paths found by search",
    alt_zh="表格图：行为措施，列为寻优路径，格内为该措施在最后一年从 2020 年水平走到上限的比例，"
    "以及走到一半的年份；颜色越深越强。",
    alt_en="A grid: levers down, paths found across; in each cell how far from its level of 2020 to its upper bound "
    "the lever stands in the last year, and the year in which it is half way there; the darker, the stronger.",
    draw=draw,
)
