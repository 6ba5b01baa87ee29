"""Run results as tidy tables: one row per value, with its labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR, period_name
from model.results import RATION, RunResult

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
        name: pa.concat_tables([SCHEMAS[name].empty_table(), *(make(result) for result in results)]).combine_chunks()
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
    kinds = sorted(result.flows)
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
        return SCHEMAS["decomposition"].empty_table()
    indicators, parts = zip(*result.decomposition, strict=True)
    values = np.stack([np.asarray(v, dtype=np.float64) for v in result.decomposition.values()], axis=1)
    n, width = values.shape
    at = np.tile(np.arange(width), n)
    labels = [_pick(indicators, at), _pick(parts, at), pa.array(values.ravel())]
    return _table("decomposition", result, [*_when(np.repeat(np.arange(n), width)), *labels])


def _drawn(result: RunResult) -> pa.Table:
    names = pa.array(list(result.drawn), pa.string())
    values = pa.array([float(value) for value in result.drawn.values()], pa.float64())
    return _table("drawn", result, [names, values])


def _table(name: str, result: RunResult, columns: list[pa.Array]) -> pa.Table:
    n = len(columns[0])
    run = [pa.repeat(pa.scalar(result.scenario_id), n), pa.repeat(pa.scalar(result.member, pa.int32()), n)]
    return pa.table([*run, *columns], schema=SCHEMAS[name])


def _when(quarter: _Indices) -> list[pa.Array]:
    last = int(quarter.max(initial=0))
    return [pa.array(quarter.astype(np.int16)), _pick([period_name(q) for q in range(last + 1)], quarter)]


def _pick(labels: Sequence[str], at: _Indices) -> pa.Array:
    return pa.array(list(labels), pa.string()).take(pa.array(at))
