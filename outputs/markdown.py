"""Tables of the screen as Markdown, with the study that they come from: blocks for a README."""

from __future__ import annotations

from outputs.store import Study
from outputs.tables import Grid


def markdown_grid(grid: Grid) -> list[str]:
    """Lines of a table; its title stands above it."""
    title, header, rows = grid
    return [title, "", _line(header), "|---" * len(header) + "|", *map(_line, rows)]


def origin(study: Study) -> str:
    """What the numbers rest on, in a line."""
    about = study.definition
    sizes = f"{about.members} members, seed {about.seed}, scale 1:{about.scale}, data `{about.data_hash[:12]}`"
    return f"Study `{study.study_id}`: {sizes}, values of members: {about.drawn_from.get('values', 'priors')}."


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
