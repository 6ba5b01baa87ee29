"""Simulation-based calibration: ranks of planted values in their posteriors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study

HEIGHT_CM = 9.0
BINS = 10
_BAND = 1.645
_WORDS = {
    "axis": (
        "植入值在其后验中的秩：推断可靠时各格一样高（虚线），竖线为偶然波动的 90%；所有输入合计",
        "Rank of planted values in their posteriors, all inputs: level (dashed) where sound; bars: 90 % of chance",
    ),
    "emulator": ("由代理模型生成，{n} 次", "Planted on the emulator, {n} draws"),
    "model": ("由模型本身生成，{n} 次", "Planted in the model itself, {n} draws"),
    "share": ("占比（%）", "Share, %"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a histogram of ranks for each way of planting."""
    figure = style.table_figure(CHART, study, language, [_word("axis", language)], HEIGHT_CM)
    groups = list(table.groupby("source", sort=False))
    axes = figure.subplots(1, len(groups), sharey=True, squeeze=False)[0]
    for ax, (source, rows) in zip(axes, groups, strict=True):
        draws = rows["draw"].nunique()
        counts, edges = np.histogram(rows["rank"], bins=BINS, range=(0.0, 1.0))
        share, level = 100.0 * counts / counts.sum(), 100.0 / BINS
        # Inputs of one draw share its data: chance is that of the draws, not of all ranks.
        error = _BAND * 100.0 * float(np.sqrt((1.0 / BINS) * (1.0 - 1.0 / BINS) / draws))
        ax.bar(edges[:-1], share, width=1.0 / BINS, align="edge", color=style.FILL_DARK, edgecolor="white")
        for at, height in zip(edges[:-1] + 0.5 / BINS, share, strict=True):
            ax.plot([at, at], [max(height - error, 0.0), height + error], color=style.INK, linewidth=1.0)
        ax.axhline(level, color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)))
        title = _word(str(source), language).format(n=draws)
        ax.set_title(style.wrapped(title, style.by_width(48, 22)), fontsize=style.NORMAL, loc="left")
        ax.set_xlim(0.0, 1.0)
        ax.set_xticks(style.by_width((0.0, 0.25, 0.5, 0.75, 1.0), (0.0, 0.5, 1.0)))
    axes[0].set_ylabel(_word("share", language))
    return figure


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


CHART = TableChart(
    chart_id="calibration_recovery",
    table="ranks",
    title_zh="找回：植入的参数值能否被推断出来",
    title_en="Recovery: are planted values found back",
    alt_zh="直方图：植入值在其后验分布中的秩，左为代理模型生成，右为模型本身生成；平坦表示推断可靠。",
    alt_en="Histograms of the ranks of planted values in their posteriors, on the emulator and in the model itself; "
    "flat where the inference is sound.",
    draw=draw,
)
