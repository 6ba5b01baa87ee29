"""A report as slides of PowerPoint: native titles, text and tables to edit, charts with alternative text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Cm, Pt

from outputs.language import text
from outputs.report import slides_look
from outputs.report.content import Block, Figure, Heading, Number, Paragraph, Report, Section, Table, Text, plain, spans
from outputs.report.counting import block_key, captions
from outputs.report.fitting import CM_PER_POINT, LEADING, height, n_lines, shared
from outputs.report.office import RECORD, describe, record_xml, undated
from outputs.report.slide_tables import fitted, write_table
from outputs.report.slides_look import BODY_CM, HEIGHT_CM, INK, MARGIN_CM, MUTED, WIDTH_CM, house_presentation, look

if TYPE_CHECKING:
    from pptx.presentation import Presentation as PresentationType
    from pptx.slide import Slide
    from pptx.text.text import _Paragraph

TOP_CM, BOTTOM_CM = 3.1, 17.7
"""Between them stands what a slide says."""
TITLE_CM, TITLE_SIZES = 2.0, (22, 20, 18, 16, 14)
SIZES = {"lead": 16.0, "bullet": 16.0, "body": 15.0, "note": 11.0}
GAP_CM = 0.28
CAPTION, CAPTION_AT_SIDE, SOURCE = 12.0, 14.0, 10.0
PICTURE_CM = (21.5, 14.9)
"""Room of a picture."""


def render(report: Report, language: str) -> bytes:
    """Write what `outputs.report.deck.deck` has chosen in ``zh`` or ``en`` as .pptx; the same gives the same bytes.

    Raises
    ------
    FileNotFoundError : a picture has not been drawn in the language.
    """
    writer = _Writer(report, language)
    writer.cover()
    for section in report.sections:
        writer.section(section)
    return writer.saved()


class _Writer:
    """Writes sections onto slides, one after another."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.language = report, language
        self.made: PresentationType = house_presentation()
        self.counts = captions(report)
        self.slide: Slide
        self.heading: Text = ""
        self.y = TOP_CM
        self.told: dict[str, Number] = {}

    def cover(self) -> None:
        """First slide: title, subtitle, and what all rests on."""
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[0])
        for shape, words, size, top in zip(
            self.slide.placeholders, (self.report.title, self.report.subtitle), (36, 20), (5.0, 9.2), strict=True
        ):
            shape.left, shape.top, shape.width, shape.height = Cm(2.5), Cm(top), Cm(WIDTH_CM - 5), Cm(3.6)
            paragraph = slides_look.plain_frame(shape.text_frame).paragraphs[0]
            self.write(paragraph, words, size, colour=INK if size > 20 else MUTED, bold=size > 20)
            slides_look.to_left(paragraph)
        self.small(plain(self.report.source, self.language), 15.2, 12.0)
        self.small(text("slides_caution", self.language), 16.0, 12.0)
        self.end()

    def section(self, section: Section) -> None:
        """Write a section: its first slide, and as many more as it takes."""
        self.heading = section.heading
        self.new_slide()
        for kind, found in groupby(section.blocks, key=type):
            blocks: list[Any] = list(found)
            if kind is Paragraph:
                self.paragraphs(blocks)
                continue
            for block in blocks:
                self.block(block)
        self.end()

    def block(self, block: Block) -> None:
        """Write one block that is no paragraph."""
        if isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Figure):
            self.figure(block)
        elif isinstance(block, Heading):
            self.small(plain(block.text, self.language), self.y, SIZES["body"])

    def new_slide(self) -> None:
        """Begin a slide under the heading of its section."""
        if self.y > TOP_CM:
            self.end()
        self.slide = self.made.slides.add_slide(self.made.slide_layouts[5])
        title: Any = self.slide.shapes.title
        title.left, title.top, title.width, title.height = (Cm(one) for one in (MARGIN_CM, 0.6, BODY_CM, TITLE_CM))
        words = plain(self.heading, self.language)
        size = next((one for one in TITLE_SIZES if n_lines(words, BODY_CM, one * 1.04) <= 2), TITLE_SIZES[-1])
        paragraph = slides_look.plain_frame(title.text_frame).paragraphs[0]
        self.write(paragraph, self.heading, size, bold=True)
        slides_look.to_left(paragraph)
        slides_look.rule(self.slide, TOP_CM - 0.4)
        self.y = TOP_CM

    def end(self) -> None:
        """Finish a slide: its foot, and the ids of its numbers in the notes."""
        foot = self.box(MARGIN_CM, HEIGHT_CM - 0.95, BODY_CM, 0.6)
        run = foot.add_run()
        run.text = text("slides_foot", self.language, study=self.report.study) + "　"
        look(run, SOURCE, self.language, MUTED)
        slides_look.number_of_slide(foot)
        if self.told:
            notes: Any = self.slide.notes_slide.notes_text_frame
            rows = [f"{key}　{one.text(self.language)}" for key, one in self.told.items()]
            notes.text = "\n".join([text("slides_notes", self.language), *rows])
        self.told, self.y = {}, TOP_CM

    def write(self, paragraph: _Paragraph, words: Text, size: float, **how: Any) -> None:  # noqa: ANN401 - of `look`
        """Add words to a paragraph; numbers are kept for the notes."""
        for span in spans(words, self.language):
            if span == "":  # a run without a sign is as high as the default of a program
                continue
            run = paragraph.add_run()
            run.text = span.text(self.language) if isinstance(span, Number) else span
            look(run, size, self.language, **how)
            if isinstance(span, Number):
                self.told[span.number_id] = span
        paragraph.line_spacing = Pt(size * LEADING)

    def box(self, left: float, top: float, width: float, tall: float) -> _Paragraph:
        """Add a text box and give its first paragraph."""
        shape = self.slide.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(tall))
        return slides_look.plain_frame(shape.text_frame).paragraphs[0]

    def small(self, words: Text, top: float, size: float, left: float = MARGIN_CM, width: float = BODY_CM) -> float:
        """Write small words in a box of their own, and say where they end."""
        tall = height(plain(words, self.language), width, size)
        self.write(self.box(left, top, width, tall), words, size, colour=MUTED)
        return top + tall

    def paragraphs(self, blocks: list[Paragraph]) -> None:
        """Write paragraphs; where they take more than a slide, each slide gets about as much."""
        for place, group in enumerate(shared([(block, self.tall(block)) for block in blocks], BOTTOM_CM - self.y)):
            if place:
                self.new_slide()
            self.text_box(group)

    def tall(self, block: Paragraph) -> float:
        """Height of a paragraph with the gap below it."""
        indent = 0.8 if block.style in {"lead", "bullet"} else 0.0
        return height(plain(block.text, self.language), BODY_CM - indent, SIZES[block.style]) + GAP_CM

    def text_box(self, blocks: list[Paragraph]) -> None:
        """Write paragraphs into one box."""
        tall = sum(self.tall(block) for block in blocks)
        paragraph = self.box(MARGIN_CM, self.y, BODY_CM, tall)
        frame: Any = paragraph._parent  # noqa: SLF001 - the frame of the box
        for place, block in enumerate(blocks):
            one = paragraph if place == 0 else frame.add_paragraph()
            one.space_after = Pt(GAP_CM / CM_PER_POINT)
            if block.style in {"lead", "bullet"}:
                slides_look.bullet(one)
            self.write(one, block.text, SIZES[block.style], colour=MUTED if block.style == "note" else INK)
        self.y += tall

    def table(self, block: Table) -> None:
        """Write a native table with its caption and source; one that is too long goes on, its head repeated."""
        below = sum(height(plain(note, self.language), BODY_CM, SOURCE) for note in block.notes) + 0.9
        fit = fitted(block, self.language, BOTTOM_CM - self.y - below - 0.8)
        if fit.pages > 1 and self.y > TOP_CM:
            self.new_slide()
            fit = fitted(block, self.language, BOTTOM_CM - TOP_CM - below - 0.8)
        for place, rows in enumerate(fit.rows):
            if place:
                self.new_slide()
            label = f"{text('report_table', self.language)}{self.counts[block_key(block)]}"
            caption = self.box(MARGIN_CM, self.y, BODY_CM, 0.6)
            self.write(caption, f"{label} ", CAPTION, bold=True)
            self.write(caption, block.caption, CAPTION, bold=True)
            end = write_table(self, block, fit, rows, self.y + 0.7) + 0.15
            for note in block.notes if place == len(fit.rows) - 1 else ():
                end = self.small(note, end, SOURCE)
            if words := plain(block.source or self.report.source, self.language):
                end = self.small(words, end, SOURCE)
            self.y = end + GAP_CM

    def figure(self, block: Figure) -> None:
        """Put a picture in, with caption, what it shows and source at its side."""
        if self.y > TOP_CM:
            self.new_slide()
        picture: Any = self.slide.shapes.add_picture(
            str(block.file(self.language, "png")), Cm(MARGIN_CM), Cm(TOP_CM - 0.1), height=Cm(PICTURE_CM[1])
        )
        if picture.width > Cm(PICTURE_CM[0]):
            picture.height = int(picture.height * Cm(PICTURE_CM[0]) / picture.width)
            picture.width = Cm(PICTURE_CM[0])
        named = picture._element.nvPicPr.cNvPr  # noqa: SLF001 - the alternative text
        named.set("descr", plain(block.alt, self.language))
        named.set("title", plain(block.caption, self.language))
        left = MARGIN_CM + picture.width / Cm(1) + 0.7
        width = WIDTH_CM - MARGIN_CM - left
        label = f"{text('report_figure', self.language)}{self.counts[block_key(block)]}"
        words = f"{label} {plain(block.caption, self.language)}"
        tall = height(words, width, CAPTION_AT_SIDE)
        self.write(self.box(left, TOP_CM, width, tall), words, CAPTION_AT_SIDE, bold=True)
        end = self.small(block.alt, TOP_CM + tall + 0.35, CAPTION_AT_SIDE - 1, left, width)
        source = plain(block.source or self.report.source, self.language)
        self.small(source, end + 0.35, SOURCE, left, width)
        self.y = BOTTOM_CM

    def saved(self) -> bytes:
        """The file, with its record of numbers, and no trace of when it was written."""
        describe(self.made.core_properties, self.report, self.language)
        package = self.made.part.package
        part = Part(PackURI(RECORD), "application/xml", package, record_xml(self.report, self.language))
        self.made.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
        return undated(self.made)
