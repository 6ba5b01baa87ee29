"""Options of the page's ECharts, in the colours of the printed charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.targets import Target
from outputs.charts.style import FAINT, FILL, FILL_DARK, GOAL, INK, LINE, MUTED
from outputs.language import Unit, text, unit_of
from outputs.page.confirmed import Confirmed, years_of
from outputs.page.emulated import Emulated, Figure

EMULATED = "#d55e00"
FONT = {
    "fontFamily": "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif",
    "color": INK,
    "fontSize": 13,
}
Bands = Sequence[dict[str, float]]
Group = tuple[str, Sequence[Figure | None], str, str, float]
"""Name, figures by target, colour, symbol, and how far beside the line of the target."""
PER_CENT = {
    "type": "value",
    "min": 0,
    "max": 100,
    "axisLine": {"onZero": False},
    "axisLabel": {"formatter": "{value} %", "color": INK, "hideOverlap": True},
    "splitLine": {"lineStyle": {"color": FAINT}},
}


def chances(
    rows: Sequence[tuple[str, Figure, Figure | None, Figure]], words: tuple[str, str, str], said: str
) -> dict[str, Any]:
    """Chances with 95 % intervals, a line a target.

    Parameters
    ----------
    rows : name, emulated, of true runs where there are any, under the policy of 2020; the first is drawn on top.
    words : emulated, true runs, policy of 2020.
    said : description for those who do not see it.
    """
    names = [name for name, *_ in rows]
    groups: list[Group] = [
        (words[2], [usual for *_, usual in rows], MUTED, "rect", 0.26),
        (words[0], [emulated for _, emulated, *_ in rows], EMULATED, "emptyCircle", 0.0),
        (words[1], [run for _, _, run, _ in rows], LINE, "circle", -0.26),
    ]
    return {
        "textStyle": FONT,
        "animation": False,
        "aria": {"enabled": True, "label": {"description": said}},
        "grid": {"left": 8, "right": 24, "top": 52, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "left": 0, "itemGap": 12, "itemWidth": 14, "data": [group[0] for group in groups]},
        "xAxis": PER_CENT,
        "yAxis": _lines_of(names),
        "series": [one for group in groups for one in _dots_on_bars(group)],
    }


def _dots_on_bars(group: Group) -> list[dict[str, Any]]:
    """Intervals as bars and chances as dots, a line a target, beside those of the other groups."""
    name, figures, colour, symbol, shift = group
    there = [(place + shift, figure) for place, figure in enumerate(figures) if figure]
    return [
        {
            "type": "lines",
            "coordinateSystem": "cartesian2d",
            "silent": True,
            "polyline": False,
            "data": [{"coords": [[100 * f.low, line], [100 * f.high, line]]} for line, f in there],
            "lineStyle": {"color": colour, "width": 3, "opacity": 0.55},
        },
        {
            "name": name,
            "type": "scatter",
            "symbol": symbol,
            "symbolSize": 12,
            "itemStyle": {"color": colour},
            "data": [[100 * f.value, line] for line, f in there],
        },
    ]


def _lines_of(names: Sequence[str]) -> dict[str, Any]:
    """The upright axis: a name a line, the first on top."""
    return {
        "type": "value",
        "min": -0.5,
        "max": len(names) - 0.5,
        "interval": 0.5,
        "inverse": True,
        "axisLine": {"show": True, "lineStyle": {"color": MUTED}},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
        "axisLabel": {
            "color": INK,
            "margin": 10,
            "width": 130,
            "lineHeight": 14,
            "overflow": "break",
            ":formatter": f"value => Number.isInteger(value) ? {names!r}[value] : ''",
        },
    }


def fan(
    target: Target, usual: Bands, emulated: Emulated, row: int, run: Confirmed | None, language: str
) -> dict[str, Any]:
    """One indicator by year: policy of 2020, the emulated range of the last year, true runs, and the target line."""
    unit = unit_of(target.unit, language, target.value)
    years = years_of(usual)
    # Some six labels, the first and, where five divides the years, the last among them; left alone, each chart differs.
    years_told = {"color": INK, "interval": max((len(years) - 1) // 5 - 1, 0)}
    name = target.name_zh if language == "zh" else target.name_en
    series = [*_area(usual, ("p05", "p95"), FAINT, 0.6, unit), _line(usual, MUTED, "dotted", unit)]
    if run:
        mine = run.bands[row]
        series += _area(mine, ("p05", "p95"), FILL, 0.75, unit) + _area(mine, ("p25", "p75"), FILL_DARK, 0.7, unit)
        series.append(_line(mine, LINE, "solid", unit))
    series.append(_whisker(emulated.bands[row], len(years) - 1, unit))
    series.append(_goal(target, len(years), unit, language))
    return {
        "textStyle": FONT,
        "animation": False,
        "aria": {"enabled": True, "label": {"description": name}},
        "grid": {"left": 8, "right": 18, "top": 30, "bottom": 6, "containLabel": True},
        "title": {
            "text": unit.name,
            "textStyle": {"fontSize": 12, "fontWeight": "normal", "color": MUTED},
            "left": 0,
            "top": 2,
        },
        "xAxis": {"type": "category", "data": [str(year) for year in years], "axisLabel": years_told},
        "yAxis": {
            "type": "value",
            "scale": True,
            "axisLabel": {"color": INK},
            "splitLine": {"lineStyle": {"color": FAINT}},
        },
        "series": series,
    }


def _area(bands: Bands, ends: tuple[str, str], colour: str, opacity: float, unit: Unit) -> list[dict[str, Any]]:
    """A band as two stacked lines, the lower one unseen."""
    low, high = ([each[end] * unit.factor for each in bands] for end in ends)
    stack = f"{colour}{ends[0]}"
    plain = {"type": "line", "stack": stack, "stackStrategy": "all", "symbol": "none", "silent": True}
    heights = [top - bottom for bottom, top in zip(low, high, strict=True)]
    return [
        {**plain, "data": low, "lineStyle": {"opacity": 0}},
        {**plain, "data": heights, "lineStyle": {"opacity": 0}, "areaStyle": {"color": colour, "opacity": opacity}},
    ]


def _line(bands: Bands, colour: str, kind: str, unit: Unit) -> dict[str, Any]:
    values = [each["p50"] * unit.factor for each in bands]
    return {"type": "line", "data": values, "symbol": "none", "lineStyle": {"color": colour, "width": 2, "type": kind}}


def _whisker(band: dict[str, float], place: int, unit: Unit) -> dict[str, Any]:
    """The emulated 5 to 95 % range as a bar on the last year, its median as a ring."""
    low, middle, high = (band[name] * unit.factor for name in ("p05", "p50", "p95"))
    ends = [{"coord": [place, low]}, {"coord": [place, high]}]
    style = {"color": EMULATED, "width": 4, "opacity": 0.7, "type": "solid"}
    return {
        "type": "scatter",
        "symbol": "emptyCircle",
        "symbolSize": 11,
        "itemStyle": {"color": EMULATED},
        # The ends are data too, unseen, so that the axis reaches them.
        "data": [[place, middle], *({"value": [place, end], "symbolSize": 0} for end in (low, high))],
        "markLine": {"symbol": "none", "silent": True, "lineStyle": style, "data": [ends], "animation": False},
        "z": 5,
    }


def _goal(target: Target, years: int, unit: Unit, language: str) -> dict[str, Any]:
    """A line of data, so that the axis reaches it."""
    label = {
        "show": True,
        "formatter": text("page_goal", language),
        "position": "right",
        "offset": [2, -10],
        "color": GOAL,
    }
    value = target.value * unit.factor
    return {
        "type": "line",
        "data": [value] * years,
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": GOAL, "type": "dashed", "width": 1.5},
        "markPoint": {"symbolSize": 0.1, "silent": True, "data": [{"coord": [0, value]}], "label": label},
    }


__all__ = ["EMULATED", "FONT", "chances", "fan"]
