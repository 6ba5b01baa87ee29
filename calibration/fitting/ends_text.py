"""What runs at the ends of priors say, as Markdown that is made from their tables and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from calibration.fitting.conclusions import ALL
from calibration.fitting.ends import HIGH, LOW

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 8


def findings(tables: Mapping[str, pd.DataFrame]) -> str:
    """Say how much was run, what turns, and the largest changes.

    Parameters
    ----------
    tables : ``inputs``, ``end_chances`` and ``end_orders``; ``end_screen`` where there was a screen.
    """
    chances, orders = tables["end_chances"], tables["end_orders"]
    parts = [*(_screened(tables["end_screen"]) if "end_screen" in tables else ())]
    parts.append(
        f"At the ends ({LOW:.0%} and {HIGH:.0%} of the prior) {chances['input'].nunique()} values were run with "
        f"{chances['members'].max()} members each: {len(chances)} chances and {len(orders)} orders compared, of which "
        f"{chances['beyond_noise'].sum()} and {orders['beyond_noise'].sum()} change beyond noise, and "
        f"{chances['flips'].sum()} and {orders['flips'].sum()} turn."
    )
    flips, moved = chances[chances["flips"]], chances[chances["beyond_noise"] & ~chances["flips"]]
    parts += _table("Chances that pass one half", _CHANCES, map(_chance, _rows(flips)))
    title = "Chances that change beyond noise and pass one half nowhere"
    parts += _table(title, _CHANCES, map(_chance, _rows(moved.head(SHOWN))), len(moved))
    noise = chances[~chances["beyond_noise"] & (chances["change"] != 0.0)]
    title = "Largest changes of a chance that do not count once every comparison is allowed for"
    parts += _table(title, _CHANCES, map(_chance, _rows(noise.head(SHOWN))), len(noise))
    turned = orders[orders["flips"]]
    parts += _table("Orders that turn", _ORDERS, map(_order, _rows(turned.head(2 * SHOWN))), len(turned))
    return "\n\n".join(parts) + "\n"


def _screened(screen: pd.DataFrame) -> list[str]:
    """How far the values go that were kept, and the furthest that was not."""
    passed, left = int((screen["reach"] > 1.0).sum()), screen[~screen["kept"]]
    still = int((screen["reach"] <= 0.0).sum())
    text = (
        f"The screen ran {len(screen)} values at both ends. In {passed} an end goes the whole way to where some "
        f"conclusion turns; {still} bring none nearer; {int(screen['kept'].sum())} were kept."
    )
    if len(left):
        first = _rows(left)[0]
        text += f" The furthest that was not kept, `{first['input']}`, goes {first['reach']:.0%} ({_what(first)})."
    rows = [[f"`{r['input']}`", r["status"], f"{r['reach']:.0%}", _what(r)] for r in _rows(screen[screen["kept"]])]
    return [text, *_table("Kept", ["value", "status", "of the way", "conclusion"], rows)]


def _what(row: Mapping[Any, Any]) -> str:
    between = f"{row['first']} over {row['second']}" if row["second"] else f"chance under {row['first']}"
    return f"{row['target']}, {between}, at {row['at']:.0%}"


_CHANCES = ["scenario", "target", "value", "status", f"at {LOW:.0%}", f"at {HIGH:.0%}", "change"]
_ORDERS = ["first less second", "target", "value", "status", "as drawn", f"at {LOW:.0%}", f"at {HIGH:.0%}"]


def _chance(row: Mapping[Any, Any]) -> list[str]:
    target = "all targets" if row["target"] == ALL else str(row["target"])
    ends = [f"{row[s]:.2f} ({row[f'{s}_from']:.2f} to {row[f'{s}_to']:.2f})" for s in ("low", "high", "change")]
    return [str(row["scenario"]), target, f"`{row['input']}`", str(row["status"]), *ends]


def _order(row: Mapping[Any, Any]) -> list[str]:
    sides = [f"{row[side]:.3g} +- {row[f'{side}_error']:.2g}" for side in ("drawn", "low", "high")]
    pair = f"{row['first']} less {row['second']}"
    return [pair, str(row["target"]), f"`{row['input']}`", str(row["status"]), *sides]


def _rows(table: pd.DataFrame) -> Sequence[Mapping[Any, Any]]:
    return table.to_dict("records")


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], total: int = 0) -> list[str]:
    """A titled Markdown table; nothing where there are no rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return []
    more = f" ({len(lines)} of {total})" if total > len(lines) else ""
    head = [f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    return [f"{title}{more}:", "\n".join([*head, *lines])]
