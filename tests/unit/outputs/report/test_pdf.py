"""The report as PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outputs.language import LANGUAGES
from outputs.report import pdf
from outputs.report.content import Report
from outputs.report.showing import write
from outputs.report.trace import read_record


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_whole_and_the_same_each_time(report: Report, language: str) -> None:
    """The PDF has pages, embeds the Chinese font and no other for text, and holds no date."""
    content = pdf.render(report, language)
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 10
    assert b"NotoSansSC" in content
    assert b"CreationDate" not in content
    assert pdf.render(report, language) == content


def test_its_numbers_lie_beside_it(report: Report, tmp_path: Path) -> None:
    """A PDF carries no record itself; `trace` reads the one beside it."""
    path, _ = write(report, "zh", "pdf", tmp_path)
    assert {row["id"] for row in read_record(path)["numbers"]} == set(report.numbers())
