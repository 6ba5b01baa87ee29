"""Native charts of the workbook, each drawn from cells of one sheet, with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from outputs.charts.style import COLOURS, GOAL
from outputs.intervals import band
from outputs.language import text, unit_of
from outputs.store import Study
from outputs.summary import yearly
from outputs.tables import MOST_IN_CHARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from model.targets import Target

    Tables = Mapping[str, pd.DataFrame]
    Rows = Sequence[Sequence[str | float]]

_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus", "star", "short_dash")
_DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash", "square_dot", "long_dash_dot", "solid")
_APART = 0.08
"""Years between the marks of two scenarios, so that their bars do not hide one another."""
_HIGH, _WIDE = 400, 860
_FONT = {"name": "Microsoft YaHei", "size": 10}
_GRID = {"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#D0D0D0"}}}


class Cells:
    """The sheet that charts are drawn from: blocks of rows, one below the other."""

    def __init__(self, sheet: Worksheet) -> None:
        """Start at the top."""
        self.sheet = sheet
        self._row = 0

    def block(self, title: str, header: Sequence[str], rows: Rows) -> Callable[[int], str]:
        """Write a block; give back what names the cells of one of its columns."""
        from xlsxwriter.utility import xl_range_formula  # noqa: PLC0415 - only workbooks need it

        self.sheet.write_string(self._row, 0, title)
        first = self._row + 2
        for row, values in enumerate([header, *rows], start=self._row + 1):
            for column, value in enumerate(values):
                self.sheet.write(row, column, value)
        last = first + len(rows) - 1
        self._row = last + 3
        return lambda column: str(xl_range_formula(self.sheet.get_name(), first, column, last, column))


def add_charts(
    book: Workbook, sheets: tuple[Worksheet, Worksheet], looks: Callable[..., Any], about: tuple[Study, Tables, str]
) -> None:
    """Put the charts on a sheet, one below the other; more scenarios than a chart can show leave a sentence."""
    (sheet, data), (study, tables, language) = sheets, about
    data.set_column(0, 0, 46)
    if len(study.definition.scenarios) > MOST_IN_CHARTS:
        sheet.write_string(0, 0, text("too_many_note", language, n=MOST_IN_CHARTS), looks())
        return
    cells = Cells(data)
    charts = [_chances(book, cells, (study, tables), language)]
    charts += [_path(book, cells, study, target, language) for target in study.definition.headline]
    charts.append(_costs(book, cells, (study, tables), language))
    for place, chart in enumerate(charts):
        sheet.insert_chart(place * (_HIGH // 20 + 1), 0, chart)
    sheet.hide_gridlines(2)


def _path(book: Workbook, cells: Cells, study: Study, target: Target, language: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    """A target year by year: median and 5 to 95 % of each scenario, and the value of the target."""
    unit = unit_of(target.unit, language, target.value)
    title = text(
        "workbook_fan", language, target=target.name_zh if language == "zh" else target.name_en, unit=unit.name
    )
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    goal, last = target.value * unit.factor, study.definition.n_quarters // QUARTERS_PER_YEAR + BASE_YEAR
    ends = [goal]
    for place, entry in enumerate(study.definition.scenarios):
        rows = _path_rows(study, target, place, unit.factor)
        ends += [row[1] + row[2] for row in rows] + [row[1] - row[3] for row in rows]
        label = text("workbook_median", language, scenario=entry.label(language))
        at = cells.block(f"{title} · {label}", ("x", "p50", "p95 - p50", "p50 - p05"), rows)
        fill = {"color": COLOURS[place]}
        look = {
            "line": {**fill, "width": 1.75, "dash_type": _DASHES[place]},
            "marker": {"type": _MARKERS[place], "size": 6, "fill": fill, "border": fill},
        }
        bars = _bars(at, rows, color=COLOURS[place])
        chart.add_series({"name": label, "categories": at(0), "values": at(1), **look, "y_error_bars": bars})
    at = cells.block(text("target", language), ("x", unit.name), [[BASE_YEAR + 0.5, goal], [last + 0.4, goal]])
    look = {"line": {"color": GOAL, "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"}}
    label = text("target_line", language, value=f"{goal:g} {unit.name}")
    chart.add_series({"name": label, "categories": at(0), "values": at(1), **look})
    x = {"min": BASE_YEAR - 1, "max": last + 1, "major_unit": 1, "num_format": "0", "num_font": _FONT}
    chart.set_x_axis({**x, "major_gridlines": {"visible": False}})
    low, high, step = _limits(min(ends), max(ends))
    chart.set_y_axis({"min": low, "max": high, "major_unit": step, "num_format": "#,##0.0", **_GRID})
    return _finished(chart, title)


def _path_rows(study: Study, target: Target, place: int, factor: float) -> list[list[float]]:
    """Year, moved aside by the place of the scenario; median, and how far the 5 and 95 % quantiles lie from it."""
    scenarios = study.definition.scenarios
    scenario = scenarios[place].scenario_id
    values = yearly(study, target.indicator, study.definition.reported_definition(scenario, target))[scenario]
    rows = []
    for year, column in enumerate(values.T, start=BASE_YEAR):
        cut = {key: value * factor for key, value in band(column).items()}
        aside = (place - (len(scenarios) - 1) / 2) * _APART
        rows.append([year + aside, cut["p50"], cut["p95"] - cut["p50"], cut["p50"] - cut["p05"]])
    return rows


def _limits(low: float, high: float) -> tuple[float, float, float]:
    """Round ends of an axis around what is drawn, and the step between its lines."""
    rough = max(high - low, abs(high) * 1e-3, 1e-9) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough)
    digits = max(0, 1 - math.floor(math.log10(step)))
    ends = (math.floor(low / step) * step, math.ceil(high / step) * step, step)
    return tuple(round(end, digits) for end in ends)  # type: ignore[return-value] # three of them


def _chances(book: Workbook, cells: Cells, about: tuple[Study, Tables], language: str) -> Any:  # noqa: ANN401
    """Chance of each target and of all together, a group of bars each, a bar a scenario."""
    study, table, joint = about[0], about[1]["targets"], about[1]["joint"]
    title = text("workbook_chance", language)
    chart = book.add_chart({"type": "column"})
    for place, entry in enumerate(study.definition.scenarios):
        mine = table[(table["scenario"] == entry.scenario_id) & table["reported_first"]].to_dict("records")
        mine += [
            dict(row) | {"target_zh": text("all_targets", "zh"), "target_en": text("all_targets", "en")}
            for row in joint[joint["scenario"] == entry.scenario_id].to_dict("records")
        ]
        rows = [
            [
                str(row[f"target_{language}"]),
                100.0 * row["chance"],
                100.0 * (row["chance_high"] - row["chance"]),
                100.0 * (row["chance"] - row["chance_low"]),
            ]
            for row in mine
        ]
        at = cells.block(f"{title} · {entry.label(language)}", ("", "%", "+", "-"), rows)
        chart.add_series(
            {
                "name": entry.label(language),
                "categories": at(0),
                "values": at(1),
                "fill": {"color": COLOURS[place]},
                "gap": 80,
                "y_error_bars": _bars(at, rows),
            }
        )
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis({"min": 0, "max": 100, **_GRID})
    return _finished(chart, title)


def _costs(book: Workbook, cells: Cells, about: tuple[Study, Tables], language: str) -> Any:  # noqa: ANN401
    """Cost of the last year: the district's part and that of all payers, a pair of bars a scenario."""
    study, table, unit = about[0], about[1]["costs"], unit_of("yuan", language)
    year = int(table["year"].max())
    sums = table[(table["family"] == "all") & (table["lever"] == "all") & (table["year"] == year)]
    title = text("workbook_cost", language, year=year, unit=unit.name)
    chart = book.add_chart({"type": "column"})
    for place, (payer, label) in enumerate((("district", "paid_district"), ("all", "workbook_all_payers"))):
        found = {row["scenario"]: row for row in sums[sums["payer"] == payer].to_dict("records")}
        rows = []
        for entry in study.definition.scenarios:
            mean, low, high = (found[entry.scenario_id][key] * unit.factor for key in ("mean", "p05", "p95"))
            rows.append([entry.label(language), mean, max(high - mean, 0.0), max(mean - low, 0.0)])
        at = cells.block(f"{title} · {text(label, language)}", ("", unit.name, "+", "-"), rows)
        series = {
            "name": text(label, language),
            "categories": at(0),
            "values": at(1),
            "fill": {"color": COLOURS[place]},
        }
        chart.add_series({**series, "gap": 80, "y_error_bars": _bars(at, rows)})
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis(_GRID)
    return _finished(chart, title)


def _bars(at: Callable[[int], str], rows: Rows, **line: str) -> dict[str, Any]:
    """Error bars from the third and fourth column of a block; the values stand beside the names of their cells."""
    return {
        "type": "custom",
        "plus_values": at(2),
        "minus_values": at(3),
        "plus_data": [row[2] for row in rows],
        "minus_data": [row[3] for row in rows],
        "line": line,
    }


def _finished(chart: Any, title: str) -> Any:  # noqa: ANN401
    """Title, legend and size."""
    chart.set_title(
        {"name": title, "name_font": {"name": "Microsoft YaHei", "size": 12, "bold": False}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_size({"width": _WIDE, "height": _HIGH})
    return chart
