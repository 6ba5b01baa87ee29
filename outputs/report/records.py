"""What a report file carries of its numbers, so that `trace` can lead each back to the runs behind it."""

from __future__ import annotations

import json
from typing import Any

from outputs.report.content import Figure, Report, plain

FORMAT = 1


def records(report: Report, language: str) -> dict[str, Any]:
    """Make the record of a report: its study, and of each number id, section, text, value, unit and origin.

    Returns
    -------
    Plain dictionaries and lists. Figures stand beside the numbers with the study that they show.
    """
    numbers = [
        {
            "id": number_id,
            "section": section,
            "text": number.text(language),
            "value": number.value,
            "unit": number.unit,
            "study": number.origin.study,
            "table": number.origin.table,
            "where": dict(number.origin.where),
            "column": number.origin.column,
        }
        for number_id, (section, number) in report.numbers().items()
    ]
    figures = [
        {
            "id": block.figure_id,
            "section": section.section_id,
            "study": block.study,
            "text": plain(block.caption, language),
        }
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]
    known = {"study": report.study, "folder": report.folder, "language": language}
    return {"format": FORMAT, **known, "numbers": numbers, "figures": figures}


def as_json(report: Report, language: str) -> str:
    """The record as JSON, a number a line, so that a person can search it."""
    found = records(report, language)
    lines = {
        name: ",\n".join(json.dumps(row, ensure_ascii=False) for row in found.pop(name))
        for name in ("numbers", "figures")
    }
    head = json.dumps(found, ensure_ascii=False)[:-1]
    return f'{head}, "numbers": [\n{lines["numbers"]}\n], "figures": [\n{lines["figures"]}\n]}}\n'
