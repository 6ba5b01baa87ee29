"""Ladder of firms: how many stand on each rung, year by year and scenario by scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.policy import BASE_YEAR
from outputs import summary
from outputs.charts import published, style
from outputs.charts.chart import Chart
from outputs.language import significant, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from numpy.typing import NDArray

    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

RUNGS = ("champion_firms", "above_scale_firms", "high_tech_enterprises", "technology_smes")
"""From the top; each as it is counted officially, so that a firm may stand on several."""
LEAST_CM, ENTRY_CM, NARROW_ENTRY_CM, TITLE_CM = 3.0, 0.45, 0.78, 1.0
_CUTS = (0.05, 0.5, 0.95)


def draw(study: Study, language: str) -> Figure:
    """Draw a panel per rung that the study counts: medians by scenario, and the spread of the first one."""
    known = {info.indicator: info for info in study.definition.indicators}
    rungs = [(_name(known[rung].name_zh, known[rung].name_en, language), rung) for rung in RUNGS if rung in known]
    notes = published.notes(study, [(name, rung, "") for name, rung in rungs], language) if rungs else []
    n = len(study.definition.scenarios)
    each = max(LEAST_CM, (NARROW_ENTRY_CM if style.is_narrow() else ENTRY_CM) * n + 0.4) + TITLE_CM
    figure = style.new_figure(max(4.0, each * len(rungs) + 2.4 + style.foot_cm(notes)))
    heading = style.heading(CHART.title(language), text("ladder_note" if rungs else "ladder_none", language))
    style.head_and_source(figure, heading, study, language, notes)
    if rungs:
        begin = min([BASE_YEAR, *(published.at(p) for _, rung in rungs for p in published.points_of(study, rung, ""))])
        for ax, (name, rung) in zip(figure.subplots(len(rungs), 1, squeeze=False)[:, 0], rungs, strict=True):
            _draw_panel(ax, study, rung, language)
            ax.set_xlim(left=begin - 0.15)
            ax.set_title(style.wrapped(name, 56 if style.is_narrow() else 100), loc="left")
    return figure


def _name(zh: str, en: str, language: str) -> str:
    return zh if language == "zh" else en


def _draw_panel(ax: Axes, study: Study, rung: str, language: str) -> None:
    values = summary.yearly(study, rung, "")
    years = BASE_YEAR + np.arange(next(iter(values.values())).shape[1])
    cuts = {name: np.quantile(found, _CUTS, axis=0) for name, found in values.items()}
    low, _, high = next(iter(cuts.values()))
    ax.fill_between(years, low, high, color=style.FAINT, alpha=0.6, linewidth=0)
    lines = []
    for place, entry in enumerate(study.definition.scenarios):
        if entry.scenario_id in cuts:
            (line,) = ax.plot(years, cuts[entry.scenario_id][1])
            _look(line, place)
            line.set_label(_entry(entry, cuts[entry.scenario_id][:, -1], language))
            lines.append(line)
    published.mark(ax, published.points_of(study, rung, ""), 1.0)
    ax.set_xlim(right=years[-1] + 0.15)
    step = max(1, -(-len(years) // (3 if style.is_narrow() else 6)))
    ticks = years[::-step][::-1]
    ax.set_xticks(ticks, [str(ticks[0]), *(f"{year % 100:02d}" for year in ticks[1:])])
    ax.locator_params(axis="y", nbins=5)
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)
    ax.legend(handles=lines, loc="center left", bbox_to_anchor=(1.01, 0.5), borderaxespad=0, handlelength=1.6)


def _look(line: Line2D, place: int) -> None:
    colour = style.COLOURS[place % len(style.COLOURS)]
    line.set(color=colour, linewidth=1.2, marker=style.MARKERS[place % len(style.MARKERS)], markersize=3.6)


def _entry(entry: ScenarioEntry, last: NDArray[np.float64], language: str) -> str:
    """Name of a scenario with the number of the last year and its 5-95 % interval."""
    low, middle, high = (significant(float(value), 4) if value >= 1000 else f"{value:.0f}" for value in last)
    name = style.wrapped(entry.label(language), 30)
    between = "\n" if style.is_narrow() else "  "
    return f"{name}{between}{middle} [{low}–{high}]"


CHART = Chart(
    chart_id="ladder",
    title_zh="企业梯队：各级企业数（年末）",
    title_en="Ladder of firms: numbers by rung (end of year)",
    alt_zh="自上而下四幅图：单项冠军、规上工业企业、有效高新技术企业、科技型中小企业的家数，逐年给出各情景的中位数，"
    "灰带为首个情景的 5%–95% 区间，空心菱形为公布值，右侧为末年数值。",
    alt_en="Four panels from the top rung down: champions, above-scale industrial firms, valid high-tech enterprises, "
    "technology SMEs; medians by year and scenario, a grey 5-95 % band of the first scenario, published values as "
    "hollow diamonds, numbers of the last year at the right.",
    draw=draw,
)
