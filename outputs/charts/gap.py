"""Gap and margin: how far each scenario ends from each headline target, with its spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.policy import BASE_YEAR
from outputs import summary
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import Unit, difference_unit, target_label, text, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from model.targets import Target
    from outputs.store import Study

ROW_CM, NARROW_ROW_CM, PANEL_CM = 0.55, 0.85, 1.7
SHORT = "#efefef"
"""Behind what falls short."""
_CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)


def draw(study: Study, language: str) -> Figure:
    """Draw a panel per target in its unit, zero being the target; in it a row per scenario."""
    targets, entries = study.definition.headline, study.definition.scenarios
    each = (NARROW_ROW_CM if style.is_narrow() else ROW_CM) * len(entries) + PANEL_CM
    figure = style.new_figure(max(4.0, each * len(targets) + 2.4))
    heading = style.heading(CHART.title(language), text("gap_note", language))
    style.head_and_source(figure, heading, study, language)
    if targets:
        for ax, target in zip(figure.subplots(len(targets), 1, squeeze=False)[:, 0], targets, strict=True):
            _draw_panel(ax, study, target, language)
    return figure


def _draw_panel(ax: Axes, study: Study, target: Target, language: str) -> None:
    entries, unit, cuts = study.definition.scenarios, unit_of(target.unit, language), _cuts(study, target)
    for place, entry in enumerate(entries):
        if (row := cuts.get(entry.scenario_id)) is not None:
            _draw_row(ax, place, row * unit.factor)
            where, words = ("axes fraction", "data"), _number(row, unit, language)
            note = ax.annotate(words, (1.02, place), xycoords=where, va="center", fontsize=style.SMALL)
            note.set_annotation_clip(False)
    ends = np.array([0.0, *np.ravel(list(cuts.values()))]) * unit.factor
    room = 0.06 * ((ends.max() - ends.min()) or 1.0)
    ax.set_xlim(ends.min() - room, ends.max() + room)
    ax.axvspan(ax.get_xlim()[0], 0.0, facecolor=SHORT, linewidth=0, zorder=0)
    ax.axvline(0.0, color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)), zorder=1)
    name = target.name_zh if language == "zh" else target.name_en
    goal = target_label(target.relation, target.value, target.unit, language)
    title = f"{name} {goal} ({study.definition.year_of(target)})"
    ax.set_title(style.wrapped(title, 42 if style.is_narrow() else 100), loc="left")
    width = 16 if style.is_narrow() else 30
    ax.set_yticks(range(len(entries)), [style.wrapped(entry.label(language), width) for entry in entries])
    ax.set_ylim(len(entries) - 0.4, -0.6)
    ax.locator_params(axis="x", nbins=4 if style.is_narrow() else 8)
    ax.tick_params(axis="y", length=0, pad=6)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(difference_unit(target.unit, language), fontsize=style.SMALL, labelpad=1)


def _cuts(study: Study, target: Target) -> dict[str, NDArray[np.float64]]:
    """Quantiles of value less target in the target's year, by scenario that has finished runs.

    Each scenario counts under the definition that it reports first.
    """
    about, last = study.definition, study.definition.year_of(target) - BASE_YEAR
    counted = {entry.scenario_id: about.reported_definition(entry.scenario_id, target) for entry in about.scenarios}
    found = {definition: summary.yearly(study, target.indicator, definition) for definition in set(counted.values())}
    return {
        name: np.asarray(np.quantile(found[definition][name][:, last] - target.value, _CUTS), np.float64)
        for name, definition in counted.items()
        if name in found[definition]
    }


def _draw_row(ax: Axes, place: int, row: NDArray[np.float64]) -> None:
    colour = style.COLOURS[place % len(style.COLOURS)]
    ax.plot(row[[0, 4]], [place, place], color=colour, linewidth=1.2, solid_capstyle="butt", zorder=2)
    ax.plot(row[[1, 3]], [place, place], color=colour, linewidth=3.6, solid_capstyle="butt", zorder=2)
    (mark,) = ax.plot(row[2], place, marker=style.MARKERS[place % len(style.MARKERS)], markersize=5.5, zorder=3)
    mark.set(color=colour, markeredgecolor="white", markeredgewidth=0.8)


def _number(row: NDArray[np.float64], unit: Unit, language: str) -> str:
    """Median, and the 5-95 % interval; on a line of its own in one column."""
    low, middle, high = (unit.signed(float(row[k])).replace("-", "−") for k in (0, 2, 4))
    between = "\n" if style.is_narrow() else "  "
    return f"{middle}{between}[{low}{text('to', language)}{high}]"


CHART = Chart(
    chart_id="gap",
    title_zh="与目标的差距和余量",
    title_en="Gap and margin to the targets",
    alt_zh="每个主要目标一幅图，每个情景一行：目标年份结果减去目标值的中位数、25%–75% 与 5%–95% 区间，"
    "虚线为目标，其左侧灰底为未达标。",
    alt_en="A panel per headline target, a row per scenario: result less target in the target's year, with median, "
    "25-75 % and 5-95 % intervals; the dashed line is the target, grey on its left means short of it.",
    draw=draw,
)
