"""Fan chart: where each headline target stands, quarter by quarter, under each scenario."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from outputs.charts import published, style
from outputs.charts.chart import Chart
from outputs.language import Unit, percent, text, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure
    from numpy.typing import NDArray

    from model.observed import Observed
    from model.targets import Target
    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

PER_ROW, PER_NARROW_ROW = 4, 2
ROW_CM, NARROW_ROW_CM, LOWEST_ROW_CM = 3.9, 2.6, 2.0
"""A row of panels; in one column rows give way, so that the figure stays on a page."""
HEAD_CM, TARGET_CM = 2.2, 0.8
_CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)


def draw(study: Study, language: str) -> Figure:
    """Draw a strip per headline target, in it a panel per scenario, four side by side or two."""
    targets = study.definition.headline
    notes = published.notes(study, _wanted(study, language), language) if targets else []
    n_rows = len(style.blocks(study.definition.scenarios, _across())) * len(targets)
    beside = HEAD_CM + TARGET_CM * len(targets) + style.foot_cm(notes)
    figure = style.new_figure(max(4.0, _row_cm(n_rows, beside) * n_rows + beside))
    style.head_and_source(figure, f"{CHART.title(language)}\n{text('fan_note', language)}", study, language, notes)
    if targets:
        for strip, target in zip(figure.subfigures(len(targets), 1, squeeze=False)[:, 0], targets, strict=True):
            _draw_strip(strip, study, target, language)
    return figure


def _row_cm(n_rows: int, beside: float) -> float:
    if not style.is_narrow() or not n_rows:
        return ROW_CM
    return max(LOWEST_ROW_CM, min(NARROW_ROW_CM, (style.TALLEST_CM - beside) / n_rows))


def _across() -> int:
    return PER_NARROW_ROW if style.is_narrow() else PER_ROW


def _wanted(study: Study, language: str) -> list[published.Wanted]:
    """What the panels show: each target under every definition that a scenario reports first."""
    found = [
        (target.name_zh if language == "zh" else target.name_en, target.indicator, definition)
        for target in study.definition.headline
        for entry in study.definition.scenarios
        for definition in [study.definition.reported_definition(entry.scenario_id, target)]
    ]
    return list(dict.fromkeys(found))


def _draw_strip(strip: SubFigure, study: Study, target: Target, language: str) -> None:
    entries, unit = study.definition.scenarios, unit_of(target.unit, language)
    strip.suptitle(_heading(study, target, language), x=0.008, ha="left", fontsize=style.NORMAL, color=style.INK)
    points = [_points(study, entry, target) for entry in entries]
    begin = min([float(BASE_YEAR), *(published.at(point) for those in points for point in those)])
    panels = _panels(strip, [len(group) for group in style.blocks(entries, _across())])
    found = []
    for ax, entry, those in zip(panels, entries, points, strict=True):
        values = _values(study, entry, target)
        found.append(np.quantile(values, _CUTS, axis=0) * unit.factor)
        _draw_panel(ax, found[-1], target.value * unit.factor, unit, begin)
        _draw_published(ax, those, unit)
        final = (study.definition.year_of(target) - BASE_YEAR) * QUARTERS_PER_YEAR
        met = percent(float(np.mean([target.met_by(float(value)) for value in values[:, final]])))
        title = f"{style.wrapped(entry.label(language), 28)}\n{text('chance', language)} {met}"
        ax.set_title(title, fontsize=style.SMALL, loc="left", linespacing=1.25)
    goal = target.value * unit.factor
    _set_limits(panels[0], found, [goal, *(point.value * unit.factor for those in points for point in those)])
    panels[0].locator_params(axis="y", nbins=4 if style.is_narrow() else 6)
    _label_goal(panels[0], found[0], goal, begin, language)


def _panels(strip: SubFigure, lengths: Sequence[int]) -> list[Axes]:
    """Panels in rows of those lengths; in one column the years stand below the lowest alone."""
    grid = strip.subplots(len(lengths), _across(), sharey=True, squeeze=False)
    for row, length in zip(grid, lengths, strict=True):
        for ax in row[length:]:
            ax.set_visible(False)
    for above, below in pairwise(grid if style.is_narrow() else ()):
        for ax, lower in zip(above, below, strict=True):
            ax.tick_params(labelbottom=not lower.get_visible())
    return [ax for ax in grid.ravel() if ax.get_visible()]


def _label_goal(ax: Axes, cuts: NDArray[np.float64], goal: float, begin: float, language: str) -> None:
    """Write the value of the target where it covers least of the band."""
    last = BASE_YEAR + (cuts.shape[1] - 1) / QUARTERS_PER_YEAR
    before = round((BASE_YEAR - begin) * QUARTERS_PER_YEAR)
    right, below = _free_corner(ax, cuts, goal, before)
    at, offset = (last if right else begin, goal), (-1 if right else 1, -2 if below else 2)
    _note(ax, text("target_line", language, value=f"{goal:,.10g}"), at, offset, style.GOAL)


def _heading(study: Study, target: Target, language: str) -> str:
    entries = study.definition.scenarios
    chosen = dict.fromkeys(study.definition.reported_definition(entry.scenario_id, target) for entry in entries)
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


def _points(study: Study, entry: ScenarioEntry, target: Target) -> list[Observed]:
    definition = study.definition.reported_definition(entry.scenario_id, target)
    return published.points_of(study, target.indicator, definition)


def _draw_published(ax: Axes, points: Sequence[Observed], unit: Unit) -> None:
    """Published values, those before the base year with their number: the base itself has one."""
    published.mark(ax, points, unit.factor)
    for point in points:
        if published.at(point) < BASE_YEAR:
            value = point.value * unit.factor
            _note(ax, f"{value:,.{unit.decimals}f}", (published.at(point), value), (5, 0), style.INK)


def _draw_panel(ax: Axes, cuts: NDArray[np.float64], goal: float, unit: Unit, begin: float) -> None:
    when = BASE_YEAR + np.arange(cuts.shape[1]) / QUARTERS_PER_YEAR
    ax.fill_between(when, cuts[0], cuts[4], color=style.FILL, linewidth=0)
    ax.fill_between(when, cuts[1], cuts[3], color=style.FILL_DARK, linewidth=0)
    ax.plot(when, cuts[2], color=style.LINE, linewidth=1.4)
    ax.plot([begin, when[-1]], [goal, goal], color=style.GOAL, linewidth=1.0, linestyle=(0, (4, 2)))
    ax.plot(when[0], cuts[2, 0], marker="o", markersize=3, color=style.INK, clip_on=False)
    ticks = _ticks(begin, int(when[-1]))
    ax.set_xticks(ticks, [str(ticks[0]), *(f"{year % 100:02d}" for year in ticks[1:])])
    ax.set_xlim(begin - (0.1 if begin == when[0] else 0.6), when[-1] + 0.24 * (when[-1] - begin))
    below = cuts[2, 0] < goal
    number = f"{cuts[2, 0]:,.{unit.decimals}f}"
    at = (float(when[0]), float(cuts[0, 0] if below else cuts[4, 0]))
    _note(ax, number, at, (1, -3 if below else 3), style.INK)
    _note(ax, f"{cuts[2, -1]:,.{unit.decimals}f}", (float(when[-1]), float(cuts[2, -1])), (2, 0), style.LINE)


def _ticks(begin: float, last: int) -> list[int]:
    """Years of the axis; where it begins before 2020 the first, 2020 and the last."""
    if begin < BASE_YEAR:
        return [round(begin), BASE_YEAR, last]
    years = range(BASE_YEAR, last + 1)
    return list(years[:: -max(1, -(-len(years) // (3 if style.is_narrow() else 6)))][::-1])


def _note(ax: Axes, words: str, at: tuple[float, float], offset: tuple[float, float], colour: str) -> None:
    """Write beside a point: above it, below it or level with it, as the offset says."""
    level = {1: "bottom", -1: "top", 0: "center"}[int(np.sign(offset[1]))]
    note = ax.annotate(words, at, xytext=offset, textcoords="offset points", fontsize=style.SMALL, color=colour)
    note.set(va=level, ha="right" if offset[0] < 0 else "left")


def _free_corner(ax: Axes, cuts: NDArray[np.float64], goal: float, before: int) -> tuple[bool, bool]:
    """Whether the label of the target goes to the right, and below its line; ``before`` quarters have no band."""
    bottom, top = ax.get_ylim()
    high = (0.2 if style.is_narrow() else 0.12) * (top - bottom)
    width = max(1, round(0.45 * (cuts.shape[1] + before)))

    def covered(corner: tuple[bool, bool]) -> float:
        right, below = corner
        near, low = cuts[:, -width:] if right else cuts[:, : max(0, width - before)], goal - high if below else goal
        return float(np.clip(np.minimum(near[4], low + high) - np.maximum(near[0], low), 0, None).sum())

    return min(((False, False), (True, True), (True, False)), key=covered)


def _set_limits(ax: Axes, cuts: Sequence[NDArray[np.float64]], shown: Sequence[float]) -> None:
    """Leave room for the base value, which stands outside the band on the side away from the target.

    ``shown`` are the target and what was published.
    """
    goal = shown[0]
    low, high = min(*shown, *(lines[0].min() for lines in cuts)), max(*shown, *(lines[4].max() for lines in cuts))
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
    alt_zh="每行一个主要目标，每列一个情景：2020 年底起逐季的中位数、25%–75% 与 5%–95% 区间，虚线为目标值，"
    "空心菱形为至 2021 年的公布值。",
    alt_en="One row per headline target, one panel per scenario: median, 25-75 % and 5-95 % bands by quarter from the "
    "end of 2020, with the target as a dashed line and published values to 2021 as hollow diamonds.",
    draw=draw,
)
