"""Opening talents: slots kept for all draws, and slots worked out for one, are the same."""

import numpy as np
import pytest

from calibration import talents
from calibration.members import MemberSource


def test_slots_that_are_kept_and_those_worked_out_anew_give_the_same_talents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few slots are kept for all draws, many are made for each: every column is equal to the last bit."""
    kept = MemberSource(scale=1000, seed=2020, n_quarters=1)(0).base.talents
    monkeypatch.setattr(talents, "_MANY", 0)
    monkeypatch.setattr(talents, "_kept_slots", None)
    anew = MemberSource(scale=1000, seed=2020, n_quarters=1)(0).base.talents
    for name in ("talent_id", "city", "home", "tier", "born", "employer", "weight"):
        np.testing.assert_array_equal(getattr(kept, name), getattr(anew, name))
