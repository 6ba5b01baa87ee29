"""What a chart file declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from outputs.store import Study


@dataclass(frozen=True)
class Chart:
    """A chart: what it is called, what it shows to one who cannot see it, and how it is drawn from a study."""

    chart_id: str
    title_zh: str
    title_en: str
    alt_zh: str
    alt_en: str
    draw: Callable[[Study, str], Figure]

    def title(self, language: str) -> str:
        """Title in ``zh`` or ``en``."""
        return self.title_zh if language == "zh" else self.title_en

    def alt(self, language: str) -> str:
        """Text for one who cannot see the chart, in ``zh`` or ``en``."""
        return self.alt_zh if language == "zh" else self.alt_en
