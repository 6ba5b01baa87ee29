"""Targets: when a value meets them."""

import pytest

from model.targets import Target


@pytest.mark.parametrize(
    ("relation", "value", "met"),
    [
        (">=", 3.6, True),
        (">=", 3.5999, False),
        (">=", 3.7, True),
        (">", 3.6, False),
        (">", 3.6001, True),
        (">=", float("nan"), False),
        (">", float("nan"), False),
    ],
)
def test_a_target_is_met_by_its_relation(relation: str, value: float, met: bool) -> None:
    """'At least' holds at the target itself, 'more than' does not, and a missing value meets nothing."""
    target = Target("rd", "研发", "R&D", 2025, relation, 3.6, "percent", "二", "outcome", "headline")
    assert target.met_by(value) is met
