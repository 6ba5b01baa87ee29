"""The sentences of a report as a table of a workbook, each with the ids of its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outputs.report.content import Block, Figure, Number, Paragraph, Report, Text, plain, spans

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("section", "sentence", "number_ids")


def sentences(report: Report, language: str) -> pd.DataFrame:
    """List the sentences of a report in the order of reading.

    Returns
    -------
    One row a sentence: heading of its section, the sentence, and its numbers, each as id and as it is written.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows = []
    for section in report.sections:
        for words in (one for block in section.blocks for one in _words(block)):
            numbers = [span for span in spans(words, language) if isinstance(span, Number)]
            ids = "; ".join(dict.fromkeys(f"{one.number_id} = {one.text(language)}" for one in numbers))
            rows.append((plain(section.heading, language), plain(words, language), ids))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _words(block: Block) -> list[Text]:
    """The sentences of a block: a paragraph, and what a chart shows."""
    if isinstance(block, Paragraph):
        return [block.text]
    return [block.finding] if isinstance(block, Figure) and block.finding is not None else []
