"""The report as slides, read back and held against the content."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from outputs.language import LANGUAGES
from outputs.report import slides
from outputs.report.content import Figure, Number, Paragraph, Report, Table, plain, spans
from outputs.report.deck import deck
from outputs.report.fitting import height, n_lines, shared
from outputs.report.showing import write
from outputs.report.slides_look import CELL_X, CELL_Y, CHINESE
from outputs.report.trace import read_record

Deck = tuple[str, bytes, Any]


@pytest.fixture(scope="module")
def chosen(report: Report) -> Report:
    """What goes onto slides."""
    return deck(report)


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, chosen: Report) -> Deck:
    """Language, file, and the file read back."""
    language = str(request.param)
    content = slides.render(chosen, language)
    return language, content, Presentation(io.BytesIO(content))


def test_every_section_begins_a_slide_with_its_heading(made: Deck, chosen: Report) -> None:
    """Titles are native and follow the sections; one that needs more slides repeats its own."""
    language, _, file = made
    titles = [slide.shapes.title.text_frame.text for slide in file.slides]
    assert titles[0] == plain(chosen.title, language)
    told = [title for place, title in enumerate(titles[1:]) if place == 0 or title != titles[place]]
    assert told == [plain(section.heading, language) for section in chosen.sections]


def test_what_is_to_be_said_is_said(made: Deck, chosen: Report) -> None:
    """Every paragraph of the content stands on a slide, and findings, targets, cost, method and limits are there."""
    language, _, file = made
    said = [shape.text_frame.text for slide in file.slides for shape in slide.shapes if shape.has_text_frame]
    lines = {line for words in said for line in words.split("\n")}
    texts = [block for section in chosen.sections for block in section.blocks if isinstance(block, Paragraph)]
    assert {plain(block.text, language) for block in texts} <= lines
    ids = {section.section_id for section in chosen.sections}
    assert {"findings", "glance", "main", "definitions", "scenario-plan", "limits", "method", "manifest"} <= ids


def test_tables_are_native_and_hold_the_content(made: Deck, chosen: Report) -> None:
    """Cells of the native tables are those of the content, row by row; a long table repeats its head."""
    language, _, file = made
    native = [shape.table for slide in file.slides for shape in slide.shapes if shape.has_table]
    cells = [[[cell.text_frame.text for cell in row.cells] for row in table.rows] for table in native]
    tables = [block for section in chosen.sections for block in section.blocks if isinstance(block, Table)]
    heads = {tuple(plain(cell, language) for cell in table.header) for table in tables}
    assert {tuple(rows[0]) for rows in cells} == heads
    wanted = [[plain(cell, language) for cell in row] for table in tables for row in table.rows]
    assert [row for rows in cells for row in rows[1:]] == wanted
    assert "main" in {table.table_id for table in tables}


def test_each_chart_has_a_slide_that_says_what_it_shows(made: Deck, report: Report) -> None:
    """A picture has alternative text, caption and source, and its slide the sentence of the chart as its title."""
    language, _, file = made
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, Figure)]
    found = {}
    for slide in file.slides:
        for shape in slide.shapes:
            if shape.shape_type is not None and hasattr(shape, "image"):
                found[shape._element.nvPicPr.cNvPr.get("descr")] = slide
    assert len(figures) == len(found) >= 5
    for figure in figures:
        slide = found[plain(figure.alt, language)]
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert slide.shapes.title.text_frame.text == plain(figure.finding or figure.caption, language)
        assert plain(figure.caption, language) in said
        assert plain(report.source, language) in said
    assert all(figure.finding for figure in figures)


def test_notes_name_every_number_of_their_slide(made: Deck, chosen: Report) -> None:
    """The notes of the slides hold the id of every number with its text, and `trace` reads the record in the file."""
    language, content, file = made
    noted: dict[str, str] = {}
    for slide in file.slides:
        lines = slide.notes_slide.notes_text_frame.text.split("\n")[1:] if slide.has_notes_slide else []
        noted |= dict(line.split("\u3000", 1) for line in lines)
    told = [span for _, words in chosen.texts() for span in spans(words, "zh") if isinstance(span, Number)]
    assert set(noted) == {one.number_id for one in told}
    assert set(noted.items()) <= {(one.number_id, one.text(language)) for one in told}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<numbers>" in parts.read("customXml/item9.xml")


def test_a_deck_is_traced(chosen: Report, tmp_path: Path) -> None:
    """Without the file beside it, the deck alone lists its numbers."""
    path, record = write(chosen, "zh", "pptx", tmp_path)
    record.unlink()
    assert {row["id"] for row in read_record(path)["numbers"]} == set(chosen.numbers())


def test_every_run_names_a_chinese_typeface(made: Deck) -> None:
    """Each run of text on a slide names its East Asian typeface and its language, and so does the theme."""
    language, content, file = made
    runs = [run for slide in file.slides for run in slide._element.iter(qn("a:r"))]
    assert len(runs) > 300
    assert {run.find(f"{qn('a:rPr')}/{qn('a:ea')}").get("typeface") for run in runs} == {CHINESE}
    assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {"zh-CN" if language == "zh" else "en-GB"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        theme = parts.read("ppt/theme/theme1.xml").decode()
    assert re.search(f'<a:minorFont>.*?<a:ea typeface="{CHINESE}"', theme, re.DOTALL)


def test_nothing_leaves_its_slide(made: Deck) -> None:
    """Every shape lies on the slide, text fits its box by the reckoning, and no shape reaches into the next below."""
    _, _, file = made
    for slide in file.slides:
        shapes = [one for one in slide.shapes if one.has_text_frame or one.has_table]
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= file.slide_width
            assert shape.top + shape.height <= file.slide_height
        for shape in shapes:
            others = [one for one in shapes if one.top > shape.top and _side_by_side(one, shape)]
            assert all(shape.top + _needed(shape) <= one.top + Pt(3) for one in others), shape.name


def _side_by_side(one: Any, other: Any) -> bool:
    return bool(one.left < other.left + other.width and other.left < one.left + one.width)


def _needed(shape: Any) -> int:
    """Height that the words of a shape take."""
    if shape.has_table:
        widths = [column.width for column in shape.table.columns]
        rows = [list(zip(row.cells, widths, strict=True)) for row in shape.table.rows]
        return sum(max(_cell(cell, width) for cell, width in row) for row in rows)
    return int(sum(_words(one, shape.width / 360000) for one in shape.text_frame.paragraphs if one.runs) * 360000)


def _cell(cell: Any, width: int) -> int:
    spanned = cell.is_spanned or cell.is_merge_origin
    words = "" if spanned else cell.text_frame.text
    size = next((run.font.size.pt for run in cell.text_frame.paragraphs[0].runs), 9.0)
    return int((height(words, width / 360000 - 2 * CELL_X, size) + 2 * CELL_Y) * 360000)


def _words(paragraph: Any, width: float) -> float:
    return height(paragraph.text, width, paragraph.runs[0].font.size.pt)


def test_the_same_report_is_the_same_file(made: Deck, chosen: Report) -> None:
    """No clock and no order of a dictionary reaches the file."""
    language, content, _ = made
    assert slides.render(chosen, language) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {one.date_time[0] for one in parts.infolist()} == {1980}


def test_slides_say_no_number_that_the_report_does_not(chosen: Report, report: Report) -> None:
    """Every number on a slide is one of the report, from the same place."""
    known = {one.origin for _, one in report.numbers().values()}
    told = [span for _, words in chosen.texts() for span in spans(words, "zh") if isinstance(span, Number)]
    assert len(told) > 200
    assert {one.origin for one in told} <= known


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [("达标概率", 2.0, 1), ("达标概率达标概率", 2.0, 2), ("the chance that it is met", 2.4, 3), ("", 2.0, 1)],
)
def test_lines_are_reckoned_by_the_width_of_their_signs(words: str, width: float, lines: int) -> None:
    """A Chinese sign is as wide as it is high and breaks anywhere, Latin words stay whole."""
    assert n_lines(words, width, 12.0) == lines


def test_pages_get_about_as_much() -> None:
    """Blocks are shared among as few pages as hold them, and none of these takes more than its room."""
    heights = [("a", 3.0), ("b", 3.0), ("c", 3.0), ("d", 3.0), ("e", 3.0)]
    assert shared(heights, 6.5) == [["a", "b"], ["c", "d"], ["e"]]
    assert shared(heights, 9.5) == [["a", "b", "c"], ["d", "e"]]
    assert shared(heights[:1], 2.0) == [["a"]]
