"""Where a policy fails: the limits of each box over the range of all runs, and the runs on its first two values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.uncertainties import Uncertainty
from outputs import discovery_text as words
from outputs.charts import style
from outputs.charts.chart import TableChart
from outputs.discovery import Asked, cases_of
from outputs.drawn_values import in_unit, unit_name
from outputs.language import percent, text
from outputs.prim import BoolArray
from outputs.tables import Record

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from outputs.store import Study

PANEL_CM = 5.4
"""Height of a question's panel; one with more limits than four is higher."""
LIMIT_CM, RUNS_CM = 1.0, 3.1


def draw(study: Study, table: pd.DataFrame, language: str) -> Figure:
    """Draw one strip per question of `outputs.discovery.discover_table`."""
    groups = [mine.to_dict("records") for _, mine in table.groupby(["scenario", "target", "case"], sort=False)]
    heights = [_height(rows) if _found(rows) else 1.6 for rows in groups]
    note = text(style.by_width("discover_chart_note", "discover_chart_note_narrow"), language)
    figure = style.table_figure(CHART, study, language, [note], sum(heights) + 2.6)
    strips = figure.subfigures(len(groups), 1, height_ratios=heights, squeeze=False)[:, 0]
    for strip, rows in zip(strips, groups, strict=True):
        _draw_strip(strip, study, rows, language)
    return figure


def _found(rows: Sequence[Record]) -> bool:
    return isinstance(rows[0]["name"], str)


def _height(rows: Sequence[Record]) -> float:
    """Of a strip with limits: beside the runs, in one column above them."""
    limits = LIMIT_CM * len(rows) + 2.0
    return style.by_width(max(PANEL_CM, limits), limits + RUNS_CM)


def _draw_strip(strip: SubFigure, study: Study, rows: Sequence[Record], language: str) -> None:
    first = rows[0]
    title = words.question(study, first, language, "discover_panel")
    if not _found(rows):
        title = style.wrapped(title, style.by_width(120, 50))
        strip.suptitle(f"{title}\n{text('discover_nothing', language)}", x=0.02, ha="left", fontsize=style.NORMAL)
        return
    shares = {
        "density": percent(first["density"]),
        "held": percent(first["held_density"]),
        "coverage": percent(first["coverage"]),
    }
    below = text("discover_box_panel", language, **shares)
    title, below = (style.wrapped(words, style.by_width(120, 50)) for words in (title, below))
    strip.suptitle(f"{title}\n{below}", x=0.02, ha="left", fontsize=style.NORMAL)
    if style.is_narrow():
        left, right = strip.subplots(2, 1, height_ratios=[_height(rows) - RUNS_CM, RUNS_CM])
    else:
        left, right = strip.subplots(1, 2, width_ratios=[1.2, 1.0])
    drawn = study.drawn(scenario=first["scenario"], name=[row["name"] for row in rows])
    columns = {
        row["name"]: drawn[drawn["name"] == row["name"]].sort_values("member")["value"].to_numpy() for row in rows
    }
    _draw_limits(left, rows, columns, language)
    cases = cases_of(study, Asked(*(first[name] for name in ("scenario", "target", "case", "worst"))))
    _draw_runs(right, (rows, columns, cases), language)


def _draw_limits(ax: Axes, rows: Sequence[Record], columns: dict[str, Any], language: str) -> None:
    for y, row in enumerate(rows):
        values = columns[row["name"]] / row["factor"]
        low, high = float(values.min()), float(values.max())
        start = low if math.isnan(row["low"]) else row["low"]
        end = high if math.isnan(row["high"]) else row["high"]
        span = high - low
        ax.plot([0, 1], [y, y], color=style.FAINT, linewidth=5, solid_capstyle="butt")
        ax.plot(
            [(start - low) / span, (end - low) / span], [y, y], color=style.LINE, linewidth=5, solid_capstyle="butt"
        )
        ax.text(0, y - 0.28, style.wrapped(words.limit_name(row, language), 60), va="bottom", fontsize=style.SMALL)
        values_shown = {"p": f"{row['quasi_p']:.1g}", "found": percent(row["halves_with_limit"])}
        ax.text(1.03, y, text("quasi_p", language, **values_shown), va="center", fontsize=style.SMALL)
    ax.set_ylim(len(rows) - 0.4, -1.0)
    ax.set_xlim(0, 1.6)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[["left", "bottom"]].set_visible(False)


def _draw_runs(ax: Axes, what: tuple[Sequence[Record], dict[str, Any], BoolArray], language: str) -> None:
    rows, columns, cases = what
    one, two = rows[0], rows[1] if len(rows) > 1 else rows[0]
    x, y = (np.array([in_unit(value, _item(row)) for value in columns[row["name"]]]) for row in (one, two))
    if len(rows) == 1:
        y = np.linspace(0.0, 1.0, len(x))
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
    ax.plot(x[~cases], y[~cases], "o", markersize=2.6, markerfacecolor="none", color=style.MUTED, markeredgewidth=0.5)
    ax.plot(x[cases], y[cases], "o", markersize=2.6, color=style.GOAL)
    for row, draw_line in ((one, ax.axvline), *(((two, ax.axhline),) if len(rows) > 1 else ())):
        for end in ("low", "high"):
            if not math.isnan(row[end]):
                draw_line(in_unit(row[end] * row["factor"], _item(row)), color=style.LINE, linewidth=1.0)
    ax.set_xlabel(_axis(one, language))
    if len(rows) > 1:
        ax.set_ylabel(_axis(two, language))


def _item(row: Record) -> Uncertainty:
    names = {name: row[name] for name in ("name", "kind", "zh", "en", "unit", "status", "factor")}
    return Uncertainty(group=row["kind"], **names)


def _axis(row: Record, language: str) -> str:
    unit = unit_name(_item(row), language)
    return style.wrapped(f"{row[language]}{f' ({unit})' if unit else ''}", 34)


CHART = TableChart(
    chart_id="discover",
    table="discover",
    title_zh="规划在何处失守",
    title_en="Where the policy fails",
    alt_zh="每个问题一条：左侧为各条件在全部模拟取值范围中的位置，附准 p 值与随机对半中找到的比例；"
    "右侧为前两个条件上的散点，属于此类的模拟为实心。",
    alt_en="One strip per question: at the left each limit within the range of all runs, with its quasi-p-value and "
    "the share of random halves that find it; at the right the runs on the first two values, such runs filled.",
    draw=draw,
)
