"""Sources of values for a reader of Chinese: titles as they are in the original, the reasons beside them in Chinese."""

from __future__ import annotations

import csv
import functools
import re
from pathlib import Path

from outputs.report.content import Label

FILE = Path(__file__).resolve().parent / "reasons.csv"
"""Reasons in both languages; what is not there is the title of a source, or a remark on one, and stays as it is."""
PART = re.compile(r"; | ;")


@functools.cache
def known() -> dict[str, str]:
    """Reasons in English and in Chinese."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["zh"] for row in csv.DictReader(file)}


def source_label(source: str) -> Label:
    """Title of a source or reason of a value; a source without any is a dash."""
    parts = [known().get(part.strip(), part.strip()) for part in PART.split(source)]
    return Label("；".join(parts) or "–", source or "–")
