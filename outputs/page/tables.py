"""Tables of the page in HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence


def table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str, faint: Sequence[bool] = ()) -> str:
    """A table in HTML, all its cells escaped; the first cell of a row heads it."""
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in header)
    lines = []
    for place, (first, *cells) in enumerate(rows):
        row = "".join(f"<td>{_unbroken(html.escape(cell))}</td>" for cell in cells)
        grey = ' class="faint"' if place < len(faint) and faint[place] else ""
        lines.append(f'<tr{grey}><th scope="row">{html.escape(first)}</th>{row}</tr>')
    about = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""  # a caption is as wide as its table
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<figure>{about}<div class="wide"><table>{body}</table></div></figure>'


def _unbroken(cell: str) -> str:
    """A cell whose intervals stay on one line; on a phone it breaks before them."""
    return re.sub(r"\[[^]]*\]", lambda found: found[0].replace(" ", "\u00a0"), cell)


__all__ = ["table"]
