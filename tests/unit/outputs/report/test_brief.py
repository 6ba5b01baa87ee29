"""The brief: two pages, the answer first."""

from __future__ import annotations

import io
import re
from argparse import Namespace
from pathlib import Path
from typing import cast

import docx
import pytest

from model.errors import StudyError
from model.wiring import Wiring
from outputs.language import LANGUAGES
from outputs.report import brief as briefs
from outputs.report import findings, html, pdf, word
from outputs.report.brief import brief
from outputs.report.content import Figure, Paragraph, Report, Table, plain
from outputs.report.reading import Reader
from outputs.report.showing import report as run_report
from outputs.report.showing import write


@pytest.fixture(scope="module")
def made(reader: Reader) -> Report:
    """The brief of the made-up study."""
    return brief(reader)


def test_the_answer_comes_first_and_its_doubts_after(made: Report, reader: Reader) -> None:
    """The first sentence is the chance of all targets under every scenario; cost and the chart of chances are there."""
    answer, sure = made.sections
    first = answer.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == next(findings.together(reader))
    assert [block.table_id for block in answer.blocks if isinstance(block, Table)] == ["glance"]
    said = " ".join(plain(block.text, "en") for block in answer.blocks if isinstance(block, Paragraph))
    assert "more from 2021 on" in said
    assert [block.figure_id for block in sure.blocks if isinstance(block, Figure)] == ["chance"]
    assert "They hold what was drawn" in " ".join(
        plain(one.text, "en") for one in sure.blocks if isinstance(one, Paragraph)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_fills_one_page_at_most(made: Report, language: str) -> None:
    """By the reckoning both sections fit a page with title and heading, and the PDF of it has two pages."""
    answer, sure = made.sections
    assert briefs.room_taken(answer.blocks, language) + briefs.TITLE_CM + briefs.HEADING_CM <= briefs.PAGE_CM
    assert briefs.room_taken(sure.blocks, language) + briefs.HEADING_CM <= briefs.PAGE_CM
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.render(made, language))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_breaks_before_its_second_page_alone(made: Report, language: str) -> None:
    """The second heading begins a page, nothing else does, and lines have heights that no typeface changes."""
    document = docx.Document(io.BytesIO(word.render(made, language)))
    broken = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert broken == [plain(made.sections[1].heading, language)]
    assert 'w:br w:type="page"' not in document.element.xml
    spacing = document.styles["List Bullet"].paragraph_format.line_spacing
    assert spacing.pt == 16.0
    assert "TOC" not in document.element.xml


def test_what_matters_least_is_left_out_first(made: Report, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a lower page fewer findings stand, the first still first and each where it stood, and the table stays."""
    monkeypatch.setattr(briefs, "PAGE_CM", 17.0)
    less = brief(reader).sections[0].blocks
    whole = made.sections[0].blocks
    assert len(less) < len(whole)
    assert less[0] == whole[0]
    assert [block for block in whole if block in less] == list(less)
    assert isinstance(less[-1], Table)


def test_its_numbers_are_those_of_the_report(made: Report, report: Report, reader: Reader) -> None:
    """A brief says no number that its study does not hold, under the ids of the report."""
    numbers = made.numbers()
    assert len(numbers) > 30
    assert {key for key in numbers if key not in report.numbers()} == set()
    assert all(reader.value(one.origin) == one.value for _, one in numbers.values())


def test_a_brief_has_a_name_of_its_own(made: Report, tmp_path: Path) -> None:
    """A brief does not overwrite the report of the same format, and the page of it holds both sections."""
    path, record = write(made, "zh", "html", tmp_path)
    assert (path.name, record.name) == ("brief_zh.html", "brief_zh.html.numbers.json")
    text = html.render(made, "zh").decode()
    assert text.count("<h2>") == 2
    assert "<nav" not in text


def test_formats_without_pages_are_refused(tmp_path: Path) -> None:
    """Slides and workbooks have no pages: the command says which formats a brief has."""
    args = Namespace(study="any", format="pptx", brief=True, lang="zh", studies_dir=tmp_path)
    with pytest.raises(StudyError, match="docx, html, pdf"):
        run_report(args, cast("Wiring", None))
