"""Later starts, scores and shares of groups in a report: sentences and tables say what the files of the verbs hold."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path
from typing import cast

import pandas as pd
import pytest

from model.wiring import Wiring
from outputs.deadline import BELOW, DATED, NEEDLESS
from outputs.language import LANGUAGES
from outputs.report.building import build
from outputs.report.content import Key, Number, Paragraph, Report, Table, Text, plain, spans
from outputs.report.pages import answers, tabled
from outputs.report.reading import Reader, place
from outputs.report.records import as_json
from outputs.report.supplements import Added, find
from outputs.report.trace import trace
from outputs.store import Study
from tests.unit.outputs.report.made_answers import add_deadline, add_scores, add_shares
from tests.unit.outputs.report.test_trace import Told, asked
from tests.unit.outputs.synthetic import complete_study


@pytest.fixture(scope="module")
def answered(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The reader with studies beside it that hold the three answers."""
    folder = tmp_path_factory.mktemp("answered")
    late, other = add_deadline(folder), complete_study(folder, members=6)
    add_scores(other, folder)
    add_shares(other)
    found = (("deadline", late), ("validation", other), ("sensitivity", other))
    added = {kind: [Added(study, f"{kind}/made", {}, study.study_id)] for kind, study in found}
    return Reader(reader.study, added)


def _tables(reader: Reader, kind: str) -> dict[str, Table]:
    found = tabled.tables(reader, reader.added[kind][0])
    return {table.table_id.removeprefix(f"{kind}-made-"): table for table in found}


def _said(reader: Reader, kind: str, language: str = "en") -> list[str]:
    return [plain(one.text, language) for one in tabled.sentences(reader, reader.added[kind][0])]


def _cells(table: Table, language: str = "en") -> list[list[str]]:
    return [[plain(cell, language) for cell in row] for row in table.rows]


def _texts(reader: Reader, kind: str) -> list[Text]:
    tables = _tables(reader, kind).values()
    cells = [cell for table in tables for row in (table.header, *table.rows) for cell in row]
    notes = [note for table in tables for note in (table.caption, *table.notes)]
    return [*cells, *notes, *(one.text for one in tabled.sentences(reader, reader.added[kind][0]))]


@pytest.mark.parametrize("kind", ["deadline", "validation", "sensitivity"])
def test_every_number_is_that_of_the_file(answered: Reader, kind: str) -> None:
    """Tables are whole, and each number of cells, notes and sentences is that of its row when that is read anew."""
    again = Reader(answered.study, answered.added)
    numbers = [one for text in _texts(answered, kind) for one in spans(text, "zh") if isinstance(one, Number)]
    assert len(numbers) > 15
    assert all(again.value(one.origin) == one.value for one in numbers)
    for table in _tables(answered, kind).values():
        assert {len(row) for row in table.rows} == {len(table.header)}
        assert sum(table.widths) == pytest.approx(1.0)
    for language in LANGUAGES:
        words = " ".join(plain(text, language) for text in _texts(answered, kind))
        assert not re.search(r"\bnan\b", words)


def test_a_table_of_gains_says_what_each_delay_keeps(answered: Reader) -> None:
    """Enclaves keep 60 % a year late and 30 % two years late as planted; finance gains nothing to keep."""
    rows = {row[0]: row[2:] for row in _cells(_tables(answered, "deadline")["gains-rd_intensity"])}
    assert [cell.split(" ")[0] for cell in rows["Enclaves"]] == ["60%", "30%", "10%"]
    assert rows["Finance"] == ["–", "–", "–"]


def test_last_starts_are_those_of_the_table_with_their_years(answered: Reader) -> None:
    """Enclaves may begin in 2023; for talent the intervals leave 2022 and 2023; without a gain none is told."""
    rows = {row[0]: row[2] for row in _cells(_tables(answered, "deadline")["last-by-gain"])}
    assert rows["Enclaves"] == "2023"
    assert rows["Talent"] == "2022 (2022–2023)"
    assert rows["Finance"] == "–"


def test_last_starts_by_chance_say_why_there_is_none(answered: Reader) -> None:
    """A lever that a target dates has a row; the others share one: each is too low at once, or kept even without."""
    table = _tables(answered, "deadline")["last-by-chance"]
    (_, _, *chances), *rows = _cells(table)
    assert all(cell.endswith("%)") for cell in chances)
    last = answered.rows(place("last_starts", answered.added["deadline"][0]))
    kinds = {(row["starter"], row["target"]): row["by_chance"] for row in last}
    words = {BELOW: "below at once", NEEDLESS: "kept without"}
    targets = [*(one.target_id for one in answered.study.definition.headline), "all"]
    starters = ("enclaves", "talent", "finance")
    dated = [one for one in starters if DATED in {kinds[one, target] for target in targets}]
    others = [one for one in starters if one not in dated]
    assert len(rows) == len(dated) + bool(others)
    for starter, row in zip([*dated, *others[:1]], rows, strict=True):
        for target, cell in zip(targets, row[2:], strict=True):
            kind = kinds[starter, target]
            assert cell == words[kind] if kind != DATED else cell[:3] == "202"
    for target in targets:
        assert len({kinds[one, target] for one in others}) <= 1


def test_never_beginning_is_told_of_what_changes_a_chance(answered: Reader) -> None:
    """Finance changes no chance and is not listed, which a note says; enclaves lose the points of the table."""
    table = _tables(answered, "deadline")["never"]
    rows = {row[0]: row[1:] for row in _cells(table)}
    assert set(rows) == {"Enclaves", "Talent"}
    assert len(table.notes) == 1
    keys: dict[str, Key] = {"starter": "enclaves", "target": "rd_intensity", "reported_first": True, "delay": ""}
    lost = answered.row(place("late", answered.added["deadline"][0], **keys))["difference"]
    assert rows["Enclaves"][0].startswith(f"{100 * lost:+.1f}".replace("-", "−"))
    assert lost < 0.0


def test_sentences_on_later_starts_follow_the_intervals(answered: Reader) -> None:
    """A target that falls short at once says so with its chance; the largest sure gain has its last start."""
    said = _said(answered, "deadline")
    (below,) = [one for one in said if one.startswith("“R&D expenditure over GDP”")]
    row = answered.rows(place("last_starts", answered.added["deadline"][0], target="rd_intensity"))[0]
    assert f"({100 * row['chance']:.0f}%, 95 % interval" in below
    assert ("is not sure" in below) == (row["chance_high"] >= 0.8)
    (gain,) = [one for one in said if one.startswith("Of the gains for “R&D expenditure over GDP”")]
    assert "“Enclaves”" in gain or "“Talent”" in gain
    assert "to keep 50% of it, it must begin by 202" in gain
    assert any("For “High-tech value added" in one and "no gain is surely above zero" in one for one in said)


def test_signposts_stand_by_year(answered: Reader) -> None:
    """The target's own indicator has a row a year; what they tell where that is not who meets it stands below."""
    tables = _tables(answered, "deadline")
    rows = _cells(tables["signposts-rd_intensity"])
    own = [row for row in rows if row[1].startswith("itself ")]
    assert [row[0] for row in own] == ["2021", "2022", "2023", "2024"]
    assert {row[5] for row in rows} <= {"borne out", "not borne out"}


def test_scores_name_what_counts_and_leave_out_what_could_not_be_made(answered: Reader) -> None:
    """That of 2021 does not count; four scenarios and the naive forecasts of an observation stand below it."""
    tables = _tables(answered, "validation")
    counted = [row[2] for row in _cells(tables["observations"])]
    assert counted == ["no: 2021, evidence of the model", "yes", "yes", "yes"]
    found = answered.rows(place("scores", answered.added["validation"][0]))
    made = [row for row in found if not math.isnan(float(row["q50"]))]
    shown = [row for row in made if row["forecaster"] == "model" or row["scenario"] == "baseline"]
    assert len(tables["scores"].rows) + len(tables["bounds"].rows) == len(shown)
    change = next(row for row in _cells(tables["observations"]) if "change" in row[0])
    assert change[1] == "−1.00 percentage points"


def test_a_sentence_on_coverage_says_how_few_values_there_are(answered: Reader) -> None:
    """Coverage of two values stands under every scenario, and that skill cannot be told from them."""
    said = _said(answered, "validation")
    row = answered.row(place("summary", answered.added["validation"][0], scenario="plan", forecaster="model"))
    assert said[0].startswith("Of the 2 values that count")
    label = answered.study.definition.scenario("plan").label_en
    assert f"under “{label}” {100 * row['within_90']:.0f}% and {100 * row['within_50']:.0f}%" in said[0]
    assert said[1:] == ["Coverage of so few values says little.", said[-1]]
    assert said[-1].startswith("Skill cannot be tested")


def test_a_sign_test_is_told_with_its_p_value(answered: Reader, tmp_path: Path) -> None:
    """With enough indicators the verdict is that of the p-value, better or worse by the larger side."""
    other = complete_study(tmp_path)
    add_scores(other, tmp_path)
    path = other.path / "validation" / "made" / "summary.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, (better, p) in zip(
        [one for one in rows if one["scenario"] == "plan" and one["forecaster"] != "model"],
        (("9", "0.004"), ("0", "0.004"), ("5", "1"), ("5", "")),
        strict=True,
    ):
        row.update(model_better=better, shared_indicators="9", p_value=p)
    pd.DataFrame(rows).to_csv(path, index=False, encoding="utf-8-sig")
    found = Reader(answered.study, {"validation": [Added(other, "validation/made", {}, other.study_id)]})
    shown = _cells(_tables(found, "validation")["summary"])
    plan = [row[0] for row in shown].index(other.definition.scenario("plan").label_en)
    told = [
        "model better (p = 0.00400)",
        "model worse (p = 0.00400)",
        "no difference told (p = 1.00)",
        "too few to test",
    ]
    assert [row[8] for row in shown[plan + 1 : plan + 5]] == told
    assert sum("beside “" in one for one in _said(found, "validation")) == 3


def test_shares_stand_from_the_largest_and_say_whether_that_is_sure(answered: Reader) -> None:
    """The largest share is first, interactions last; an interval that reaches into its own leaves the order open."""
    tables = _tables(answered, "sensitivity")
    rows = _cells(tables["shares-rd_intensity"])
    assert [row[0] for row in rows] == ["base year", "luck", "all levers", "interactions"]
    assert rows[0][1:] == ["50% (40%–60%)", "60% (50%–70%)", "45%", "55%"]
    assert rows[2][2] == "10% (−5% to 55%)"
    assert rows[3][1:] == ["40% (10%–60%)", "–", "–", "–"]
    assert list(tables) == ["shares-rd_intensity"]
    most, *still, moved = _said(answered, "sensitivity")
    assert "“base year” holds most: 60%" in most
    assert "overlaps that of “all levers” (−5% to 55%)" in most
    assert len(still) == len(answered.study.definition.headline) - 1
    assert "“luck” in “R&D expenditure over GDP”: 35%, with all 32 rows 20%" in moved


def test_sentences_stand_before_the_tables_of_their_section(answered: Reader) -> None:
    """Each of the three sections has bullets first, then tables, and names the study that it is from."""
    sections = {section.section_id: section for section in answers.sections(answered)}
    for kind in ("deadline", "validation", "sensitivity"):
        kinds = [type(block) for block in sections[kind].blocks]
        assert kinds[:2] == [Paragraph, Paragraph]
        assert kinds.index(Table) == len([one for one in kinds if one is Paragraph])


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Report]:
    """A study that holds its own scores, and its report."""
    folder = tmp_path_factory.mktemp("scored")
    study = complete_study(folder)
    add_scores(study, folder)
    return study, build(Reader(study, find(study)), [])


def test_a_report_with_scores_does_not_say_that_none_was_used(scored: tuple[Study, Report], report: Report) -> None:
    """Where observations have been set beside the model no sentence says the contrary; elsewhere two do."""
    said, bare = (" ".join(plain(text, "en") for _, text in one.texts()) for one in (scored[1], report))
    for unused in ("have not been used to test it", "have not been seen"):
        assert unused in bare
        assert unused not in said


def test_a_number_of_an_added_table_is_traced_to_its_row(scored: tuple[Study, Report]) -> None:
    """`trace` prints the row of the verb's table; where the file says something else now, both are told."""
    study, report = scored
    path = study.path / "reports" / "report_en.pdf"
    path.parent.mkdir()
    path.write_bytes(b"its record lies beside it")
    path.with_name(f"{path.name}.numbers.json").write_text(as_json(report, "en"), "utf-8")
    number = next(one for _, one in report.numbers().values() if one.origin.table == "validation/made/scores")
    told = Told()
    assert trace(asked(path, number.number_id), cast("Wiring", told)) == 0
    assert f"today    {number.value:.10g}" in told.lines
    assert "row      of the table that a verb has added" in told.lines
    assert "source made up" in told.lines
    table = study.path / "validation" / "made" / "scores.csv"
    table.write_text(table.read_text("utf-8-sig").replace(f"{number.value:.10g}", "77.5"), "utf-8-sig")
    forged = Told()
    assert trace(asked(path, number.number_id), cast("Wiring", forged)) == 1
    assert "77.5" in forged.warned[0]
