"""Fixed words of single verbs, in Chinese and English; `outputs.language.text` finds them with its own."""

from outputs.words import (
    attribution,
    charts,
    columns,
    comparison,
    deadline,
    discovery,
    levers,
    milestones,
    page,
    page_tools,
    report,
    report_answers,
    report_findings,
    report_method,
    report_slides,
    report_tabled,
    sensitivity,
    units,
    workbook,
)

TEXTS: dict[str, tuple[str, str]] = {
    **units.TEXTS,
    **columns.TEXTS,
    **charts.TEXTS,
    **workbook.TEXTS,
    **discovery.TEXTS,
    **comparison.TEXTS,
    **milestones.TEXTS,
    **deadline.TEXTS,
    **levers.TEXTS,
    **attribution.TEXTS,
    **sensitivity.TEXTS,
    **page.TEXTS,
    **page_tools.TEXTS,
    **report.TEXTS,
    **report_answers.TEXTS,
    **report_findings.TEXTS,
    **report_method.TEXTS,
    **report_slides.TEXTS,
    **report_tabled.TEXTS,
}

__all__ = ["TEXTS"]
