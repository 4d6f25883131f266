"""Questions that every page asks alike: their SQL is written once, and only the values change.

A page that looks into thirty small tables spends most of its time on having Django write thirty times the same SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connections
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Expression,
    Field,
    Model,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.query import get_related_populators

from youju.people.listed import Listed, ListedWords

P = ParamSpec("P")
Row = TypeVar("Row")
Whole = TypeVar("Whole", bound=Model)
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
    beside: tuple[Any, ...]  # what is fetched after whole rows were found

    def rows(self, values: tuple[object, ...]) -> Iterator[Any]:
        connection = self.compiler.connection
        filled = [p.filled(values[p.position], connection) if isinstance(p, Blank) else p for p in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found = cursor.fetchall()
        if not found:  # most often: then there is nothing to convert
            return iter(())
        rows: Iterator[Any] = self.compiler.results_iter([found], tuple_expected=True)
        return rows

    def whole(self, values: tuple[object, ...]) -> Iterator[Any]:
        """Each row as what it is of, with what ``select_related`` and ``annotate`` bring along."""
        rows = list(self.rows(values))
        if not rows:
            return
        compiler, kind = self.compiler, self.compiler.klass_info
        start, end = kind["select_fields"][0], kind["select_fields"][-1] + 1
        names = [column[0].target.attname for column in compiler.select[start:end]]
        # No public way leads from a row to an object with what select_related brings: ``raw`` drops it, and a query set that
        # brings it has its SQL written anew, which is what this saves.
        related = get_related_populators(kind, compiler.select, compiler.using)  # type: ignore[call-arg]
        for row in rows:
            one = kind["model"].from_db(compiler.using, names, row[start:end])
            for populator in related:
                populator.populate(row, one)
            for name, at in compiler.annotation_col_map.items():
                setattr(one, name, row[at])
            yield one


def written_once(write: Callable[P, QuerySet[Any, Row]]) -> Callable[P, Iterator[Row]]:
    """Of a function that makes a ``values_list`` of its arguments, which it uses as values of lookups and for nothing else.

    What is passed by position is filled in; what is passed by keyword shapes the SQL and is written anew for each.
    """

    @wraps(write)
    def ask(*values: Any, **shape: Any) -> Iterator[Row]:
        return _kept(write, values, shape).rows(values)

    return ask


def rows_once(write: Callable[P, QuerySet[Whole, Whole]]) -> Callable[P, list[Whole]]:
    """The same of whole rows: of a function that makes a query set of its arguments."""

    @wraps(write)
    def ask(*values: Any, **shape: Any) -> list[Whole]:
        written = _kept(write, values, shape)
        found = list(written.whole(values))
        if found and written.beside:
            prefetch_related_objects(found, *written.beside)
        return found

    return ask


@dataclass(frozen=True)
class Growing:
    """Rows that grow for years, as ``kit.telling`` asks for them: all, the last few of them, or how many there are."""

    ask: Callable[..., Iterator[tuple[Any, ...]]]
    how_many: Callable[..., Iterator[tuple[int]]]
    values: tuple[object, ...]
    turned: bool = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self.ask(*self.values, turned=self.turned, most=None)

    def __getitem__(self, index: slice, /) -> list[tuple[Any, ...]]:
        if index.start or index.step:
            raise ValueError("asked from the first one on")
        return list(self.ask(*self.values, turned=self.turned, most=index.stop))

    def count(self) -> int:
        return next(self.how_many(*self.values))[0]

    def reverse(self) -> Growing:
        return replace(self, turned=not self.turned)


def growing_once(write: Callable[P, QuerySet[Any, Any]]) -> Callable[P, Growing]:
    """The same of a ``values_list`` that is read when it is asked for, and mostly the end of it."""
    anew: Callable[..., QuerySet[Any, Any]] = write

    def some(*values: Any, turned: bool, most: int | None) -> QuerySet[Any, Any]:
        rows = anew(*values)
        ordered: QuerySet[Any, Any] = (rows.reverse() if turned else rows)[:most]
        return ordered

    def how_many(*values: Any) -> QuerySet[Any, Any]:
        together = anew(*values).order_by().values(all=Value(1))
        counted: QuerySet[Any, Any] = together.annotate(count=Count("pk")).values_list("count")
        return counted

    asking, counting = written_once(some), written_once(how_many)

    @wraps(write)
    def ask(*values: P.args, **_: P.kwargs) -> Growing:
        return Growing(asking, counting, values)

    return ask


def _kept(write: Callable[..., QuerySet[Any, Any]], values: tuple[object, ...], shape: dict[str, Any]) -> Written:
    connection = connections["default"]  # of this thread: it keeps what was written for its kind of database
    kept: dict[tuple[object, ...], Written] = vars(connection).setdefault("youju_written", {})
    place = (write, *shape.items())
    if place not in kept:
        kept[place] = _written(write, values, shape)
    return kept[place]


def _written(write: Callable[..., QuerySet[Any, Any]], values: tuple[object, ...], shape: dict[str, Any]) -> Written:
    rows = write(*(Blank(n, type(value)) for n, value in enumerate(values)), **shape)
    compiler = rows.query.get_compiler("default")
    sql, params = compiler.as_sql()
    # No public name says what a query set prefetches; told a second time beside it, it could be left out without a word.
    return Written(compiler, sql, tuple(params), rows._prefetch_related_lookups)  # type: ignore[attr-defined]
