"""Chance of each headline target, and of all together, by scenario, with Wilson intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs import summary
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import percent, target_label, text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study

ROW_CM = 0.5


def draw(study: Study, language: str) -> Figure:
    """Draw one group of rows per target and one for all together; in each, one row per scenario."""
    groups = _groups(study, language)
    n_rows = sum(len(rows) + (2.1 if style.is_narrow() else 1.4) for _, rows in groups)
    figure = style.new_figure(max(4.0, ROW_CM * n_rows + 2.8))
    heading = f"{CHART.title(language)}\n{text('chance_axis', language)}"
    style.head_and_source(figure, heading, study, language)
    ax = figure.subplots()
    labels, y = [], 0.0
    for whole, rows in groups:
        title = style.wrapped(whole, 34) if style.is_narrow() else whole
        more = 0.7 * title.count("\n")
        ax.text(0, y + more / 2, title, va="center", fontsize=style.NORMAL, backgroundcolor="white")
        y += 1 + more
        for place, entry in enumerate(study.definition.scenarios):
            mine = rows[rows["scenario"] == entry.scenario_id]
            if len(mine):
                _draw_row(ax, y, place, mine.iloc[0])
                labels.append((y, entry.label(language)))
                y += 1
        y += 0.4
    ax.set_yticks(
        [at for at, _ in labels], [style.wrapped(label, 16 if style.is_narrow() else 44) for _, label in labels]
    )
    ax.set_ylim(y - 0.6, -0.7)
    ax.set_xlim(0, 100)
    ax.set_xticks(range(0, 101, 50 if style.is_narrow() else 20))
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.spines["left"].set_visible(False)
    return figure


def _groups(study: Study, language: str) -> list[tuple[str, pd.DataFrame]]:
    table, joint = summary.target_table(study), summary.joint_table(study)
    groups = []
    for target in study.definition.headline:
        mine = table[(table["target"] == target.target_id) & table["reported_first"]]
        name = target.name_zh if language == "zh" else target.name_en
        year = study.definition.year_of(target)
        goal = target_label(target.relation, target.value, target.unit, language)
        groups.append((f"{name} {goal} ({year})", mine))
    if groups:
        groups.append((text("all_targets_n", language, n=len(groups)), joint))
    return groups


def _draw_row(ax: Axes, y: float, place: int, row: pd.Series) -> None:
    colour = style.COLOURS[place % len(style.COLOURS)]
    marker = style.MARKERS[place % len(style.MARKERS)]
    low, high = 100 * row["chance_low"], 100 * row["chance_high"]
    ax.plot([low, high], [y, y], color=colour, linewidth=1.6, solid_capstyle="butt", clip_on=False)
    ax.plot(100 * row["chance"], y, marker=marker, markersize=4.5, color=colour, clip_on=False, zorder=3)
    shown = f"{percent(row['chance'])}  [{low:.0f}–{high:.0f}]"
    ax.annotate(
        shown,
        (1.05, y),
        xycoords=("axes fraction", "data"),
        va="center",
        fontsize=style.SMALL,
        annotation_clip=False,
    )


CHART = Chart(
    chart_id="chance",
    title_zh="各情景的达标概率",
    title_en="Chance that each target is met, by scenario",
    alt_zh="按目标分组的点图：每个情景达到各主要目标以及全部目标的概率，横线为 95% 威尔逊区间，右侧为数值。",
    alt_en="Dot plot in groups by target: the chance that each scenario meets each headline target and all of them, "
    "with 95 % Wilson intervals and the numbers at the right.",
    draw=draw,
)
