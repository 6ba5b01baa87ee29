"""The tree beside the box: rules that split runs into more and less endangered ones, with how well they foretell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.streams import key
from outputs.discovery import LEAST, Asked, Runs, runs_of, screen
from outputs.drawn_values import condition
from outputs.intervals import wilson
from outputs.language import LANGUAGES, text
from outputs.prim import BoolArray, FloatArray

if TYPE_CHECKING:
    import pandas as pd
    from sklearn.tree import DecisionTreeClassifier

    from model.uncertainties import Uncertainty
    from outputs.store import Study

DEPTH = 3
FOLDS = 5
LEAST_LEAF = 0.1
"""Share of all runs that a leaf holds at least, and never fewer than ten runs."""
COLUMNS = ("scenario", "target", "case", "rule_zh", "rule_en", "runs", "cases", "chance", "low", "high", "accuracy")


def tree_table(study: Study, asked: Sequence[Asked], uncertainties: Sequence[Uncertainty]) -> pd.DataFrame:
    """Grow a tree for each question (CART, Breiman et al. 1984, by scikit-learn) over the values that pass the screen.

    Returns
    -------
    One row per leaf, the most endangered first: its rule in words, runs and cases in it, the share of cases with its
    Wilson interval, and ``accuracy``: balanced accuracy of the whole procedure on folds that did not grow the tree
    (0.5 is guessing). No row for a question that has nothing to discover.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows: list[dict[str, Any]] = []
    for one in asked:
        runs = runs_of(study, one, uncertainties)
        columns = screen(runs.x, runs.cases) if _enough(runs.cases) else []
        if not columns:
            continue
        head: dict[str, Any] = {"scenario": one.scenario, "target": one.target, "case": one.case}
        head["accuracy"] = balanced_accuracy(runs.x, runs.cases, study.definition.seed)
        leaves = _leaves(_grown(runs.x[:, columns], runs.cases), runs, columns)
        rows += [head | leaf for leaf in sorted(leaves, key=lambda leaf: -leaf["chance"])]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def balanced_accuracy(x: FloatArray, y: BoolArray, seed: int) -> float:
    """Mean of the shares of cases and of other runs that are told rightly, each by a tree that did not see them.

    Parameters
    ----------
    x : (n, d); y : (n,), at least five on each side.
    seed : of the folds.
    """
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415 - seconds at start

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=int(key(seed, "discover:folds")) % 2**32)
    told = np.zeros(len(y), dtype=np.bool_)
    for made, held in folds.split(x, y):
        columns = screen(x[made], y[made])
        if columns:
            told[held] = _grown(x[made][:, columns], y[made]).predict(x[held][:, columns])
    return float((told[y].mean() + (~told[~y]).mean()) / 2.0)


def _enough(y: BoolArray) -> bool:
    return min(int(y.sum()), int((~y).sum())) >= LEAST


def _grown(x: FloatArray, y: BoolArray) -> DecisionTreeClassifier:
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415

    least = max(LEAST, int(LEAST_LEAF * len(y)))
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=least, class_weight="balanced", random_state=0)
    return tree.fit(x, y)


def _leaves(tree: DecisionTreeClassifier, runs: Runs, columns: Sequence[int]) -> list[dict[str, Any]]:
    """Each leaf as the limits on the way to it, in words."""
    inner, x, found = tree.tree_, runs.x[:, columns], []
    where = tree.apply(x)
    stack: list[tuple[int, dict[int, tuple[float, float]]]] = [(0, {})]
    while stack:
        node, limits = stack.pop()
        left, right, at = int(inner.children_left[node]), int(inner.children_right[node]), int(inner.feature[node])
        if left == right:
            rules = {f"rule_{language}": _rule(limits, runs, columns, language) for language in LANGUAGES}
            here = where == node
            n, cases = int(here.sum()), int(runs.cases[here].sum())
            low, high = wilson(cases, n)
            found.append({**rules, "runs": n, "cases": cases, "chance": cases / n, "low": low, "high": high})
            continue
        cut, (low, high) = float(inner.threshold[node]), limits.get(at, (-math.inf, math.inf))
        stack += [(left, limits | {at: (low, min(high, cut))}), (right, limits | {at: (max(low, cut), high)})]
    return found


def _rule(limits: dict[int, tuple[float, float]], runs: Runs, columns: Sequence[int], language: str) -> str:
    words = [condition(runs.items[columns[at]], *ends, language) for at, ends in sorted(limits.items())]
    return text("and", language).join(words) or text("discover_all_runs", language)
