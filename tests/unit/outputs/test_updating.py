"""Reweighted chances: weights, effective size, the two parts of a change, and when nothing is told."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.errors import StudyError
from outputs import updating
from outputs.intervals import wilson, wilson_share
from outputs.updating import Weighted, band_table, chance_table, check_comparable, weight_table, weights_of
from tests.unit.outputs.synthetic import complete_study

if TYPE_CHECKING:
    from pathlib import Path

    from outputs.store import Study

N = 8


def even(study: Study, scenario: str) -> Weighted:
    """Every member weighs the same."""
    return Weighted(study, scenario, np.full(N, 1 / N))


def met(study: Study, scenario: str) -> np.ndarray:
    """Which members meet the target of talents: 480 000 in 2025."""
    rows = study.indicators(indicator="talent_total", definition="residents", quarter=20, scenario=scenario)
    return rows["value"].to_numpy() >= 480_000


def test_weights_are_likelihoods_that_sum_to_one() -> None:
    """Logs of 1, 2 and 5, shifted far down, are an eighth, a quarter and five eighths."""
    found = weights_of(np.log(np.array([1.0, 2.0, 5.0])) - 5000.0)
    assert found == pytest.approx([1 / 8, 2 / 8, 5 / 8])


def test_weights_turn_a_normal_prior_into_its_posterior() -> None:
    """Members N(0, 1) and an observation of 1 with error 1: mean 1/2, variance 1/2, and the known effective share.

    The mean weight is exp(-1/4) / sqrt 2, the mean squared one exp(-1/3) / sqrt 3; Kish's share is the square over it.
    """
    members = np.random.default_rng(2).standard_normal(40_000)
    weights = weights_of(-0.5 * (1.0 - members) ** 2)
    mean = float(weights @ members)
    assert mean == pytest.approx(0.5, abs=0.02)
    assert float(weights @ (members - mean) ** 2) == pytest.approx(0.5, abs=0.02)
    share = (math.exp(-0.25) / math.sqrt(2.0)) ** 2 / (math.exp(-1.0 / 3.0) / math.sqrt(3.0))
    assert 1.0 / float(weights @ weights) / 40_000 == pytest.approx(share, abs=0.02)


def test_no_possible_member_has_no_weight(study: Study) -> None:
    """All ruled out: weights of zero, no effective member, collapsed."""
    nobody = Weighted(study, "plan", weights_of(np.full(N, -math.inf)))
    assert (nobody.effective, nobody.has_collapsed) == (0.0, True)


def test_the_effective_size_is_that_of_kish(study: Study) -> None:
    """Weights of a half, a quarter and a quarter: 1 / (1/4 + 1/16 + 1/16) = 8/3."""
    weights = np.array([0.5, 0.25, 0.25, 0, 0, 0, 0, 0])
    assert Weighted(study, "plan", weights).effective == pytest.approx(8 / 3)
    assert even(study, "plan").effective == pytest.approx(N)


def test_a_weighted_interval_is_that_of_wilson_for_even_weights() -> None:
    """Three of ten, and 0.3 with ten effective members, have the same bounds; fewer make them wider."""
    assert wilson_share(0.3, 10.0) == pytest.approx(wilson(3, 10))
    assert wilson_share(0.3, 5.5)[0] < wilson(3, 10)[0]
    assert (wilson_share(0.0, 7.5)[0], wilson_share(1.0, 7.5)[1]) == (0.0, 1.0)


def test_below_thirty_effective_members_no_chance_is_told(study: Study) -> None:
    """Eight members are too few: after and data are empty, before and levers stand."""
    row = chance_table([even(study, "plan")], None).iloc[0]
    assert bool(row["withheld"])
    assert math.isnan(row["after"])
    assert math.isnan(row["data"])
    assert row["before"] >= 0.0
    assert row["levers"] == 0.0
    bands = band_table([even(study, "plan")])
    assert bands[bands["when"] == "after"]["p50"].isna().all()


def test_the_same_policy_leaves_data_alone(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """With weights on two members the chance is their weight where they meet the target; levers are nothing."""
    monkeypatch.setattr(updating, "FEWEST_EFFECTIVE", 1.0)
    weights = np.array([0.75, 0.25, 0, 0, 0, 0, 0, 0])
    table = chance_table([Weighted(study, "plan", weights)], None).set_index("target")
    reached = met(study, "plan")
    row = table.loc["talent_total"]
    assert row["before"] == reached.mean()
    assert row["after"] == pytest.approx(float(weights @ reached))
    assert row["data"] == pytest.approx(float(weights @ reached) - reached.mean())
    assert row["levers"] == 0.0
    assert row["effective_members"] == pytest.approx(1.6)
    assert "all" in table.index


def test_the_parts_of_a_change_add_up(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the baseline to the plan as it stands: levers under old weights, then data under the new policy."""
    monkeypatch.setattr(updating, "FEWEST_EFFECTIVE", 1.0)
    weights = np.array([0.1, 0.2, 0.05, 0.15, 0.1, 0.1, 0.2, 0.1])
    table = chance_table([even(study, "baseline"), even(study, "stalled")], Weighted(study, "plan", weights))
    assert set(table["policy_now"]) == {"plan"}
    row = table.set_index(["scenario", "target"]).loc[[("baseline", "talent_total")]].iloc[0]
    before, now = met(study, "baseline"), met(study, "plan")
    assert row["levers"] == pytest.approx(now.mean() - before.mean())
    assert row["data"] == pytest.approx(float(weights @ now) - now.mean())
    assert (table["levers"] + table["data"] == table["change"]).all()
    assert (table["after"] - table["before"]).to_numpy() == pytest.approx(table["change"].to_numpy(), abs=1e-15)


def test_bands_move_to_the_members_that_weigh(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all weight on one member every quantile is its value."""
    monkeypatch.setattr(updating, "FEWEST_EFFECTIVE", 0.5)
    weights = np.eye(N)[3]
    rows = band_table([Weighted(study, "plan", weights)])
    after = rows[(rows["when"] == "after") & (rows["target"] == "talent_total")].iloc[0]
    values = study.indicators(indicator="talent_total", definition="residents", quarter=20, scenario="plan", member=3)
    assert after["p05"] == after["p95"] == values["value"].iloc[0]


def test_every_member_has_its_weight_in_the_table(study: Study) -> None:
    """In the order of the members, summing to one."""
    table = weight_table([even(study, "plan"), even(study, "strong")])
    assert list(table["member"]) == [*range(N), *range(N)]
    assert table.groupby("scenario")["weight"].sum().to_list() == pytest.approx([1.0, 1.0])


def test_studies_of_other_data_or_seed_are_not_compared(study: Study, tmp_path: Path) -> None:
    """Everything that differs is named at once; a study compares with itself."""
    other = complete_study(tmp_path, members=2)
    check_comparable(study, other)
    changed = replace(other, definition=replace(other.definition, seed=99, data_hash="x"))
    with pytest.raises(StudyError, match="differ in data, seed: a change of chance would not be one of levers"):
        check_comparable(study, changed)
