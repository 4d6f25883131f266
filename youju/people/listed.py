"""A list of ids of any length as one parameter of a query."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, Expression


class Listed(Expression):
    """``filter(unit_id__in=Listed(ids))``: SQLite refuses more than 32,766 parameters, and planning thousands takes time."""

    postgres_type = "bigint"

    def __init__(self, ids: Iterable[int | str]) -> None:
        super().__init__(output_field=self._field())
        self.ids = tuple(ids)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            return f"(SELECT unnest(%s::{self.postgres_type}[]))", (list(self.ids),)
        return "(SELECT value FROM json_each(%s))", (json.dumps(self.ids),)

    @staticmethod
    def _field() -> BigIntegerField[Any, Any] | CharField[Any, Any]:
        return BigIntegerField()


class ListedWords(Listed):
    """The same of words: ``filter(unit__path__in=ListedWords(paths))``."""

    postgres_type = "text"

    @staticmethod
    def _field() -> CharField[Any, Any]:
        return CharField()
