"""From a chance and its interval to words: how sure a sentence may sound.

The scale is that of the IPCC's guidance note on uncertainty (Mastrandrea et al. 2010). A word is used only where the
whole interval supports it, so few runs make careful sentences.
"""

from __future__ import annotations

from typing import NamedTuple

from outputs.report.content import Label


class Term(NamedTuple):
    """A word and the chances that it stands for, both ends included."""

    low: float
    high: float
    words: Label


SCALE = (
    Term(0.99, 1.0, Label("几乎肯定", "virtually certain")),
    Term(0.90, 1.0, Label("很可能", "very likely")),
    Term(2 / 3, 1.0, Label("可能", "likely")),
    Term(1 / 3, 2 / 3, Label("可能与不可能大致相当", "about as likely as not")),
    Term(0.0, 1 / 3, Label("不太可能", "unlikely")),
    Term(0.0, 0.10, Label("很不可能", "very unlikely")),
    Term(0.0, 0.01, Label("几乎不可能", "exceptionally unlikely")),
)
WIDEST = 0.5
"""An interval wider than this says nothing in words."""
UNKNOWN = Label("尚无法判断（模拟次数太少）", "not to be told (too few runs)")


def hedge(chance: float, low: float, high: float) -> Label:
    """Choose the words for a chance.

    Parameters
    ----------
    chance, low, high : estimate and 95 % interval, 0 to 1.

    Returns
    -------
    The narrowest term that holds the whole interval; where none does, the widest term that holds the estimate; and
    that nothing can be told where the interval is wider than a half.
    """
    if high - low > WIDEST:
        return UNKNOWN
    whole = [term for term in SCALE if term.low <= low and high <= term.high]
    if whole:
        return min(whole, key=lambda term: term.high - term.low).words
    return max((term for term in SCALE if term.low <= chance <= term.high), key=lambda term: term.high - term.low).words
