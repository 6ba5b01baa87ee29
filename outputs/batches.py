"""Batches: how finished runs reach the disk, one Parquet file per batch and table, and how they become one table.

A batch counts once its commit file is there and every file it names has the size it names; the commit file is
written last, so a kill at any moment loses at most the batch being written.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from model.results import RunResult
from outputs.atomic import write_text, write_with
from outputs.runtables import IN_MEMORY, LABELS, SCHEMAS, to_tables

CHUNK = 50
"""Members per row group of a finished table: fixed, so that its bytes do not depend on how the runs were batched."""
WINDOW = 500
"""About so many runs of a table are in memory while it is gathered."""

Pair = tuple[str, int]


@dataclass(frozen=True)
class Batch:
    """A committed batch: its id and the (scenario, member) pairs it holds."""

    batch_id: str
    pairs: frozenset[Pair]


def write_batch(folder: Path, results: Sequence[RunResult]) -> str:
    """Write the runs of one batch and commit it.

    Parameters
    ----------
    folder : of the study's batches.
    results : finished runs, in any order; the bytes do not depend on it.

    Returns
    -------
    The id of the batch, a hash of the pairs it holds.
    """
    ordered = sorted(results, key=lambda result: (result.scenario_id, result.member))
    pairs = [(result.scenario_id, result.member) for result in ordered]
    batch_id = hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:12]
    (folder / f"{batch_id}.json").unlink(missing_ok=True)
    parts = [to_tables(list(runs)) for _, runs in itertools.groupby(ordered, key=lambda result: result.scenario_id)]
    sizes = {}
    for name in SCHEMAS:
        path = _table_path(folder, batch_id, name)
        write_with(path, functools.partial(_write_groups, name=name, groups=[part[name] for part in parts]))
        sizes[name] = path.stat().st_size
    _commit(folder, batch_id, pairs, sizes)
    return batch_id


def adopt(folder: Path, tables: Mapping[str, Path], pairs: Sequence[Pair]) -> str:
    """Take finished tables of other runs over as one batch, without reading them.

    Parameters
    ----------
    tables : one Parquet file for each key of `SCHEMAS`.
    pairs : that the files hold.
    """
    batch_id = hashlib.sha256(json.dumps(sorted(pairs)).encode()).hexdigest()[:12]
    sizes = {}
    for name, source in tables.items():
        path = _table_path(folder, batch_id, name)
        write_with(path, functools.partial(shutil.copyfile, source))
        sizes[name] = path.stat().st_size
    _commit(folder, batch_id, pairs, sizes)
    return batch_id


def committed(folder: Path) -> list[Batch]:
    """List the batches that are whole, by id; a commit file that cannot be read or a file cut short does not count."""
    batches = []
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text("utf-8"))
            pairs = frozenset((str(scenario), int(member)) for scenario, member in content["pairs"])
            sizes = {name: int(content["sizes"][name]) for name in SCHEMAS}
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if all(_size(_table_path(folder, path.stem, name)) == size for name, size in sizes.items()):
            batches.append(Batch(path.stem, pairs))
    return batches


def compact(folder: Path, target: Path, name: str, pairs: Sequence[Pair]) -> None:
    """Gather one table of all batches into one Parquet file, in the order of the design.

    Parameters
    ----------
    folder : of the batches.
    target : the Parquet file to write.
    name : of the table, a key of `SCHEMAS`.
    pairs : (scenario, member) in the order wanted; those in no batch (failed runs) are passed over.

    Notes
    -----
    Row groups hold the same pairs however the runs were batched, and a pair that two batches hold is taken from the
    first, so the bytes do not depend on workers. The rows of a run are read once, and those of about `WINDOW` runs are
    in memory: scenarios that fit into it together are taken out of a batch together.
    """
    owner: dict[Pair, str] = {}
    for batch in committed(folder):
        for pair in batch.pairs:
            owner.setdefault(pair, batch.batch_id)

    empty = IN_MEMORY[name].empty_table()

    def write(temporary: Path) -> None:
        with _writer(temporary, name) as writer:
            for window in _windows(pairs):
                rows = _read(folder, name, {pair: owner[pair] for chunk in window for pair in chunk if pair in owner})
                for chunk in window:
                    parts = [rows[pair] for pair in chunk if pair in rows]
                    _write_group(writer, _words_by_row(_joined(parts or [empty])))

    write_with(target, write)


def _windows(pairs: Iterable[Pair]) -> Iterator[list[list[Pair]]]:
    """Chunks, each the pairs of a row group, as many at a time as hold `WINDOW` pairs together, and one at least."""
    chunks: dict[tuple[str, int], list[Pair]] = {}
    for scenario, member in pairs:
        chunks.setdefault((scenario, member // CHUNK), []).append((scenario, member))
    window: list[list[Pair]] = []
    for chunk in chunks.values():
        if window and sum(map(len, window)) + len(chunk) > WINDOW:
            yield window
            window = []
        window.append(chunk)
    if window:
        yield window


def _read(folder: Path, name: str, owner: Mapping[Pair, str]) -> dict[Pair, pa.Table]:
    """Rows of runs, each from the batch that owns it; a run that left no row in the table is not there."""
    wanted: dict[str, set[Pair]] = {}
    for pair, batch_id in owner.items():
        wanted.setdefault(batch_id, set()).add(pair)
    found: dict[Pair, pa.Table] = {}
    for batch_id, mine in wanted.items():
        with pq.ParquetFile(_table_path(folder, batch_id, name), read_dictionary=LABELS[name]) as file:
            for group in _groups(file.metadata, mine):
                # Threads would cost more than what they read: a row group is small.
                runs = _runs(file.read_row_group(group, use_threads=False).cast(IN_MEMORY[name]))
                found |= {pair: rows for pair, rows in runs if pair in mine}
    return found


def _groups(metadata: pq.FileMetaData, wanted: set[Pair]) -> Iterator[int]:
    """Row groups that can hold a wanted pair; each holds one scenario, and its statistics say which members."""
    spans: dict[str, list[int]] = {}
    for scenario, member in wanted:
        spans.setdefault(scenario, []).append(member)
    for index in range(metadata.num_row_groups):
        scenario, member = (metadata.row_group(index).column(column).statistics for column in (0, 1))
        if (span := spans.get(scenario.min)) and min(span) <= member.max and member.min <= max(span):
            yield index


def _runs(rows: pa.Table) -> Iterator[tuple[Pair, pa.Table]]:
    """Cut the rows of a row group, which is one scenario and goes by member, into those of its runs."""
    scenario, members = rows.column("scenario")[0].as_py(), rows.column("member").to_numpy()
    for part in np.split(np.arange(len(members)), np.flatnonzero(np.diff(members)) + 1):
        yield (scenario, int(members[part[0]])), rows.slice(part[0], len(part))


def _writer(path: Path, name: str) -> pq.ParquetWriter:
    """Open a finished file: small, with statistics, and without Arrow's own schema, for a reader shall find text."""
    floats = [field.name for field in SCHEMAS[name] if pa.types.is_floating(field.type)]
    others = [field.name for field in SCHEMAS[name] if not pa.types.is_floating(field.type)]
    how: dict[str, Any] = {"compression": "zstd", "use_byte_stream_split": floats, "store_schema": False}
    return pq.ParquetWriter(path, IN_MEMORY[name], use_dictionary=others, **how)


def _words_by_row(rows: pa.Table) -> pa.Table:
    """Rows (in one chunk) whose words are those that they use, in the order of use, whatever batch they come from."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type) and rows.num_rows:
            labels = rows.column(at).chunk(0)
            used = pc.unique(labels.indices)
            numbers = pc.index_in(labels.indices, value_set=used)
            rows = rows.set_column(at, field, pa.DictionaryArray.from_arrays(numbers, labels.dictionary.take(used)))
    return rows


def _write_groups(path: Path, name: str, groups: Sequence[pa.Table]) -> None:
    """Write tables of one scenario each as a row group each, so that gathering finds a scenario without the others.

    Such a file is read once, soon: it is quick to write and to read, and says of a group only what gathering looks up.
    """
    how: dict[str, Any] = {"compression": "none", "write_statistics": ["scenario", "member"]}
    with pq.ParquetWriter(path, IN_MEMORY[name], use_dictionary=LABELS[name], **how) as writer:
        for rows in groups:
            _write_group(writer, _joined([rows]))


def _write_group(writer: pq.ParquetWriter, rows: pa.Table) -> None:
    """Write the rows of a table as one row group; none where there are no rows."""
    if rows.num_rows:
        writer.write_table(rows, row_group_size=rows.num_rows)


def _joined(parts: Sequence[pa.Table]) -> pa.Table:
    """Tables one after the other in one chunk, their words together."""
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _table_path(folder: Path, batch_id: str, name: str) -> Path:
    return folder / f"{batch_id}.{name}.parquet"


def _commit(folder: Path, batch_id: str, pairs: Sequence[Pair], sizes: Mapping[str, int]) -> None:
    write_text(folder / f"{batch_id}.json", json.dumps({"pairs": pairs, "sizes": sizes}, ensure_ascii=False) + "\n")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
