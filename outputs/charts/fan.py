"""Fan chart: where each headline target stands, quarter by quarter, under each scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import Unit, percent, text, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure
    from numpy.typing import NDArray

    from model.targets import Target
    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

PER_ROW, PER_NARROW_ROW = 4, 2
ROW_CM, NARROW_ROW_CM = 4.6, 3.5
_CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)


def draw(study: Study, language: str) -> Figure:
    """Draw one row per headline target and one panel per scenario, four side by side or two."""
    targets = study.definition.headline
    groups = style.blocks(study.definition.scenarios, _across())
    n_rows = max(1, len(groups) * len(targets))
    figure = style.new_figure((NARROW_ROW_CM if style.is_narrow() else ROW_CM) * n_rows + 2.4)
    style.head_and_source(figure, f"{CHART.title(language)}\n{text('fan_note', language)}", study, language)
    if not targets:
        return figure
    rows = figure.subfigures(n_rows, 1, squeeze=False)[:, 0]
    places = [(group, target) for group in groups for target in targets]
    for row, (group, target) in zip(rows, places, strict=True):
        _draw_row(row, study, (group, target), language)
    return figure


def _across() -> int:
    return PER_NARROW_ROW if style.is_narrow() else PER_ROW


def _draw_row(row: SubFigure, study: Study, what: tuple[Sequence[ScenarioEntry], Target], language: str) -> None:
    group, target = what
    unit = unit_of(target.unit, language)
    goal = target.value * unit.factor
    axes = row.subplots(1, _across(), sharey=True, squeeze=False)[0]
    heading = _heading(study, group, target, language)
    row.suptitle(heading, x=0.008, ha="left", fontsize=style.NORMAL, color=style.INK)
    panels = [_values(study, entry, target) for entry in group]
    cuts = [np.quantile(values, _CUTS, axis=0) * unit.factor for values in panels]
    for ax, entry, values, lines in zip(axes, group, panels, cuts, strict=False):
        _draw_panel(ax, lines, goal, unit)
        final = (study.definition.year_of(target) - BASE_YEAR) * QUARTERS_PER_YEAR
        met = percent(float(np.mean([target.met_by(float(value)) for value in values[:, final]])))
        title = f"{style.wrapped(entry.label(language), 28)}\n{text('chance', language)} {met}"
        ax.set_title(title, fontsize=style.SMALL, loc="left", linespacing=1.25)
    for ax in axes[len(group) :]:
        ax.set_visible(False)
    _set_limits(axes[0], cuts, goal)
    axes[0].locator_params(axis="y", nbins=6)
    label = text("target_line", language, value=f"{goal:,.10g}")
    right, below = _free_corner(axes[0], cuts[0], goal)
    last = BASE_YEAR + (cuts[0].shape[1] - 1) / QUARTERS_PER_YEAR
    at, offset = (last if right else BASE_YEAR, goal), (-1 if right else 1, -2 if below else 2)
    _note(axes[0], label, at, offset, style.GOAL)


def _heading(study: Study, group: Sequence[ScenarioEntry], target: Target, language: str) -> str:
    chosen = dict.fromkeys(study.definition.reported_definition(entry.scenario_id, target) for entry in group)
    infos = [study.definition.info(target.indicator, definition) for definition in chosen]
    counted = " / ".join(info.definition_zh if language == "zh" else info.definition_en for info in infos)
    name = target.name_zh if language == "zh" else target.name_en
    heading = f"{name} ({unit_of(target.unit, language).name})"
    return style.wrapped(f"{heading} | {counted}" if counted.strip(" /") else heading, 56 if style.is_narrow() else 118)


def _values(study: Study, entry: ScenarioEntry, target: Target) -> NDArray[np.float64]:
    """(n_members, n_quarters + 1) values of the indicator under the definition that the scenario reports first."""
    definition = study.definition.reported_definition(entry.scenario_id, target)
    rows = study.indicators(scenario=entry.scenario_id, indicator=target.indicator, definition=definition)
    return rows["value"].to_numpy().reshape(-1, study.definition.n_quarters + 1)


def _draw_panel(ax: Axes, cuts: NDArray[np.float64], goal: float, unit: Unit) -> None:
    when = BASE_YEAR + np.arange(cuts.shape[1]) / QUARTERS_PER_YEAR
    ax.fill_between(when, cuts[0], cuts[4], color=style.FILL, linewidth=0)
    ax.fill_between(when, cuts[1], cuts[3], color=style.FILL_DARK, linewidth=0)
    ax.plot(when, cuts[2], color=style.LINE, linewidth=1.4)
    ax.plot(when[[0, -1]], [goal, goal], color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)))
    ax.plot(when[0], cuts[2, 0], marker="o", markersize=3, color=style.INK, clip_on=False)
    years = np.arange(BASE_YEAR, int(when[-1]) + 1)
    ticks = years[:: -max(1, -(-len(years) // (3 if style.is_narrow() else 6)))][::-1]
    ax.set_xticks(ticks, [str(ticks[0]), *(f"{year % 100:02d}" for year in ticks[1:])])
    ax.set_xlim(when[0] - 0.1, when[-1] + 0.24 * (when[-1] - when[0]))
    below = cuts[2, 0] < goal
    number = f"{cuts[2, 0]:,.{unit.decimals}f}"
    at = (float(when[0]), float(cuts[0, 0] if below else cuts[4, 0]))
    _note(ax, number, at, (1, -3 if below else 3), style.INK)
    _note(ax, f"{cuts[2, -1]:,.{unit.decimals}f}", (float(when[-1]), float(cuts[2, -1])), (2, 0), style.LINE)


def _note(ax: Axes, words: str, at: tuple[float, float], offset: tuple[float, float], colour: str) -> None:
    """Write beside a point: above it, below it or level with it, as the offset says."""
    level = {1: "bottom", -1: "top", 0: "center"}[int(np.sign(offset[1]))]
    note = ax.annotate(words, at, xytext=offset, textcoords="offset points", fontsize=style.SMALL, color=colour)
    note.set(va=level, ha="right" if offset[0] < 0 else "left")


def _free_corner(ax: Axes, cuts: NDArray[np.float64], goal: float) -> tuple[bool, bool]:
    """Whether the label of the target goes to the right, and below its line: where it covers least of the band."""
    bottom, top = ax.get_ylim()
    high, width = 0.12 * (top - bottom), max(1, round(0.45 * cuts.shape[1]))

    def covered(corner: tuple[bool, bool]) -> float:
        right, below = corner
        near, low = cuts[:, -width:] if right else cuts[:, :width], goal - high if below else goal
        return float(np.clip(np.minimum(near[4], low + high) - np.maximum(near[0], low), 0, None).sum())

    return min(((False, False), (True, True), (True, False)), key=covered)


def _set_limits(ax: Axes, cuts: Sequence[NDArray[np.float64]], goal: float) -> None:
    """Leave room for the base value, which stands outside the band on the side away from the target."""
    low, high = min(goal, *(lines[0].min() for lines in cuts)), max(goal, *(lines[4].max() for lines in cuts))
    span = (high - low) or 1.0
    below = any(lines[2, 0] < goal for lines in cuts)
    above = any(lines[2, 0] >= goal for lines in cuts)
    ax.set_ylim(
        low - ((0.45 if style.is_narrow() else 0.26) if below else 0.1) * span,
        high + (0.3 if style.is_narrow() else 0.22 if above else 0.12) * span,
    )


CHART = Chart(
    chart_id="fan",
    title_zh="主要目标走势（各情景，年末）",
    title_en="Headline targets under each scenario (end of year)",
    alt_zh="每行一个主要目标，每列一个情景：2020 年底起逐季的中位数、25%–75% 与 5%–95% 区间，虚线为目标值。",
    alt_en="One row per headline target, one panel per scenario: median, 25-75 % and 5-95 % bands by quarter from the "
    "end of 2020, with the target as a dashed line.",
    draw=draw,
    has_narrow=True,
)
