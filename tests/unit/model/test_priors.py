"""Priors: each quantile against a number worked out by hand or by scipy.stats, and the reading of their names."""

import itertools
import math

import pytest
import scipy.stats

from model.errors import ParameterError
from model.priors import (
    Beta,
    Discrete,
    Fixed,
    Gamma,
    LogNormal,
    Normal,
    Prior,
    Triangular,
    TruncNormal,
    Uniform,
    ZeroInflated,
    parse_prior,
)

Z975 = 1.959963984540054
EXAMPLES: list[Prior] = [
    Fixed(3.0),
    Normal(1.0, 2.0),
    TruncNormal(0.3, 0.15, 0.0, 0.8),
    LogNormal(150.0, 0.5),
    Beta(2.0, 5.0, 1.0, 3.0),
    Gamma(2.0, 0.75),
    Uniform(-1.0, 1.0),
    Triangular(1.0, 2.0, 5.0),
    Discrete((1.0, 2.0, 4.0), (0.2, 0.5, 0.3)),
    ZeroInflated(0.25, Uniform(0.0, 1.0)),
]


@pytest.mark.parametrize(
    ("prior", "u", "value"),
    [
        (Fixed(0.15), 0.01, 0.15),
        (Fixed(0.15), 0.99, 0.15),
        (Normal(10.0, 2.0), 0.5, 10.0),
        (Normal(10.0, 2.0), 0.975, 10.0 + 2.0 * Z975),
        (Normal(10.0, 2.0), 0.025, 10.0 - 2.0 * Z975),
        (TruncNormal(1.0, 0.4, 0.6, 1.4), 0.5, 1.0),
        (LogNormal(150.0, 0.5), 0.5, 150.0),
        (LogNormal(150.0, 0.5), 0.975, 150.0 * math.exp(0.5 * Z975)),
        (Beta(1.0, 1.0), 0.3, 0.3),
        (Beta(2.0, 1.0), 0.25, 0.5),
        (Beta(1.0, 2.0), 0.75, 0.5),
        (Beta(2.0, 1.0, 10.0, 20.0), 0.25, 15.0),
        (Gamma(1.0, 0.75), 0.5, 0.75 * math.log(2.0)),
        (Uniform(-2.0, 6.0), 0.25, 0.0),
        (Triangular(0.0, 0.5, 1.0), 0.125, 0.25),
        (Triangular(0.0, 0.5, 1.0), 0.5, 0.5),
        (Triangular(0.0, 0.5, 1.0), 0.875, 0.75),
        (Triangular(2.0, 2.0, 4.0), 0.75, 3.0),
        (Triangular(2.0, 4.0, 4.0), 0.25, 3.0),
        (Triangular(7.0, 7.0, 7.0), 0.3, 7.0),
        (Discrete((1.0, 2.0, 4.0), (0.2, 0.5, 0.3)), 0.1, 1.0),
        (Discrete((1.0, 2.0, 4.0), (0.2, 0.5, 0.3)), 0.21, 2.0),
        (Discrete((1.0, 2.0, 4.0), (0.2, 0.5, 0.3)), 0.69, 2.0),
        (Discrete((1.0, 2.0, 4.0), (0.2, 0.5, 0.3)), 0.71, 4.0),
        (Discrete((1.0, 2.0), (3.0, 1.0)), 0.74, 1.0),
        (Discrete((1.0, 2.0), (3.0, 1.0)), 1.0, 2.0),
        (ZeroInflated(0.25, Uniform(1.0, 2.0)), 0.2499, 0.0),
        (ZeroInflated(0.25, Uniform(1.0, 2.0)), 0.25, 1.0),
        (ZeroInflated(0.25, Uniform(1.0, 2.0)), 0.625, 1.5),
    ],
)
def test_quantile_by_hand(prior: Prior, u: float, value: float) -> None:
    """A quantile is the number that the inverse of the distribution function gives on paper."""
    assert prior.quantile(u) == pytest.approx(value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("u", [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999])
def test_quantiles_agree_with_scipy_stats(u: float) -> None:
    """Priors without a closed form agree with scipy.stats."""
    low, high = (0.0 - 0.3) / 0.15, (0.8 - 0.3) / 0.15
    stats = scipy.stats
    assert TruncNormal(0.3, 0.15, 0.0, 0.8).quantile(u) == pytest.approx(
        float(stats.truncnorm(low, high, loc=0.3, scale=0.15).ppf(u)), rel=1e-7
    )
    assert Beta(4.0, 7.4, 1.0, 3.0).quantile(u) == pytest.approx(
        float(stats.beta(4.0, 7.4, loc=1.0, scale=2.0).ppf(u)), rel=1e-7
    )
    assert Gamma(2.0, 0.75).quantile(u) == pytest.approx(float(stats.gamma(2.0, scale=0.75).ppf(u)), rel=1e-7)
    assert Triangular(1.0, 2.0, 5.0).quantile(u) == pytest.approx(
        float(stats.triang(0.25, loc=1.0, scale=4.0).ppf(u)), rel=1e-7
    )


@pytest.mark.parametrize("prior", EXAMPLES)
def test_quantile_never_falls(prior: Prior) -> None:
    """A higher uniform number never gives a lower value, whatever the prior."""
    values = [prior.quantile(k / 200) for k in range(1, 200)]
    assert all(before <= after for before, after in itertools.pairwise(values))


@pytest.mark.parametrize("prior", EXAMPLES)
def test_every_prior_keeps_the_protocol(prior: Prior) -> None:
    """Every form offers a quantile that is a plain float."""
    assert isinstance(prior, Prior)
    assert type(prior.quantile(0.4)) is float


def test_truncated_normal_stays_inside_its_bounds() -> None:
    """Bounds hold to the last bit, also for a mean far outside them."""
    prior = TruncNormal(-10.0, 1.0, 0.0, 0.5)
    assert all(0.0 <= prior.quantile(u) <= 0.5 for u in (1e-12, 0.5, 1.0 - 1e-12))


def test_zero_inflated_has_the_lump_at_zero() -> None:
    """Of 1000 evenly spaced numbers, the share below the lump gives exactly zero and no other does."""
    prior = ZeroInflated(0.4, Uniform(0.5, 1.0))
    assert [prior.quantile((k + 0.5) / 1000) for k in range(1000)].count(0.0) == 400


@pytest.mark.parametrize(
    ("text", "prior"),
    [
        ("Fixed(0.15)", Fixed(0.15)),
        ("Normal(1, 2)", Normal(1.0, 2.0)),
        (" TruncNormal(1.0, 0.4, 0.1, 2.2) ", TruncNormal(1.0, 0.4, 0.1, 2.2)),
        ("LogNormal(3e6, 0.4)", LogNormal(3e6, 0.4)),
        ("Beta(2,5)", Beta(2.0, 5.0)),
        ("Beta(2, 5, 1, 3)", Beta(2.0, 5.0, 1.0, 3.0)),
        ("Gamma(2, 0.75)", Gamma(2.0, 0.75)),
        ("Uniform(-1, 1)", Uniform(-1.0, 1.0)),
        ("Triangular(-0.8, -0.5, -0.2)", Triangular(-0.8, -0.5, -0.2)),
    ],
)
def test_parse_prior_reads_what_the_tables_write(text: str, prior: Prior) -> None:
    """A prior written as a call is read as that prior."""
    assert parse_prior(text) == prior


@pytest.mark.parametrize("text", ["", "0.5", "Cauchy(0, 1)", "Normal(0, 1", "Normal", "Normal(Fixed(1), 2)", "os(1)"])
def test_parse_prior_names_what_is_allowed(text: str) -> None:
    """An unknown form is refused with the text as written and the list of forms."""
    with pytest.raises(ParameterError) as caught:
        parse_prior(text)
    assert f"'{text}'" in str(caught.value)
    assert "Triangular" in str(caught.value)


@pytest.mark.parametrize("text", ["Normal(1)", "Normal(1, 2, 3)", "Normal(a, 1)", "Fixed()", "TruncNormal(1, 0.4)"])
def test_parse_prior_refuses_arguments_that_do_not_fit(text: str) -> None:
    """A known form with arguments too few, too many or not numbers is refused by name, without a traceback inside."""
    with pytest.raises(ParameterError, match="does not take these arguments") as caught:
        parse_prior(text)
    assert f"'{text}'" in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "text", ["Normal(1, -1)", "Normal(nan, 1)", "Triangular(3, 2, 1)", "Uniform(2, 1)", "Beta(-1, 2)", "Gamma(1, inf)"]
)
def test_parse_prior_refuses_impossible_arguments(text: str) -> None:
    """A negative spread, bounds in the wrong order or a number that is not finite is an error where it is read."""
    with pytest.raises(ParameterError):
        parse_prior(text)
