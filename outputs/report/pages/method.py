"""Method and limits: how the numbers come about, what the words mean, and what to doubt."""

from __future__ import annotations

from outputs.report.content import Block, Label, Paragraph, Section, Table, Text, phrase
from outputs.report.forms import chance
from outputs.report.hedging import SCALE
from outputs.report.names import sized, year_of
from outputs.report.reading import Reader, place
from outputs.report.supplements import is_scored

OBSERVED_TO = "2021"
"""Last year of observations that the model rests on."""
BASE_RD = "rd_intensity"
"""Name of the drawn base value that decides most."""


def limits(reader: Reader) -> Section:
    """Make the section on limits."""
    found: list[Text] = []
    if reader.rows(place("draws", name=BASE_RD)):
        where = place("draws", name=BASE_RD)
        low, high = (reader.number(where, column, "share") for column in ("p05", "p95"))
        found.append(phrase("limit_base", low=low, high=high))
    found += [phrase("limit_levers"), phrase("limit_talent"), phrase("limit_late", year=year_of(reader.study))]
    skill = "limit_skill_scored" if is_scored(reader.added) else "limit_skill"
    found += [phrase(skill, year=OBSERVED_TO), phrase("limit_intervals")]
    return Section("limits", phrase("report_limits"), tuple(Paragraph(text, "bullet") for text in found))


def method(reader: Reader) -> Section:
    """Make the section on method, with the table from chances to words."""
    rows = tuple((term.words, phrase("report_range", low=chance(term.low), high=chance(term.high))) for term in SCALE)
    columns = (phrase("method_term"), phrase("method_chance"))
    scale = Table("hedging", phrase("method_hedging_table"), columns, rows, (), (0.6, 0.4), Label("", ""))
    members = phrase("method_members", members=sized(reader, "members"), values=values_from(reader))
    blocks: list[Block] = [Paragraph(phrase("method_model")), Paragraph(members)]
    if reader.study.definition.drawn_from.get("draws") == "stratified":
        blocks.append(Paragraph(phrase("method_stratified")))
    blocks += [Paragraph(phrase("method_statistics")), Paragraph(phrase("method_hedging")), scale]
    blocks.append(Paragraph(phrase("method_details")))
    return Section("method", phrase("report_method"), tuple(blocks))


def values_from(reader: Reader) -> Text:
    """Where the values of the members come from."""
    found = reader.study.definition.drawn_from.get("values", "priors")
    if found == "priors":
        return phrase("report_priors")
    return phrase("report_posterior", name=found.removeprefix("posterior "))
