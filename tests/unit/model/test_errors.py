"""Errors: what they say, that they survive a worker process, and the hints for misspelt names."""

import inspect
import pickle

import pytest

from model import errors
from model.errors import AccountingError, DataError, ProjectError, near_match

CLASSES = [
    item for _, item in inspect.getmembers(errors, inspect.isclass) if issubclass(item, ProjectError)
]  # a class added later is tested too
EXAMPLES = [
    AccountingError("talents: stock", 3, -2.5) if item is AccountingError else item(["first problem", "second problem"])
    for item in CLASSES
]


def test_the_page_of_errors_is_covered() -> None:
    """The examples hold all eight kinds of error."""
    assert len(CLASSES) == 8
    assert {type(example) for example in EXAMPLES} == set(CLASSES)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_error_survives_pickle(error: ProjectError, protocol: int) -> None:
    """An error comes back from another process with its class, its problems and all that it knows."""
    back = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own bytes
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert back.problems == error.problems
    assert vars(back) == vars(error)


def test_one_problem_may_be_a_plain_sentence() -> None:
    """A single sentence is one problem, not one for each letter."""
    assert DataError("city.csv row 3: residents missing").lines() == ["city.csv row 3: residents missing"]


def test_several_problems_are_told_one_a_line() -> None:
    """The text of an error is all its problems, one a line."""
    assert str(DataError(["first", "second"])) == "first\nsecond"
    assert DataError(["first", "second"]).lines() == ["first", "second"]


def test_an_accounting_error_names_identity_quarter_and_gap() -> None:
    """The sentence holds the identity, the quarter and the gap, and the three stay readable as values."""
    error = AccountingError("firms: stock", 12, 0.5)
    assert str(error) == "accounts: firms: stock is off by 0.5 in quarter 12; this is a defect of the model"
    assert (error.identity, error.quarter, error.gap) == ("firms: stock", 12, 0.5)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("subsidi", "did you mean 'subsidy'?"),
        ("risk_pol", "did you mean 'risk_pool'?"),
        ("qqqq", "known: campaigns, risk_pool, subsidy"),
    ],
)
def test_near_match_hints_at_the_nearest_name_or_lists_all(name: str, hint: str) -> None:
    """A misspelt name gets the nearest known one, a hopeless one the sorted list."""
    assert near_match(name, {"subsidy", "risk_pool", "campaigns"}) == hint
