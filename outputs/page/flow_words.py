"""Flows between the district and other places, in words, tables and a chart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from outputs.charts.style import FAINT, INK, LINE, MUTED
from outputs.language import Unit, text, unit_of
from outputs.page.emulated import Figure
from outputs.page.exchange import Flows
from outputs.page.options import FONT
from outputs.page.telling import Words

UNITS = {"talents": "persons", "firms": "firms", "capital": "yuan"}
OUT = "#cc79a7"
Names = Mapping[str, str]
"""Of places, by their id."""


def unit_of_flow(kind: str, flows: Flows, language: str) -> Unit:
    """How one kind of flow is shown: small ones as single persons and firms."""
    largest = max(max(each.into.value, each.out.value) for each in flows.exchanges)
    return _unit(kind, language, largest)


def unit_of_change(kind: str, flows: Flows, language: str) -> Unit:
    """How what is beyond the policy of 2020 is shown; it is far smaller."""
    return _unit(
        kind, language, max(max(abs(each.more_in.value), abs(each.more_out.value)) for each in flows.exchanges)
    )


def _unit(kind: str, language: str, largest: float) -> Unit:
    unit = unit_of(UNITS[kind], language, largest)
    return Unit(unit.factor, text("unit firms", language), unit.decimals) if unit.name == "number" else unit


def title(words: Words, kind: str, unit: Unit) -> str:
    """Of the chart and the tables of one kind."""
    return words.say("flow_of", name=text(kind, words.language), unit=unit.name)


def exchange_rows(flows: Flows, unit: Unit, change: Unit, names: Names) -> list[list[str]]:
    """By other place: in, what is added of it, out, what is added of it."""
    return [
        [
            names[each.place],
            _spread(each.into, unit),
            _more(each.more_in, change),
            _spread(each.out, unit),
            _more(each.more_out, change),
        ]
        for each in flows.exchanges
    ]


def exchange_header(words: Words, change: Unit) -> list[str]:
    """Of `exchange_rows`."""
    return [words.say(key, unit=change.name) for key in ("place", "flow_in", "flow_more", "flow_out", "flow_more")]


def net_line(words: Words, flows: Flows, unit: Unit) -> str:
    """What the district gains in all, beyond the policy of 2020."""
    return words.say("flow_net", more=_more(flows.more_net, unit), unit=unit.name)


def matrix(flows: Flows, unit: Unit, names: Names, places: tuple[str, ...]) -> list[list[str]]:
    """Origin by destination, mean with 5 and 95 %."""
    rows = []
    for origin, place in enumerate(places):
        cells = [names[place]]
        for to in range(len(places)):
            middle, low, high = (each[origin, to] for each in (flows.mean, flows.low, flows.high))
            shown = f"{unit.short(middle)} [{unit.short(low)}, {unit.short(high)}]"
            cells.append(shown if middle or high else "–")
        rows.append(cells)
    return rows


def chart(words: Words, flows: Flows, unit: Unit, names: Names, said: str) -> dict[str, Any]:
    """Bars to the right come into the district, bars to the left leave it; thin lines are 5 to 95 % of members."""
    exchanges = flows.exchanges
    labels = [names[each.place] for each in exchanges]
    series: list[dict[str, Any]] = []
    for key, figures, sign, colour in (
        ("flow_in", [each.into for each in exchanges], 1.0, LINE),
        ("flow_out", [each.out for each in exchanges], -1.0, OUT),
    ):
        bars = [sign * figure.value * unit.factor for figure in figures]
        ends = [
            {"coords": [[sign * figure.low * unit.factor, row], [sign * figure.high * unit.factor, row]]}
            for row, figure in enumerate(figures)
        ]
        line = {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "z": 4}
        style = {"color": INK, "width": 1.5, "opacity": 0.8}
        name = words.say(key)
        series += [
            {"name": name, "type": "bar", "stack": "flow", "data": bars, "itemStyle": {"color": colour}},
            {**line, "data": ends, "lineStyle": style},
            # The ends of the lines once more as unseen points: the axis reaches data, not lines.
            {"type": "scatter", "symbolSize": 0, "silent": True, "data": [end["coords"][1] for end in ends]},
        ]
    return {
        "textStyle": FONT,
        "animation": False,
        "aria": {"enabled": True, "label": {"description": said}},
        "grid": {"left": 8, "right": 18, "top": 52, "bottom": 6, "containLabel": True},
        "legend": {
            "top": 0,
            "left": 0,
            "itemGap": 8,
            "itemWidth": 18,
            "data": [words.say("flow_in"), words.say("flow_out")],
        },
        "xAxis": {
            "type": "value",
            "axisLabel": {"color": INK, "hideOverlap": True, ":formatter": "value => Math.abs(value).toLocaleString()"},
            "splitLine": {"lineStyle": {"color": FAINT}},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": labels,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": MUTED}},
            "axisLabel": {"color": INK, "width": 90, "overflow": "break"},
        },
        "series": series,
    }


def _spread(figure: Figure, unit: Unit) -> str:
    return f"{unit.short(figure.value)} [{unit.short(figure.low)}, {unit.short(figure.high)}]" if figure.high else "–"


def _more(figure: Figure, unit: Unit) -> str:
    """A difference with its interval; none of a single member."""
    if not math.isfinite(figure.low):
        return _signed(figure.value, unit)
    return f"{_signed(figure.value, unit)} [{_signed(figure.low, unit)}, {_signed(figure.high, unit)}]"


def _signed(value: float, unit: Unit) -> str:
    shown = round(value * unit.factor, unit.decimals) + 0.0  # no negative zero
    return f"{shown:+,.{unit.decimals}f}".replace("-", "−") if shown else "0"


__all__ = [
    "UNITS",
    "chart",
    "exchange_header",
    "exchange_rows",
    "matrix",
    "net_line",
    "title",
    "unit_of_change",
    "unit_of_flow",
]
