"""Fan chart: where each headline target stands, quarter by quarter, under each scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import difference_unit, percent, target_label, text, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure
    from numpy.typing import NDArray

    from model.targets import Target
    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

PER_ROW = 4
ROW_CM = 4.6
_CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)


def draw(study: Study, language: str) -> Figure:
    """Draw one row per headline target and one panel per scenario, at most four side by side."""
    targets = study.definition.headline
    groups = style.blocks(study.definition.scenarios, PER_ROW)
    n_rows = max(1, len(groups) * len(targets))
    figure = style.new_figure(ROW_CM * n_rows + 2.0)
    legend = f"{text('median', language)}, {text('band_50', language)}, {text('band_90', language)}"
    style.head_and_source(figure, f"{CHART.title(language)}\n{legend}", study, language)
    if not targets:
        return figure
    rows = figure.subfigures(n_rows, 1, squeeze=False)[:, 0]
    places = [(group, target) for group in groups for target in targets]
    for row, (group, target) in zip(rows, places, strict=True):
        _draw_row(row, study, (group, target), language)
    return figure


def _draw_row(row: SubFigure, study: Study, what: tuple[tuple[ScenarioEntry, ...], Target], language: str) -> None:
    group, target = what
    name = target.name_zh if language == "zh" else target.name_en
    unit = unit_of(target.unit, language)
    axes = row.subplots(1, PER_ROW, sharey=True, squeeze=False)[0]
    definitions = list(dict.fromkeys(study.definition.reported_definition(e.scenario_id, target) for e in group))
    infos = [study.definition.info(target.indicator, definition) for definition in definitions]
    labels = [i.definition_zh if language == "zh" else i.definition_en for i in infos]
    counted = f" | {text('definition', language)}: {' / '.join(labels)}" if all(labels) else ""
    row.suptitle(f"{name} ({unit.name}){counted}", x=0.008, ha="left", fontsize=style.NORMAL, color=style.INK)
    for ax, entry in zip(axes, group, strict=False):
        definition = study.definition.reported_definition(entry.scenario_id, target)
        rows = study.indicators(scenario=entry.scenario_id, indicator=target.indicator, definition=definition)
        values = rows.pivot_table(index="member", columns="quarter", values="value", observed=True).to_numpy()
        _draw_panel(ax, values * unit.factor, target, unit.factor)
        final = values[:, min((study.definition.year_of(target) - BASE_YEAR) * QUARTERS_PER_YEAR, values.shape[1] - 1)]
        met = percent(np.mean([target.met_by(float(value)) for value in final]))
        label = style.wrapped(entry.label(language), 28)
        ax.set_title(f"{label}\n{text('chance', language)} {met}", fontsize=style.SMALL, loc="left")
    for ax in axes[len(group) :]:
        ax.set_visible(False)
    goal = target_label(target.relation, target.value, target.unit, language)
    axes[0].annotate(
        text("target_line", language, value=goal),
        (0.02, target.value * unit.factor),
        xycoords=("axes fraction", "data"),
        xytext=(0, 1.5),
        textcoords="offset points",
        fontsize=style.SMALL,
        color=style.GOAL,
    )


def _draw_panel(ax: Axes, values: NDArray[np.float64], target: Target, factor: float) -> None:
    cuts = np.quantile(values, _CUTS, axis=0)
    when = BASE_YEAR + np.arange(values.shape[1]) / QUARTERS_PER_YEAR
    ax.fill_between(when, cuts[0], cuts[4], color=style.FILL, linewidth=0)
    ax.fill_between(when, cuts[1], cuts[3], color=style.FILL_DARK, linewidth=0)
    ax.plot(when, cuts[2], color=style.LINE, linewidth=1.4)
    ax.axhline(target.value * factor, color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)))
    ax.plot(when[0], cuts[2, 0], marker="o", markersize=3, color=style.INK, clip_on=False)
    low, high = min(cuts[0].min(), target.value * factor), max(cuts[4].max(), target.value * factor)
    old_low, old_high = ax.dataLim.y0, ax.dataLim.y1
    low, high = min(low, old_low), max(high, old_high)
    years = np.arange(BASE_YEAR, int(when[-1]) + 1)
    step = max(1, -(-len(years) // 6))
    ticks = years[::-1][::step][::-1]
    ax.set_xticks(ticks, [f"{year % 100:02d}" if year != ticks[0] else str(year) for year in ticks])
    room = 0.22 * (when[-1] - when[0])
    ax.set_xlim(when[0] - 0.1, when[-1] + room)
    ax.margins(y=0.14)
    side = -1 if abs(cuts[2, 0] - target.value * factor) > 0 and cuts[2, 0] < target.value * factor else 1
    offset = (1, 4 * side) if side > 0 else (1, -4)
    where = "bottom" if side > 0 else "top"
    gap = cuts[4, 0] if side > 0 else cuts[0, 0]
    ax.annotate(
        f"{cuts[2, 0]:.2f}", (when[0], gap), xytext=offset, textcoords="offset points", va=where, fontsize=style.SMALL
    )
    ax.annotate(
        f"{cuts[2, -1]:.2f}",
        (when[-1], cuts[2, -1]),
        xytext=(2, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL,
        color=style.LINE,
    )


CHART = Chart(
    chart_id="fan",
    title_zh="主要目标走势（各情景，年末）",
    title_en="Headline targets under each scenario (end of year)",
    alt_zh="每行一个主要目标，每列一个情景：2020 年底起逐季的中位数、25%–75% 与 5%–95% 区间，虚线为目标值。",
    alt_en="One row per headline target, one panel per scenario: median, 25-75 % and 5-95 % bands by quarter from the "
    "end of 2020, with the target as a dashed line.",
    draw=draw,
)
