"""The verb `calibrate`: screen, design, emulate, rule out, sample, recover; a candidate for a person to accept."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.fitting.designs import candidates, elementary_effects, generator, screen_design, sobol_cube
from calibration.fitting.evidence import Fact, fitted, load_evidence, simulated
from calibration.fitting.inference import IMPLAUSIBLE, Likelihood, Sample, sample_posterior
from calibration.fitting.profiling import profile_table
from calibration.fitting.recovery import coverage_table, planted_on_emulator, rank_table, ranks
from calibration.fitting.sizes import FULL, STRIDE
from calibration.fitting.tables import fit_table, moved_table, sample_tables, screen_table
from model.commands import languages
from model.emulator import Emulator
from model.ensemble import Batch
from model.errors import CalibrationError
from model.points import Points
from model.wiring import Answer, Question, Supplement, Wiring

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]

CHARTS = {
    "calibration_fit": "fit",
    "calibration_moved": "parameters",
    "calibration_profile": "profile",
    "calibration_recovery": "ranks",
}


@dataclass(frozen=True)
class Stage:
    """A design that was run: the study, and what each member says of each fact."""

    study: Answer
    points: Points
    said: FloatArray
    """(n_members, n_facts), not a number where a run failed."""

    @property
    def means(self) -> FloatArray:
        """(n_points, n_facts) over the replicates that finished; not a number where none did."""
        cut = self.said.reshape(self.points.n_points, self.points.replicates, -1)
        finished = np.isfinite(cut)
        with np.errstate(invalid="ignore"):
            return np.asarray(np.where(finished, cut, 0.0).sum(axis=1) / finished.sum(axis=1))


def calibrate(args: Namespace, wiring: Wiring) -> int:
    """Run all stages; each is a study of its own, so the same command goes on where a killed one stopped."""
    facts = load_evidence(vintage=args.vintage, known_by=args.known_by)
    known = dict(candidates())
    if args.smoke:
        known = dict(list(known.items())[::STRIDE])
    screen = screen_design(list(known), args.trajectories, args.seed)
    if args.dry_run:
        return _foresee(args, screen, wiring)
    compared = [fact for fact in facts if fact.observation is not None]
    wanted = fitted(compared)
    compared = [*wanted, *(fact for fact in compared if fact not in wanted)]
    first = _run(args, wiring, ("screen", screen), wanted)
    effects = np.column_stack([elementary_effects(screen, column) for column in first.said.T])
    screened = screen_table(list(known), effects, wanted, known, args.keep)
    names = [str(name) for name in screened.loc[screened["kept"], "input"]]
    if not names:
        raise CalibrationError("calibrate: the facts see no input at all; give more --trajectories")
    wiring.say(f"{len(names)} inputs are kept of {len(known)}: {', '.join(names)}")
    stages = [_sobol_stage(args, wiring, names, compared)]
    likelihood, luck = _learn(stages, names, compared, wanted)
    stages.append(_second_stage(args, wiring, likelihood, compared))
    likelihood, luck = _learn(stages, names, compared, wanted)
    sample = sample_posterior(likelihood, generator(args.seed, "posterior"), args.steps, args.rows)
    wiring.say(
        f"sampled: {args.steps} steps, autocorrelation {sample.autocorrelation:.0f} steps, acceptance "
        f"{sample.acceptance:.2f}; {sample.plausible_share:.0%} of the prior is plausible; now the recovery"
    )
    prior = sobol_cube(len(names), 512, generator(args.seed, "prior"))
    by_source = _recover(args, wiring, likelihood, wanted)
    tables = {
        **sample_tables(sample, names, known),
        "fit": fit_table(facts, likelihood, luck, sample, prior),
        "parameters": moved_table(sample, names, known),
        "profile": profile_table(likelihood, sample.cube, known),
        "screening": screened,
        "emulator": likelihood.emulator.error_table(),
        "recovery": coverage_table(tuple(names), by_source),
        "ranks": rank_table(tuple(names), by_source),
    }
    about = _about(args, wiring, [first, *stages], wanted, sample)
    charts = [chart for chart, name in CHARTS.items() if len(tables[name])]
    folder = wiring.add(stages[-1].study, Supplement("calibration", about, tables, charts), languages(args))
    _show(tables, wiring)
    wiring.show(str(folder))
    wiring.say(f"To use it, a person accepts it: python3 run.py accept {folder} --by NAME")
    return 0


def _about(
    args: Namespace, wiring: Wiring, stages: Sequence[Stage], wanted: Sequence[Fact], sample: Sample
) -> dict[str, object]:
    """What defines the candidate, and how well the sampler mixed."""
    return {
        "verb": "calibrate",
        "seed": args.seed,
        "scale": args.scale,
        "vintage": args.vintage,
        "known_by": args.known_by,
        "sizes": {name: getattr(args, name) for name in FULL},
        "scenario": args.scenarios[0],
        "code_version": _question(args, wiring, stages[0].points).code_version,
        "studies": [stage.study.study_id for stage in stages],
        "facts": [fact.fact for fact in wanted],
        "sampler": {
            "acceptance": round(sample.acceptance, 6),
            "autocorrelation_steps": round(sample.autocorrelation, 3) if np.isfinite(sample.autocorrelation) else None,
            "steps": sample.steps,
            "plausible_share_of_prior": round(sample.plausible_share, 6),
        },
    }


def _question(args: Namespace, wiring: Wiring, points: Points) -> Question:
    """The question of one stage, and nothing of an earlier posterior in it."""
    return wiring.question(Namespace(**vars(args) | {"members": points.n_members, "prior": True}), points=points)


def _run(args: Namespace, wiring: Wiring, what: tuple[str, Points], facts: Sequence[Fact]) -> Stage:
    """Run one design as a study of its own."""
    name, points = what
    wiring.say(f"{name}: {points.n_points} points, {points.n_members} runs")
    own = Namespace(
        **vars(args)
        | {"members": points.n_members, "prior": True, "study": f"{args.study}.{name}" if args.study else None}
    )
    study = wiring.answer(own, wiring.question(own, points=points))
    values = simulated(study, facts, points.n_members)
    failed = int(np.isnan(values).any(axis=1).sum())
    if failed:
        wiring.warn(f"{name}: {failed} runs failed and are left out")
    return Stage(study, points, values)


def _sobol_stage(args: Namespace, wiring: Wiring, names: Sequence[str], facts: Sequence[Fact]) -> Stage:
    cube = sobol_cube(len(names), args.points, generator(args.seed, "first wave"))
    return _run(args, wiring, ("wave1", Points.of(names, cube, replicates=args.members)), facts)


def _second_stage(args: Namespace, wiring: Wiring, likelihood: Likelihood, facts: Sequence[Fact]) -> Stage:
    """Half as many points again, where history matching does not rule them out."""
    names, wanted = likelihood.emulator.names, max(args.points // 2, 4)
    cube = sobol_cube(len(names), 16 * wanted, generator(args.seed, "second wave"))
    far = likelihood.implausibility(cube)
    chosen = np.flatnonzero(far < IMPLAUSIBLE)[:wanted]
    if len(chosen) < wanted:
        said = f"only {len(chosen)} of {len(cube)} points are plausible; the nearest are run too"
        wiring.warn(f"history matching: {said}")
        chosen = np.argsort(far, kind="stable")[:wanted]
    return _run(args, wiring, ("wave2", Points.of(names, cube[chosen], replicates=args.members)), facts)


def _learn(
    stages: Sequence[Stage], names: Sequence[str], compared: Sequence[Fact], wanted: Sequence[Fact]
) -> tuple[Likelihood, FloatArray]:
    """Emulate the means over luck, and take from the replicates how far one run lies from them."""
    x = np.vstack([stage.points.rows for stage in stages])
    y = np.vstack([stage.means for stage in stages])
    whole = np.isfinite(y).all(axis=1)
    emulator = Emulator.fit(names, [fact.fact for fact in compared], x[whole], y[whole])
    replicates = stages[0].points.replicates
    apart = np.vstack([stage.said - np.repeat(stage.means, replicates, axis=0) for stage in stages])
    apart = apart[np.isfinite(apart).all(axis=1)]
    covariance = np.atleast_2d(np.cov(apart.T, bias=True)) * replicates / max(replicates - 1, 1)
    n = len(wanted)
    likelihood = Likelihood(
        emulator=emulator,
        observed=np.array([fact.observation.value for fact in wanted if fact.observation]),
        errors=np.array([fact.error for fact in wanted]),
        luck=covariance[:n, :n],
        replicates=replicates,
    )
    return likelihood, np.sqrt(np.diagonal(covariance))


def _recover(args: Namespace, wiring: Wiring, likelihood: Likelihood, facts: Sequence[Fact]) -> dict[str, FloatArray]:
    """Plant values on the emulator and in the model itself, and find them back."""
    rng, found = generator(args.seed, "recovery"), {}
    if args.recovery:
        planted, seen = planted_on_emulator(likelihood, args.recovery, rng)
        found["emulator"] = ranks(likelihood, planted, seen, rng)
    if args.recovery_runs:
        cube = sobol_cube(len(likelihood.emulator.names), args.recovery_runs, generator(args.seed, "planted"))
        points = Points.of(likelihood.emulator.names, cube, shared_luck=False)
        stage = _run(args, wiring, ("planted", points), facts)
        whole = np.isfinite(stage.said).all(axis=1)
        noise = likelihood.errors * rng.standard_normal(stage.said.shape)
        if whole.any():
            found["model"] = ranks(likelihood, cube[whole], (stage.said + noise)[whole], rng)
    return found


def _foresee(args: Namespace, screen: Points, wiring: Wiring) -> int:
    """Runs and time, from one member that is really run here and thrown away."""
    runs = screen.n_members + (args.points + max(args.points // 2, 4)) * args.members + args.recovery_runs
    question = _question(args, wiring, screen)
    one = Batch((0,), tuple(path.scenario_id for path in question.paths))
    question.runner(one)  # the first call compiles
    start = time.perf_counter()
    question.runner(one)
    seconds = time.perf_counter() - start
    wiring.show(f"runs: {runs}, of which the screen of {len(screen.names)} inputs {screen.n_members}")
    wiring.show(
        f"time: about {runs * seconds / args.workers:.0f} s of runs on {args.workers} workers; emulator, sampling, "
        "profile and recovery come on top, at full size about 13 minutes"
    )
    return 0


def _show(tables: Mapping[str, pd.DataFrame], wiring: Wiring) -> None:
    """Facts and moved values on the screen."""
    fit = tables["fit"]
    fit = fit[fit["role"] != "not_comparable"]
    wiring.grid(
        "Facts",
        ["fact", "role", "published", "observed", "error", "prior median", "posterior median", "5 %", "95 %"],
        [
            [
                str(r["fact"]),
                str(r["role"]),
                f"{r['published']}{', after 2021' if r['published_after_2021'] else ''}",
                *(
                    f"{r[c]:.4g}"
                    for c in (
                        "observed",
                        "standard_error",
                        "prior_p50",
                        "posterior_p50",
                        "posterior_p05",
                        "posterior_p95",
                    )
                ),
            ]
            for r in fit.to_dict("records")
        ],
    )
    wiring.grid(
        "Inputs kept by the screen",
        ["input", "status", "prior median", "posterior median", "shrinkage", "moved"],
        [
            [
                str(r["input"]),
                str(r["status"]),
                f"{r['prior_p50']:.4g}",
                f"{r['posterior_p50']:.4g}",
                f"{r['shrinkage']:.2f}",
                "yes" if r["moved"] else "no",
            ]
            for r in tables["parameters"].to_dict("records")
        ],
    )
