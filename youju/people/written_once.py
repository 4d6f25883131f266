"""Questions that every page asks alike: their SQL is written once, and only the values change.

A page that looks into thirty small tables spends most of its time on having Django write thirty times the same SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connections
from django.db.models import BigIntegerField, CharField, DateField, Expression, Field, QuerySet

from youju.people.listed import Listed, ListedWords

P = ParamSpec("P")
Row = TypeVar("Row")
Rows = QuerySet[Any, tuple[Any, ...]]

FIELDS: dict[type, type[Field[Any, Any]]] = {
    Listed: BigIntegerField, ListedWords: CharField, date: DateField, int: BigIntegerField, str: CharField,
}  # fmt: skip


class Blank(Expression):
    """The place of a value of some type. Written into SQL it is its own parameter, until it is filled in."""

    def __init__(self, position: int, of: type) -> None:
        super().__init__(output_field=FIELDS[of]())
        self.position, self.of = position, of

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql = self.of(()).as_sql(compiler, connection)[0] if issubclass(self.of, Listed) else "%s"
        return sql, (self,)

    def filled(self, value: object, connection: Any) -> object:
        """The value as the database takes it."""
        if not isinstance(value, self.of):
            raise TypeError(f"written for {self.of.__name__}, not for {value!r}")
        if isinstance(value, Listed):
            return value.as_sql(None, connection)[1][0]
        return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@dataclass(frozen=True)
class Written:
    """The SQL with what turns its rows into values."""

    compiler: Any
    sql: str
    params: tuple[object, ...]

    def rows(self, values: tuple[object, ...]) -> Iterator[Any]:
        connection = self.compiler.connection
        filled = [p.filled(values[p.position], connection) if isinstance(p, Blank) else p for p in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found = cursor.fetchall()
        rows: Iterator[Any] = self.compiler.results_iter([found], tuple_expected=True)
        return rows


def written_once(write: Callable[P, QuerySet[Any, Row]]) -> Callable[P, Iterator[Row]]:
    """Of a function that makes a ``values_list`` of its arguments, which it uses as values of lookups and for nothing else.

    What is passed by position is filled in; what is passed by keyword shapes the SQL and is written anew for each.
    """

    @wraps(write)
    def ask(*values: Any, **shape: Any) -> Iterator[Row]:
        connection = connections["default"]  # of this thread: it keeps what was written for its kind of database
        kept = vars(connection).setdefault("youju_written", {})
        place = (write, *shape.items())
        if place not in kept:
            kept[place] = _written(write, values, shape)
        written: Written = kept[place]
        return written.rows(values)

    return ask


def _written(write: Callable[..., QuerySet[Any, Any]], values: tuple[object, ...], shape: dict[str, Any]) -> Written:
    query = write(*(Blank(n, type(value)) for n, value in enumerate(values)), **shape).query
    compiler = query.get_compiler("default")
    sql, params = compiler.as_sql()
    return Written(compiler, sql, tuple(params))
