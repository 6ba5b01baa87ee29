"""A brief of two pages: the answer and what it costs on the first, how sure that is on the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from outputs.language import LANGUAGES
from outputs.report import findings
from outputs.report.changing import effect_sentence
from outputs.report.content import (
    Block,
    Figure,
    Joined,
    Label,
    Paragraph,
    Phrase,
    Report,
    Section,
    Table,
    Text,
    phrase,
    plain,
)
from outputs.report.fitting import CM_PER_POINT, n_lines
from outputs.report.headlines import most_favourable, of_chart
from outputs.report.names import source_of, year_of
from outputs.report.pages import glance, method, pictures
from outputs.report.reading import Reader

KINDS = ("docx", "html", "pdf")
"""Formats that know pages."""
PAGE_CM, WIDTH_CM = 24.6, 17.8
"""Room of a page: less than its height, and more than its width, for signs are reckoned for Arial and gaps."""
TITLE_CM, HEADING_CM, FIGURE_CM = 3.6, 1.5, 1.6
"""Room of title and subtitle, of a heading, and of the caption and source of a chart or table."""
PICTURE_CM = 13.4
"""Height of the chart, at which its smallest words are still read."""
SAID_TWICE = ("finding_skill", "finding_skill_scored", "limit_intervals")
"""Sentences that another sentence of the same page says already."""
SIZE_PT, LINE_PT, GAP_CM = 10.5, 16.2, 0.16
CELL_PT, CELL_LINE_PT, CELL_CM = 7.6, 11.5, 0.3
"""Words of tables, their lines, and room beside them in a cell."""


def brief(reader: Reader) -> Report:
    """Make the brief of a complete study; what matters least is left out where the answer would pass its page."""
    study = reader.study
    place = study.definition.places[0]
    answer = Section("findings", phrase("brief_answer"), _answer(reader))
    sure = Section("limits", phrase("brief_sure"), _sure(reader))
    title = phrase("brief_title", place=Label(place.name_zh, place.name_en))
    subtitle = phrase("report_subtitle", years=year_of(study))
    return Report(
        study.study_id, study.path.name, title, subtitle, (), (answer, sure), source_of(reader), is_brief=True
    )


def room_taken(blocks: Sequence[Block], language: str) -> float:
    """Height in cm that blocks take on a page, as far as it can be reckoned."""
    return sum(_tall(block, language) for block in blocks)


def _answer(reader: Reader) -> tuple[Block, ...]:
    """Findings in the order of reading, the table of scenarios below; as many findings as the page holds."""
    tables, ranked = tuple(glance.tables(reader)), _ranked(reader)
    texts = [Paragraph(text, "lead") for _, text in ranked]
    for most in sorted((rank for rank, _ in ranked), reverse=True):
        texts = [Paragraph(text, "lead") for rank, text in ranked if rank <= most]
        if _highest([*texts, *tables]) <= PAGE_CM - TITLE_CM - HEADING_CM:
            break
    return (*texts, *tables)


def _ranked(reader: Reader) -> list[tuple[int, Text]]:
    """Findings in the order of reading, each with its rank: what has the highest is left out first."""
    others = [entry.scenario_id for entry in reader.study.definition.scenarios[1:]]
    found: list[tuple[int, Text]] = [(0, text) for text in findings.together(reader)]
    if hardest := of_chart(reader, "fan"):
        found.append((1, Joined((hardest, Label("。", ".")), "")))
        best = most_favourable(reader)
        bound = [(name, binds) for name in others if (binds := findings.binding(reader, name))]
        found += [(2 if name == best else 5, effect_sentence(reader, name, binds)) for name, binds in bound]
    found += [(3, text) for text in findings.levers(reader)]
    found += [(3, text) for text in findings.money(reader)]
    found += [(4, text) for text in findings.definitions(reader)]
    found += [(6, text) for text in findings.safe(reader)]
    return [(rank * len(found) + place, text) for place, (rank, text) in enumerate(found)]


def _sure(reader: Reader) -> tuple[Block, ...]:
    """The chart of chances, and what the chances hold and do not hold."""
    figures = [one for one in pictures.of_study(reader, "targets") if one.figure_id == "chance"]
    # Its sentence is the first of the answer.
    blocks: list[Block] = [replace(one, most_cm=PICTURE_CM, finding=None) for one in figures]
    limits = [one.text for one in method.limits(reader).blocks if isinstance(one, Paragraph)]
    texts = [*findings.how_sure(reader), *limits]
    said = [Paragraph(text, "bullet") for text in texts if not (isinstance(text, Phrase) and text.key in SAID_TWICE)]
    note = Paragraph(phrase("brief_trace", command=phrase("report_command", words="trace REPORT NUMBER-ID")), "note")
    n = len(said)
    while n and _highest([*blocks, *said[:n], note]) > PAGE_CM - HEADING_CM:
        n -= 1
    return (*blocks, *said[:n], note)


def _highest(blocks: Sequence[Block]) -> float:
    return max(room_taken(blocks, language) for language in LANGUAGES)


def _tall(block: Block, language: str) -> float:
    if isinstance(block, Table):
        share = block.widths or (1 / len(block.header),) * len(block.header)
        rows = [_row([plain(cell, language) for cell in row], share) for row in (block.header, *block.rows)]
        return sum(rows) + FIGURE_CM + len(block.notes) * CELL_LINE_PT * CM_PER_POINT
    if isinstance(block, Figure):
        return block.most_cm + FIGURE_CM
    indent = 0.7 if isinstance(block, Paragraph) and block.style in {"lead", "bullet"} else 0.0
    return n_lines(plain(block.text, language), WIDTH_CM - indent, SIZE_PT) * LINE_PT * CM_PER_POINT + GAP_CM


def _row(cells: Sequence[str], share: Sequence[float]) -> float:
    lines = (n_lines(one, WIDTH_CM * part - CELL_CM, CELL_PT) for one, part in zip(cells, share, strict=True))
    return max(lines) * CELL_LINE_PT * CM_PER_POINT + 0.12
