"""The report as a Word file, read back and held against the content."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from outputs.language import LANGUAGES
from outputs.report import word
from outputs.report.content import Figure, Report, Table, plain


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest, report: Report) -> tuple[str, bytes]:
    """Language and file."""
    language = str(request.param)
    return language, word.render(report, language)


def test_the_file_holds_the_content(written: tuple[str, bytes], report: Report) -> None:
    """Headings are native, every cell of every table is there, and each number is a bookmark of its id."""
    language, content = written
    document = docx.Document(io.BytesIO(content))
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [plain(section.heading, language) for section in report.sections]
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    assert len(document.tables) == len(tables) + 1  # the title page has one of its own
    for found, table in zip(document.tables[1:], tables, strict=True):
        cells = [cell.text for row in found.rows[1:] for cell in row.cells]
        assert cells == [plain(cell, language) for row in table.rows for cell in row]
    marks = {one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))}
    assert {one for one in marks if one.startswith("n")} == set(report.numbers())


def test_tables_and_pictures_are_those_of_a_printed_report(written: tuple[str, bytes], report: Report) -> None:
    """Header rows repeat, captions are counted by fields, the contents are a field, pictures have alternative text."""
    language, content = written
    document = docx.Document(io.BytesIO(content))
    assert all(table.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None for table in document.tables[1:])
    fields = [one.text or "" for one in document.element.iter(qn("w:instrText"))]
    blocks = [block for section in report.sections for block in section.blocks]
    assert sum("SEQ Table" in field for field in fields) == sum(isinstance(block, Table) for block in blocks)
    assert sum("SEQ Figure" in field for field in fields) == sum(isinstance(block, Figure) for block in blocks)
    assert sum("TOC" in field for field in fields) == 1
    update = document.settings.element.find(qn("w:updateFields"))
    assert update is not None, "Word would open the file with contents that have no pages"
    assert update.get(qn("w:val")) == "true"
    figures = [block for block in blocks if isinstance(block, Figure)]
    told = [one.get("descr") for one in document.element.iter(qn("wp:docPr"))]
    assert told == [plain(figure.alt, language) for figure in figures]


def test_every_style_names_its_fonts(written: tuple[str, bytes]) -> None:
    """No style leans on the theme, whose fonts hold no Chinese, and every style names a Chinese font."""
    document = docx.Document(io.BytesIO(written[1]))
    fonts = list(document.styles.element.iter(qn("w:rFonts")))
    assert fonts
    assert not [name for one in fonts for name in one.attrib if name.endswith("Theme")]
    assert {one.get(qn("w:eastAsia")) for one in fonts} == {"宋体", "黑体"}


def test_the_same_report_is_the_same_file(written: tuple[str, bytes], report: Report) -> None:
    """No clock and no order of a dictionary reaches the file."""
    language, content = written
    assert word.render(report, language) == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {one.date_time[0] for one in file.infolist()} == {1980}
