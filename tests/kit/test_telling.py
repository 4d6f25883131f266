"""Many rows told one by one: all of them, or the last few with how many stand before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from youju.kit.telling import Telling


class Table:
    """As a query set behaves, counting the rows it handed out."""

    def __init__(self, rows: list[int], handed: list[int]) -> None:
        self.rows, self.handed = rows, handed

    def __iter__(self) -> Iterator[tuple[int]]:
        for row in self.rows:
            self.handed.append(row)
            yield (row,)

    def __getitem__(self, index: slice) -> Any:
        return Table(self.rows[index], self.handed)

    def count(self) -> int:
        return len(self.rows)

    def reverse(self) -> Table:
        return Table(self.rows[::-1], self.handed)


def told(rows: list[int]) -> tuple[Telling, list[int]]:
    handed: list[int] = []
    return Telling(Table(rows, handed), lambda number: {"数": number}), handed


def test_it_reads_like_a_list() -> None:
    telling, handed = told([1, 2, 3])
    assert handed == [] and len(telling) == 3 and handed == []
    assert (
        telling == [{"数": 1}, {"数": 2}, {"数": 3}]
        and telling[0] == {"数": 1}
        and telling[-2:] == [{"数": 2}, {"数": 3}]
    )
    empty, _ = told([])
    assert empty == [] and not empty and empty.last(5) == ([], 0)


@given(st.lists(st.integers(), max_size=9), st.integers(1, 9))
def test_the_last_are_those_of_the_whole_and_little_more_is_read(rows: list[int], most: int) -> None:
    telling, handed = told(rows)
    found, before = telling.last(most)
    assert len(handed) <= most + 1
    assert found == list(telling)[-most:] and before == max(0, len(rows) - most)
