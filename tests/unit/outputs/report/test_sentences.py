"""The sentences of a report in its workbook."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from outputs.language import LANGUAGES
from outputs.report.content import Block, Figure, Paragraph, Report, Text, plain
from outputs.report.reading import Reader
from outputs.report.sentences import sentences
from outputs.workbook.writing import TOP, render


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_says_what_the_report_says(report: Report, reader: Reader, language: str) -> None:
    """A sheet before the tables holds every sentence in order, with ids that are those of the report."""
    said = sentences(report, language)
    book = openpyxl.load_workbook(io.BytesIO(render(reader.study, language, said=said)))
    assert book.sheetnames[2] == {"zh": "结论", "en": "Sentences"}[language]
    rows = list(book.worksheets[2].iter_rows(min_row=TOP + 2, values_only=True))
    texts = [
        (plain(section.heading, language), plain(words, language))
        for section in report.sections
        for block in section.blocks
        for words in _said(block)
    ]
    assert [(section, sentence) for section, sentence, _ in rows] == texts
    assert sum(bool(ids) for *_, ids in rows) > 20
    known = report.numbers()
    for _, sentence, ids in (row for row in rows if row[2]):
        pairs = [one.split(" = ", 1) for one in str(ids).split("; ")]
        assert all(re.fullmatch("n[0-9a-f]{8}", key) and key in known for key, _ in pairs)
        assert all(shown in str(sentence) for _, shown in pairs)


def _said(block: Block) -> list[Text]:
    """Paragraphs, and what a chart shows."""
    if isinstance(block, Paragraph):
        return [block.text]
    return [block.finding] if isinstance(block, Figure) and block.finding else []
