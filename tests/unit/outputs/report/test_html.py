"""The report as one HTML file, read back and held against the content."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from outputs.language import LANGUAGES
from outputs.report import html
from outputs.report.content import Figure, Report, Table, plain


class Read(HTMLParser):
    """Collects what a test asks of a page: numbers, headings, cells, pictures and addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.numbers: dict[str, float] = {}
        self.addresses: list[str] = []
        self.alt: list[str] = []
        self.ids: list[str] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes of a tag."""
        given = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if tag in {"h1", "h2", "td", "th", "figcaption"}:
            self.words.setdefault(tag, []).append("")
        if tag == "data":
            self.numbers[given["data-number"]] = float(given["value"])
        self.addresses += [given[name] for name in ("src", "href") if name in given]
        self.alt += [given["alt"]] if tag == "img" else []
        self.ids += [given["id"]] if "id" in given else []

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Add words to the tags that they stand in."""
        for tag in set(self._open) & set(self.words):
            self.words[tag][-1] += data


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, report: Report) -> tuple[str, str]:
    """Language and page."""
    language = str(request.param)
    return language, html.render(report, language).decode("utf-8")


def test_the_page_holds_the_content(page: tuple[str, str], report: Report) -> None:
    """Headings, cells and numbers of the page are those of the content, in its order."""
    language, text = page
    read = Read(text)
    assert read.words["h1"] == [plain(report.title, language)]
    assert read.words["h2"] == [plain(section.heading, language) for section in report.sections]
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    cells = [plain(cell, language) for table in tables for row in table.rows for cell in row]
    assert read.words["td"] == cells
    assert read.numbers == {key: one.value for key, (_, one) in report.numbers().items()}


def test_the_page_needs_nothing_else(page: tuple[str, str]) -> None:
    """No address leads out of the file, each id is there once, and pictures have text for those who cannot see them."""
    read = Read(page[1])
    assert [one[:30] for one in read.addresses if not one.startswith(("#", "data:image/svg+xml;base64,"))] == []
    assert {one[1:] for one in read.addresses if one.startswith("#")} <= set(read.ids)
    assert len(set(read.ids)) == len(read.ids)
    assert all(read.alt)
    assert "@import" not in page[1]
    assert "url(" not in page[1]


def test_captions_are_counted(page: tuple[str, str], report: Report) -> None:
    """Figures are numbered from 1 in the order of reading."""
    language, text = page
    captions = Read(text).words["figcaption"]
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, Figure)]
    label = {"zh": "图", "en": "Figure "}[language]
    assert captions == [f"{label}{n} {plain(one.caption, language)}" for n, one in enumerate(figures, 1)]


def test_the_record_is_in_the_page(page: tuple[str, str], report: Report) -> None:
    """The page carries id, value and origin of every number, and the same report is the same bytes."""
    language, text = page
    found = re.search(r'<script type="application/json" id="numbers">(.*?)</script>', text, re.DOTALL)
    assert found
    record = json.loads(found[1])
    assert {row["id"]: row["value"] for row in record["numbers"]} == {
        key: one.value for key, (_, one) in report.numbers().items()
    }
    assert html.render(report, language).decode("utf-8") == text
