"""A report as one HTML file that needs no network: pictures embedded, fit for paper and for a phone."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from outputs.language import text
from outputs.report.content import Block, Figure, Heading, Number, Paragraph, Report, Table, Text, plain, spans
from outputs.report.counting import block_key, captions, is_numeric
from outputs.report.records import as_json


def render(report: Report, language: str) -> bytes:
    """Write a report in ``zh`` or ``en`` as HTML; the same report gives the same bytes.

    Raises
    ------
    FileNotFoundError : a picture has not been drawn in the language.
    """
    page = _Page(report, language)
    loader = FileSystemLoader(Path(__file__).resolve().parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    # A closing tag inside the record would end the script early.
    numbers = Markup(as_json(report, language).replace("</", "<\\/"))  # noqa: S704 - JSON of our own
    shown = environment.get_template("report.html.jinja").render(
        report=report,
        language=language,
        numbers=numbers,
        html=page.html,
        words=lambda one: plain(one, language),
        text=lambda key: text(key, language),
        runs=_runs,
        label=page.label,
        source=page.source,
        picture=page.picture,
        numeric=is_numeric,
    )
    return shown.encode("utf-8")


class _Page:
    """What the template asks for, in one language."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.language = report, language
        self.counts = captions(report)
        self.seen: set[str] = set()

    def html(self, one: Text) -> Markup:
        """A text with its numbers marked; the first of an id is the place that a link leads to."""
        return Markup("").join(self._span(span) for span in spans(one, self.language))

    def _span(self, span: str | Number) -> Markup:
        if isinstance(span, str):
            return escape(span)
        first = span.number_id not in self.seen
        self.seen.add(span.number_id)
        place = Markup(' id="{}"').format(span.number_id) if first else Markup("")
        return Markup('<data{} value="{}" data-number="{}" title="{}">{}</data>').format(
            place, repr(span.value), span.number_id, span.number_id, span.text(self.language)
        )

    def label(self, block: Table | Figure) -> str:
        """Such as ``Table 1``."""
        kind = "report_table" if isinstance(block, Table) else "report_figure"
        return f"{text(kind, self.language)}{self.counts[block_key(block)]}"

    def source(self, block: Table | Figure) -> str:
        """Where a table or figure comes from."""
        return plain(block.source or self.report.source, self.language)

    def picture(self, figure: Figure) -> str:
        """The picture as a data address."""
        content = base64.b64encode(figure.file(self.language, "svg").read_bytes()).decode("ascii")
        return f"data:image/svg+xml;base64,{content}"


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Blocks of a kind that follow one another, so that bullets make one list."""
    for kind, found in groupby(blocks, key=_kind):
        yield kind, list(found)


def _kind(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.style
    return "heading" if isinstance(block, Heading) else "table" if isinstance(block, Table) else "figure"
