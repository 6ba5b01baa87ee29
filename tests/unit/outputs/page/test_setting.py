"""A lever setting, and the link that carries it."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import UsageError
from outputs.page.setting import EVEN, Lift, Setting, of_link, of_vector
from scenarios.lever_space import CHOSEN

BY_ID = {lever.lever_id: lever for lever in CHOSEN}
INSTITUTES = BY_ID["univ_institutes"]


def test_a_link_carries_a_setting_there_and_back() -> None:
    """What is read from the link of a setting is that setting; the policy of 2020 has an empty link."""
    setting = Setting().moved(INSTITUTES, 8.0, 0.25).moved(BY_ID["rd_toolbox_subsidy"], 0.05, EVEN)
    assert of_link(setting.link(CHOSEN), CHOSEN) == setting
    assert (Setting().link(CHOSEN), of_link("", CHOSEN)) == ("", Setting())


def test_a_move_stays_within_bounds_and_back_at_2020_is_no_move() -> None:
    """Beyond its upper bound a lever stays there; at its level of 2020 nothing is left of the move."""
    high = Setting().moved(INSTITUTES, 1e9, 7.0)
    assert high.lifts == {"univ_institutes": Lift(INSTITUTES.bounds[1], 1.0)}
    assert high.moved(INSTITUTES, INSTITUTES.baseline, EVEN) == Setting()


def test_a_vector_is_strengths_then_timings() -> None:
    """Half of the way to the bound is 0.5, and the same setting comes back."""
    middle = (INSTITUTES.baseline + INSTITUTES.bounds[1]) / 2.0
    setting = Setting().moved(INSTITUTES, middle, 0.75)
    vector = setting.vector(CHOSEN)
    place = CHOSEN.index(INSTITUTES)
    assert vector.shape == (2 * len(CHOSEN),)
    assert vector[place] == pytest.approx(0.5, abs=0.01)
    assert vector[len(CHOSEN) + place] == 0.75
    assert vector[: len(CHOSEN)].sum() == vector[place]
    assert of_vector(vector, CHOSEN) == setting
    assert of_vector(np.concatenate([np.zeros(len(CHOSEN)), np.full(len(CHOSEN), EVEN)]), CHOSEN) == Setting()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("univ_institute:8@0.5", "did you mean 'univ_institutes'"),
        ("univ_institutes:many@0.5", "is no level and timing"),
        ("univ_institutes:nan@0.5", "is not between"),
        ("univ_institutes:8@2", "timing 2 is not between 0 and 1"),
        ("univ_institutes:8@nan", "timing nan is not between 0 and 1"),
        ("univ_institutes:-1@0.5", "is not between"),
        ("univ_institutes:8@0.5,univ_institutes:9@0.5", "given twice"),
        ("<script>alert(1)</script>", "unknown lever"),
        ("x" * 5000, "too many"),
    ],
)
def test_a_broken_link_is_told(link: str, said: str) -> None:
    """Every kind of broken link is one clear error and never another exception."""
    with pytest.raises(UsageError, match="link: ") as told:
        of_link(link, CHOSEN)
    assert said in str(told.value)


def test_all_faults_of_a_link_come_at_once() -> None:
    """Two broken parts are two problems."""
    with pytest.raises(UsageError) as told:
        of_link("nothing:1@0,univ_institutes:1e9@0.5", CHOSEN)
    assert len(told.value.problems) == 2
