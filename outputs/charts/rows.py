"""Rows of a chart with a name each: beside the axis on a page, above what is drawn in one of two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from outputs.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ABOVE = 52
"""Half-width cells of a name above its row."""
MARKS_CM = 0.56
"""What a row takes in one column beside its name."""
GAP_CM = 0.28
"""Between a name and the middle of its row, at least."""


@dataclass(frozen=True)
class Rows:
    """Names, and where on the axis each row stands; the axis counts rows of a page, ``row_cm`` each."""

    names: tuple[str, ...]
    at: tuple[float, ...]
    ends: tuple[float, float]
    """Of the axis, bottom and top."""
    row_cm: float

    @property
    def height_cm(self) -> float:
        """Height that all rows take."""
        return self.row_cm * (self.ends[0] - self.ends[1])

    def label(self, ax: Axes) -> None:
        """Set the limits of the axis, and put the names in place."""
        ax.set_ylim(*self.ends)
        ax.tick_params(axis="y", length=0, pad=6)
        if not style.is_narrow():
            ax.set_yticks(self.at, self.names)
            return
        from matplotlib.patheffects import withStroke  # noqa: PLC0415 - heavy, and only drawing needs it

        ax.set_yticks([])
        for y, name in zip(self.at, self.names, strict=True):
            ax.annotate(
                name,
                (0.0, y - GAP_CM / self.row_cm),
                xycoords=("axes fraction", "data"),
                va="bottom",
                fontsize=style.SMALL,
                annotation_clip=False,
                path_effects=[withStroke(linewidth=1.6, foreground="white")],  # lines of the grid pass behind it
            )


def rows_of(names: Sequence[str], row_cm: float, beside: int) -> Rows:
    """Place rows evenly on a page; in one column each takes what the lines of its name take.

    Parameters
    ----------
    names : of one line or more, from top to bottom.
    row_cm : height of a row on a page.
    beside : half-width cells of a line beside the axis.
    """
    narrow = style.is_narrow()
    cells = ABOVE if narrow else beside
    broken = tuple("\n".join(style.wrapped(line, cells) for line in name.split("\n")) for name in names)
    if not narrow:
        return Rows(broken, tuple(float(y) for y in range(len(broken))), (len(broken) - 0.5, -0.5), row_cm)
    bottoms = list(accumulate((MARKS_CM + style.LINE_CM * (name.count("\n") + 1)) / row_cm for name in broken))
    at = tuple(bottom - MARKS_CM / 2 / row_cm for bottom in bottoms)
    return Rows(broken, at, (max(bottoms, default=0.0) + 0.1 / row_cm, 0.0), row_cm)
