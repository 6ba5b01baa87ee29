"""The verb `validate`: from a study and a file of observations to scores on disk and on the screen."""

from __future__ import annotations

import hashlib
import math
from argparse import Namespace
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibration.scoreboard.observations import Reading, read_observations
from calibration.scoreboard.past_rates import CAUTION, rate_table
from calibration.scoreboard.table import MODEL, caution, score_table, summary_table
from model.commands import languages
from model.errors import DataError
from model.indicators import all_indicators
from model.wiring import Answer, Supplement, Wiring

if TYPE_CHECKING:
    from model.results import IndicatorInfo

Record = Mapping[Hashable, Any]


def checked(args: Namespace, n_quarters: int, wiring: Wiring, infos: tuple[IndicatorInfo, ...] = ()) -> Reading:
    """Read the observations, before anything is run.

    Raises
    ------
    DataError : the file is malformed, rows are refused and ``--skip-refused`` is not given, or none is left.
    """
    reading = read_observations(args.observations, infos or all_indicators(), n_quarters)
    if reading.refused and not args.skip_refused:
        raise DataError([*reading.refused, "give --skip-refused to go on with the other rows"])
    if not reading.observations:
        raise DataError([*reading.refused, f"{args.observations}: no row is left"])
    for line in reading.refused:
        wiring.warn(line)
    return reading


def file_mark(path: Path) -> str:
    """Name of a file without its ending and 8 digits of the hash of its content: another content, another folder."""
    return f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


def score(args: Namespace, study: Answer, wiring: Wiring) -> int:
    """Score a study on observations; the tables and the chart go into its folder ``validation``."""
    definition = study.definition
    reading = checked(args, definition.n_quarters, wiring, tuple(definition.indicators))
    table = score_table(study, reading.observations)
    summary = summary_table(table)
    about = {
        "verb": "validate",
        "observations": args.observations.name,
        "sha256": hashlib.sha256(args.observations.read_bytes()).hexdigest(),
        "refused": [line.rpartition("refused: ")[2] for line in reading.refused],
    }
    tables = {"scores": table, "summary": summary}
    supplement = Supplement(f"validation/{file_mark(args.observations)}", about, tables, ["scoreboard"])
    folder = wiring.add(study, supplement, languages(args))
    for place, scenario in enumerate(definition.scenarios):
        rows = table[table["scenario"] == scenario.scenario_id]
        # A naive forecast knows no scenario: it is shown once.
        mine = rows[(rows["forecaster"] == MODEL) | (place == 0)].to_dict("records")
        wiring.grid(f"{scenario.label('en')} ({scenario.scenario_id})", _SCORES, [_score_cells(row) for row in mine])
        wiring.show("")
    wiring.grid("All counted observations", _SUMMARY, [_summary_cells(row) for row in summary.to_dict("records")])
    for line in caution(table):
        wiring.show(line)
    wiring.say(f"Scores: {folder}")
    return 0


def compare_past(args: Namespace, study: Answer, wiring: Wiring) -> int:
    """Put published rates beside those of the first years of a study."""
    table = rate_table(study)
    supplement = Supplement("validation/past", {"verb": "validate --past"}, {"rates": table}, ["past_rates"])
    folder = wiring.add(study, supplement, languages(args))
    rows = [
        [
            str(row["indicator"]),
            f"{row['past']}: {row['observed']:.1f}",
            str(row["scenario"]),
            f"{row['model_years']}: {row['p50']:.1f} [{row['p05']:.1f}, {row['p95']:.1f}]",
            f"{100 * row['share_below']:.0f}%",
            str(row["note_en"]),
        ]
        for row in table.to_dict("records")
    ]
    header = ["indicator", "published", "scenario", "model: median [5, 95 %]", "members below", "note"]
    wiring.grid("Growth, percent a year", header, rows)
    wiring.show(CAUTION)
    wiring.say(f"Rates: {folder}")
    return 0


_SCORES = [
    "observation",
    "forecaster",
    "observed",
    "5 - 50 - 95 %",
    "error",
    "CRPS",
    "in 50 %",
    "in 90 %",
    "chance",
    "note",
]
_SUMMARY = [
    "scenario",
    "forecaster",
    "values",
    "in 50 %",
    "in 90 %",
    "inequalities",
    "Brier",
    "model better",
    "verdict",
]


def _score_cells(row: Record) -> list[str]:
    """One line of the screen; what is not there is empty."""
    is_model = row["forecaster"] == "model"
    name = " ".join(str(row[part]) for part in ("indicator", "definition", "period", "measure") if row[part])
    note = str(row["note"]) if row["note"] else "" if row["out_of_sample"] or not is_model else "2021: no test"
    return [
        name if is_model else "",
        str(row["forecaster"]),
        f"{row['relation']} {_number(row['observed'])} {row['unit']}" if is_model else "",
        " ".join(_number(row[cut]) for cut in ("q05", "q50", "q95")) if not math.isnan(row["q50"]) else "",
        _number(row["error"]),
        _number(row["crps"]),
        _yes(row["within_50"]),
        _yes(row["within_90"]),
        _number(row["probability"]),
        note,
    ]


def _summary_cells(row: Record) -> list[str]:
    shared = row["shared_indicators"]
    return [
        str(row["scenario"]),
        str(row["forecaster"]),
        _number(row["points"]),
        _number(row["within_50"]),
        _number(row["within_90"]),
        _number(row["inequalities"]),
        _number(row["mean_brier"]),
        f"{row['model_better']:.0f} of {shared:.0f}" if not math.isnan(shared) else "",
        str(row["verdict"]) if isinstance(row["verdict"], str) else "",
    ]


def _number(value: float | None) -> str:
    """Four significant digits without an exponent; nothing for a missing value."""
    if value is None or math.isnan(value):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"


def _yes(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
