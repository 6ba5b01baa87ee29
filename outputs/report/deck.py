"""What of a report goes onto slides: one thing to say on each, the appendix of values left to the other formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from outputs.report.content import Block, Figure, Paragraph, Report, Section, Table
from outputs.report.supplements import COMMANDS

LEFT_OUT = ("parameters",)
"""Sections that no slide shows."""
LONG = ("findings", "flows")
"""Sections whose text fills its slides alone."""
MOST_ROWS = 24
"""A table of more rows is not for slides."""
NOT_SHOWN = ("targets-", "effects-", "levers-", "others", "unmodelled", "numbers")
"""Tables that no slide shows, by the beginning of their ids; the other formats have them."""


def deck(report: Report) -> Report:
    """Choose and arrange: each section of the result has one heading that says what its slide says."""
    sections = tuple(one for section in report.sections for one in _topics(section))
    return replace(report, facts=(), sections=sections)


def _topics(section: Section) -> Iterator[Section]:
    """The slides of a section: its text with the first table, then each further table and each chart."""
    if section.section_id in LEFT_OUT or _says_nothing(section):
        return
    # What verbs have answered is charts and tables, each of which names its study.
    mute = section.section_id in COMMANDS
    texts = [block for block in section.blocks if isinstance(block, Paragraph) and not mute]
    alone = [block for block in section.blocks if isinstance(block, Figure) or _is_table(block)]
    if texts:
        with_table = [one for one in alone[:1] if isinstance(one, Table) and section.section_id not in LONG]
        yield replace(section, blocks=(*texts, *with_table))
        alone = alone[len(with_table) :]
    for block in alone:
        if isinstance(block, Figure):
            title = block.caption if block.finding is None else block.finding
            yield Section(block.figure_id, title, (replace(block, finding=None),))
        elif isinstance(block, Table):
            yield Section(block.table_id, block.caption, (block,))


def _says_nothing(section: Section) -> bool:
    """Whether a section only names the command that would fill it."""
    return section.section_id in COMMANDS and all(isinstance(block, Paragraph) for block in section.blocks)


def _is_table(block: Block) -> bool:
    return isinstance(block, Table) and len(block.rows) <= MOST_ROWS and not block.table_id.startswith(NOT_SHOWN)
