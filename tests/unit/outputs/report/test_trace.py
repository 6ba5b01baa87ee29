"""From a number of a report back to the runs behind it."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from model.errors import StudyError
from model.wiring import Wiring
from outputs.report.behind import FILTERS, runs_behind
from outputs.report.content import Report
from outputs.report.reading import Reader
from outputs.report.showing import write
from outputs.report.trace import read_record, trace


class Told:
    """Keeps the lines that a verb shows."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.warned: list[str] = []

    def show(self, line: str) -> None:
        """Keep a line of the result."""
        self.lines.append(line)

    def warn(self, line: str) -> None:
        """Keep a line on what is wrong."""
        self.warned.append(line)

    def grid(self, title: str, header: list[str], rows: list[list[str]]) -> None:
        """Keep a table."""
        self.lines += [title, " ".join(header), *(" ".join(row) for row in rows)]


def asked(path: Path, number: str | None = None) -> Namespace:
    """What the command line hands over."""
    return Namespace(report=path, number=number, studies_dir=path.parent)


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_a_report_carries_its_numbers(kind: str, report: Report, tmp_path: Path) -> None:
    """Alone, without the file beside it, a report still lists all its numbers, and so does the file beside it."""
    path, record = write(report, "en", kind, tmp_path)
    beside = json.loads(record.read_text("utf-8"))
    record.unlink()
    assert read_record(path) == beside
    assert {row["id"]: row["value"] for row in beside["numbers"]} == {
        key: one.value for key, (_, one) in report.numbers().items()
    }


def test_a_chance_is_counted_again_from_the_runs(report: Report, reader: Reader) -> None:
    """The runs behind a chance of a target are one a member, and the share of them that meets it is the chance."""
    target = reader.study.definition.headline[0]
    for _, one in report.numbers().values():
        where = dict(one.origin.where)
        if one.origin.table == "targets" and one.origin.column == "chance" and where["target"] == target.target_id:
            runs = runs_behind(reader, one.origin)
            assert runs is not None
            last = runs[runs["quarter"] > 0]["value"]
            assert len(last) == reader.study.definition.members
            assert float(np.mean([target.met_by(value) for value in last])) == one.value


def test_costs_and_flows_add_up_to_what_is_said(report: Report, reader: Reader) -> None:
    """Means of costs and of balances of flows are those of the rows behind them."""
    members, tried = reader.study.definition.members, 0
    focal = reader.study.definition.places[0].place_id
    for _, one in report.numbers().values():
        runs = runs_behind(reader, one.origin) if one.origin.table in FILTERS else None
        if one.origin.table == "costs" and one.origin.column == "mean":
            assert runs is not None
            assert runs["yuan"].sum() / members == pytest.approx(one.value, rel=1e-9, abs=1e-9)
            tried += 1
        if one.origin.table == "net_flows" and one.origin.column == "net_mean":
            assert runs is not None
            sign = np.where(runs["destination"] == focal, 1.0, -1.0)
            assert float((sign * runs["value"]).sum()) / members == pytest.approx(one.value, rel=1e-9, abs=1e-6)
            tried += 1
        if one.origin.table == "moves" and one.origin.column == "mean":
            assert runs is not None
            assert runs["value"].sum() / members == pytest.approx(one.value, rel=1e-9, abs=1e-9)
            tried += 1
    assert tried > 20


def test_the_median_of_an_indicator_is_that_of_the_runs_behind_it(report: Report, reader: Reader) -> None:
    """The ladder's sentence rests on one run a member at the end of each year that it names."""
    told = {one for _, one in report.numbers().values() if one.origin.table == "bands" and one.origin.column == "p50"}
    assert {dict(one.origin.where)["year"] for one in told} == {2020, 2025}
    for one in told:
        runs = runs_behind(reader, one.origin)
        assert runs is not None
        assert len(runs) == reader.study.definition.members
        assert float(np.median(runs["value"])) == pytest.approx(one.value)


def test_trace_shows_row_and_runs(report: Report, reader: Reader) -> None:
    """An id gives the value written, the value today and a line a run; no id lists all."""
    path, _ = write(report, "zh", "html", reader.study.path / "reports")
    number = next(one for _, one in report.numbers().values() if one.origin.table == "joint")
    told = Told()
    assert trace(asked(path, number.number_id), cast("Wiring", told)) == 0
    assert f"value    {number.value:.10g}" in told.lines
    assert f"today    {number.value:.10g}" in told.lines
    n = reader.study.definition.members * len(reader.study.definition.headline)
    assert f"runs     {n} rows" in told.lines
    everything = Told()
    assert trace(asked(path), cast("Wiring", everything)) == 0
    assert len(everything.lines) == len(report.numbers())


def test_a_number_that_the_study_does_not_hold_is_told(report: Report, reader: Reader) -> None:
    """A report whose number is not that of its study ends with 1 and says both."""
    path, _ = write(report, "zh", "html", reader.study.path / "reports")
    number = next(one for _, one in report.numbers().values() if one.origin.table == "joint")
    text = path.read_text("utf-8")
    row = f'"id": "{number.number_id}"'
    start = text.index(row)
    forged = text[:start] + text[start:].replace(f'"value": {number.value!r}', '"value": 0.777', 1)
    path.write_text(forged, "utf-8")
    told = Told()
    assert trace(asked(path, number.number_id), cast("Wiring", told)) == 1
    assert "0.777" in told.warned[0]


def test_what_cannot_be_traced_is_one_line(tmp_path: Path, report: Report) -> None:
    """A file that is not there, one without a record, and a study that is not at hand are named."""
    with pytest.raises(StudyError, match="no such file"):
        read_record(tmp_path / "none.docx")
    bare = tmp_path / "bare.html"
    bare.write_text("<p>nothing</p>", "utf-8")
    with pytest.raises(StudyError, match="holds no record of numbers"):
        read_record(bare)
    path, _ = write(report, "en", "html", tmp_path / "away")
    with pytest.raises(StudyError, match="not at hand"):
        trace(asked(path, next(iter(report.numbers()))), cast("Wiring", Told()))
