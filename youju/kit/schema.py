"""Data files held to a pydantic schema: start-up stops at the first fault and names file, line and key."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from youju.kit.datafile import Located, read_yaml

T = TypeVar("T", bound=BaseModel)

SENTENCES = {
    "missing": "缺这个键。",
    "extra_forbidden": "没有这个键，请检查是不是写错了。",
    "string_type": "这里要写文字。",
    "int_parsing": "这里要写整数。",
    "int_type": "这里要写整数。",
    "bool_type": "这里要写 true 或 false。",
    "list_type": "这里要写一个列表。",
    "tuple_type": "这里要写一个列表。",
    "literal_error": "这里只能从规定的几个词里选。",
    "greater_than": "这个数太小。",
    "greater_than_equal": "这个数太小。",
    "less_than": "这个数太大。",
    "less_than_equal": "这个数太大。",
    "model_type": "这里要写几个键，不是一个值。",
    "model_attributes_type": "这里要写几个键，不是一个值。",
    "dict_type": "这里要写几个键，不是一个值。",
    "int_from_float": "这里要写整数。",
    "float_type": "这里要写数。",
    "float_parsing": "这里要写数。",
    "bool_parsing": "这里要写 true 或 false。",
    "enum": "这里只能从规定的几个词里选。",
    "string_pattern_mismatch": "这里的写法不合要求。",
    "string_too_short": "这里不能空着。",
    "too_short": "这里写得太少。",
    "too_long": "这里写得太多。",
    "date_type": "这里要写日期，如 2026-03-05。",
    "date_from_datetime_parsing": "这里要写日期，如 2026-03-05。",
}


class Strict(BaseModel):
    """Base of every schema: unknown keys are faults, values do not change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def validated(path: Path, schema: type[T]) -> tuple[T, Located]:
    """The file as ``schema``, with its lines for checks across entries. Raises DataFault at the first fault."""
    located = read_yaml(path)
    try:
        return schema.model_validate(located.data), located
    except ValidationError as error:
        first = error.errors()[0]
        said = first["msg"].removeprefix("Value error, ")
        sentence = SENTENCES.get(first["type"], said if first["type"] == "value_error" else f"写得不对（{said}）。")
        raise located.fault(first["loc"], sentence) from error
