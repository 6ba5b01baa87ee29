"""Tables of the screen as Markdown, with the study that they come from: blocks for a README."""

from __future__ import annotations

from collections.abc import Iterable

from model.wiring import Wiring
from outputs.store import Study
from outputs.tables import Grid


def show_all(wiring: Wiring, study: Study, grids: Iterable[Grid], lines: Iterable[str], *, as_markdown: bool) -> None:
    """Put tables and sentences on the screen, or the same as a block for a README."""
    if as_markdown:
        wiring.show(f"{origin(study)}\n")
    for grid in grids:
        if as_markdown:
            wiring.show("\n".join(markdown_grid(grid)))
        else:
            wiring.grid(*grid)
        wiring.show("")
    for line in lines:
        wiring.show(f"- {line}" if as_markdown else line)


def markdown_grid(grid: Grid) -> list[str]:
    """Lines of a table; its title stands above it."""
    title, header, rows = grid
    return [title, "", _line(header), "|---" * len(header) + "|", *map(_line, rows)]


def origin(study: Study) -> str:
    """What the numbers rest on, in a line."""
    about = study.definition
    sizes = f"{about.members} members, seed {about.seed}, scale 1:{about.scale}, data `{about.data_hash[:12]}`"
    return f"Study `{study.study_id}`: {sizes}, values of members: {about.values_from}."


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
