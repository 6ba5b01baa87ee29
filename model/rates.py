"""Yearly rates told in quarters."""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@overload
def quarterly(hazard: float) -> float: ...
@overload
def quarterly(hazard: FloatArray) -> FloatArray: ...
def quarterly(hazard: float | FloatArray) -> float | FloatArray:
    """A yearly hazard h as the hazard of a quarter, ``1 - (1 - h)^(1/4)``."""
    return 1.0 - (1.0 - hazard) ** 0.25
