"""Gathering: what is read of each batch, however small the share of a table that memory may hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow.parquet as pq
import pytest

from outputs import batches
from outputs.runtables import SCHEMAS
from tests.unit.outputs.synthetic import SCENARIOS, result

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [name for name, _, _ in SCENARIOS]
MEMBERS = 3
PAIRS = [(name, member) for name in NAMES for member in range(MEMBERS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Batches of one member under all scenarios each, as studies of many scenarios have them."""
    for member in range(MEMBERS):
        batches.write_batch(tmp_path / "batches", [result(name, member, 4) for name in NAMES])
    return tmp_path / "batches"


class Watched(pq.ParquetFile):
    """A Parquet file that notes how often it is opened, and how often each of its row groups is read."""

    opened: ClassVar[Counter[str]] = Counter()
    groups: ClassVar[Counter[tuple[str, int]]] = Counter()

    def __init__(self, path: Path, **how: Any) -> None:
        super().__init__(path, **how)
        self.name = path.name
        self.opened[self.name] += 1

    def read_row_group(self, group: int, **how: Any) -> Any:
        """Count, then read."""
        self.groups[self.name, group] += 1
        return super().read_row_group(group, **how)


def test_rows_are_read_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch is opened once where the study fits into memory, and where it does not, no row is read twice."""
    monkeypatch.setattr(pq, "ParquetFile", Watched)
    bytes_of = []
    for window, times in ((batches.WINDOW, 1), (MEMBERS, len(NAMES))):
        monkeypatch.setattr(batches, "WINDOW", window)
        Watched.opened.clear()
        Watched.groups.clear()
        for name in SCHEMAS:
            batches.compact(folder, tmp_path / f"{name}.parquet", name, PAIRS)
        assert set(Watched.opened.values()) == {times}
        assert set(Watched.groups.values()) == {1}
        assert len(Watched.groups) == len(PAIRS) * len(SCHEMAS)
        bytes_of.append([(tmp_path / f"{name}.parquet").read_bytes() for name in SCHEMAS])
    assert bytes_of[0] == bytes_of[1]


def test_a_run_without_rows_leaves_no_row_group(tmp_path: Path) -> None:
    """A scenario that costs nothing has no rows in the table of cost, and the others keep theirs."""
    free = result("baseline", 0, 4)
    free.costs[:] = 0.0
    batches.write_batch(tmp_path / "batches", [free, result("plan", 0, 4)])
    batches.compact(tmp_path / "batches", tmp_path / "costs.parquet", "costs", [("baseline", 0), ("plan", 0)])
    found = pq.ParquetFile(tmp_path / "costs.parquet")
    assert found.metadata.num_row_groups == 1
    assert set(found.read().column("scenario").to_pylist()) == {"plan"}


def test_the_words_of_a_finished_file_do_not_hang_on_the_batches(tmp_path: Path) -> None:
    """Runs that drew inputs of other names leave the same bytes together, apart, and beside a run not asked for."""
    runs = [result("plan", member, 4) for member in range(3)]
    for run, name in zip(runs, ("b", "a", "c"), strict=True):
        run.drawn[name] = 1.0
    written = []
    for at, cut in enumerate(([runs], [runs[:1], runs[1:]], [runs[2:], runs[:2]])):
        for some in cut:
            batches.write_batch(tmp_path / str(at), some)
        for name in SCHEMAS:
            batches.compact(tmp_path / str(at), tmp_path / f"{name}.{at}", name, [("plan", 1), ("plan", 0)])
        written.append([(tmp_path / f"{name}.{at}").read_bytes() for name in SCHEMAS])
    assert written[0] == written[1] == written[2]
    names = pq.read_table(tmp_path / "drawn.0").column("name").to_pylist()
    assert [name in names for name in ("a", "b", "c")] == [True, True, False]


def test_a_finished_file_holds_text(folder: Path, tmp_path: Path) -> None:
    """A reader finds the types that the store promises, not how rows lay in memory."""
    for name, schema in SCHEMAS.items():
        batches.compact(folder, tmp_path / f"{name}.parquet", name, PAIRS)
        assert pq.read_schema(tmp_path / f"{name}.parquet").equals(schema)


def test_runs_in_no_batch_are_passed_over(folder: Path, tmp_path: Path) -> None:
    """Runs that failed are in no batch, and those beside them are gathered all the same."""
    batches.compact(folder, tmp_path / "drawn.parquet", "drawn", [*PAIRS, ("plan", MEMBERS), ("unknown", 0)])
    rows = pq.read_table(tmp_path / "drawn.parquet")
    assert list(zip(rows.column("scenario").to_pylist(), rows.column("member").to_pylist(), strict=True)) == PAIRS
