"""Schematic of the three cities: boxes, and arrows as wide as what flows between them; no map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from outputs import aggregates
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import significant, text, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

SHOWN = "plan"
"""Scenario whose flows are drawn; the last of the study when it has none of that name."""
UNITS = {"talents": "persons", "firms": "firms", "capital": "yuan"}
N_CITIES = 3
WIDEST_PT, THINNEST_PT = 8.0, 0.7
_CUTS = (0.05, 0.5, 0.95)
Point = tuple[float, float]
Across: TypeAlias = Literal["left", "center", "right"]
Up: TypeAlias = Literal["bottom", "center", "top"]
# Heights of a panel, in centimetres from its foot.
EDGE, TITLE_CM, CM_PER_PT = 0.04, 0.7, 2.54 / 72
BAR_TOP, BOX_FOOT, FOCAL_TOP, BOX_TOP, TOP = 0.55, 2.05, 3.95, 5.2, 5.7
LOWER, UPPER = 2.55, 3.3
"""Arrows out of the focal city and into it."""
PAST_LOWER, PAST_UPPER = 4.55, 4.95
"""Arrows between the other two, which pass above it."""


@dataclass(frozen=True)
class _Panel:
    """Where the boxes of a panel stand, from left to right: a city, the focal one, the other city."""

    width: float
    box: float
    samples: NDArray[np.float64]
    """(n_members, 4, 4) focal city, left, right, everywhere else; as shown."""
    whole: bool
    """Whether the numbers are counts."""

    @property
    def means(self) -> NDArray[np.float64]:
        """(4, 4) mean flow; what stays is not drawn."""
        means: NDArray[np.float64] = self.samples.mean(axis=0) * (1 - np.eye(N_CITIES + 1))
        return means

    @property
    def has_others(self) -> bool:
        """Whether anything flows to or from everywhere else."""
        return bool(self.means[N_CITIES].any() or self.means[:, N_CITIES].any())

    @property
    def passes(self) -> bool:
        """Whether anything flows between the two cities beside the focal one."""
        return bool(self.means[1, 2] or self.means[2, 1])

    @property
    def foot(self) -> float:
        """Height at which what is drawn begins."""
        return -EDGE if self.has_others else BOX_FOOT - 0.3

    @property
    def top(self) -> float:
        """Height at which it ends."""
        return TOP if self.passes else FOCAL_TOP + EDGE

    def arrow_pt(self, origin: int, destination: int) -> float:
        """Width of an arrow."""
        means = self.means
        return max(THINNEST_PT, WIDEST_PT * float(np.sqrt(means[origin, destination] / means.max())))

    def beside(self, origin: int, destination: int) -> float:
        """Distance of a number from the middle of its arrow, centimetres."""
        return 0.1 + self.arrow_pt(origin, destination) / 2 * CM_PER_PT

    def shown(self, value: float, digits: int = 3, *, signed: bool = False) -> str:
        """A number as it is written."""
        if self.whole:
            value = round(float(value))
            words = f"{value:,.0f}".replace("-", "−")
        else:
            words = significant(float(value), digits)
        return f"+{words}" if signed and value > 0 else words

    def told(self, values: NDArray[np.float64], *, signed: bool = False) -> tuple[str, str, str]:
        """Lower end, median and upper end; the ends of an interval are short where room is."""
        low, middle, high = np.quantile(values, _CUTS)
        digits = 2 if style.is_narrow() else 3
        first, last = (self.shown(end, digits, signed=signed) for end in (low, high))
        return first, self.shown(middle, signed=signed), last

    def middle(self, city: int) -> float:
        """Centre of a city's box."""
        return (self.width / 2, self.box / 2, self.width - self.box / 2)[city]


def draw(study: Study, language: str) -> Figure:
    """Draw a panel per kind of flow, summed over the plan."""
    entry, years = _scenario(study), _years(study)
    panels = {
        kind: _panel(study, kind, aggregates.flow_samples(study, kind, entry.scenario_id, years), language)
        for kind in aggregates.flow_kinds(study)
        if kind in UNITS and study.finished_members(entry.scenario_id)
    }
    heights = [panel.top - panel.foot + TITLE_CM for panel in panels.values()]
    figure = style.new_figure(max(4.0, sum(heights) + 3.0))
    note = text("cities_note", language, scenario=entry.label(language), first=years[0], last=years[-1])
    if not panels:
        note = f"{entry.label(language)}{'：' if language == 'zh' else ': '}{text('no_data', language)}"
    style.head_and_source(figure, style.heading(CHART.title(language), note), study, language)
    if panels:
        axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
        for ax, (kind, panel) in zip(axes, panels.items(), strict=True):
            _draw_panel(ax, panel, study, language)
            ax.set_title(f"{text(kind, language)} ({unit_of(UNITS[kind], language).name})", loc="left", pad=2)
    return figure


def _panel(study: Study, kind: str, samples: NDArray[np.float64], language: str) -> _Panel:
    """Sizes, and samples in which all places after the three cities are one."""
    n = len(study.definition.places)
    into = np.zeros((n, N_CITIES + 1))
    into[np.arange(n), np.minimum(np.arange(n), N_CITIES)] = 1.0
    joined = np.einsum("mod,oa,db->mab", samples, into, into) * unit_of(UNITS[kind], language).factor
    narrow = style.is_narrow()
    return _Panel(8.2 if narrow else 16.6, 1.75 if narrow else 3.4, joined, UNITS[kind] == "firms")


def _scenario(study: Study) -> ScenarioEntry:
    named = [entry for entry in study.definition.scenarios if entry.scenario_id == SHOWN]
    return (named or list(study.definition.scenarios))[-1]


def _years(study: Study) -> list[int]:
    return [year for year in aggregates.years_of(study) if year <= study.definition.goal_year]


def _draw_panel(ax: Axes, panel: _Panel, study: Study, language: str) -> None:
    """Boxes of the cities over a bar for everywhere else, arrows between them, numbers beside these."""
    ax.set(xlim=(-EDGE, panel.width + EDGE), ylim=(panel.foot, panel.top), xticks=[], yticks=[])
    ax.set_axis_off()
    places = study.definition.places
    for city in range(N_CITIES):
        _box(ax, panel, city, (places[city].name(language), language))
    for side, city in ((-1, 1), (1, 2)):
        _between(ax, panel, city, side)
    if panel.passes:
        _past(ax, panel)
    if panel.has_others:
        _rectangle(ax, (0, 0, panel.width, BAR_TOP), style.FAINT)
        others = ("、" if language == "zh" else ", ").join(place.name(language) for place in places[N_CITIES:])
        _write(ax, (panel.width / 2, BAR_TOP / 2), others, "center", "center")
        for city in range(N_CITIES):
            _to_elsewhere(ax, panel, city)


def _box(ax: Axes, panel: _Panel, city: int, names: tuple[str, str]) -> None:
    """Name, and what comes less what goes, all other places together."""
    name, language = names
    mine = panel.samples[:, :, city].sum(axis=1) - panel.samples[:, city, :].sum(axis=1)
    low, middle, high = panel.told(mine, signed=True)
    top = BOX_TOP if city and panel.passes else FOCAL_TOP
    x, centre = panel.middle(city), (BOX_FOOT + FOCAL_TOP) / 2
    _rectangle(ax, (x - panel.box / 2, BOX_FOOT, panel.box, top - BOX_FOOT), style.FILL)
    gap = "\n" if style.is_narrow() else ""
    words = f"{text('cities_net', language)}\n{middle}\n({low}{gap}{text('to', language)}{high})"
    ax.text(x, centre + 0.68, name, ha="center", va="center", fontsize=style.NORMAL)
    _write(ax, (x, centre - 0.2), words, "center", "center")


def _rectangle(ax: Axes, bounds: tuple[float, float, float, float], colour: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - only drawing needs it

    x, y, width, height = bounds
    ax.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor=style.MUTED, linewidth=0.6))


def _between(ax: Axes, panel: _Panel, city: int, side: int) -> None:
    """Both ways between the focal city and one beside it."""
    inner = panel.middle(0) + side * panel.box / 2
    outer = panel.middle(city) - side * panel.box / 2
    at = (inner + outer) / 2
    if _arrow(ax, panel, (0, city), ((inner, LOWER), (outer, LOWER))):
        _write(ax, (at, LOWER - panel.beside(0, city)), _number(panel, 0, city, "\n"), "center", "top")
    if _arrow(ax, panel, (city, 0), ((outer, UPPER), (inner, UPPER))):
        _write(ax, (at, UPPER + panel.beside(city, 0)), _number(panel, city, 0, "\n"), "center", "bottom")


def _past(ax: Axes, panel: _Panel) -> None:
    """Both ways between the other two cities."""
    left, right = panel.middle(1) + panel.box / 2, panel.middle(2) - panel.box / 2
    at = panel.width / 2
    if _arrow(ax, panel, (1, 2), ((left, PAST_UPPER), (right, PAST_UPPER))):
        _write(ax, (at, PAST_UPPER + panel.beside(1, 2)), _number(panel, 1, 2, " "), "center", "bottom")
    if _arrow(ax, panel, (2, 1), ((right, PAST_LOWER), (left, PAST_LOWER))):
        _write(ax, (at, PAST_LOWER - panel.beside(2, 1)), _number(panel, 2, 1, " "), "center", "top")


def _to_elsewhere(ax: Axes, panel: _Panel, city: int) -> None:
    """Down to everywhere else and up from there, with the numbers on the side that has room."""
    right = city == N_CITIES - 1
    edge = panel.middle(city) + (panel.box / 2 - 0.2 if right else 0.2 - panel.box / 2)
    step = -0.4 if right else 0.4
    words = []
    if _arrow(ax, panel, (city, N_CITIES), ((edge, BOX_FOOT), (edge, BAR_TOP))):
        words.append("↓ " + _number(panel, city, N_CITIES, "\n"))
    if _arrow(ax, panel, (N_CITIES, city), ((edge + step, BAR_TOP), (edge + step, BOX_FOOT))):
        words.append("↑ " + _number(panel, N_CITIES, city, "\n"))
    at = edge + step + step / abs(step) * 0.25, (BAR_TOP + BOX_FOOT) / 2
    _write(ax, at, "\n".join(words), "right" if right else "left", "center")


def _arrow(ax: Axes, panel: _Panel, flow: tuple[int, int], ends: tuple[Point, Point]) -> bool:
    """Draw one way; nothing where nothing ever moves."""
    from matplotlib.patches import FancyArrowPatch  # noqa: PLC0415

    origin, destination = flow
    if not panel.means[origin, destination]:
        return False
    width = panel.arrow_pt(origin, destination)
    shape = f"simple,tail_width={width:.3f},head_width={width + 4:.3f},head_length=5"
    arrow = FancyArrowPatch(*ends, arrowstyle=shape, mutation_scale=1, shrinkA=0, shrinkB=0)
    colour = style.LINE if destination == 0 else style.GOAL if origin == 0 else style.MUTED
    arrow.set(facecolor=colour, edgecolor="none", zorder=3)
    ax.add_patch(arrow)
    return True


def _number(panel: _Panel, origin: int, destination: int, gap: str) -> str:
    low, middle, high = panel.told(panel.samples[:, origin, destination])
    return f"{middle}{gap}({low}–{high})"


def _write(ax: Axes, at: Point, words: str, across: Across, up: Up) -> None:
    ax.text(*at, words, ha=across, va=up, fontsize=style.SMALL, linespacing=1.05)


CHART = Chart(
    chart_id="cities",
    title_zh="三地之间的人才、企业与资本流动示意",
    title_en="Schematic of flows of talents, firms and capital between the three cities",
    alt_zh="三幅示意图：鄞州居中，杭州与上海在两侧，下方横条为其他地区；箭头宽度随流量平方根变化，"
    "旁注中位数与 5%–95% 区间，框内为净流入。",
    alt_en="Three schematics with Yinzhou in the middle, the other two cities beside it and everywhere else as a bar "
    "below: arrows widen with the square root of the flow, with medians and 5-95 % intervals beside them and net "
    "inflow in the boxes.",
    draw=draw,
)
