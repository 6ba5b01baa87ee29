"""What a report says is what its study holds."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from outputs.language import LANGUAGES
from outputs.report.content import Block, Figure, Number, Origin, Paragraph, Report, Table, phrase, plain, spans
from outputs.report.findings import binding
from outputs.report.hedging import SCALE, UNKNOWN, hedge
from outputs.report.pages import answers
from outputs.report.reading import Reader, place
from outputs.report.supplements import COMMANDS, Added
from outputs.words import report as words
from outputs.words import report_answers, report_findings, report_method, report_slides, report_tabled
from tests.unit.outputs.synthetic import complete_study

FIXED = {"95", "5", "25", "50", "75", "90", "2020", "2021", "0", "1", "1927", "1954", "2010", "3"}
"""Digits in fixed words: intervals, ends of shares, quantiles, base year, last year observed, publications, python3."""


def test_every_number_is_found_again_where_it_comes_from(report: Report, reader: Reader) -> None:
    """Recomputed from the study anew, each number of the report has the value that the report says."""
    again = Reader.of(reader.study)
    found = report.numbers()
    assert len(found) > 300
    wrong = {key: one.origin for key, (_, one) in found.items() if again.value(one.origin) != one.value}
    assert wrong == {}


def test_an_id_stands_for_one_value(report: Report) -> None:
    """Two numbers of the same id come from the same row and column."""
    origins: dict[str, set[Origin]] = {}
    for _, text in report.texts():
        for span in spans(text, "zh"):
            if isinstance(span, Number):
                origins.setdefault(span.number_id, set()).add(span.origin)
    assert all(len(found) == 1 for found in origins.values())


def _numbers(block: Block) -> list[Number]:
    """Numbers in the words or the cells of a block."""
    cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
    texts = cells if isinstance(block, Table | Figure) else [block.text]
    return [span for text in texts for span in spans(text, "zh") if isinstance(span, Number)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_the_value_rounded(report: Report, language: str) -> None:
    """Each number is its value in some unit of ten, rounded to the digits that it shows, and keeps its sign."""
    for _, one in report.numbers().values():
        text = one.text(language)
        found = re.search(r"\d[\d,]*(?:\.(\d+))?", text)
        assert found, one.origin
        shown, half = float(found[0].replace(",", "")), 0.5000001 * 10.0 ** -len(found[1] or "")
        assert any(abs(abs(one.value) * 10.0**k - shown) <= half for k in range(-12, 4)), (one.origin, text)
        assert ("−" in text) <= (one.value < 0), (one.origin, text)


def test_fixed_words_hold_no_result() -> None:
    """Digits in the fixed words of reports are levels of intervals, the base year and years of publications alone."""
    for module in (words, report_answers, report_findings, report_method, report_slides, report_tabled):
        for key, pair in module.TEXTS.items():
            literal = " ".join(part for side in pair for part, *_ in Formatter().parse(side))
            assert set(re.findall(r"\d+", literal)) <= FIXED, key


def test_both_languages_hold_the_same_numbers(report: Report) -> None:
    """Every text has the same numbers in Chinese and in English."""
    for _, text in report.texts():
        ids = [[span.number_id for span in spans(text, one) if isinstance(span, Number)] for one in LANGUAGES]
        assert sorted(ids[0]) == sorted(ids[1])


def test_tables_are_whole(report: Report) -> None:
    """Every row of a table has a cell for each column, ids are unique, and widths add up to the page."""
    blocks = [block for section in report.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len({table.table_id for table in tables}) == len(tables) > 8
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.header)}, table.table_id
        assert not table.widths or len(table.widths) == len(table.header)
        assert not table.widths or sum(table.widths) == pytest.approx(1.0)
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert {"fan", "chance", "flows", "cost"} <= {figure.figure_id for figure in figures}


def test_the_answer_comes_first(report: Report, reader: Reader) -> None:
    """The first sentence is the chance of all targets under every scenario, in the words of its interval."""
    first = report.sections[0].blocks[0]
    assert not isinstance(first, Table | Figure)
    said = plain(first.text, "en")
    for entry in reader.study.definition.scenarios:
        assert f"under “{entry.label_en}”" in said
    assert any(term.words.en in said for term in SCALE)


@pytest.mark.parametrize(
    ("chance", "low", "high", "words"),
    [
        (0.01, 0.002, 0.054, "very unlikely"),
        (0.0, 0.0, 0.004, "exceptionally unlikely"),
        (0.11, 0.06, 0.19, "unlikely"),
        (0.25, 0.18, 0.34, "unlikely"),
        (0.5, 0.4, 0.6, "about as likely as not"),
        (0.7, 0.6, 0.78, "likely"),
        (1.0, 0.963, 1.0, "very likely"),
        (1.0, 0.9996, 1.0, "virtually certain"),
        (0.5, 0.15, 0.85, UNKNOWN.en),
    ],
)
def test_words_go_no_further_than_the_interval(chance: float, low: float, high: float, words: str) -> None:
    """A word stands only where the whole interval lies in its range; a wide interval gets none."""
    assert hedge(chance, low, high).en == words


def test_findings_tell_effects_on_what_binds_alone(report: Report, reader: Reader) -> None:
    """Effects told among the key findings are those on the target that binds the scenario; its page has them all."""
    told = {
        (where["scenario"], where["indicator"])
        for block in report.sections[0].blocks
        for where in (dict(one.origin.where) for one in _numbers(block) if one.origin.table == "effects")
    }
    others = [entry.scenario_id for entry in reader.study.definition.scenarios[1:]]
    bound = {name: binding(reader, name) for name in others}
    assert told == {(name, target.indicator) for name, target in bound.items() if target}
    assert told
    sections = {section.section_id: section for section in report.sections}
    for name in others:
        page = [one for block in sections[f"scenario-{name}"].blocks for one in _numbers(block)]
        shown = {one.origin.where for one in page if one.origin.table == "effects"}
        assert len(shown) == len(reader.rows(place("effects", scenario=name)))


def test_bounds_of_a_change_do_not_repeat_its_unit(report: Report) -> None:
    """A change says its unit once, so the two ends of its interval are bare numbers."""
    ends = [one for _, one in report.numbers().values() if one.origin.table == "effects" and "_" in one.origin.column]
    assert len(ends) > 20
    assert all(re.fullmatch(r"[+−][\d,.]+", one.text(language)) for one in ends for language in LANGUAGES)


def test_levers_bear_the_unit_of_the_language(report: Report, reader: Reader) -> None:
    """Tables of levers have the Chinese unit in Chinese."""
    units = {lever.unit_zh for lever in reader.study.definition.levers}
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    rows = [row for table in tables if table.table_id.startswith("levers-") for row in table.rows]
    assert len(rows) == len(reader.study.definition.levers) * (len(reader.study.definition.scenarios) - 1)
    assert {plain(row[4], "zh") for row in rows} == units


def test_a_phrase_keeps_the_order_of_its_language() -> None:
    """Numbers and names stand where the words of each language put them."""
    said = phrase("report_value_chance", value="3.6", chance="4%")
    assert [plain(said, language) for language in LANGUAGES] == ["3.6（4%）", "3.6 (4%)"]


def test_what_was_not_asked_names_the_command_that_asks_it(report: Report) -> None:
    """A section stands for each verb that answers more, and without its answer says how to get one."""
    sections = {section.section_id: section for section in report.sections}
    for kind, command in COMMANDS.items():
        (block,) = sections[kind].blocks
        assert isinstance(block, Paragraph)
        verb = command.split()[0]
        assert all(f"python3 run.py {verb} " in plain(block.text, language) for language in ("zh", "en"))


def test_what_another_study_answered_is_shown_and_named(reader: Reader, tmp_path: Path) -> None:
    """The charts that a verb has put into a study beside this one stand in its section, and the section says whose."""
    other = complete_study(tmp_path / "beside", members=2)
    folder = other.path / "variance"
    folder.mkdir()
    for language in ("zh", "en"):
        (folder / f"variance_{language}.png").write_bytes(b"picture")
    added = Added(other, "variance", {}, "0123456789ab")
    section = {one.section_id: one for one in answers.sections(Reader(reader.study, {"variance": [added]}))}["variance"]
    told, figure = section.blocks
    assert isinstance(told, Paragraph)
    assert "0123456789ab" in plain(told.text, "en")
    assert isinstance(figure, Figure)
    assert figure.stem == folder / "variance"
