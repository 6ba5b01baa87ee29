"""Prior distributions, each known by its quantile function, so that one uniform number draws one value.

Of scipy only `special` is used, and scipy loads it at the first quantile: who lists priors does without.
"""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import scipy

from model.errors import ParameterError


@runtime_checkable
class Prior(Protocol):
    """What a prior must offer."""

    def quantile(self, u: float) -> float:
        """The value below which the share ``u`` of the mass lies, 0 < u < 1."""
        ...

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        ...


def _require(sound: bool, prior: Prior) -> None:  # noqa: FBT001 - an assertion about the second argument
    """Raise ValueError when a prior's arguments are not finite or not in order."""
    numbers = [value for value in vars(prior).values() if isinstance(value, float)]
    if not (sound and all(math.isfinite(value) for value in numbers)):
        raise ValueError(f"{prior} is no distribution")


@dataclass(frozen=True)
class Fixed:
    """A constant: law, arithmetic, or a value that is not uncertain here."""

    value: float

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (self.value, self.value)

    def quantile(self, u: float) -> float:  # noqa: ARG002 - same signature as every prior
        """The constant."""
        return self.value


@dataclass(frozen=True)
class Normal:
    """Gauss."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.sd > 0.0, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (-math.inf, math.inf)

    def quantile(self, u: float) -> float:
        """Quantile."""
        return self.mean + self.sd * float(scipy.special.ndtri(u))


@dataclass(frozen=True)
class TruncNormal:
    """Gauss cut at both ends."""

    mean: float
    sd: float
    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.sd > 0.0 and self.low < self.high, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (self.low, self.high)

    @functools.cached_property
    def _below(self) -> tuple[float, float]:
        """Mass of the whole Gauss below each end."""
        low, high = (float(scipy.special.ndtr((end - self.mean) / self.sd)) for end in (self.low, self.high))
        return low, high

    def quantile(self, u: float) -> float:
        """Quantile."""
        a, b = self._below
        return min(max(self.mean + self.sd * float(scipy.special.ndtri(a + u * (b - a))), self.low), self.high)


@dataclass(frozen=True)
class LogNormal:
    """Log of the value is Gauss around the log of the median."""

    median: float
    sd_log: float

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.median > 0.0 and self.sd_log > 0.0, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (0.0, math.inf)

    def quantile(self, u: float) -> float:
        """Quantile."""
        return self.median * math.exp(self.sd_log * float(scipy.special.ndtri(u)))


@dataclass(frozen=True)
class Beta:
    """Share between 0 and 1, optionally stretched to [low, high]."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.a > 0.0 and self.b > 0.0 and self.low < self.high, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (self.low, self.high)

    def quantile(self, u: float) -> float:
        """Quantile."""
        return self.low + (self.high - self.low) * float(scipy.special.betaincinv(self.a, self.b, u))


@dataclass(frozen=True)
class Gamma:
    """Shape and scale."""

    shape: float
    scale: float

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.shape > 0.0 and self.scale > 0.0, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (0.0, math.inf)

    def quantile(self, u: float) -> float:
        """Quantile."""
        return self.scale * float(scipy.special.gammaincinv(self.shape, u))


@dataclass(frozen=True)
class Uniform:
    """Flat between two ends."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.low < self.high, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (self.low, self.high)

    def quantile(self, u: float) -> float:
        """Quantile."""
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True)
class Triangular:
    """Low, most likely, high."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse arguments that make no distribution."""
        _require(self.low <= self.mode <= self.high, self)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (self.low, self.high)

    def quantile(self, u: float) -> float:
        """Quantile."""
        width = self.high - self.low
        if width == 0.0:
            return self.low
        split = (self.mode - self.low) / width
        if u < split:
            return self.low + math.sqrt(u * width * (self.mode - self.low))
        return self.high - math.sqrt((1.0 - u) * width * (self.high - self.mode))


@dataclass(frozen=True)
class Discrete:
    """A few values with weights."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def support(self) -> tuple[float, float]:
        """Smallest and largest value."""
        return (min(self.values), max(self.values))

    def quantile(self, u: float) -> float:
        """The first value whose cumulated weight reaches ``u``."""
        cumulated = np.cumsum(self.weights) / np.sum(self.weights)
        return self.values[min(int(np.searchsorted(cumulated, u)), len(self.values) - 1)]


@dataclass(frozen=True)
class ZeroInflated:
    """A lump of mass at zero and another prior for the rest: for effects that the literature also finds to be nil."""

    at_zero: float
    rest: Prior

    def support(self) -> tuple[float, float]:
        """Smallest and largest value, zero included."""
        low, high = self.rest.support()
        return min(low, 0.0), max(high, 0.0)

    def quantile(self, u: float) -> float:
        """Not the quantile of the mixture but a map of one uniform number onto it, which is all that a draw needs."""
        if u < self.at_zero:
            return 0.0
        return self.rest.quantile((u - self.at_zero) / (1.0 - self.at_zero))


_FORMS: dict[str, type] = {
    "Fixed": Fixed,
    "Normal": Normal,
    "TruncNormal": TruncNormal,
    "LogNormal": LogNormal,
    "Beta": Beta,
    "Gamma": Gamma,
    "Uniform": Uniform,
    "Triangular": Triangular,
}


def parse_prior(text: str) -> Prior:
    """Read a prior as the data tables write it, e.g. ``TruncNormal(1.0, 0.4, 0.1, 2.2)``.

    Raises
    ------
    ParameterError : the form is unknown or its arguments do not fit; the message says what is allowed.
    """
    match = re.fullmatch(r"\s*(\w+)\(([^()]*)\)\s*", text)
    if match is None or match[1] not in _FORMS:
        raise ParameterError(f"prior '{text}' is not one of {', '.join(_FORMS)} with numbers in brackets")
    try:
        prior: Prior = _FORMS[match[1]](*(float(part) for part in match[2].split(",")))
    except (TypeError, ValueError):
        raise ParameterError(f"prior '{text}': {match[1]} does not take these arguments") from None
    return prior
