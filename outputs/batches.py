"""Batches: how finished runs reach the disk, one Parquet file per batch and table, and how they become one table.

A batch counts once its commit file is there and every file it names has the size it names; the commit file is
written last, so a kill at any moment loses at most the batch being written.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from model.results import RunResult
from outputs.atomic import write_text, write_with
from outputs.runtables import SCHEMAS, to_tables

CHUNK = 50
"""Members per row group of a finished table: fixed, so that its bytes do not depend on how the runs were batched."""

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
    sizes = {}
    for name, table in to_tables(ordered).items():
        path = _table_path(folder, batch_id, name)
        write_with(path, functools.partial(_write_whole, name=name, rows=table))
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
    first, so the bytes do not depend on workers. At most one chunk is in memory.
    """
    owner: dict[Pair, str] = {}
    for batch in committed(folder):
        for pair in batch.pairs:
            owner.setdefault(pair, batch.batch_id)

    def write(temporary: Path) -> None:
        with _writer(temporary, name) as writer:
            for scenario, members in _chunks(pairs):
                rows = _chunk_rows(
                    folder, name, scenario, {m: owner[scenario, m] for m in members if (scenario, m) in owner}
                )
                if rows.num_rows:
                    writer.write_table(rows, row_group_size=rows.num_rows)

    write_with(target, write)


def _chunks(pairs: Iterable[Pair]) -> Iterator[tuple[str, list[int]]]:
    by_chunk: dict[tuple[str, int], list[int]] = {}
    for scenario, member in pairs:
        by_chunk.setdefault((scenario, member // CHUNK), []).append(member)
    for (scenario, _), members in by_chunk.items():
        yield scenario, members


def _chunk_rows(folder: Path, name: str, scenario: str, owners: dict[int, str]) -> pa.Table:
    """Rows of the given members of one scenario, each from the batch that owns it, in order of member."""
    parts = [SCHEMAS[name].empty_table()]
    for batch_id in sorted(set(owners.values())):
        members = sorted(member for member, owner in owners.items() if owner == batch_id)
        wanted = (pc.field("scenario") == scenario) & pc.field("member").isin(members)
        parts.append(pq.read_table(_table_path(folder, batch_id, name), filters=wanted).cast(SCHEMAS[name]))
    rows = pa.concat_tables(parts)
    order = np.argsort(rows.column("member").to_numpy(), kind="stable")
    return rows.take(pa.array(order)).combine_chunks()


def _writer(path: Path, name: str) -> pq.ParquetWriter:
    schema = SCHEMAS[name]
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    others = [field.name for field in schema if not pa.types.is_floating(field.type)]
    return pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=others, use_byte_stream_split=floats)


def _write_whole(path: Path, name: str, rows: pa.Table) -> None:
    with _writer(path, name) as writer:
        writer.write_table(rows)


def _table_path(folder: Path, batch_id: str, name: str) -> Path:
    return folder / f"{batch_id}.{name}.parquet"


def _commit(folder: Path, batch_id: str, pairs: Sequence[Pair], sizes: Mapping[str, int]) -> None:
    write_text(folder / f"{batch_id}.json", json.dumps({"pairs": pairs, "sizes": sizes}, ensure_ascii=False) + "\n")


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
