"""How much room words take on a page or slide, reckoned without setting them: generous rather than tight."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TypeVar

from rich.cells import cell_len

CM_PER_POINT = 2.54 / 72
WIDE = {
    **dict.fromkeys("0123456789+<>=−≥≤–", 1.17),
    **dict.fromkeys("mwMW%@—&", 1.8),
    **dict.fromkeys("iljtfrI.,:;'’‘|()[]/ ", 0.72),
}
"""Widths in half ems of signs of Arial that are not as wide as small letters, on the safe side."""
CAPITAL, SMALL = 1.45, 1.12
LEADING = 1.25
BETWEEN = 0.5
"""Gap between a Chinese and a Latin sign, in half ems."""
Block = TypeVar("Block")
_TOKENS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\s+")


def n_lines(words: str, width_cm: float, size_pt: float) -> int:
    """Count the lines that words take in a column; Latin words and numbers are not broken, Chinese is at any sign."""
    room = width_cm / (size_pt * CM_PER_POINT / 2)
    lines, used = 1, 0.0
    latin = False
    for token in _TOKENS.findall(words):
        # Some programs leave a gap between Chinese and Latin signs, quotes among them.
        change = used > 0 and latin != (cell_len(token) == len(token))
        latin = cell_len(token) == len(token)
        used += BETWEEN if change else 0.0
        wide = _cells(token.rstrip() or token)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines += math.ceil(wide / room) - 1
        used += _cells(token)
    return lines


def height(words: str, width_cm: float, size_pt: float) -> float:
    """Height in cm of words in a column."""
    return n_lines(words, width_cm, size_pt) * size_pt * CM_PER_POINT * LEADING


def shared(blocks: Sequence[tuple[Block, float]], room: float) -> list[list[Block]]:
    """Share blocks of known heights among as few pages as hold them, so that each page gets about as much."""
    n = len(_filled(blocks, room))
    share = sum(tall for _, tall in blocks) / n
    while len(_filled(blocks, min(share, room))) > n and share < room:
        share += room / 50
    return _filled(blocks, min(share, room))


def _filled(blocks: Sequence[tuple[Block, float]], room: float) -> list[list[Block]]:
    pages, used = [list[Block]()], 0.0
    for block, tall in blocks:
        if pages[-1] and used + tall > room:
            pages.append([])
            used = 0.0
        pages[-1].append(block)
        used += tall
    return pages


def _cells(token: str) -> float:
    """Width of a token in half ems: a Chinese sign is as wide as the letter is high."""
    if cell_len(token) > len(token):
        return cell_len(token)
    return sum(WIDE.get(sign, CAPITAL if sign.isupper() else SMALL) for sign in token)
