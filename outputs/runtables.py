"""Run results as tidy tables: one row per value, with its labels."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR, period_name
from model.results import RATION, RunResult

_LABEL = pa.dictionary(pa.int32(), pa.string())
_RUN = [("scenario", pa.string()), ("member", pa.int32())]
_WHEN = [("quarter", pa.int16()), ("period", pa.string())]
SCHEMAS: dict[str, pa.Schema] = {
    "indicators": pa.schema(
        [*_RUN, *_WHEN, ("indicator", pa.string()), ("definition", pa.string()), ("value", pa.float64())]
    ),
    "flows": pa.schema(
        [
            *_RUN,
            *_WHEN,
            ("kind", pa.string()),
            ("origin", pa.string()),
            ("destination", pa.string()),
            ("value", pa.float64()),
        ]
    ),
    "costs": pa.schema(
        [*_RUN, ("year", pa.int16()), ("lever", pa.string()), ("payer", pa.string()), ("yuan", pa.float64())]
    ),
    "decomposition": pa.schema(
        [*_RUN, *_WHEN, ("indicator", pa.string()), ("part", pa.string()), ("value", pa.float64())]
    ),
    "drawn": pa.schema([*_RUN, ("name", pa.string()), ("value", pa.float64())]),
}

LABELS: dict[str, list[str]] = {
    name: [field.name for field in schema if pa.types.is_string(field.type)] for name, schema in SCHEMAS.items()
}
"""Columns of text of each table: in memory a number for each row and each word once, on disk as Parquet does it."""
IN_MEMORY: dict[str, pa.Schema] = {
    name: pa.schema([field.with_type(_LABEL) if field.name in LABELS[name] else field for field in schema])
    for name, schema in SCHEMAS.items()
}
"""The same tables as they are made and gathered."""

_Indices = NDArray[np.intp]


def to_tables(results: Sequence[RunResult]) -> dict[str, pa.Table]:
    """Turn runs into the five tables of a study, in the order given; within a run by quarter, then as declared."""
    makers: dict[str, Callable[[RunResult], pa.Table]] = {
        "indicators": _indicators,
        "flows": _flows,
        "costs": _costs,
        "decomposition": _decomposition,
        "drawn": _drawn,
    }
    return {
        name: pa.concat_tables([IN_MEMORY[name].empty_table(), *(make(result) for result in results)])
        for name, make in makers.items()
    }


def _indicators(result: RunResult) -> pa.Table:
    columns, values = list(result.columns), np.asarray(result.values, dtype=np.float64)
    if (RATION, "") not in columns:
        columns.append((RATION, ""))
        values = np.column_stack([values, result.ration])
    n, width = values.shape
    at = np.tile(np.arange(width), n)
    names, definitions = zip(*columns, strict=True)
    labels = [_pick(names, at), _pick(definitions, at), pa.array(values.ravel())]
    return _table("indicators", result, [*_when(np.repeat(np.arange(n), width)), *labels])


def _flows(result: RunResult) -> pa.Table:
    kinds = tuple(sorted(result.flows))
    stacked = np.stack([np.asarray(result.flows[kind], dtype=np.float64) for kind in kinds], axis=1)
    quarter, kind, origin, destination = np.nonzero(stacked)
    values = pa.array(stacked[quarter, kind, origin, destination])
    labels = [_pick(kinds, kind), _pick(result.places, origin), _pick(result.places, destination), values]
    return _table("flows", result, [*_when(quarter), *labels])


def _costs(result: RunResult) -> pa.Table:
    """Yearly sums; row 0 belongs to the base year, of which a run sees one quarter, and is left out."""
    quarterly = np.asarray(result.costs, dtype=np.float64)[1:]
    starts = np.arange(0, len(quarterly), QUARTERS_PER_YEAR)
    yearly = np.add.reduceat(quarterly, starts, axis=0) if len(quarterly) else quarterly
    year, lever, payer = np.nonzero(yearly)
    years = pa.array((BASE_YEAR + 1 + year).astype(np.int16))
    labels = [_pick(result.lever_ids, lever), _pick(result.payers, payer), pa.array(yearly[year, lever, payer])]
    return _table("costs", result, [years, *labels])


def _decomposition(result: RunResult) -> pa.Table:
    if not result.decomposition:
        return IN_MEMORY["decomposition"].empty_table()
    indicators, parts = zip(*result.decomposition, strict=True)
    values = np.stack([np.asarray(v, dtype=np.float64) for v in result.decomposition.values()], axis=1)
    n, width = values.shape
    at = np.tile(np.arange(width), n)
    labels = [_pick(indicators, at), _pick(parts, at), pa.array(values.ravel())]
    return _table("decomposition", result, [*_when(np.repeat(np.arange(n), width)), *labels])


def _drawn(result: RunResult) -> pa.Table:
    names = _pick(tuple(result.drawn), np.arange(len(result.drawn)))
    values = pa.array([float(value) for value in result.drawn.values()], pa.float64())
    return _table("drawn", result, [names, values])


def _table(name: str, result: RunResult, columns: list[pa.Array]) -> pa.Table:
    n = len(columns[0])
    run = [_pick((result.scenario_id,), np.zeros(n, np.int32)), pa.array(np.full(n, result.member, np.int32))]
    return pa.Table.from_arrays([*run, *columns], schema=IN_MEMORY[name])


def _when(quarter: _Indices) -> list[pa.Array]:
    return [pa.array(quarter.astype(np.int16)), _pick(_periods(int(quarter.max(initial=0))), quarter)]


@functools.cache
def _periods(last: int) -> tuple[str, ...]:
    return tuple(period_name(quarter) for quarter in range(last + 1))


def _pick(labels: tuple[str, ...], at: _Indices) -> pa.Array:
    """Labels by their numbers; those of the next run are most often the same."""
    return pa.DictionaryArray.from_arrays(at.astype(np.int32, copy=False), _words(labels))


@functools.lru_cache(maxsize=64)
def _words(labels: tuple[str, ...]) -> pa.Array:
    return pa.array(labels, pa.string())
