"""Chances before and after new observations, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.language import target_label, text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.62
_WORDS = {
    "axis": (
        "达标概率（%），横线为 95% 蒙特卡罗区间；空心：观测前，实心：观测后；右侧：变化中的数据与措施（百分点）",
        "Chance met (%), lines: 95 % Monte-Carlo intervals; hollow: before, full: after; at the right: parts in points",
    ),
    "parts": ("数据 {data}，措施 {levers}", "data {data}, levers {levers}"),
    "withheld": ("权重塌缩，不给出概率", "weights collapsed: withheld"),
    "goes": ("{before}→{after}", "{before} → {after}"),
}


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a group of rows per target; in each row a scenario, before and after."""
    groups = [rows for _, rows in table.groupby("target", sort=False)]
    rows_beside = table.to_dict("records")
    beside = [_label(study, row, language) for row in rows_beside] + [_told(row, language) for row in rows_beside]
    each = style.row_cm(beside, ROW_CM)
    titles = [style.wrapped(_title(study, rows.iloc[0], language), style.by_width(100, 42)) for rows in groups]
    more = [style.more_rows(title, each) for title in titles]
    height = each * (len(table) + 1.4 * len(groups) + sum(more)) + 3.4
    figure = style.table_figure(CHART, study, language, [_word("axis", language)], height)
    ax, y, labels = figure.subplots(), 0.0, []
    for rows, title, extra in zip(groups, titles, more, strict=True):
        ax.text(0, y + extra / 2, title, va="center", fontsize=style.NORMAL, backgroundcolor="white")
        y += extra
        for place, row in enumerate(rows.to_dict("records")):
            y += 1
            _row(ax, y, row, place, language)
            labels.append((y, _label(study, row, language)))
        y += 1.4
    ax.set_yticks([at for at, _ in labels], [label for _, label in labels])
    ax.set_ylim(y - 0.5, -0.8)
    ax.set_xlim(0, 100)
    ax.set_xticks(range(0, 101, style.by_width(20, 50)))
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.spines["left"].set_visible(False)
    return figure


def _row(ax: Axes, y: float, row: dict[object, object], place: int, language: str) -> None:
    """Before above, after below, and the parts of the change."""
    colour, marker = style.COLOURS[place % len(style.COLOURS)], style.MARKERS[place % len(style.MARKERS)]
    for name, shift, fill in (("before", -0.16, "white"), ("after", 0.16, colour)):
        chance, low, high = (float(str(row[key])) * 100 for key in (name, f"{name}_low", f"{name}_high"))
        ends = [y + shift] * 2
        ax.plot([low, high], ends, color=colour, linewidth=1.2, solid_capstyle="butt", clip_on=False)
        ax.plot(
            chance,
            y + shift,
            marker=marker,
            markersize=4.5,
            color=colour,
            markerfacecolor=fill,
            clip_on=False,
            zorder=3,
        )
    where, told = ("axes fraction", "data"), _told(row, language)
    ax.annotate(
        told, (style.by_width(1.03, 1.06), y), xycoords=where, va="center", fontsize=style.SMALL, annotation_clip=False
    )


def _told(row: dict[object, object], language: str) -> str:
    """The parts of the change, or that the chance is withheld."""
    words = _word("withheld", language)
    if not row["withheld"]:
        parts = {name: f"{100 * float(str(row[name])):+.1f}" for name in ("data", "levers")}
        words = _word("parts", language).format(**parts)
    return style.wrapped(words, style.by_width(60, 18))


def _label(study: Study, row: dict[object, object], language: str) -> str:
    """Name of the scenario, and of the policy that took its place."""
    known = {entry.scenario_id: entry.label(language) for entry in study.definition.scenarios}
    before, after = (str(row[name]) for name in ("scenario", "policy_now"))
    words = known[before]
    if before != after:
        words = _word("goes", language).format(before=words, after=known.get(after, after))
    return style.wrapped(words, style.by_width(40, 16))


def _title(study: Study, row: pd.Series, language: str) -> str:
    """Name and goal of a target."""
    known = {target.target_id: target for target in study.definition.headline}
    target = known.get(str(row["target"]))
    if target is None:
        return text("all_targets_n", language, n=len(known))
    name = target.name_zh if language == "zh" else target.name_en
    goal = target_label(target.relation, target.value, target.unit, language)
    return f"{name} {goal} ({study.definition.year_of(target)})"


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "zh" else 1]


CHART = TableChart(
    chart_id="update",
    table="chances",
    title_zh="新观测前后的达标概率",
    title_en="Chances before and after new observations",
    alt_zh="按目标分组的点图：各情景在观测前（空心）与观测后（实心）的达标概率及区间，右侧为变化中数据与措施的部分。",
    alt_en="Dot plot in groups by target: chance of each scenario before (hollow) and after (full) the observations "
    "with intervals, and at the right how much of the change is data and how much levers.",
    draw=draw,
)
