"""Values as the screen writes them."""

import pytest

from scenarios.figures import figure


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (3.25849, "percent", "3.258 %"),
        (541_433.2, "persons", "541,433 persons"),
        (3.19e9, "yuan", "3.19 bn yuan"),
        (0.0562, "share", "5.6 %"),
        (21.4999, "patents", "21.5 patents"),
    ],
)
def test_a_value_is_written_in_the_unit_of_its_reader(value: float, unit: str, written: str) -> None:
    """Money stands in billions, persons without a fraction, chances in per cent, all else in four digits."""
    assert figure(value, unit) == written
