"""Tables of what verbs have answered, as sheets of a workbook: a number a cell, unrounded, in the unit of readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outputs.language import LANGUAGES, text
from outputs.report.content import Number, Phrase, Report, Table, Text, plain, spans
from outputs.report.forms import MINUS
from outputs.report.supplements import COMMANDS
from outputs.words.columns import COLUMNS
from outputs.workbook.answers import Answer, Figure

_SHOWN = re.compile(rf"([+{MINUS}]?)([\d,]+)(?:\.(\d+))?(%?)")
BETWEEN = " ()（）–"
"""Signs that may stand between the numbers of a cell that is taken apart."""
PARTS = {1: ("",), 2: ("low", "high"), 3: ("", "low", "high")}
"""Numbers of a cell -> what each of its columns is: the value, the ends of its interval."""


def answer_sheets(report: Report, language: str) -> dict[str, list[Answer]]:
    """Arrange the tables of the sections of verbs.

    Returns
    -------
    Kind of answer -> its tables, in the order of the report; kinds without a table are left out. A column of numbers
    with intervals becomes three, a cell that is no bare number stays words, and the last column has the ids.
    """
    found = {
        section.section_id: [
            _answer(block, language, plain(block.source or report.source, language))
            for block in section.blocks
            if isinstance(block, Table)
        ]
        for section in report.sections
        if section.section_id in COMMANDS
    }
    return {kind: tables for kind, tables in found.items() if tables}


def _answer(table: Table, language: str, source: str) -> Answer:
    parts = [_parts(table, column, language) for column in range(len(table.header))]
    header = [
        f"{plain(head, language)}{_end(part, language)}"
        for head, names in zip(table.header, parts, strict=True)
        for part in names
    ]
    rows = tuple(
        (
            *(
                figure
                for cell, names in zip(row, parts, strict=True)
                for figure in _figures(cell, len(names), language)
            ),
            _ids(row),
        )
        for row in table.rows
    )
    ids = COLUMNS["number_ids"][0 if language == "zh" else 1]
    notes = (*(plain(note, language) for note in table.notes), source)
    return Answer(plain(table.caption, language), tuple(_apart([*header, ids])), rows, notes)


def _parts(table: Table, column: int, language: str) -> tuple[str, ...]:
    """What the columns are that a column becomes: as many as its fullest cell has bare numbers."""
    most = max((len(_bare(row[column], language)) for row in table.rows), default=0)
    return PARTS.get(most, ("",))


def _figures(cell: Text, n: int, language: str) -> Iterator[Figure | str]:
    """A cell as so many cells; what is no bare number stands in the first of them."""
    figures: list[Figure | str] = [_figure(one, language) for one in _bare(cell, language)] or [plain(cell, language)]
    yield from (*figures, *([""] * (n - len(figures))))


def _bare(cell: Text, language: str) -> list[Number]:
    """Numbers of a cell that holds nothing else: no word, no unit, no sign of a bound; none otherwise."""
    if not isinstance(cell, Number | Phrase):
        return []
    found = list(spans(cell, language))
    numbers = [span for span in found if isinstance(span, Number)]
    is_bare = all(_SHOWN.fullmatch(one.text(language)) for one in numbers)
    alone = all(span.strip(BETWEEN) in {"", "to", "至"} for span in found if isinstance(span, str))
    return numbers if is_bare and alone and len(numbers) in PARTS else []


def _figure(number: Number, language: str) -> Figure:
    """The number before it was rounded, with the digits and the sign that the report shows."""
    match = _SHOWN.fullmatch(number.text(language))
    if match is None:
        raise ValueError(number.text(language))
    sign, whole, decimals, percent = match.groups()
    digits = len(decimals or "")
    value = number.unrounded[LANGUAGES.index(language)]
    # A year has four digits and nothing between them.
    plain_whole = "0" if len(whole) > 3 and "," not in whole else "#,##0"
    form = f"{plain_whole}{'.' + '0' * digits if digits else ''}{percent}"
    signed = f"+{form};-{form};{form}" if sign == "+" else form
    return Figure(value / 100.0 if percent else value, signed)


def _ids(row: tuple[Text, ...]) -> str:
    """Ids of the numbers of a row, in its order."""
    found = (span.number_id for cell in row for span in spans(cell, "zh") if isinstance(span, Number))
    return "; ".join(dict.fromkeys(found))


def _end(part: str, language: str) -> str:
    return f"{'：' if language == 'zh' else ': '}{text(f'workbook_{part}', language)}" if part else ""


def _apart(names: list[str]) -> Iterator[str]:
    """Names of columns, a number behind one that stands already; a blank for one without."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield f"{name} {seen[name]}" if seen[name] > 1 else name or " "
