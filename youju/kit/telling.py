"""Rows that grow for years, put into words one by one: all of them where they are taken along, the last few on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, overload


class Rows(Protocol):
    """What a query set of tuples can do. Its order leaves nothing open, or what comes last would be anyone's guess."""

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...
    def __getitem__(self, index: slice, /) -> Any: ...
    def count(self) -> int: ...
    def reverse(self) -> Rows: ...


class Telling(Sequence[dict[str, object]]):
    """A list of what is told of each row; nothing is read before it is asked for."""

    def __init__(self, rows: Rows, say: Callable[..., dict[str, object]]) -> None:
        self._rows, self._say = rows, say

    def __iter__(self) -> Iterator[dict[str, object]]:
        return (self._say(*row) for row in self._rows)

    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, index: int) -> dict[str, object]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, object]]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return list(self) == other

    __hash__ = None  # type: ignore[assignment]

    def last(self, most: int) -> tuple[list[dict[str, object]], int]:
        """The last so many in their order, and how many stand before them."""
        found = list(self._rows.reverse()[: most + 1])
        before = len(self) - most if len(found) > most else 0
        return [self._say(*row) for row in reversed(found[:most])], before
