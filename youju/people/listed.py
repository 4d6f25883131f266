"""A list of ids of any length as one parameter of a query."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Expression


class Listed(Expression):
    """``filter(unit_id__in=Listed(ids))``: SQLite refuses more than 32,766 parameters, and planning thousands takes time."""

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.ids = tuple(ids)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            return "(SELECT unnest(%s::bigint[]))", (list(self.ids),)
        return "(SELECT value FROM json_each(%s))", (json.dumps(self.ids),)
