"""Variance of the headline indicators, split among base, parameters, outside world and chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.variance import headline_rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.55
EDGE = (-30.0, 130.0)
"""Percent; estimates beyond it end there."""
_WORDS = {
    "axis": (
        "占方差的比重（%），横线为 95% 自助区间；实心：单独，空心：含交互作用；单独各项（含“交互作用”一行）之和为 100%",
        "Share of the variance (%), lines: 95 % bootstrap. Full: alone, summing to 100 %; hollow: with interactions",
    ),
    "base": ("基年数据", "base year"),
    "parameters": ("行为参数", "parameters"),
    "outside": ("外部环境", "outside world"),
    "chance": ("随机性", "chance"),
    "interactions": ("交互作用", "interactions"),
    "constant": ("无变化", "nothing varies"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a group of rows per scenario and headline indicator, one row a kind of uncertainty."""
    keys = ["scenario", "indicator", "definition"]
    groups = [rows for _, rows in headline_rows(study, table).groupby(keys, sort=False)]
    titles = [style.wrapped(_title(study, rows.iloc[0], language), style.by_width(100, 46)) for rows in groups]
    more = [style.more_rows(title, ROW_CM) for title in titles]
    height = ROW_CM * (sum(len(rows) + 1.5 for rows in groups) + sum(more)) + 3.4
    figure = style.table_figure(CHART, study, language, [_word("axis", language)], height)
    ax, y, labels = figure.subplots(), 0.0, []
    for rows, title, extra in zip(groups, titles, more, strict=True):
        ax.text(EDGE[0], y + extra / 2, title, va="center", fontsize=style.NORMAL, backgroundcolor="white")
        y += extra
        for place, row in enumerate(rows.to_dict("records")):
            y += 1
            _row(ax, y, row, style.COLOURS[place % len(style.COLOURS)], language)
            labels.append((y, _word(str(row["group"]), language)))
        y += 1.5
    ax.axvline(0.0, color=style.MUTED, linewidth=0.8)
    ax.set_yticks([at for at, _ in labels], [label for _, label in labels])
    ax.set_ylim(y - 0.5, -0.9)
    ax.set_xlim(*EDGE)
    ax.set_xticks(range(0, 101, style.by_width(20, 50)))
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.spines["left"].set_visible(False)
    return figure


def _row(ax: Axes, y: float, row: dict[object, object], colour: str, language: str) -> None:
    """Share alone above, with interactions below it."""
    if row["deviation"] == 0.0:
        ax.plot(0.0, y, marker="x", markersize=4.0, color=style.MUTED)
        ax.annotate(_word("constant", language), (3.0, y), va="center", fontsize=style.SMALL)
        return
    for name, shift, fill in (("first", -0.16, colour), ("total", 0.16, "white")):
        low, middle, high = (100 * float(str(row[key])) for key in (f"{name}_low", name, f"{name}_high"))
        if name == "total" and row["group"] == "interactions":
            return
        ends = [min(max(value, EDGE[0]), EDGE[1]) for value in (low, middle, high)]
        ax.plot([ends[0], ends[2]], [y + shift] * 2, color=colour, linewidth=1.2, solid_capstyle="butt")
        ax.plot(ends[1], y + shift, marker="o", markersize=4.0, color=colour, markerfacecolor=fill, zorder=3)


def _title(study: Study, row: pd.Series, language: str) -> str:
    """Scenario and indicator."""
    info = study.definition.info(row["indicator"], row["definition"])
    name = info.name_zh if language == "zh" else info.name_en
    return f"{study.definition.scenario(row['scenario']).label(language)}: {name} ({row['year']})"


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


CHART = TableChart(
    chart_id="variance",
    table="variance",
    title_zh="不确定性从何而来",
    title_en="Where the uncertainty comes from",
    alt_zh="按情景和主要指标分组的点图：基年数据、行为参数、外部环境、随机性各占方差的比重及区间，另列交互作用。",
    alt_en="Dot plot in groups by scenario and headline indicator: the share of the variance of base year, parameters, "
    "outside world and chance with intervals, and what interactions hold.",
    draw=draw,
)
