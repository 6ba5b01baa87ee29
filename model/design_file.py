"""A study file (``--design FILE``): the flags of a verb written down, which the command line overrides."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from model.errors import UsageError, near_match

FLAG = "--design"
VERB = "verb"
_NEVER = {"help", "design", "debug"}
_KINDS: dict[object, str] = {int: "a whole number", float: "a number"}


@dataclass(frozen=True)
class DesignFile:
    """Fields of a file as they stand there: names are those of flags without the dashes, or of what has no flag."""

    path: Path
    fields: CommentedMap

    @classmethod
    def read(cls, path: Path) -> DesignFile:
        """Read a YAML 1.2 file in UTF-8.

        Raises
        ------
        UsageError : it is not there, or does not hold names and values.
        """
        try:
            raw = YAML(typ="rt").load(path.read_text("utf-8-sig"))
        except OSError as error:
            raise UsageError(f"{FLAG} {path}: cannot be read ({error.strerror})") from None
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise UsageError(f"{path}:{line}: not YAML: {error.problem}") from None
        except (YAMLError, ValueError) as error:
            raise UsageError(f"{path}:1: not YAML: {str(error).strip().splitlines()[0]}") from None
        if not isinstance(raw, CommentedMap) or not raw:
            raise UsageError(f"{path}:1: must hold names and values, lines such as 'members: 200'")
        return cls(path, raw)

    @property
    def verb(self) -> str:
        """The verb that the file is for; empty where it does not say."""
        return str(self.fields.get(VERB, ""))

    def settle(self, parser: argparse.ArgumentParser, given: Collection[str], verb: str) -> list[str]:
        """Make the fields the defaults of a verb's parser; nothing that they give is required any longer.

        Parameters
        ----------
        parser : of the verb.
        given : names that the command line gives itself, see `only_given`.
        verb : the command's.

        Returns
        -------
        A line for each field that the command line overrides.

        Raises
        ------
        UsageError : a field is unknown or has a wrong value; all problems at once, each with its line.
        """
        actions = _actions(parser)
        problems = []
        if self.verb and self.verb != verb:
            problems.append(f"{self._place(VERB)}: verb: the file is for `{self.verb}`, the command is `{verb}`")
        overridden = {*given, *_excluded(parser, given), *(_sizes(actions) if "smoke" in given else ())}
        told = []
        for key, value in self.fields.items():
            name = str(key).replace("-", "_")
            if name == VERB:
                continue
            if name not in actions:
                problems.append(f"{self._place(key)}: `{verb}` has no '{key}'; {near_match(name, actions)}")
                continue
            try:
                found = _value(actions[name], value)
            except UsageError as error:
                problems += [f"{self._place(key)}: {key}: {line}" for line in error.lines()]
                continue
            if name in overridden:
                told.append(f"{self._place(key)}: {key} is overridden by the command line")
            else:
                parser.set_defaults(**{name: found})
                _relax(parser, actions[name])
        if problems:
            raise UsageError(problems)
        return told

    def _place(self, key: object) -> str:
        return f"{self.path}:{self.fields.lc.key(key)[0] + 1}"


def only_given(parser: argparse.ArgumentParser) -> None:
    """Let a parser return nothing but what the command line itself says."""
    parser._defaults.clear()  # noqa: SLF001 - argparse has no public way to tell a default from what was said
    for action in _actions(parser).values():
        action.default = argparse.SUPPRESS
        if not action.option_strings:
            action.type = None  # argparse would turn the default of what is left out into a value
        _relax(parser, action)


def _actions(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """What a file may set, by name."""
    return {action.dest: action for action in parser._actions if action.dest not in _NEVER}  # noqa: SLF001


def _groups(parser: argparse.ArgumentParser) -> Iterator[tuple[Any, set[str]]]:
    """Groups of which one alone can be given, and the names in each."""
    for group in parser._mutually_exclusive_groups:  # noqa: SLF001
        yield group, {action.dest for action in group._group_actions}  # noqa: SLF001


def _excluded(parser: argparse.ArgumentParser, given: Collection[str]) -> set[str]:
    """Names that cannot stand beside what the command line gives."""
    return {name for _, names in _groups(parser) if names & set(given) for name in names}


def _sizes(actions: dict[str, argparse.Action]) -> set[str]:
    """Numbers that ``--smoke`` makes small: those that are filled in later where nobody says them."""
    return {name for name, action in actions.items() if action.type is int and action.default is None}


def _relax(parser: argparse.ArgumentParser, action: argparse.Action) -> None:
    """Require nothing any longer of what has a value."""
    action.required = False
    if not action.option_strings:
        action.nargs = "*" if action.nargs in {"+", "*"} else "?"
    for group, names in _groups(parser):
        group.required = group.required and action.dest not in names


def _value(action: argparse.Action, value: object) -> Any:  # noqa: ANN401 - as many kinds as flags have
    """Turn a field into what the flag would have made of it.

    Raises
    ------
    UsageError : it cannot be.
    """
    if action.nargs == 0:
        if isinstance(value, bool):
            return value
        raise UsageError("must be true or false")
    many = action.nargs in {"+", "*"} or isinstance(action.nargs, int)
    if not many:
        return _single(action, value)
    items = value if isinstance(value, list) else [value]
    if not items and action.nargs == "+":
        raise UsageError("must hold something")
    if isinstance(action.nargs, int) and len(items) != action.nargs:
        raise UsageError(f"must be a list of {action.nargs}")
    return [_single(action, item) for item in items]


def _single(action: argparse.Action, value: object) -> Any:  # noqa: ANN401
    if value is None or isinstance(value, bool | list | dict):
        raise UsageError("must be a single text or number")
    try:
        found = action.type(str(value)) if callable(action.type) else str(value)
    except (ValueError, TypeError):
        raise UsageError(f"'{value}' is not {_KINDS.get(action.type, 'a value that it can have')}") from None
    if action.choices is not None and found not in action.choices:
        raise UsageError(f"'{value}' is not one of its values; {near_match(str(value), map(str, action.choices))}")
    return found


__all__ = ["FLAG", "DesignFile", "only_given"]
