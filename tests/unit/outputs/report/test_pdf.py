"""The report as PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outputs.language import LANGUAGES
from outputs.report import pdf
from outputs.report.content import Report
from outputs.report.counting import picture_cm
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_for_pictures_of_its_language_alone(
    report: Report, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other language need not have been drawn: sizes are those of the pictures that stand in the report."""
    asked: list[Path] = []

    def size_of(path: Path) -> tuple[float, float]:
        asked.append(path)
        return picture_cm(path)

    monkeypatch.setattr(pdf, "picture_cm", size_of)
    pdf.render(report, language)
    assert asked
    assert [path for path in asked if not path.name.endswith(f"_{language}.png")] == []
