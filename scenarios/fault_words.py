"""What is wrong with a scenario file, in Chinese and English: the command line says it in English, the page in both."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from model.errors import near_match

LANGUAGES = ("zh", "en")

_NAMES_AND_VALUES = ("须为若干“名称: 值”，逐行缩进", "must hold names and values (indented lines 'name: value')")

_WORDS: dict[str, tuple[str, str]] = {
    # the file
    "no_file": ("没有这个文件", "no such file"),
    "unreadable": ("无法读取（{why}）", "cannot be read ({why})"),
    "not_utf8": (
        "文件不是 UTF-8 编码的文本；请另存为 UTF-8 再试",
        "the file is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8')",
    ),
    "empty": ("文件是空的", "the file is empty"),
    "not_yaml": (
        "此处不是有效的 YAML；请检查缩进、引号、括号以及有无重复的名称",
        "not YAML: {what}",
    ),
    "too_many": (
        "展开后超过 {most} 个值，不像情景文件；请直接写出各值，少用 & 与 * 引用",
        "not YAML: more than {most} values once it is spelt out; write values out rather than refer to them by & and *",
    ),
    "too_deep": (
        "括号层层嵌套，超过 {most} 层，不像情景文件；请检查括号是否成对",
        "not YAML: brackets within brackets, more than {most} deep; see that each one is closed",
    ),
    "no_mapping": (
        "情景文件须由“label:”等字段组成",
        "a scenario must be a mapping of fields such as 'label:'",
    ),
    # fields
    "unknown_field": ("没有“{name}”这个字段；{hint}", "unknown field '{name}'; {hint}"),
    "years_below": (
        "没有“{name}”这个字段；各年水平写在 by_year 之下，例如 by_year: {{{year}: 8}}",
        "unknown field '{name}'; levels of years stand below by_year, such as 'by_year: {{{year}: 8}}'",
    ),
    "missing": ("缺少字段“{where}”", "field '{where}' is missing"),
    "at_least": ("{where}：{value} 不能小于 {limit}", "{where}: {value} must be {limit} or above"),
    "at_most": ("{where}：{value} 不能大于 {limit}", "{where}: {value} must be {limit} or below"),
    "literal_error": ("{where}：{value} 须为 {expected}", "{where}: {value} must be {expected}"),
    "unfit": ("{where}：{value} 不能用在这里；请对照情景字段说明改正", "{where}: {value} {what}"),
    # rules of single fields, as `scenarios.schema` names them
    "no_level": (
        "{where}：{value} 须为数字（不加引号）或 {known} 之一",
        "{where}: {value} must be a number (without quotes) or one of {known}",
    ),
    "near_level": (
        "{where}：{value} 须为数字（不加引号）或 {known} 之一；{hint}",
        "{where}: {value} must be a number (without quotes) or one of {known}; {hint}",
    ),
    "unknown_world": (
        "{where}：没有“{name}”这种外部环境；{hint}",
        "{where}: unknown outside world '{name}'; {hint}",
    ),
    "unknown_uncertainty": (
        "{where}：没有“{name}”这类不确定性；{hint}",
        "{where}: unknown kind of uncertainty '{name}'; {hint}",
    ),
    "year_gap": (
        "{where}：缺 {missing}；by_year 须逐年写出首年至末年，并写到 {year} 年（或用 level_{year} 表示直线到位）",
        (
            "{where}: without {missing}; by_year needs every year from its first to its last and must reach {year} "
            "(or give level_{year} for a straight ramp)"
        ),
    ),
    "one_way": (
        "{where}：level_{year} 与 by_year 须写且只写其一",
        "{where}: give either level_{year} or by_year",
    ),
    "start_alone": (
        "{where}：start 只与 level_{year} 连用；用 by_year 时，措施自所列首年起变动",
        "{where}: start belongs to level_{year}; with by_year the lever moves in the first year of the list",
    ),
    # types
    "float_type": ("{where}：{value} 须为数字（不加引号）", "{where}: {value} must be a number (without quotes)"),
    "finite_number": ("{where}：{value} 须为有限的数字", "{where}: {value} must be a finite number"),
    "int_type": ("{where}：{value} 须为整数（不加引号）", "{where}: {value} must be a whole number (without quotes)"),
    "int_from_float": ("{where}：{value} 须为整数", "{where}: {value} must be a whole number"),
    "string_type": ("{where}：{value} 须为文字", "{where}: {value} must be text"),
    "string_too_short": ("{where}：{value} 不能为空", "{where}: {value} must not be empty"),
    "dict_type": (f"{{where}}：{{value}} {_NAMES_AND_VALUES[0]}", f"{{where}}: {{value}} {_NAMES_AND_VALUES[1]}"),
    "model_type": (f"{{where}}：{{value}} {_NAMES_AND_VALUES[0]}", f"{{where}}: {{value}} {_NAMES_AND_VALUES[1]}"),
    "list_type": (
        "{where}：{value} 须为列表，例如 [base, chance]",
        "{where}: {value} must be a list such as [base, chance]",
    ),
    # levers, definitions, bases
    "unknown_lever": ("没有“{name}”这项措施；{hint}", "unknown lever '{name}'; {hint}"),
    "wrong_unit": (
        "单位“{unit}”不对：{lever} 的单位是“{right}”",
        "unit '{unit}' is wrong: {lever} is in '{right}'",
    ),
    "out_of_range": (
        "{lever}：{level} 超出范围；须在 {low} 与 {high} 之间（{unit_zh}）",
        "{lever}: {level} is out of range; it must be {low} to {high} ({unit})",
    ),
    "no_indicator": (
        "“{name}”不是有多种口径的指标；{hint}",
        "'{name}' is no indicator with definitions; {hint}",
    ),
    "unknown_definition": (
        "{indicator} 没有“{name}”这个口径；{hint}",
        "unknown definition '{name}' of {indicator}; {hint}",
    ),
    "unknown_base": ("没有“{name}”这个基础情景；{hint}", "unknown base '{name}'; {hint}"),
    "circle": ("情景互相继承，成了循环：{names}", "the scenarios inherit in a circle: {names}"),
}


class Hint(NamedTuple):
    """A name that is not known, and those that are: the nearest of them is said, or all."""

    name: str
    known: Collection[str]


def say(key: str, language: str = "en", **values: object) -> str:
    """Say what is wrong.

    Parameters
    ----------
    key : kind of fault; pydantic's own kinds keep their names.
    language : ``zh`` or ``en``.
    values : what the words of that kind speak of; a `Hint` is spelt out.

    Raises
    ------
    KeyError : no such kind of fault, or a value that its words need is not given.
    """
    told = {
        name: near_match(value.name, value.known, language) if isinstance(value, Hint) else value
        for name, value in values.items()
    }
    return _WORDS[key][LANGUAGES.index(language)].format(**told)


def has_words(key: str) -> bool:
    """Whether a kind of fault has words of its own."""
    return key in _WORDS


__all__ = ["LANGUAGES", "Hint", "has_words", "say"]
