"""Evidence: published facts up to 2021 beside what the model says of them, or the reason why it says nothing."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calibration.scoreboard.matching import MemberValues
from calibration.scoreboard.observations import MEASURES, Observation
from calibration.scoreboard.periods import parse_period
from calibration.tables import DATA_DIR
from model.errors import DataError, near_match
from model.indicators import all_indicators
from model.results import IndicatorInfo
from model.wiring import Answer

FloatArray = NDArray[np.float64]

FITTED, COMPARED, NOT_COMPARABLE = ROLES = ("fitted", "compared", "not_comparable")
VINTAGES = ("first_published", "revised")
RULES = ("level", "change", "growth", "typed")
LAST_YEAR = 2021
LAST_REPORT = "2022-04"
"""A source may be later than 2021 only as the first report of a period that ended by then, and not after this."""
BESIDE = Path(__file__).with_name("shown_beside.csv")
"""What the model computes that is nearest to a fact which is not comparable: shown, and compared with nothing."""
_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Fact:
    """One published fact; value and error in the unit of what the model computes for it."""

    fact: str
    name_zh: str
    name_en: str
    role: str
    observation: Observation | None
    """None where the model computes nothing like it; not comparable, it holds no published value, not a number."""
    weight: float
    """Between 0 and 1: the error counts as the standard error over its root."""
    vintage: str
    published: str
    reason: str
    scope: str
    status: str

    @property
    def error(self) -> float:
        """Standard error with the weight in it."""
        return self.observation.standard_error / float(np.sqrt(self.weight)) if self.observation else float("nan")

    @property
    def is_published_later(self) -> bool:
        """Whether its source is later than 2021: the first report of a period that had ended."""
        return self.published[:4] > str(LAST_YEAR)

    def name(self, language: str) -> str:
        """Name in ``zh`` or ``en``."""
        return self.name_zh if language == "zh" else self.name_en


def load_evidence(
    data_dir: Path = DATA_DIR, vintage: str = VINTAGES[0], known_by: str = LAST_REPORT
) -> tuple[Fact, ...]:
    """Read the facts, their values computed from the observed tables wherever those hold them.

    Parameters
    ----------
    data_dir : folder of the tables.
    vintage : of GDP; facts that rest on the other one are left out.
    known_by : month ``2021-12``; what was published later becomes not comparable, with that reason.

    Raises
    ------
    DataError : a fact is later than 2021, names what does not exist, or lacks a reason; all problems at once.
    """
    rows, beside = _rows(data_dir / "evidence.csv"), {row["fact"]: row for row in _rows(BESIDE)}
    label = "/".join([*data_dir.parts[-2:], "evidence.csv"])
    problems: list[str] = []
    facts = []
    for line, row in enumerate(rows, start=2):
        told = _problems(row)
        observation = None
        if not told and (row["role"] != NOT_COMPARABLE or row["fact"] in beside):
            try:
                observation = _observation(line, row | beside.get(row["fact"], {}), data_dir)
            except ValueError as error:
                told = [str(error)]
        problems += [f"{label}, row {line}: {text}" for text in told]
        if not told and row["vintage"] in {"", vintage}:
            facts.append(_fact(row, observation, known_by))
    if problems:
        raise DataError(problems)
    return tuple(facts)


def fitted(facts: Sequence[Fact]) -> list[Fact]:
    """Those that the likelihood holds."""
    return [fact for fact in facts if fact.role == FITTED]


def simulated(study: Answer, facts: Sequence[Fact], n_members: int) -> FloatArray:
    """What each member of a study of one scenario says of each fact.

    Returns
    -------
    (n_members, n_facts), rows of runs that failed not a number.
    """
    scenario = study.definition.scenarios[0]
    values = np.full((n_members, len(facts)), np.nan)
    members = MemberValues(study, scenario)
    finished = study.finished_members(scenario.scenario_id)
    for column, fact in enumerate(facts):
        if fact.observation is not None:
            values[finished, column] = members.of(fact.observation)
    return values


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(lines)]


def _problems(row: dict[str, str]) -> list[str]:
    """What is wrong with a row before anything is computed."""
    told = [
        f"field {column}: '{row[column]}' is unknown; {near_match(row[column], known)}"
        for column, known in (("role", ROLES), ("vintage", ("", *VINTAGES)))
        if row[column] not in known
    ]
    dated = row["published"] or row["role"] == NOT_COMPARABLE
    if not dated or (row["published"] and not _MONTH.fullmatch(row["published"])):
        told.append(f"field published: '{row['published']}' is no month such as 2021-05, nor a year")
    elif row["published"] > LAST_REPORT:
        told.append(f"field published: {row['published']} is later than {LAST_REPORT}; leave the fact out")
    years = [int(year) for column in ("period", "model_period", "to_period") for year in _years(row[column])]
    if any(year > LAST_YEAR for year in years):
        told.append(f"field period: a fact later than {LAST_YEAR} is no evidence; it belongs to `validate`")
    if row["role"] != FITTED and not row["reason"]:
        told.append("field reason: is empty; say why the fact is not fitted")
    return told if row["role"] == NOT_COMPARABLE else told + _comparison_problems(row)


def _comparison_problems(row: dict[str, str]) -> list[str]:
    """What a row that is compared lacks."""
    told = [
        f"field {column}: '{row[column]}' is unknown; {near_match(row[column], known)}"
        for column, known in (("measure", MEASURES), ("rule", RULES))
        if row[column] not in known
    ]
    told += [
        f"field {column}: is empty; a fact that is compared needs it"
        for column in ("model_period", "standard_error", "weight", "factor", "adjustment")
        if not row[column]
    ]
    if not told and not (float(row["standard_error"]) > 0.0 and 0.0 < float(row["weight"]) <= 1.0):
        told.append("field standard_error: must be above 0, and the weight above 0 and at most 1")
    return told


def _years(text: str) -> list[str]:
    return re.findall(r"(?:19|20)\d{2}", text)


def _observation(line: int, row: dict[str, str], data_dir: Path) -> Observation:
    """Compute what was observed; ValueError says what is not there."""
    infos = {(info.indicator, info.definition): info for info in all_indicators()}
    info: IndicatorInfo | None = infos.get((row["indicator"], row["definition"]))
    period, is_comparable = parse_period(row["model_period"]), row["role"] != NOT_COMPARABLE
    if info is None:
        raise ValueError(
            f"field indicator: the model computes no '{row['indicator']}' counted as '{row['definition']}'"
        )
    if period is None:
        raise ValueError(f"field model_period: '{row['model_period']}' is no year or quarter")
    return Observation(
        line=line,
        info=info,
        period=period,
        measure=row["measure"],
        relation="=",
        value=_value(row, data_dir) + float(row["adjustment"]) if is_comparable else math.nan,
        standard_error=float(row["standard_error"]) if is_comparable else math.nan,
        source=row["source_title"],
    )


def _value(row: dict[str, str], data_dir: Path) -> float:
    """The published value, change or growth a year, in the model's unit."""
    factor = float(row["factor"])
    if row["rule"] == "typed":
        return float(row["value"]) * factor
    scopes = row["observed_scope"].split("|")
    last = _published(row, scopes[-1], row["to_period"], data_dir)
    if row["rule"] == "level":
        return last * factor
    first, years = _published(row, scopes[0], row["from_period"], data_dir), float(row["years"])
    if row["rule"] == "change":
        return (last - first) / years * factor
    return 100.0 * float((last / first) ** (1.0 / years) - 1.0)


def _published(row: dict[str, str], scope: str, period: str, data_dir: Path) -> float:
    """One value of an observed table; ValueError where there is none, or more than one that differ."""
    wanted = {"indicator": row["observed"], "region": row["region"], "scope": scope, "period": period}
    found = {
        float(other["value"])
        for other in _rows(data_dir / row["table"])
        if all(other[name] == value for name, value in wanted.items())
    }
    if len(found) != 1:
        raise ValueError(f"field observed: {row['table']} holds {len(found)} values for {wanted}; one is needed")
    return found.pop()


def _fact(row: dict[str, str], observation: Observation | None, known_by: str) -> Fact:
    late = row["published"] > known_by and row["role"] == FITTED
    return Fact(
        fact=row["fact"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        role=COMPARED if late else row["role"],
        observation=observation,
        weight=float(row["weight"] or 1.0),
        vintage=row["vintage"],
        published=row["published"],
        reason=f"published {row['published']}, after {known_by}" if late else row["reason"],
        scope=row["scope"],
        status=row["status"],
    )
