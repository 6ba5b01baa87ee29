"""Share of the gain that each lever or family keeps when it begins later."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.deadline import shown_delays
from outputs.language import text
from outputs.naming import lever_or_family

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from outputs.store import Study
    from outputs.tables import Record

PANEL_CM, NARROW_PANEL_CM = 6.2, 4.4
ROW_CM = 0.72
MOST_LINES = len(style.MARKERS)
"""Levers or families that lines can tell apart; more are cells of a table."""


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw a panel per target: lines where few begin later, else cells with the share and its interval."""
    table = table[table["reported_first"].astype(bool) & table["gain"].notna()]
    starters = list(dict.fromkeys(table["starter"]))
    lines = len(starters) <= MOST_LINES
    targets = [target for target in study.definition.headline if target.target_id in set(table["target"])]
    across = style.by_width(2, 1) if lines else style.by_width(len(targets), 1)
    rows = -(-(len(targets) + lines) // across)
    panel = style.by_width(PANEL_CM, NARROW_PANEL_CM) if lines else ROW_CM * len(starters) + 1.8
    note = text("deadline_axis" if lines else "deadline_heat", language)
    figure = style.table_figure(CHART, study, language, [note], panel * rows + 2.4)
    shape = (rows, across)
    axes = figure.subplots(*shape, squeeze=False, sharey=not lines).ravel()
    for place, (ax, target) in enumerate(zip(axes, targets, strict=False)):
        mine = table[table["target"] == target.target_id]
        name = target.name_zh if language == "zh" else target.name_en
        ax.set_title(style.wrapped(name, 44 if lines else 26), loc="left", fontsize=style.NORMAL)
        if lines:
            _draw_lines(ax, mine, starters, language)
        else:
            names = [lever_or_family(study, starter, language) for starter in starters]
            _draw_cells(ax, mine, (starters, names if place == 0 else []), language)
    for ax in axes[len(targets) :]:
        ax.set(xticks=[], yticks=[])
        ax.set_axis_off()
    if lines:
        _legend(axes[len(targets)], [lever_or_family(study, starter, language) for starter in starters])
    return figure


def _draw_lines(ax: Axes, table: pd.DataFrame, starters: list[str], language: str) -> None:
    """A line per starter, those of one delay side by side so that their bars do not hide each other."""
    delays = shown_delays(table)
    table = table[table["delay"].isin(delays)]
    for place, starter in enumerate(starters):
        mine = table[table["starter"] == starter]
        kept, low, high = (mine[name].to_numpy(np.float64) * 100 for name in ("kept", "kept_low", "kept_high"))
        if not np.isfinite(kept).all():
            continue
        at = mine["delay"].to_numpy(np.float64) + 0.06 * (place - (len(starters) - 1) / 2)
        colour = style.COLOURS[place % len(style.COLOURS)]
        ax.plot(at, kept, color=colour, marker=style.MARKERS[place], markersize=3.5, linewidth=0.9, zorder=3)
        ax.vlines(at, low, high, color=colour, linewidth=1.0)
    if not ax.lines:
        ax.text(0.5, 0.5, text("no_sure_gain", language), ha="center", va="center", transform=ax.transAxes)
        ax.set_yticks([])
    ax.axhline(0.0, color=style.MUTED, linewidth=0.6, zorder=0)
    starts = [set(table[table["delay"] == delay]["start_year"]) for delay in delays]
    # Where all begin in one year, it says more than the years by which they are late.
    alike = all(len(years) == 1 for years in starts)
    ax.set_xticks(delays, [f"{min(years):.0f}" if alike else f"+{d}" for d, years in zip(delays, starts, strict=True)])
    ax.set_xlim(delays[0] - 0.4, delays[-1] + 0.4)
    ax.set_xlabel(text("start_year" if alike else "years_late", language), fontsize=style.SMALL)
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)


def _legend(ax: Axes, names: list[str]) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy, and only drawing needs it

    handles = [
        Line2D([], [], color=style.COLOURS[place], marker=style.MARKERS[place], markersize=3.5, linewidth=0.9)
        for place in range(len(names))
    ]
    ax.legend(handles, [style.wrapped(name, 44) for name in names], loc="center left")


def _draw_cells(ax: Axes, table: pd.DataFrame, named: tuple[list[str], list[str]], language: str) -> None:
    """A row per starter and a column per delay; names stand at the first panel alone."""
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415

    starters, names = named
    delays = [delay for delay in shown_delays(table) if delay]
    if not delays:
        words = style.wrapped(text("no_later_start", language), 24)
        ax.text(0.5, 0.5, words, ha="center", va="center", transform=ax.transAxes)
        ax.set(xticks=[], yticks=[])
        return
    cells = {(row["starter"], row["delay"]): row for row in table[table["delay"].notna()].to_dict("records")}
    kept = np.array([[cells[starter, delay]["kept"] for delay in delays] for starter in starters], np.float64)
    colours = LinearSegmentedColormap.from_list("kept", ["white", style.FILL_DARK])
    ax.imshow(np.nan_to_num(kept), cmap=colours, vmin=0.0, vmax=1.0, aspect="auto")
    for y, starter in enumerate(starters):
        for x, delay in enumerate(delays):
            shown = _cell(cells[starter, delay])
            ax.text(x, y, shown, ha="center", va="center", fontsize=style.SMALL, linespacing=1.0)
    ax.set_xticks(range(len(delays)), [text("late_by", language, n=delay) for delay in delays])
    ax.tick_params(length=0, labelleft=bool(names))
    if names:  # the panels share their rows
        ax.set_yticks(range(len(starters)), [style.wrapped(name, 38) for name in names])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.hlines(np.arange(len(starters) - 1) + 0.5, -0.5, len(delays) - 0.5, color=style.FAINT, linewidth=0.5)


def _cell(row: Record) -> str:
    if math.isnan(row["kept"]):
        return "–"
    return f"{100 * row['kept']:.0f}\n[{100 * row['kept_low']:.0f}, {100 * row['kept_high']:.0f}]"


CHART = TableChart(
    chart_id="deadline",
    table="late",
    title_zh="推迟启动还能保留多少增益",
    title_en="How much of the gain a later start keeps",
    alt_zh="每个主要目标一幅：各措施或措施类别推迟若干年启动后仍保留的增益份额及其 95% 区间。",
    alt_en="A panel for each headline target: the share of its gain that each lever or family keeps when it begins "
    "some years later, with its 95 % interval.",
    draw=draw,
)
