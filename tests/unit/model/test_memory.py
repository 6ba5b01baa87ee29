"""Memory: blocks asked for ahead of a pass, and what is freed kept."""

import subprocess
import sys
from typing import Any

import numba as nb
import numpy as np
import pytest
from numpy.typing import NDArray

from model.memory import BLOCK, fetch, keep_freed_memory


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


FREED = """
import resource
import sys
import numpy as np
from model.memory import keep_freed_memory
kept, faults = keep_freed_memory() if sys.argv[1] == "told" else None, []
for _ in range(4):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    arrays = [np.ones(1 << 20) for _ in range(5)]
    del arrays
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
print(kept, faults[-1])
"""
"""Five arrays of 8 MB, of 2 048 pages each, are made and freed, four times; prints the faults of the last time."""


def faults(word: str) -> tuple[str, int]:
    """What was said of memory kept, and how many pages were asked for again."""
    output = subprocess.run([sys.executable, "-c", FREED, word], capture_output=True, text=True, check=True).stdout
    kept, number = output.split()
    return kept, int(number)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems decide for themselves")
def test_what_is_freed_is_used_again_without_asking_the_system() -> None:
    """Arrays are made of the pages of those before them; where the library cannot be told so, it is said."""
    kept, asked = faults("told")
    assert kept == "False" or asked < faults("")[1] / 10


def test_only_linux_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere there is nobody to tell, and nothing fails."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert not keep_freed_memory.__wrapped__()
