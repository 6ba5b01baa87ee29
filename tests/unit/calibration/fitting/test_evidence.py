"""Evidence is computed from published values, refuses what came later, and says why it leaves a fact out."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from calibration.fitting.evidence import COMPARED, FITTED, LAST_REPORT, NOT_COMPARABLE, Fact, fitted, load_evidence
from calibration.members import POSTERIOR, data_hash
from calibration.tables import DATA_DIR
from model.errors import DataError


def by_name(vintage: str = "first_published", known_by: str = LAST_REPORT) -> dict[str, Fact]:
    """The facts of the project."""
    return {fact.fact: fact for fact in load_evidence(vintage=vintage, known_by=known_by)}


def changed(folder: Path, fact: str, **cells: str) -> Path:
    """Change cells of one fact in a copy of the tables."""
    path = folder / "evidence.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    next(row for row in rows if row["fact"] == fact).update(cells)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_values_are_computed_from_the_observed_tables() -> None:
    """A level, a change, growth a year and a change a year by hand from what was published."""
    facts = by_name()
    values = {name: fact.observation.value for name, fact in facts.items() if fact.observation}
    assert values["hnte_zone"] == 435.0
    assert values["above_scale_net"] == 1180.0 - 1112.0
    assert values["hnte_city_rate"] == pytest.approx(100.0 * ((3000.0 / 1739.0) ** 0.25 - 1.0))
    assert values["talent_net"] == pytest.approx((448_000.0 - 323_300.0) / 4.0)
    assert values["rd_zone"] == pytest.approx(100.0 * (28.0 / 21.1 - 1.0) - 4.5)


def test_half_a_weight_widens_the_error_by_root_two() -> None:
    """The error of a fact of half weight is its standard error times the root of two."""
    fact = by_name()["talent_net"]
    assert fact.error == pytest.approx(12_000.0 * 2.0**0.5)


def test_the_reader_chooses_the_vintage_of_gdp() -> None:
    """A fact on GDP as first published gives way to the one on revised GDP, the others stay."""
    first, revised = by_name(), by_name(vintage="revised")
    assert set(first) ^ set(revised) == {"rd_intensity_city_first", "rd_intensity_city_revised"}


def test_what_was_published_later_than_asked_is_compared_only() -> None:
    """By the end of 2021 the zone's count of 2021 was not out: it is compared, with that reason."""
    facts = by_name(known_by="2021-12")
    assert facts["hnte_zone"].role == COMPARED
    assert "2022-02" in facts["hnte_zone"].reason
    assert [fact.fact for fact in fitted(list(facts.values()))] == [
        "hnte_city_rate", "above_scale_net", "rd_performing", "talent_net",
    ]  # fmt: skip


def test_facts_published_after_2021_are_marked() -> None:
    """Five of the nine that are fitted came out in early 2022, and each says so."""
    later = [fact.fact for fact in fitted(list(by_name().values())) if fact.is_published_later]
    assert later == ["hnte_zone", "rd_zone", "rd_intensity_city_first", "rd_cost_city", "patents_zone"]


def test_every_fact_that_is_not_fitted_says_why() -> None:
    """Growth to 2020, flows that are inputs and the like are listed with a reason, and none is silent."""
    facts = by_name()
    assert {fact.role for fact in facts.values()} == {FITTED, COMPARED, NOT_COMPARABLE}
    assert all(fact.reason for fact in facts.values() if fact.role != FITTED)


def test_what_is_not_comparable_has_no_published_value_to_be_fitted_to() -> None:
    """Three such facts name what the model computes beside them; they hold no value and no error, and say why."""
    beside = {name: fact for name, fact in by_name().items() if fact.role == NOT_COMPARABLE and fact.observation}
    assert set(beside) == {"gdp_growth_2021", "industry_growth_2021q1", "venture_flows"}
    assert all(fact.observation and math.isnan(fact.observation.value) for fact in beside.values())
    assert all(math.isnan(fact.error) and fact.reason for fact in beside.values())
    assert not {fact.fact for fact in fitted(list(by_name().values()))} & set(beside)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"published": "2023-08"}, "published: 2023-08 is later than 2022-04"),
        ({"period": "2022"}, "a fact later than 2021 is no evidence"),
        ({"to_period": "2019"}, "holds 0 values"),
        ({"indicator": "hnte"}, "the model computes no 'hnte'"),
        ({"role": "compared"}, "field reason: is empty"),
        ({"standard_error": "0"}, "must be above 0"),
        ({"rule": "leap"}, "field rule: 'leap' is unknown"),
    ],
)
def test_a_broken_fact_is_refused(data_copy: Path, cells: dict[str, str], words: str) -> None:
    """A late source, a late period, a missing value, an unknown name or no error is refused with its row."""
    with pytest.raises(DataError, match=words):
        load_evidence(changed(data_copy, "hnte_zone", **cells))


def test_the_posterior_is_no_table(data_copy: Path) -> None:
    """What is accepted does not change the hash of the tables that it rests on."""
    before = data_hash(data_copy)
    (data_copy / POSTERIOR).mkdir(exist_ok=True)
    (data_copy / POSTERIOR / "posterior.csv").write_text("base:rd_intensity\n0.027\n", "utf-8")
    assert data_hash(data_copy) == before
    assert (DATA_DIR / "evidence.csv").is_file()
