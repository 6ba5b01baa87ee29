"""Waterfalls: bars that add up from what is without to what is with, one panel a quantity, whiskers at their ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.policy import FAMILIES
from outputs.attributing import WHOLE
from outputs.attribution_text import name_of, signed
from outputs.charts import style
from outputs.effects import UNTOUCHED
from outputs.language import Unit, text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from outputs.charts.chart import TableChart
    from outputs.store import Study

ROW_CM = {2: 0.46, 4: 0.62}
"""Height of a bar by the panels that stand side by side."""
HEAD_CM = 2.1
MOST_TALL = 8
"""Players up to whom panels stand two by two; with more they stand in one row."""
ROOM = {False: 0.42, True: 1.0}
"""Of the width of what is drawn, right of it, for the numbers: of panels, and of slim ones."""
TITLE = {False: 44, True: 20}
"""Half-width cells in a line of a panel's title."""


@dataclass(frozen=True)
class Panel:
    """One quantity: its rows of the table, its title and how its values are shown."""

    rows: pd.DataFrame
    title: str
    levels: tuple[str, ...]
    """Without and with, and the target where there is one."""
    unit: Unit
    goal: float = np.nan
    """Value of the target; drawn where it lies within the panel."""


def draw(chart: TableChart, study: Study, panels: list[Panel], note: str, language: str) -> Figure:
    """Draw panels, players from top to bottom in the order of the families."""
    names = _names(study, panels[0].rows, language)
    across = 2 if len(names) <= MOST_TALL + 2 or style.is_narrow() else 4
    slim = across == 4 or style.is_narrow()
    each = style.row_cm(names, ROW_CM[across])
    n_rows = -(-len(panels) // across)
    figure = style.table_figure(chart, study, language, [note], n_rows * (each * len(names) + HEAD_CM) + 2.6)
    axes = figure.subplots(n_rows, across, sharey=True, squeeze=False)
    for ax, panel in zip(axes.ravel(), panels, strict=False):
        _draw_panel(ax, panel, ROOM[slim], language)
        parted = "\n" if slim else "；" if language == "zh" else "; "
        title = f"{style.wrapped(panel.title, TITLE[slim])}\n{parted.join(panel.levels)}"
        ax.set_title(title, loc="left", fontsize=style.SMALL if slim else style.NORMAL)
    for ax in axes.ravel()[len(panels) :]:
        ax.set_visible(False)
    axes[0, 0].set_yticks(range(len(names)), names)
    axes[0, 0].set_ylim(len(names) - 0.4, -0.6)
    return figure


def _draw_panel(ax: Axes, panel: Panel, room: float, language: str) -> None:
    """Without at the top, a bar a player, with at the bottom."""
    unit, rows = panel.unit, panel.rows.to_dict("records")
    parts, whole = [row for row in rows if row["player"] != WHOLE], rows[-1]
    start = 0.0 if np.isnan(whole["without"]) else whole["without"] * unit.factor
    steps = start + np.cumsum([0.0, *(row["contribution"] * unit.factor for row in parts)])
    ax.plot([start, start], [-0.35, 0.35], color=style.INK, linewidth=1.6)
    seen = [start]
    for y, (row, before, after) in enumerate(zip(parts, steps[:-1], steps[1:], strict=True), start=1):
        colour = style.FAMILY_COLOURS[FAMILIES.index(row["family"])]
        ax.barh(y, after - before, left=before, height=0.62, color=colour, linewidth=0)
        ax.plot([before, before], [y - 1, y], color=style.MUTED, linewidth=0.5, zorder=0)
        seen += [after, *_whisker(ax, y, row, before, unit)]
        _number(ax, y, max(before, *seen[-3:]), row, unit)
    y = len(parts) + 1
    ax.plot([steps[-1]] * 2, [y - 1, y], color=style.MUTED, linewidth=0.5, zorder=0)
    ax.plot([steps[-1]] * 2, [y - 0.35, y + 0.35], color=style.INK, linewidth=1.6)
    seen += _whisker(ax, y, whole, start, unit)
    _number(ax, y, max(steps[-1], *seen[-2:]), whole, unit)
    _limits(ax, panel, seen, room)
    if all(row["sign"] == UNTOUCHED for row in rows):
        for note in list(ax.texts):
            note.remove()
        words = style.wrapped(text("attr_nothing", language), 14)
        ax.text(0.55, 0.5, words, transform=ax.transAxes, ha="center", va="center", color=style.MUTED)


def _whisker(ax: Axes, y: float, row: dict[object, object], before: float, unit: Unit) -> list[float]:
    """The interval of a step, drawn from where it starts; no line where it has no ends."""
    ends = [before + float(str(row[name])) * unit.factor for name in ("low", "high")]
    if row["sign"] == UNTOUCHED or not np.isfinite(ends).all():
        return [before, before]
    ax.plot(ends, [y, y], color=style.INK, linewidth=0.9)
    return ends


def _number(ax: Axes, y: float, x: float, row: dict[object, object], unit: Unit) -> Text:
    shown = "–" if row["sign"] == UNTOUCHED else signed(float(str(row["contribution"])), unit)
    return ax.annotate(shown, (x, y), xytext=(3, 0), textcoords="offset points", va="center", fontsize=style.SMALL)


def _limits(ax: Axes, panel: Panel, seen: list[float], room: float) -> None:
    """Room for what is drawn and for the numbers; the target too, where it is not far off."""
    low, high = min(seen), max(seen)
    span = high - low or abs(high) * 0.01 or 1.0
    goal = panel.goal * panel.unit.factor
    if low - span <= goal <= high + span:
        ax.axvline(goal, color=style.GOAL, linewidth=0.9, linestyle="--")
        low, high = min(low, goal), max(high, goal)
        span = high - low
    ax.set_xlim(low - 0.06 * span, high + room * span)
    ax.locator_params(axis="x", nbins=4 if room < 0.5 else 2)
    ax.ticklabel_format(axis="x", style="plain", useOffset=False)
    ax.tick_params(axis="y", length=0)


def _names(study: Study, rows: pd.DataFrame, language: str) -> list[str]:
    """Of the bars."""
    width = style.by_width(26 if language == "zh" else 36, 14)
    names = [text("attr_start", language)]
    for row in rows.to_dict("records"):
        name = text("attr_end", language) if row["player"] == WHOLE else ""
        names.append(style.lever_label(name or name_of(study, row["player"], language), width))
    return names
