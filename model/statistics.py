"""Bounds of chances, and of differences between them."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson_share(share: float, effective: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's bounds of a weighted share, with the effective number of trials in place of their number.

    Parameters
    ----------
    share : weighted share of successes, 0 to 1.
    effective : ``1 / sum of squared weights`` (Kish 1965), above zero; need not be whole.

    Raises
    ------
    ValueError : a share outside 0 to 1, or no effective trial.
    """
    if not 0.0 <= share <= 1.0 or effective <= 0.0:
        message = f"wilson_share: {share} of {effective} trials is impossible"
        raise ValueError(message)
    z = NormalDist().inv_cdf((1 + level) / 2)
    scale, centre = 1 + z * z / effective, share + z * z / (2 * effective)
    reach = z * math.sqrt(share * (1 - share) / effective + z * z / (4 * effective * effective))
    low = 0.0 if share == 0.0 else (centre - reach) / scale
    return low, 1.0 if share == 1.0 else (centre + reach) / scale


def wilson(successes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Bound a chance estimated from independent trials.

    Parameters
    ----------
    successes, n : trials that succeeded, and all; 0 <= successes <= n.
    level : of confidence, between 0 and 1.

    Returns
    -------
    Lower and upper bound; (0, 1) when there was no trial.

    Raises
    ------
    ValueError : successes outside 0 to n, or level outside 0 to 1.

    Notes
    -----
    ``(p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n)``. Wilson (1927), J. Am. Stat. Assoc. 22.
    """
    if not 0 <= successes <= n or not 0 < level < 1:
        message = f"wilson: {successes} of {n} at level {level} is impossible"
        raise ValueError(message)
    return wilson_share(successes / n, n, level) if n else (0.0, 1.0)


def paired_chances(only_other: int, only_reference: int, both: int, n: int, level: float = 0.95) -> dict[str, float]:
    """Compare two chances estimated from the same trials.

    Parameters
    ----------
    only_other, only_reference, both : trials in which one side alone, or both, succeeded.
    n : all trials.
    level : of confidence.

    Returns
    -------
    ``difference`` of the other's chance to the reference's, ``low`` and ``high`` of its interval, and ``p_value`` of
    the exact test of McNemar (1947) that neither side is likelier to succeed alone. Nothing is known without a trial:
    the bounds are then -1 and 1.

    Notes
    -----
    Square-and-add of Wilson's bounds with the correlation of the pairs, method 10 of Newcombe (1998), Stat. Med. 17.
    """
    from scipy.stats import binomtest  # noqa: PLC0415 - heavy, and only where chances are compared

    if n == 0:
        return {"difference": math.nan, "low": -1.0, "high": 1.0, "p_value": 1.0}
    neither = n - both - only_other - only_reference
    one, two = (both + only_other) / n, (both + only_reference) / n
    (low1, high1), (low2, high2) = wilson(both + only_other, n, level), wilson(both + only_reference, n, level)
    product = (both + only_other) * (both + only_reference) * (neither + only_reference) * (neither + only_other)
    excess = float(both * neither - only_other * only_reference)
    excess = max(excess - n / 2, 0.0) if excess > 0.0 else excess
    phi = excess / math.sqrt(product) if product else 0.0
    down, up = one - low1, high1 - one
    below = math.sqrt(max(down**2 - 2 * phi * down * (high2 - two) + (high2 - two) ** 2, 0.0))
    above = math.sqrt(max(up**2 - 2 * phi * up * (two - low2) + (two - low2) ** 2, 0.0))
    alone = only_other + only_reference
    p_value = float(binomtest(only_other, alone).pvalue) if alone else 1.0
    return {"difference": one - two, "low": one - two - below, "high": one - two + above, "p_value": p_value}
