"""Memory: a pass over many agents goes block by block, and asks for the next block while it works on this one.

Not every processor notices by itself that a pass will need the next block, least of all a virtual one: rules then wait
for memory longer than they compute. And what a run frees is kept for the next one.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from typing import Any

import numba as nb
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from model.compiled import RULE

BLOCK = 1024
"""Agents worked on together: what a rule notes of them stays in the nearest cache."""
_LINE_BYTES = 64
"""What memory hands over at once."""

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
"""Settings of the C library of Linux, by their numbers in its ``malloc.h``."""
_KEPT_BYTES = 1 << 24
"""An array of up to so many bytes is taken from what was freed before; one to one most are larger, and go back."""


@functools.cache
def keep_freed_memory() -> bool:
    """Have the C library of Linux keep in this process what a run frees; whether it can be told so.

    A run at 1:100 asks for what the run before it freed: given back to the system in between, that was 1 400 page
    faults a member, 5 ms. At most 64 MB are kept. Other systems decide for themselves.
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if not hasattr(library, "mallopt"):
        return False
    taken = library.mallopt(_MMAP_THRESHOLD, _KEPT_BYTES)  # type: ignore[union-attr]
    return bool(taken and library.mallopt(_TRIM_THRESHOLD, 4 * _KEPT_BYTES))  # type: ignore[union-attr]


def _prefetch(_context: Any, column: Any, row: Any) -> tuple[Any, Any]:  # noqa: ANN401 - types of numba and LLVM
    """How to ask memory for the line that holds a row of a column: a hint to the processor, which changes no value."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
        array = context.make_array(signature.args[0])(context, builder, args[0])
        pointer: Any = cgutils.get_item_pointer  # numba's own has no types
        place = pointer(context, builder, signature.args[0], array, [args[1]], wraparound=False)
        address, number = ir.PointerType(ir.IntType(8)), ir.IntType(32)
        hint = ir.FunctionType(ir.VoidType(), [address, number, number, number])
        to_read, near, data = (ir.Constant(number, value) for value in (0, 2, 1))
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", (address,), hint)
        builder.call(prefetch, [builder.bitcast(place, address), to_read, near, data])
        return context.get_dummy_value()

    return types.void(column, row), generate


_ask_for: Any = intrinsic(_prefetch)


@nb.njit(**RULE)
def fetch(column, first):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Ask for the block of a column (n,) that begins at row ``first``; nothing where the column has ended."""
    for row in range(first, min(first + BLOCK, column.size), _LINE_BYTES // column.itemsize):
        _ask_for(column, row)
