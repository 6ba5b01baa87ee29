"""Yearly rates told in quarters."""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Rate = TypeVar("Rate", float, NDArray[np.float64])


def quarterly(hazard: Rate) -> Rate:
    """A yearly hazard h as the hazard of a quarter, ``1 - (1 - h)^(1/4)``."""
    return cast(Rate, 1.0 - (1.0 - hazard) ** 0.25)
