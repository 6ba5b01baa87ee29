"""What a report is made of, before any language and any file format: sections, blocks, phrases and numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from outputs.language import LANGUAGES, template

Pair = tuple[str, str]
"""The same in Chinese and in English."""
Key = str | int | float | bool
"""A value that a row is found by."""


@dataclass(frozen=True)
class Origin:
    """Where a number stands: one row and column of a table of a study."""

    study: str
    """Id of the study; the run set is that study's members under the scenario of the row."""
    table: str
    """Of `outputs.report.reading.TABLES`, or ``folder/name`` of a table that a verb has added to the study."""
    where: tuple[tuple[str, Key], ...]
    """Column = value; exactly one row fulfils all."""
    column: str

    @property
    def number_id(self) -> str:
        """``n`` and eight hexadecimal digits: the same place in the same study has the same id in every report."""
        plain = json.dumps([self.study, self.table, self.where, self.column], ensure_ascii=False)
        return f"n{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Number:
    """A number of a report: its value, how it is written, and where it comes from."""

    value: float
    unit: str
    """Of the model, as the value has it."""
    shown: Pair
    unrounded: tuple[float, float]
    """The number that each language writes, before it is rounded: 亿元 and billions, per cents of a share."""
    origin: Origin

    @property
    def number_id(self) -> str:
        """Id of the place it comes from."""
        return self.origin.number_id

    def text(self, language: str) -> str:
        """As it is written in ``zh`` or ``en``."""
        return self.shown[LANGUAGES.index(language)]


@dataclass(frozen=True)
class Label:
    """A name that a study or a file carries in both languages; one that has no translation is the same twice."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """In ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Phrase:
    """Fixed words with numbers, names and other phrases in their places."""

    key: str
    """Of the fixed words in `outputs.language`."""
    values: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """Several texts in a row, parted by the fixed words of a key: a comma, or nothing where the key is empty."""

    parts: tuple[Text, ...]
    by: str = "report_comma"


Text = Number | Label | Phrase | Joined | str
"""What can stand in a paragraph or in a cell; a plain string is the same in both languages."""


def spans(text: Text, language: str) -> Iterator[str | Number]:
    """Take a text apart into plain strings and numbers, in the order of the language."""
    if isinstance(text, str | Number):
        yield text
    elif isinstance(text, Label):
        yield text.text(language)
    elif isinstance(text, Joined):
        for place, part in enumerate(text.parts):
            yield from (template(text.by, language),) if place and text.by else ()
            yield from spans(part, language)
    else:
        for literal, name, _, _ in Formatter().parse(template(text.key, language)):
            if literal:
                yield literal
            if name is not None:
                yield from spans(text.values[name], language)


def plain(text: Text, language: str) -> str:
    """Write a text as one string."""
    return "".join(span.text(language) if isinstance(span, Number) else span for span in spans(text, language))


def phrase(key: str, **values: Text) -> Phrase:
    """Fixed words with what stands in their places."""
    return Phrase(key, values)


@dataclass(frozen=True)
class Heading:
    """A heading within a section; level 2 or 3 (the section's own is 1)."""

    level: int
    text: Text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: ``body``, ``lead`` (a key finding), ``bullet`` or ``note`` (small)."""

    text: Text
    style: str = "body"


@dataclass(frozen=True)
class Table:
    """A table with its caption; every row has a cell for each column."""

    table_id: str
    caption: Text
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    notes: tuple[Text, ...] = ()
    widths: tuple[float, ...] = ()
    """Share of each column in the width of the page; even where empty."""
    source: Text | None = None
    """Where it comes from, when that is not the study of the report."""


@dataclass(frozen=True)
class Figure:
    """A picture with its caption, and text for one who cannot see it."""

    figure_id: str
    caption: Label
    alt: Label
    stem: Path
    """Path of the files without ``_<language>.<kind>``; PNG and SVG are there."""
    study: str
    source: Text | None = None
    finding: Text | None = None
    """What it shows, in a sentence made of results; it stands above the picture."""
    most_cm: float = 20.0
    """Height on paper that leaves room for caption and source."""

    def file(self, language: str, kind: str) -> Path:
        """The file in ``zh`` or ``en``, ``png`` or ``svg``."""
        return self.stem.with_name(f"{self.stem.name}_{language}.{kind}")


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True)
class Section:
    """A part of a report with a heading of its own."""

    section_id: str
    heading: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """All of a report: title page, sections, and the studies that its numbers come from."""

    study: str
    folder: str
    """Name of the folder of the study, which verbs take."""
    title: Text
    subtitle: Text
    facts: tuple[tuple[Text, Text], ...]
    """Lines of the title page: what it is, and its value."""
    sections: tuple[Section, ...]
    source: Text
    """The line under every table and figure that has none of its own."""
    is_brief: bool = False
    """Whether it is a brief, each of whose sections is one page; it has no table of contents."""

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Every text with the id of its section, in the order of reading."""
        yield from (("cover", text) for text in (self.title, self.subtitle, *sum(self.facts, ())))
        for section in self.sections:
            yield section.section_id, section.heading
            for block in section.blocks:
                yield from ((section.section_id, text) for text in _texts_of(block))

    def numbers(self) -> dict[str, tuple[str, Number]]:
        """Every number by its id, with the section where it stands first."""
        found: dict[str, tuple[str, Number]] = {}
        for section, text in self.texts():
            for span in spans(text, "zh"):
                if isinstance(span, Number):
                    found.setdefault(span.number_id, (section, span))
        return found


def _texts_of(block: Block) -> Sequence[Text]:
    if isinstance(block, Table):
        source = () if block.source is None else (block.source,)
        return (block.caption, *block.header, *(cell for row in block.rows for cell in row), *block.notes, *source)
    if isinstance(block, Figure):
        return (*([] if block.finding is None else [block.finding]), block.caption, block.alt)
    return (block.text,)
