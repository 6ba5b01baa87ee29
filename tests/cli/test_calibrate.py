"""The verbs `calibrate` and `accept` as a user runs them, and what is then drawn from."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main

SMALL = ("--smoke", "--scale", "5000", "--workers", "1", "--quiet", "--lang", "zh")
pytestmark = pytest.mark.usefixtures("one_chart")


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny calibration, left in the study of its last wave."""
    folder = tmp_path_factory.mktemp("studies")
    assert main(["calibrate", *SMALL, "--study", "c", "--studies-dir", str(folder)]) == 0
    return folder / "c.wave2" / "calibration"


def test_calibrate_leaves_a_candidate(candidate: Path) -> None:
    """A joint sample in plain units and in quantiles, every fact with its fit or its reason, and three charts."""
    sample, quantiles = (pd.read_csv(candidate / f"{name}.csv") for name in ("posterior", "quantiles"))
    assert sample.shape == quantiles.shape
    assert quantiles.to_numpy().min() > 0.0
    assert quantiles.to_numpy().max() < 1.0
    fit = pd.read_csv(candidate / "fit.csv")
    assert fit.loc[fit["role"] != "not_comparable", ["observed", "prior_p50", "posterior_p50"]].notna().all(axis=None)
    rest = fit[fit["role"] == "not_comparable"].set_index("fact")
    assert rest["reason"].notna().all()
    assert rest["observed"].isna().all()
    assert rest.loc[["gdp_growth_2021", "industry_growth_2021q1", "venture_flows"], "posterior_p50"].notna().all()
    recovery = pd.read_csv(candidate / "recovery.csv")
    assert set(recovery["source"]) == {"emulator", "model"}
    for chart in ("fit", "moved", "recovery"):
        assert (candidate / f"calibration_{chart}_zh.svg").is_file()


def test_the_same_command_runs_nothing_again_and_leaves_the_same_bytes(candidate: Path) -> None:
    """Every stage is a study that is there; the sample comes out the same."""
    before = {path.name: path.read_bytes() for path in candidate.iterdir()}
    stages = sorted(path.name for path in candidate.parents[1].iterdir())
    assert main(["calibrate", *SMALL, "--study", "c", "--studies-dir", str(candidate.parents[1])]) == 0
    assert {path.name: path.read_bytes() for path in candidate.iterdir()} == before
    assert sorted(path.name for path in candidate.parents[1].iterdir()) == stages


def test_an_accepted_posterior_is_drawn_from_unless_the_prior_is_asked_for(candidate: Path, tmp_path: Path) -> None:
    """The manifest says which; each member's values are one row of the sample."""
    accepted = tmp_path / "posterior"
    assert main(["accept", str(candidate), "--by", "a test", "--into", str(accepted)]) == 0
    record = json.loads((accepted / "acceptance.json").read_text("utf-8"))
    assert record["accepted_by"] == "a test"
    assert all(record[name] for name in ("data_hash", "code_version", "seed", "facts", "accepted", "sha256"))
    words = ["project", *SMALL, "--scenarios", "baseline", "--members", "2", "--studies-dir", str(tmp_path)]
    assert main([*words, "--study", "fitted", "--posterior", str(accepted)]) == 0
    assert main([*words, "--study", "prior", "--posterior", str(accepted), "--prior"]) == 0
    said = {
        name: json.loads((tmp_path / name / "manifest.json").read_text("utf-8"))["definition"]["drawn_from"]["values"]
        for name in ("fitted", "prior")
    }
    assert said["prior"] == "priors"
    assert said["fitted"].startswith("posterior ")
    sample = pd.read_csv(accepted / "posterior.csv")
    drawn = pd.read_parquet(tmp_path / "fitted" / "results" / "drawn.parquet")
    for name in sample.columns:
        kind, _, short = name.partition(":")
        if kind != "outside":
            assert set(drawn.loc[drawn["name"] == short, "value"]) <= set(sample[name])


def test_a_candidate_of_other_tables_is_refused(
    candidate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another data hash, or a folder that is no candidate, is refused, and nothing is written."""
    copy = tmp_path / "candidate"
    copy.mkdir()
    for path in candidate.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    about = json.loads((copy / "manifest.json").read_text("utf-8"))
    (copy / "manifest.json").write_text(json.dumps(about | {"data_hash": "0" * 64}), encoding="utf-8")
    assert main(["accept", str(copy), "--by", "a test", "--into", str(tmp_path / "p")]) == 1
    assert "fitted to tables with the hash 000000000000" in capsys.readouterr().err
    assert main(["accept", str(tmp_path), "--by", "a test", "--into", str(tmp_path / "p")]) == 1
    assert "is no candidate" in capsys.readouterr().err
    assert main(["accept", str(candidate), "--by", " ", "--into", str(tmp_path / "p")]) == 1
    assert "--by: is empty" in capsys.readouterr().err
    assert not (tmp_path / "p").exists()


def test_a_sample_that_was_changed_after_it_was_accepted_is_refused(
    candidate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row taken out by hand is noticed before anything is run."""
    accepted = tmp_path / "posterior"
    assert main(["accept", str(candidate), "--by", "a test", "--into", str(accepted)]) == 0
    sample = accepted / "posterior.csv"
    sample.write_text("\n".join(sample.read_text("utf-8-sig").splitlines()[:-1]) + "\n", encoding="utf-8")
    words = ["project", *SMALL, "--posterior", str(accepted), "--studies-dir", str(tmp_path / "s")]
    assert main(words) == 1
    assert "is not the sample that was accepted" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_sizes_that_make_no_calibration_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Too few points, another last year and two scenarios are each said at once."""
    assert main(["calibrate", "--points", "3", "--to", "2022", "--scenarios", "baseline", "plan"]) == 1
    told = capsys.readouterr().err
    for words in ("--points: 3 is less than 10", "--to: 2022 is not 2021", "--scenarios: one alone"):
        assert words in told


def test_the_cost_is_foreseen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run says runs and time, and writes nothing."""
    assert main(["calibrate", *SMALL, "--dry-run", "--studies-dir", str(tmp_path / "s")]) == 0
    assert "runs: 90" in capsys.readouterr().out
    assert not (tmp_path / "s").exists()


def test_identify_lists_what_moved_and_what_hangs_on_the_rest(
    candidate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the study lie the status of every input, the swings of chances and a chart; the posterior is named."""
    accepted = tmp_path / "posterior"
    assert main(["accept", str(candidate), "--by", "a test", "--into", str(accepted)]) == 0
    words = ["identify", *SMALL, "--scenarios", "baseline", "plan", "--studies-dir", str(tmp_path), "--study", "one"]
    assert main([*words, "--posterior", str(accepted)]) == 0
    assert "moved by the evidence:" in capsys.readouterr().out
    folder = tmp_path / "one" / "identifiability"
    status = pd.read_csv(folder / "inputs.csv")
    assert int(status["kept_by_screen"].sum()) == len(pd.read_csv(accepted / "posterior.csv").columns)
    assert (folder / "identifiability_zh.svg").is_file()
    assert main(words) == 1
    assert "drew from posterior" in capsys.readouterr().err


def test_identify_runs_unmoved_values_at_the_ends_of_their_priors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A screen of some and a run of what it keeps lie side by side; run again, nothing is run and no byte differs."""
    words = ["identify", "--ends", *SMALL, "--scenarios", "baseline", "plan", "--studies-dir", str(tmp_path)]
    assert main([*words, "--study", "one"]) == 0
    told = capsys.readouterr().out
    assert "The screen ran" in told
    folder = tmp_path / "one.ends" / "identifiability"
    screen, chances = (pd.read_csv(folder / f"{name}.csv") for name in ("end_screen", "end_chances"))
    assert set(chances["input"]) == set(screen.loc[screen["kept"], "input"])
    assert set(chances["members"]) == {3}
    assert (chances["low_value"] < chances["high_value"]).all()
    assert (folder / "identifiability_ends_zh.svg").is_file()
    assert (folder / "findings.md").read_text("utf-8") in told
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main([*words, "--study", "one"]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert main([*words, "--only", "base:rd_intensty"]) == 1
    assert "did you mean 'base:rd_intensity'" in capsys.readouterr().err


def test_identify_foresees_and_refuses_before_it_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run counts the runs of both ways and writes nothing; flags of --ends alone say that they need it."""
    folder = tmp_path / "s"
    words = ["identify", *SMALL, "--scenarios", "baseline", "--dry-run", "--studies-dir", str(folder)]
    assert main(words) == 0
    assert "runs: 4" in capsys.readouterr().out
    assert main([*words, "--ends", "--only", "base:rd_intensity", "parameter:rd_adjust_speed"]) == 0
    assert "runs: 15" in capsys.readouterr().out
    assert not folder.exists()
    assert main(["identify", "--keep", "3", "--members", "20"]) == 1
    told = capsys.readouterr().err
    assert "--keep: needs --ends" in told
    assert "too few to cut into fifths" in told
    assert main(["identify", "--ends", "--members", "1"]) == 1
    assert "--members: 1 is less than 2" in capsys.readouterr().err


def test_a_posterior_of_other_tables_is_used_on_demand_alone(
    candidate: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run stops and says what can be done; with the flag it runs, and its manifest says what it rests on."""
    accepted = tmp_path / "posterior"
    assert main(["accept", str(candidate), "--by", "a test", "--into", str(accepted)]) == 0
    path = accepted / "acceptance.json"
    record = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(record | {"data_hash": "0" * 64}), encoding="utf-8")
    words = ["project", *SMALL, "--scenarios", "baseline", "--members", "2", "--posterior", str(accepted)]
    words += ["--studies-dir", str(tmp_path / "s"), "--study", "one"]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "fitted to tables with the hash 000000000000" in told
    assert "--stale-posterior" in told
    assert not (tmp_path / "s").exists()
    assert main([*words, "--stale-posterior", "--quiet"]) == 0
    manifest = json.loads((tmp_path / "s" / "one" / "manifest.json").read_text("utf-8"))
    assert "fitted to other tables (000000000000)" in manifest["definition"]["drawn_from"]["values"]
    shown = capsys.readouterr()
    assert "fitted to other tables (000000000000)" in shown.err
    assert "后验系用另一版数据表拟合" in shown.out
