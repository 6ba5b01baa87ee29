"""Chances that hang on values which the evidence did not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.charts.rows import rows_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from outputs.store import Study
    from outputs.tables import Record

ROW_CM = 1.1
SHOWN = (15, 11)
"""Rows on a page and in one column."""
_WORDS = {
    "axis": (
        "达标概率（%）：圆点为该值最低的五分之一成员，菱形为最高的五分之一，横线为 95% 威尔逊区间；红线为一半",
        "Chance met, %. Dot: members with the lowest fifth of the value; diamond: the highest; bars: 95 % Wilson",
    ),
    "first": ("；共 {all} 行，列前 {n} 行", "; the first {n} of {all}"),
    "flips": ("跨过一半", "passes one half"),
    "measured": ("实测", "measured"),
    "borrowed": ("借用", "borrowed"),
    "assumed": ("假定", "assumed"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw the largest swings among fifths of the members."""
    return draw_swings(CHART, study, table, language, _WORDS["axis"])


def draw_swings(chart: TableChart, study: Study, table: pd.DataFrame, language: str, axis: tuple[str, str]) -> Figure:
    """Draw the largest swings between a low and a high value, those that pass one half first.

    Parameters
    ----------
    axis : what the marks of the chart are, in Chinese and English.
    """
    # All targets together repeat the one that binds: they are drawn where they pass one half themselves.
    swings = table[(table["target"] != "all") | table["flips"]].to_dict("records")
    rows = swings[: style.by_width(*SHOWN)]
    placed = rows_of([_label(study, row, language) for row in rows], ROW_CM, 58)
    place = 0 if language == "zh" else 1
    note = axis[place]
    note += _WORDS["first"][place].format(n=len(rows), all=len(swings)) if len(rows) < len(swings) else ""
    figure = style.table_figure(chart, study, language, [note], placed.height_cm + 3.5)
    ax = figure.subplots()
    ax.axvline(50.0, color=style.GOAL, linewidth=1.0)
    for y, row in zip(placed.at, rows, strict=True):
        for part, at, marker, colour in (("low", y - 0.14, "o", style.MUTED), ("high", y + 0.14, "D", style.LINE)):
            ax.plot([100 * row[f"{part}_from"], 100 * row[f"{part}_to"]], [at, at], color=colour, linewidth=1.4)
            ax.plot(100 * row[part], at, marker=marker, markersize=4.5, color=colour, clip_on=False)
    placed.label(ax)
    ax.set_xlim(0.0, 100.0)
    ax.spines["left"].set_visible(False)
    return figure


def _label(study: Study, row: Record, language: str) -> str:
    """The value and its status; the target, the scenario, and whether one half is passed."""
    place = 0 if language == "zh" else 1
    scenario = study.definition.scenario(row["scenario"]).label(language)
    words = [row["name_zh" if language == "zh" else "name_en"], scenario]
    words += [_WORDS["flips"][place]] if row["flips"] else []
    return f"{row[language]} ({_WORDS[row['status']][place]})\n{' | '.join(words)}"


CHART = TableChart(
    chart_id="identifiability",
    table="chances",
    title_zh="结论系于哪些未被证据移动的数值",
    title_en="What conclusions hang on values that the evidence did not move",
    alt_zh="每行一个未被移动的数值与一项目标：该值最低与最高五分之一成员的达标概率及区间，竖线为一半。",
    alt_en="One row per unmoved value and target: the chance among members with the lowest and the highest fifth of "
    "the value, with intervals; a line marks one half.",
    draw=draw,
)
