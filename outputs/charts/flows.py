"""Flows of talents, firms and capital between places, origin by destination, summed over the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from outputs import aggregates
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import Unit, significant, text, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from outputs.manifest import ScenarioEntry
    from outputs.store import Study

SHOWN = "plan"
"""Scenario whose flows are drawn; the last of the study when it has none of that name."""
DASH = "–"
ROW_CM, NARROW_ROW_CM = 0.95, 1.03
LIFT_PT = 13.0
"""Of every other name in one column, above its neighbours."""
_UNITS = {"talents": "persons", "firms": "firms", "capital": "yuan"}


def draw(study: Study, language: str) -> Figure:
    """Draw one panel per kind of flow: rows are origins, columns destinations, and net inflow at the right."""
    kinds = aggregates.flow_kinds(study)
    n = len(study.definition.places)
    row, beside, head = (NARROW_ROW_CM, 1.65, 2.4) if style.is_narrow() else (ROW_CM, 1.5, 2.0)
    figure = style.new_figure(max(4.0, len(kinds) * (row * n + beside) + head))
    heading = f"{CHART.title(language)}\n{text('cell_note', language)}"
    style.head_and_source(figure, heading, study, language)
    if not kinds:
        return figure
    entry = _scenario(study)
    years = aggregates.years_of(study)
    last = max((study.definition.year_of(target) for target in study.definition.headline), default=years[-1])
    span = [year for year in years if year <= last]
    for ax, kind in zip(figure.subplots(len(kinds), 1, squeeze=False)[:, 0], kinds, strict=True):
        unit = unit_of(_UNITS.get(kind, ""), language)
        samples = aggregates.flow_samples(study, kind, entry.scenario_id, span) * unit.factor
        _draw_panel(ax, study, samples, language)
        title = _title(kind, unit, entry, span, language)
        ax.set_title(style.wrapped(title, 48 if style.is_narrow() else 118), loc="left", fontsize=style.NORMAL, pad=8)
    return figure


def _scenario(study: Study) -> ScenarioEntry:
    named = [entry for entry in study.definition.scenarios if entry.scenario_id == SHOWN]
    return (named or list(study.definition.scenarios))[-1]


def _title(kind: str, unit: Unit, entry: ScenarioEntry, span: list[int], language: str) -> str:
    values = {"name": text(kind, language), "unit": unit.name, "scenario": entry.label(language)}
    return text("flows_of", language, first=span[0], last=span[-1], **values)


def _draw_panel(ax: Axes, study: Study, samples: NDArray[np.float64], language: str) -> None:
    import seaborn as sns  # noqa: PLC0415 - slow to import, and only drawing needs it
    from matplotlib.colors import LinearSegmentedColormap, PowerNorm  # noqa: PLC0415

    narrow = style.is_narrow()
    names = [style.wrapped(place.name(language), 9 if narrow else 16) for place in study.definition.places]
    n = len(names)
    mean = samples.mean(axis=0) if len(samples) else np.zeros((n, n))
    colours = LinearSegmentedColormap.from_list("house", ["#ffffff", style.FILL, style.FILL_DARK, style.LINE])
    norm = PowerNorm(0.5, vmin=0, vmax=mean.max() or 1.0)
    sns.heatmap(mean, ax=ax, cmap=colours, norm=norm, linecolor="white", linewidths=1, cbar=False)
    # In one column the upper end stands on a line of its own, where a dash would be read as a minus.
    apart = f"\n{text('to', language).lstrip()}" if narrow else text("to", language)
    between = apart if narrow else DASH
    for origin in range(n):
        for destination in range(n):
            cell = samples[:, origin, destination]
            ink = style.ink_on(colours(norm(mean[origin, destination])))
            _cell(ax, (destination + 0.5, origin + 0.5), cell, ink, between)
        net = samples[:, :, origin].sum(axis=1) - samples[:, origin, :].sum(axis=1)
        _cell(ax, (n + 0.65, origin + 0.5), net, style.INK, apart, signed=True)
    ax.set_xlim(0, n + 1.3)
    ax.set_ylim(n, 0)
    ax.xaxis.tick_top()
    net_label = style.wrapped(text("net", language), 6 if narrow else 16)
    # In one column there is no room beside a name: its arrow stands above or below it.
    into, out_of = ("→\n{}", "{}\n→") if narrow else ("→ {}", "{} →")
    ax.set_xticks([*(np.arange(n) + 0.5), n + 0.65], [*map(into.format, names), net_label])
    ax.set_yticks(np.arange(n) + 0.5, list(map(out_of.format, names)), rotation=0)
    ax.tick_params(length=0)
    for tick in ax.xaxis.get_major_ticks()[1:n:2] if narrow else ():
        tick.set_pad(LIFT_PT)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _cell(
    ax: Axes,
    at: tuple[float, float],
    values: NDArray[np.float64],
    colour: str,
    between: str,
    *,
    signed: bool = False,
) -> None:
    if not values.any():
        shown = DASH
    else:
        low, high = np.quantile(values, [0.05, 0.95])
        mean = values.mean()
        digits, plus = (2, "+" if mean > 0 else "") if signed else (3, "")
        shown = f"{plus}{significant(mean, digits)}\n{significant(low, digits)}{between}{significant(high, digits)}"
    ax.text(*at, shown, ha="center", va="center", fontsize=style.SMALL, color=colour, linespacing=1.15)


CHART = Chart(
    chart_id="flows",
    title_zh="人才、企业、资本在各地之间的流动",
    title_en="Flows of talents, firms and capital between places",
    alt_zh="三个矩阵：人才、企业、资本从流出地（行）到流入地（列）的累计流量，格内为均值与 5%–95% 区间，右列为净流入。",
    alt_en="Three matrices, for talents, firms and capital: sums from origin (row) to destination (column), each cell "
    "with mean and 5-95 % band, and net inflow of the row's place at the right.",
    draw=draw,
)
