"""Memory: blocks asked for ahead of a pass."""

from typing import Any

import numba as nb
import numpy as np
import pytest
from numpy.typing import NDArray

from model.memory import BLOCK, fetch


@pytest.mark.parametrize("dtype", [np.uint64, np.int32, np.int16, np.int8])
@pytest.mark.parametrize("first", [0, BLOCK, 5 * BLOCK])
def test_asking_for_a_block_changes_nothing(dtype: type, first: int) -> None:
    """Whether a block is whole, cut short by the end or beyond it, the column keeps its values and nothing fails."""
    column: NDArray[Any] = np.arange(BLOCK + 100).astype(dtype)
    before = column.copy()
    fetch(column, first)
    assert np.array_equal(column, before)


def test_a_block_is_really_asked_for() -> None:
    """What is compiled asks the processor: the hint changes no value, so nothing else would tell that it is gone."""
    compiled = nb.njit(fetch.py_func)
    compiled(np.zeros(1, np.int16), 0)
    (code,) = compiled.inspect_llvm().values()
    assert "call void @llvm.prefetch" in code
