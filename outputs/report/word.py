"""A report as a Word document: native styles, captions that count, a table of contents, tables to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length

from outputs.language import text
from outputs.report.content import Block, Figure, Heading, Number, Paragraph, Report, Table, Text, plain, spans
from outputs.report.counting import block_key, captions, is_numeric
from outputs.report.office import RECORD, describe, record_xml, undated
from outputs.report.word_styles import WIDTH_CM, house_document

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

STYLES = {"body": "Normal", "lead": "List Bullet", "bullet": "List Bullet", "note": "Note"}


def render(report: Report, language: str) -> bytes:
    """Write a report in ``zh`` or ``en`` as .docx; the same report gives the same bytes.

    Raises
    ------
    FileNotFoundError : a picture has not been drawn in the language.
    """
    writer = _Writer(report, language)
    writer.cover()
    for place, section in enumerate(report.sections):
        heading = writer.heading(section.heading, 1, section.section_id)
        heading.paragraph_format.page_break_before = report.is_brief and place > 0
        for block in section.blocks:
            writer.block(block)
    return writer.saved()


class _Writer:
    """Writes blocks into a document, one after another."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.language = report, language
        self.document: DocumentType = house_document(language, is_brief=report.is_brief)
        self.counts = captions(report)
        self.seen: set[str] = set()
        self.marks = 0

    def cover(self) -> None:
        """Title page with what the report rests on, then the table of contents; a short report has no contents."""
        self.write(self.document.add_paragraph(style="Title"), self.report.title)
        self.write(self.document.add_paragraph(style="Subtitle"), self.report.subtitle)
        if self.report.facts:
            table = self.grid(tuple((name, value) for name, value in self.report.facts), (0.28, 0.72))
            table.alignment = WD_TABLE_ALIGNMENT.LEFT
        if not self.report.is_brief:
            self.contents()
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def contents(self) -> None:
        """Table of contents as a field that Word fills with pages, with the headings in it already."""
        heading = self.document.add_paragraph(style="Subtitle")
        heading.add_run(text("report_contents", self.language))
        heading.paragraph_format.space_before = Cm(1)
        for place, section in enumerate(self.report.sections):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = Cm(0.05)
            if place == 0:
                _field_char(paragraph, "begin", dirty=True)
                _instruction(paragraph, r' TOC \o "1-2" \h \z \u ')
                _field_char(paragraph, "separate")
            paragraph.add_run(plain(section.heading, self.language))
            if place == len(self.report.sections) - 1:
                _field_char(paragraph, "end")

    def block(self, block: Block) -> None:
        """Write one block."""
        if isinstance(block, Heading):
            self.heading(block.text, block.level)
        elif isinstance(block, Paragraph):
            self.write(self.document.add_paragraph(style=STYLES[block.style]), block.text)
        elif isinstance(block, Table):
            self.table(block)
        else:
            self.figure(block)

    def heading(self, words: Text, level: int, mark: str = "") -> WordParagraph:
        """Write a heading, with a bookmark where it has a name, and give it."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        if mark:
            self.mark(paragraph, f"section_{mark}".replace("-", "_"), [plain(words, self.language)])
        else:
            self.write(paragraph, words)
        return paragraph

    def write(self, paragraph: WordParagraph, words: Text) -> None:
        """Add words to a paragraph; the first of each number is bookmarked by its id."""
        for span in spans(words, self.language):
            if isinstance(span, Number) and span.number_id not in self.seen:
                self.seen.add(span.number_id)
                self.mark(paragraph, span.number_id, [span.text(self.language)])
            else:
                paragraph.add_run(span.text(self.language) if isinstance(span, Number) else span)

    def mark(self, paragraph: WordParagraph, name: str, runs: list[str]) -> None:
        """Add runs between the ends of a bookmark."""
        self.marks += 1
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), str(self.marks))
            if kind == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)  # noqa: SLF001 - python-docx knows no bookmarks
            for words in runs if kind == "w:bookmarkStart" else ():
                paragraph.add_run(words)

    def caption(self, block: Table | Figure) -> None:
        """Write ``Table 1`` and the caption; the number is a field that Word counts on."""
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = isinstance(block, Table)
        kind = "report_table" if isinstance(block, Table) else "report_figure"
        paragraph.add_run(text(kind, self.language))
        _field_char(paragraph, "begin")
        _instruction(paragraph, f" SEQ {'Table' if isinstance(block, Table) else 'Figure'} \\* ARABIC ")
        _field_char(paragraph, "separate")
        paragraph.add_run(str(self.counts[block_key(block)]))
        _field_char(paragraph, "end")
        paragraph.add_run(" ")
        self.write(paragraph, block.caption)

    def source(self, block: Table | Figure) -> None:
        """Write where a table or figure comes from."""
        if words := plain(block.source or self.report.source, self.language):
            self.document.add_paragraph(words, style="Source Line")

    def table(self, block: Table) -> None:
        """Write a table whose header is repeated on each page, and whose rows stay whole."""
        self.caption(block)
        share = block.widths or (1 / len(block.header),) * len(block.header)
        numeric = [is_numeric(block, column) for column in range(len(block.header))]
        table = self.grid((block.header, *block.rows), share, numeric)
        first = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx cannot repeat a row
        first.append(OxmlElement("w:tblHeader"))
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        for note in block.notes:
            self.write(self.document.add_paragraph(style="Source Line"), note)
        self.source(block)

    def grid(
        self, rows: tuple[tuple[Text, ...], ...], share: tuple[float, ...], numeric: list[bool] | None = None
    ) -> WordTable:
        """Write cells in columns of fixed width."""
        table: Any = self.document.add_table(0, len(share))
        table.autofit = False
        _rules(table)
        for words in rows:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
            for column, (cell, one) in enumerate(zip(row.cells, words, strict=True)):
                cell.width = Cm(WIDTH_CM * share[column])
                cell.paragraphs[0].style = self.document.styles["Table Text"]
                self.write(cell.paragraphs[0], one)
                if numeric and numeric[column]:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for column, grid_column in enumerate(table.columns):
            grid_column.width = Cm(WIDTH_CM * share[column])
        made: WordTable = table
        return made

    def figure(self, block: Figure) -> None:
        """Put a picture in, what it shows above, with text for those who cannot see it, its caption below."""
        if block.finding is not None:
            lead = self.document.add_paragraph()
            lead.paragraph_format.keep_with_next = True
            self.write(lead, block.finding)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.line_spacing = 1.0  # lines of a fixed height would cut it off
        picture = paragraph.add_run().add_picture(str(block.file(self.language, "png")), width=Cm(WIDTH_CM))
        if picture.height > Cm(block.most_cm):
            picture.width = Length(int(picture.width * Cm(block.most_cm) / picture.height))
            picture.height = Cm(block.most_cm)
        picture._inline.docPr.set("descr", plain(block.alt, self.language))  # noqa: SLF001 - the alternative text
        picture._inline.docPr.set("title", plain(block.caption, self.language))  # noqa: SLF001
        self.caption(block)
        self.source(block)

    def saved(self) -> bytes:
        """The file, with its record of numbers, and no trace of when it was written."""
        describe(self.document.core_properties, self.report, self.language)
        package = self.document.part.package
        part = Part(PackURI(RECORD), "application/xml", record_xml(self.report, self.language), package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
        return undated(self.document)


GAP_TWIPS = 70
"""Room at each side of a cell, in twentieths of a point."""


def _field_char(paragraph: WordParagraph, kind: str, *, dirty: bool = False) -> None:
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    if dirty:
        sign.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(sign)  # noqa: SLF001 - python-docx knows no fields


def _instruction(paragraph: WordParagraph, words: str) -> None:
    element: Any = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = words
    paragraph.add_run()._r.append(element)  # noqa: SLF001 - the same


def _rules(table: WordTable) -> None:
    """Lines above, below and between rows; none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", 12, "222222"), ("bottom", 12, "222222"), ("insideH", 4, "D0D0D0")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    gaps = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        gap = OxmlElement(f"w:{side}")
        gap.set(qn("w:w"), str(GAP_TWIPS))
        gap.set(qn("w:type"), "dxa")
        gaps.append(gap)
    # The order of the schema: borders, layout, margins, then what python-docx has put last.
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx knows no borders
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(gaps)
