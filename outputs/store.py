"""Study: the only writer and the only reader of what runs leave."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from model.errors import StudyError
from model.results import RunResult
from outputs import batches, failures
from outputs.atomic import sweep, write_text
from outputs.batches import Pair
from outputs.failures import Failure
from outputs.manifest import FORMAT, Definition, differences
from outputs.runtables import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd

RUNNING, COMPLETE = "running", "complete"
_NAME = re.compile(r"\w[\w.\-]*")


@dataclass(frozen=True, eq=False)
class Study:
    """One folder: manifest, batches while it runs, results once complete, tables and charts.

    One process writes a study at a time; any number may read it.
    """

    path: Path
    definition: Definition
    record: dict[str, str]
    """Status, command and times: the part of the manifest that the id does not cover, and the only one that changes."""

    @classmethod
    def create_or_open(
        cls, definition: Definition, studies_dir: Path, name: str | None = None, command: str = ""
    ) -> Study:
        """Start a study, or find the one of the same definition; `designed`, and its manifest written."""
        study = cls.designed(definition, studies_dir, name, command)
        study.begin()
        return study

    @classmethod
    def designed(cls, definition: Definition, studies_dir: Path, name: str | None = None, command: str = "") -> Study:
        """Find the study of a definition, or say what it will be; nothing is written yet.

        Parameters
        ----------
        definition : what defines it.
        studies_dir : folder of all studies; made when the study is.
        name : folder of this study; the id when None.
        command : the command line, kept for the reader and out of the id.

        Raises
        ------
        StudyError : the name cannot be a folder's, or stands for another definition, or the folder is no study.
        """
        folder = studies_dir / _checked_name(definition.study_id if name is None else name)
        if (folder / "manifest.json").exists():
            study = cls.open(folder)
            lines = differences(definition.to_json(), study.definition.to_json())
            if lines:
                advice = "give another --study name, or remove the folder, or repeat the command of that study"
                raise StudyError([f"study {folder}: {line}; {advice}" for line in lines])
            return study
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            message = f"study {folder}: the folder holds something that is no study; give another --study name"
            raise StudyError(message)
        return cls(folder, definition, {"status": RUNNING, "command": command, "created": _now(), "finished": ""})

    def begin(self) -> None:
        """Write the manifest of a study that is not there yet."""
        if not (self.path / "manifest.json").exists():
            self._write_manifest()

    @classmethod
    def open(cls, path: Path) -> Study:
        """Open a study that is there.

        Raises
        ------
        StudyError : no manifest, or one that cannot be read.
        """
        manifest = path / "manifest.json"
        if not manifest.is_file():
            message = f"study {path}: no manifest.json; name a folder that a run has left"
            raise StudyError(message)
        try:
            content: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
            plain, record = content["definition"], {str(k): str(v) for k, v in content["record"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"study {manifest}: cannot be read ({error!r}); remove the folder and run the command again"
            raise StudyError(message) from error
        return cls(path, Definition.from_json(plain), record)

    @classmethod
    def open_whole(cls, path: Path) -> Study:
        """Open a study that can be shown.

        Raises
        ------
        StudyError : as `open` does, or only a part of its members is there.
        """
        study = cls.open(path)
        if study.definition.part:
            message = f"study {path}: holds some of the members only; join the shards with `run.py merge` first"
            raise StudyError(message)
        return study

    @property
    def study_id(self) -> str:
        """Hash of the definition, whatever the folder is called."""
        return self.definition.study_id

    @property
    def is_complete(self) -> bool:
        """Whether every run has finished or failed and the results are gathered."""
        return self.record["status"] == COMPLETE and all(self._result(name).is_file() for name in SCHEMAS)

    @property
    def finished_at(self) -> int:
        """When the results were gathered, in nanoseconds, as the file system says."""
        return max((self._result(name).stat().st_mtime_ns for name in SCHEMAS), default=0)

    def missing(self, *, retry_failed: bool = False) -> list[Pair]:
        """List the (scenario, member) pairs still to run, in the order of the design; failed ones only if asked."""
        failed = {(failure.scenario_id, failure.member) for failure in self.failed()}
        if self.is_complete and not failed:
            return []
        done = set().union(*(batch.pairs for batch in batches.committed(self._batches)))
        return [pair for pair in self.definition.pairs if pair not in done and (retry_failed or pair not in failed)]

    def failed(self) -> list[Failure]:
        """Runs that did not finish, by scenario and member."""
        return failures.read_failures(self._failures)

    def write_batch(self, results: Sequence[RunResult], failed: Sequence[Failure] = ()) -> None:
        """Put finished runs on disk as one batch, and record those that failed.

        Raises
        ------
        StudyError : a run belongs to no (scenario, member) of this study, or the study is complete and did not fail it.
        """
        scenarios, members = {entry.scenario_id for entry in self.definition.scenarios}, self.definition.members_run
        finished = [(run.scenario_id, run.member) for run in results]
        pairs = [*finished, *((failure.scenario_id, failure.member) for failure in failed)]
        strange = [pair for pair in pairs if pair[0] not in scenarios or pair[1] not in members]
        if strange:
            raise StudyError([f"study {self.path}: run {pair} is not part of the design" for pair in strange])
        if self.is_complete:
            if not set(pairs) <= {(failure.scenario_id, failure.member) for failure in self.failed()}:
                message = f"study {self.path}: complete, so no run can be added; remove the folder to run it again"
                raise StudyError(message)
            self._mark(RUNNING)
        if results:
            batches.write_batch(self._batches, results)
        failures.record(self._failures, finished, failed)

    def adopt(self, shard: Study) -> None:
        """Take over every run of a complete study of a part of this one, failed ones too."""
        failed = shard.failed()
        left = {(failure.scenario_id, failure.member) for failure in failed}
        finished = [pair for pair in shard.definition.pairs if pair not in left]
        batches.adopt(self._batches, {name: shard._result(name) for name in SCHEMAS}, finished)
        failures.record(self._failures, finished, failed)

    def compact(self) -> None:
        """Gather the batches into one Parquet file per table and mark the study complete.

        Batches stay only while some run has failed, so that it can be tried again.

        Raises
        ------
        StudyError : runs are missing, or none has finished.
        """
        missing = self.missing()
        if missing:
            message = f"study {self.path}: {len(missing)} runs are missing; repeat the command to resume"
            raise StudyError(message)
        failed = {(failure.scenario_id, failure.member) for failure in self.failed()}
        finished = [pair for pair in self.definition.pairs if pair not in failed]
        if not finished:
            message = f"study {self.path}: no run has finished; see {self._failures}"
            raise StudyError([message, *(failure.line for failure in self.failed())])
        if not self.is_complete:
            for name in SCHEMAS:
                batches.compact(self._batches, self._result(name), name, finished)
            self._mark(COMPLETE)
        self._tidy(keep_batches=bool(failed))

    def read(self, table: str, **equals: Any) -> pd.DataFrame:  # noqa: ANN401 - a column may hold text or numbers
        """Read rows of a result table into pandas.

        Parameters
        ----------
        table : ``indicators``, ``flows``, ``costs``, ``decomposition`` or ``drawn``.
        **equals : column = value, or a list of values; applied while reading. None means all.

        Raises
        ------
        StudyError : the study is not complete.
        """
        self._require_complete()
        wanted = [
            (name, "in", list(value)) if isinstance(value, list | tuple | set | range) else (name, "=", value)
            for name, value in equals.items()
            if value is not None
        ]
        frame: pd.DataFrame = pq.read_table(self._result(table), filters=wanted or None).to_pandas()
        return frame

    def read_batches(self, table: str, rows: int) -> Iterator[pa.Table]:
        """Read a result table piece by piece, at most so many rows at a time, and at least one piece."""
        self._require_complete()
        with pq.ParquetFile(self._result(table)) as file:
            if not file.metadata.num_rows:
                yield file.schema_arrow.empty_table()
            for piece in file.iter_batches(rows):
                yield pa.Table.from_batches([piece])

    def read_column(self, table: str, column: str) -> list[str]:
        """Distinct values of a text column of a result table, in order of first appearance."""
        self._require_complete()
        rows = pq.read_table(self._result(table), columns=[column], read_dictionary=[column])
        return [str(value) for value in rows.column(column).unique().to_pylist()]

    def indicators(self, **equals: Any) -> pd.DataFrame:  # noqa: ANN401
        """Scenario, member, quarter, period, indicator, definition, value; filtered as `read` does."""
        return self.read("indicators", **equals)

    def flows(self, **equals: Any) -> pd.DataFrame:  # noqa: ANN401
        """Scenario, member, quarter, period, kind, origin, destination, value; zeros are not stored."""
        return self.read("flows", **equals)

    def costs(self, **equals: Any) -> pd.DataFrame:  # noqa: ANN401
        """Scenario, member, year, lever, payer, yuan; zeros are not stored."""
        return self.read("costs", **equals)

    def decomposition(self, **equals: Any) -> pd.DataFrame:  # noqa: ANN401
        """Scenario, member, quarter, period, indicator, part, value."""
        return self.read("decomposition", **equals)

    def drawn(self, **equals: Any) -> pd.DataFrame:  # noqa: ANN401
        """Scenario, member, name, value: base values and parameters that each member drew."""
        return self.read("drawn", **equals)

    def finished_members(self, scenario_id: str) -> list[int]:
        """Members of a scenario whose run finished."""
        failed = {failure.member for failure in self.failed() if failure.scenario_id == scenario_id}
        return [member for member in self.definition.members_run if member not in failed]

    @property
    def tables_dir(self) -> Path:
        """Folder of the CSV tables."""
        return self.path / "tables"

    @property
    def charts_dir(self) -> Path:
        """Folder of the charts."""
        return self.path / "charts"

    @property
    def _batches(self) -> Path:
        return self.path / "batches"

    @property
    def _failures(self) -> Path:
        return self.path / "failures"

    def _result(self, table: str) -> Path:
        return self.path / "results" / f"{table}.parquet"

    def _require_complete(self) -> None:
        if not self.is_complete:
            message = f"study {self.path}: not complete; repeat its command to resume: {self.record['command']}"
            raise StudyError(message)

    def _mark(self, status: str) -> None:
        self.record.update(status=status, finished=_now() if status == COMPLETE else "")
        self._write_manifest()

    def _write_manifest(self) -> None:
        content = {
            "format": FORMAT,
            "id": self.study_id,
            "record": self.record,
            "definition": self.definition.to_json(),
        }
        write_text(self.path / "manifest.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    def _tidy(self, *, keep_batches: bool) -> None:
        for folder in (self.path, self._batches, self._failures, self.path / "results"):
            sweep(folder)
        if not keep_batches:
            shutil.rmtree(self._batches, ignore_errors=True)
            shutil.rmtree(self._failures, ignore_errors=True)


__all__ = ["COMPLETE", "RUNNING", "Failure", "Study"]


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        message = f"--study {name!r}: use letters, digits, '.', '-' and '_', and begin with a letter or digit"
        raise StudyError(message)
    return name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
