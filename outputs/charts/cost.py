"""Cost of each lever in the year of the targets, by family and scenario; the district's share apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from outputs import aggregates
from outputs.charts import style
from outputs.charts.chart import Chart
from outputs.language import Unit, cost_unit, text, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from outputs.manifest import LeverEntry, ScenarioEntry
    from outputs.store import Study

PER_ROW = 4
ROW_CM, NARROW_ROW_CM = 0.5, 0.44


@dataclass(frozen=True)
class _Rows:
    """Rows of the chart from the top: a header per family (lever None), then its levers."""

    families: list[str]
    rows: list[tuple[str, LeverEntry | None]]


def draw(study: Study, language: str) -> Figure:
    """Draw one panel per scenario and one bar per lever, ordered by family; in one column a bar per family."""
    if style.is_narrow():
        return _draw_narrow(study, language)
    rows = _rows(study)
    groups = style.blocks(study.definition.scenarios, PER_ROW)
    each = ROW_CM * 1.06 * len(rows.rows) + 1.6
    figure = style.new_figure(max(4.0, each * len(groups) + 2.6))
    year = study.definition.goal_year
    unit = cost_unit(language)
    heading = f"{CHART.title(language)}\n{text('cost_axis', language, year=year, unit=unit.name)}"
    style.head_and_source(figure, heading, study, language)
    axes = figure.subplots(len(groups), PER_ROW, sharex=True, sharey=True, squeeze=False)
    found = {e.scenario_id: aggregates.cost_samples(study, e.scenario_id, year) for e in study.definition.scenarios}
    top = max((_high(samples) for _, samples in found.values()), default=0.0) * unit.factor
    for line, group in zip(axes, groups, strict=True):
        for ax, entry in zip(line, group, strict=False):
            _draw_panel(ax, study, rows, found[entry.scenario_id], unit)
            title = _title(entry, found[entry.scenario_id], unit, language)
            ax.set_title(title, loc="left", fontsize=style.SMALL, linespacing=1.25)
            ax.set_xlim(0, top * 1.5 or 1.0)
            ax.tick_params(axis="y", length=0)
        for ax in line[len(group) :]:
            ax.set_visible(False)
    _label_rows(axes[0, 0], rows, language)
    _legend(figure, language)
    return figure


def _draw_narrow(study: Study, language: str) -> Figure:
    """Draw one panel: everything together, then family by family, a bar per scenario."""
    entries, levers = study.definition.scenarios, study.definition.levers
    families = list(dict.fromkeys(lever.family for lever in levers))
    groups = [("", list(range(len(levers))))]
    groups += [(name, [i for i, lever in enumerate(levers) if lever.family == name]) for name in families]
    figure = style.new_figure(max(4.0, NARROW_ROW_CM * len(groups) * (len(entries) + 1.3) + 4.2))
    year, unit = study.definition.goal_year, unit_of("yuan", language)
    note = text("cost_axis", language, year=year, unit=unit.name)
    heading = f"{CHART.title(language)}\n{note}\n{text('cost_by_family', language)}"
    style.head_and_source(figure, heading, study, language)
    ax, labels, y = figure.subplots(), [], 0.0
    found = [aggregates.cost_samples(study, entry.scenario_id, year) for entry in entries]
    for name, places in groups:
        title = text(name, language) if name else text("cost_all", language)
        ax.text(0, y, title, va="center", fontsize=style.NORMAL, backgroundcolor="white")
        colour = style.FAMILY_COLOURS[families.index(name) % len(style.FAMILY_COLOURS)] if name else style.MUTED
        for entry, (payers, samples) in zip(entries, found, strict=True):
            y += 1
            district = np.array([payer == "district" for payer in payers], dtype=bool)
            _bar(ax, y, samples[:, places].sum(axis=1), district, (colour, unit))
            labels.append((y, style.wrapped(entry.label(language), 22)))
        y += 1.3
    ax.set_yticks([at for at, _ in labels], [label for _, label in labels])
    ax.set_ylim(y - 0.5, -0.7)
    ax.set_xlim(
        0,
        max((_high(samples.sum(axis=1, keepdims=True)) for _, samples in found), default=0.0) * unit.factor * 1.25
        or 1.0,
    )
    ax.locator_params(axis="x", nbins=4)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    _legend(figure, language)
    return figure


def _rows(study: Study) -> _Rows:
    levers = study.definition.levers
    families = list(dict.fromkeys(lever.family for lever in levers))
    rows: list[tuple[str, LeverEntry | None]] = []
    for family in families:
        rows.append((family, None))
        rows.extend((family, lever) for lever in levers if lever.family == family)
    return _Rows(families, rows)


def _high(samples: NDArray[np.float64]) -> float:
    return float(np.quantile(samples.sum(axis=2), 0.95, axis=0).max(initial=0.0)) if samples.size else 0.0


def _title(entry: ScenarioEntry, found: tuple[list[str], NDArray[np.float64]], unit: Unit, language: str) -> str:
    payers, samples = found
    district = [index for index, payer in enumerate(payers) if payer == "district"]
    total, own = samples.sum(axis=(1, 2)), samples[:, :, district].sum(axis=(1, 2))
    values = {"total": unit.short(total.mean()), "district": unit.short(own.mean())}
    return style.wrapped(entry.label(language), 22) + "\n" + text("cost_total", language, **values)


def _draw_panel(ax: Axes, study: Study, rows: _Rows, found: tuple[list[str], NDArray[np.float64]], unit: Unit) -> None:
    payers, samples = found
    district = np.array([payer == "district" for payer in payers], dtype=bool)
    place = {lever.lever_id: index for index, lever in enumerate(study.definition.levers)}
    for y, (family, lever) in enumerate(rows.rows):
        if lever is None:
            continue
        colour = style.FAMILY_COLOURS[rows.families.index(family) % len(style.FAMILY_COLOURS)]
        _bar(ax, y, samples[:, place[lever.lever_id]], district, (colour, unit))


def _bar(ax: Axes, y: float, yuan: NDArray[np.float64], district: NDArray[np.bool_], look: tuple[str, Unit]) -> None:
    """Mean cost of (n_members, n_payers) yuan, the district's part solid; its spread; the number behind it."""
    colour, unit = look
    mine = yuan * unit.factor
    total, own = mine.sum(axis=1), mine[:, district].sum(axis=1).mean()
    rest = total.mean() - own
    ax.barh(y, own, height=0.62, color=colour, linewidth=0)
    ax.barh(y, rest, left=own, height=0.62, facecolor="white", edgecolor=colour, hatch="/////", linewidth=0.6)
    low, high = np.quantile(total, [0.05, 0.95])
    ax.plot([low, high], [y, y], color=style.INK, linewidth=0.9)
    shown = unit.short(total.mean() / unit.factor)
    ax.annotate(shown, (high, y), xytext=(3, 0), textcoords="offset points", va="center", fontsize=style.SMALL)


def _label_rows(ax: Axes, rows: _Rows, language: str) -> None:
    width = 26 if language == "zh" else 44
    labels = [
        style.lever_label(lever.name(language), width) if lever else f"[{text(family, language)}]"
        for family, lever in rows.rows
    ]
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.locator_params(axis="x", nbins=3)
    for tick, (_, lever) in zip(ax.get_yticklabels(), rows.rows, strict=True):
        tick.set_color(style.INK if lever else style.MUTED)


def _legend(figure: Figure, language: str) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - only drawing needs it

    handles: Sequence[Patch] = [
        Patch(facecolor=style.MUTED, label=text("paid_district", language)),
        Patch(facecolor="white", edgecolor=style.MUTED, hatch="/////", label=text("paid_others", language)),
    ]
    if style.is_narrow():
        figure.legend(handles=handles, loc="lower right")
    else:
        figure.legend(handles=handles, loc="upper right", ncols=2)


CHART = Chart(
    chart_id="cost",
    title_zh="各项措施的费用",
    title_en="Cost of each lever",
    alt_zh="每个情景一幅条形图："
    "目标年份各项措施的费用，按措施类别排列，实心为区财政承担，斜线为其他承担方，横线为 5%–95% 区间。",
    alt_en="One bar chart per scenario: cost of each lever in the year of the targets, ordered by family; solid is "
    "paid by the district, hatched by others, lines are 5-95 % bands.",
    draw=draw,
)
