"""Writing the workbook: a native table a sheet, native charts, dictionary and manifest; the same bytes each time."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from outputs.charts.style import source_line
from outputs.export.dictionary import code_table, indicator_table
from outputs.language import text
from outputs.screen import notes
from outputs.store import Study
from outputs.variance import refuse_design
from outputs.workbook.answers import Answer, fill_answers
from outputs.workbook.charts import add_charts
from outputs.workbook.sheets import SCALED, SHARES, YUAN, heading, sheet_tables, study_tables

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TOP = 4
"""Row, from 0, of the names of the columns; title, content and source stand above."""
_WIDEST, _NARROWEST = 46, 8
WRAPPED = ("section", "sentence", "number_ids")
"""Columns of words that take more lines than one."""
_STYLE = "Table Style Light 9"


class Looks:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Keep the workbook."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **look: Any) -> Format:  # noqa: ANN401 - as xlsxwriter takes them
        """Give the format of a look, in the house font."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Microsoft YaHei", "font_size": 10, **look})
        return self._made[key]


def render(
    study: Study,
    language: str,
    made: Mapping[str, pd.DataFrame] | None = None,
    said: pd.DataFrame | None = None,
    answers: Mapping[str, Sequence[Answer]] | None = None,
) -> bytes:
    """Write a complete study as the bytes of an ``.xlsx`` file.

    Parameters
    ----------
    study : complete, of independent members.
    language : ``zh`` or ``en``.
    made : its tables, `study_tables`, where they are there already.
    said : sentences of its report in the language, for a sheet of their own before the tables; no such sheet if None.
    answers : tables of what verbs have answered, by kind: a sheet each, before the others.

    Returns
    -------
    The same bytes for the same study and language.

    Raises
    ------
    StudyError : the study is not complete, or its members share draws.
    """
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    refuse_design(study)
    made = study_tables(study) if made is None else made
    tables = sheet_tables(study, made, language)
    pages = {
        **({} if said is None else {text("workbook_sentences", language): ("about workbook_sentences", said)}),
        **{text(f"table {name}", language): (f"about {name}", table) for name, table in tables.items()},
        text("workbook_dictionary", language): (
            "about workbook_dictionary",
            _one_language(indicator_table(study), language),
        ),
        text("workbook_codes", language): ("about workbook_codes", _one_language(code_table(study), language)),
        text("workbook_manifest", language): ("about workbook_manifest", _manifest(study)),
    }
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The time in the properties is that of the study, so that nothing depends on when it is written.
    finished = datetime.fromisoformat(study.record["finished"]).replace(tzinfo=None)
    book.set_properties({"title": text("workbook_title", language), "subject": study.study_id, "created": finished})
    looks = Looks(book)
    about = book.add_worksheet(text("workbook_about", language))
    charts = book.add_worksheet(text("workbook_charts", language))
    rows = {}
    for kind, found in (answers or {}).items():
        name = text(f"answers {kind}", language)
        rows[name] = (f"about answers {kind}", sum(len(one.rows) for one in found))
        sheet = book.add_worksheet(name)
        fill_answers(sheet, looks, kind, found)
        _print_on_a4(sheet)
    for place, (name, (key, table)) in enumerate(pages.items()):
        _fill_table(book.add_worksheet(name), looks, (f"table_{place}", text(key, language), study), table, language)
    cells = book.add_worksheet(text("workbook_chart_data", language))
    add_charts(book, (charts, cells), looks, (study, made, language))
    _print_on_a4(charts)
    rows |= {name: (key, len(table)) for name, (key, table) in pages.items()}
    _fill_about(about, looks, study, language, rows)
    book.close()
    return memory.getvalue()


def _fill_table(
    sheet: Worksheet, looks: Looks, about: tuple[str, str, Study], table: pd.DataFrame, language: str
) -> None:
    """Put one table on a sheet: names of columns in the language, formats by unit, panes frozen below the names."""
    table_id, title, study = about
    sheet.write_string(0, 0, sheet.get_name(), looks(bold=True, font_size=14))
    sheet.write_string(1, 0, title, looks(font_color="#404040"))
    sheet.write_string(2, 0, source_line(study, language), looks(font_color="#666666"))
    decimals = table["decimals"].tolist() if "decimals" in table.columns else [None] * len(table)
    shown = table.drop(columns="decimals", errors="ignore")
    columns = [
        {
            "header": heading(str(column), language),
            "header_format": looks(bold=True, text_wrap=True, bg_color="#1F3B57", font_color="#FFFFFF", valign="top"),
        }
        for column in shown
    ]
    last = TOP + max(len(shown), 1)
    sheet.add_table(TOP, 0, last, len(columns) - 1, {"name": table_id, "style": _STYLE, "columns": columns})
    sheet.set_row(TOP, 45)
    for place, column in enumerate(shown.columns):
        for row, value in enumerate(shown[column].tolist()):
            _write(sheet, (TOP + 1 + row, place), value, looks(**_look(str(column), decimals[row])))
        width = _width(str(columns[place]["header"]), shown[column].tolist())
        sheet.set_column(place, place, 2 * width if column == "sentence" else width)
    for row, high in enumerate(_heights(shown), start=TOP + 1):
        sheet.set_row(row, high)
    sheet.freeze_panes(TOP + 1, min(2, len(columns) - 1))
    _print_on_a4(sheet)
    sheet.repeat_rows(TOP)


def _look(column: str, decimals: float | None) -> dict[str, Any]:
    """Number format of a cell."""
    if column in SHARES:
        return {"num_format": "0%"}
    if column in SCALED:
        digits = 2 if decimals is None else int(decimals)
        return {"num_format": "#,##0" + (f".{'0' * digits}" if digits else "")}
    if column in WRAPPED:
        return {"text_wrap": True, "valign": "top"}
    return {"num_format": "#,##0"} if column in YUAN or column in {"yuan_per_unit", "low", "high"} else {}


def _write(sheet: Worksheet, at: tuple[int, int], value: object, look: Format) -> None:
    """Write a cell; what is no number stays empty."""
    if isinstance(value, bool):
        sheet.write_boolean(*at, value, look)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            sheet.write_number(*at, value, look)
        else:
            sheet.write_blank(*at, None, look)
    else:
        sheet.write_string(*at, "" if value is None else str(value), look)


def _width(header: str, values: list[object]) -> float:
    """Width of a column in characters: of its longest value, and half of its name, which is wrapped."""
    longest = max((len(f"{v:,.2f}") if isinstance(v, float) else cell_len(str(v)) for v in values), default=0)
    return min(max(longest + 2, cell_len(header) / 2 + 3, _NARROWEST), _WIDEST)


def _heights(shown: pd.DataFrame) -> list[float]:
    """Heights in points of the rows of a table with wrapped words; none for one without."""
    wide = {column: _WIDEST * (2 if column == "sentence" else 1) for column in WRAPPED if column in shown.columns}
    if not wide:
        return []
    lines = [[math.ceil(1.1 * cell_len(str(one)) / width) for one in shown[name]] for name, width in wide.items()]
    return [15.0 * max(1, *found) for found in zip(*lines, strict=True)]


def _one_language(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Leave out what is in the other language; the scope has its English words under its own name."""
    other = "_en" if language == "zh" else "_zh"
    left_out = [column for column in table.columns if column.endswith(other)]
    return table.drop(columns=[*left_out, *(["scope"] if language == "zh" and "scope" in table.columns else [])])


def _manifest(study: Study) -> pd.DataFrame:
    """One row an item of the manifest, levels joined by dots; levels of levers by quarter stand in their own table."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    plain = study.definition.to_json()
    kept = ("verb", "members", "seed", "scale", "to_year", "n_quarters", "data_hash", "versions", "drawn_from")
    said: dict[str, Any] = {"id": study.study_id, **study.record, **{name: plain.get(name, "") for name in kept}}
    said |= {
        f"scenarios.{row['scenario_id']}": {key: row[key] for key in row if key not in {"scenario_id", "intensities"}}
        for row in plain["scenarios"]
    }
    rows = [(name, value) for key, found in said.items() for name, value in _flat(key, found)]
    return pd.DataFrame(rows, columns=["name", "value"])


def _flat(key: str, value: object) -> list[tuple[str, str]]:
    """An item and those within it."""
    if isinstance(value, dict):
        return [pair for inner, found in value.items() for pair in _flat(f"{key}.{inner}", found)]
    return [(key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))]


def _fill_about(sheet: Worksheet, looks: Looks, study: Study, language: str, pages: dict[str, tuple[str, int]]) -> None:
    """Write the first sheet: what this is, what it says in short, and a list of sheets with links."""
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"{text('workbook_title', language)} · {study.study_id}", looks(bold=True, font_size=16))
    lines = [
        source_line(study, language),
        *(text(f"workbook_{key}", language) for key in ("simulated", "units", "same")),
    ]
    for row, line in enumerate([*lines, "", *notes(study, language)], start=1):
        sheet.write_string(row, 0, line, looks())
    top = len(lines) + len(notes(study, language)) + 3
    for place, key in enumerate(("workbook_sheet", "workbook_holds", "workbook_rows")):
        sheet.write_string(top, place, text(key, language), looks(bold=True, bottom=1))
    own = {text(f"workbook_{key}", language): (f"about workbook_{key}", 0) for key in ("charts", "chart_data")}
    for row, (name, (key, count)) in enumerate({**own, **pages}.items(), start=top + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks(font_color="#0B4F80", underline=1), name)
        sheet.write_string(row, 1, text(key, language), looks())
        if count:
            sheet.write_number(row, 2, count, looks(num_format="#,##0"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 78)
    sheet.set_column(2, 2, 10)
    _print_on_a4(sheet)


def _print_on_a4(sheet: Worksheet) -> None:
    """Print across one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
