"""附：数据出处表 in a text that comes back: its title, header and rows are ours and claim nothing.

Only they are set aside. What somebody wrote behind the table, between its rows or under a line that merely bears its
name is read as any other text; so is a table of other columns. Of a PDF the cells come back on lines of their own, so
a row is known by what stands in it and not by tabs. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from youju.figures.catalogue import FIGURES

APPENDIX = "附：数据出处表"
MOST_LINES = 24  # that a row of a PDF is broken into
HEADER = ("序号", "指标", "得数", "时段", "记录编号")

_DAY = r"20\d\d年\d{1,2}月\d{1,2}日"
_STATE = rf"（(?:台账截至{_DAY}|未定稿，第\d{{1,6}}版|{_DAY}定稿，封存[0-9a-f]{{4,64}})）"
_TITLE = re.compile(rf"{APPENDIX}(?:{_STATE})*{''.join(HEADER)}")
_AT = re.compile(rf"^[ \t\u3000]*{APPENDIX}", re.MULTILINE)
_AS_OF = re.compile(rf"^[ \t\u3000]*{APPENDIX}\s*（台账截至\s*(20\d\d)年(\d{{1,2}})月(\d{{1,2}})日", re.MULTILINE)
_NUMBER = r"20\d\d-[^\d\s\-、，。；]{1,8}-\d{2,6}(?:-\d{1,4})?"
_CODE = r"[0-9A-Za-z\u4e00-\u9fff]{1,12}(?:[\-.][0-9A-Za-z]{1,8}){0,3}"  # of a village or household, as a unit chose it
_SHOWN = r"(?:[\d.,]{1,12}[^\d\s，。、；！？]{1,3}|〔缺[^〔〕]{0,40}〕)"
_PERIOD = r"20\d\d年(?:第[一二三四]季度|\d{1,2}月(?:\d{1,2}日(?:至(?:20\d\d年)?\d{1,2}月\d{1,2}日)?)?)?"


@lru_cache(maxsize=1)
def _row() -> re.Pattern[str]:
    # A PDF drops a number that stands alone on its line as if it were the page's.
    coded = {pk for pk, figure in FIGURES.items() if figure.of in ("subject", "reach")}
    by_number = rf"(?:{_any_of(FIGURES.keys() - coded)}){_SHOWN}{_PERIOD}{_listed(_NUMBER)}"
    by_code = rf"(?:{_any_of(coded)}){_SHOWN}{_PERIOD}{_listed(_CODE)}"
    return re.compile(rf"\d{{0,4}}(?:{by_number}|{by_code})|{''.join(HEADER)}")


def _any_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _listed(name: str) -> str:
    """What the last column says of the records: their names, or how many stand on the roster."""
    return rf"(?:名册在册\d{{1,6}}人|台账登记\d{{1,6}}条|{name}(?:、{name})*(?:等，共\d{{1,6}}条)?)"


def without_appendix(text: str, *, blank: bool = True) -> str:
    """The text without our table. Blanked, so that every place in it stays where it was.

    Its name stays where something stands behind it: that belongs to no section of the report. ``blank=False`` takes the
    table out instead, so that what stands around it meets.
    """
    found = list(_ours(text))
    if not found:
        return text
    parts, at = [], 0
    for start, end in found:
        parts += [text[at:start], "".join(sign if sign == "\n" else " " for sign in text[start:end]) if blank else ""]
        at = end
    return "".join((*parts, text[at:])).rstrip().removesuffix(APPENDIX).rstrip()


def as_of_written(text: str) -> tuple[int, int, int] | None:
    """台账截至 in the title of our table: year, month, day as they stand there."""
    found = _AS_OF.search(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _ours(text: str) -> Iterator[tuple[int, int]]:
    """The places of titles with their header, and of rows behind them; a row begins and ends with a line."""
    title = _AT.search(text)
    if title is None:
        return
    first = title.start()
    places = [at for at in range(first, len(text)) if not text[at].isspace()]
    packed = "".join(text[at] for at in places)
    begins = [0, *(n for n in range(1, len(places)) if "\n" in text[places[n - 1] : places[n]])]
    ends = [*begins[1:], len(places)]
    below, until = False, 0
    for line, begin in enumerate(begins):
        if begin < until:
            continue
        form = _row() if below else _TITLE
        if not form.match(packed, begin):
            form = _TITLE
        # The longest first: what a cell's last line holds would else be left over. No row takes more lines than this.
        for end in reversed(ends[line : line + MOST_LINES]):
            if form.fullmatch(packed, begin, end):
                below, until = True, end
                yield places[begin + len(APPENDIX) * (form is _TITLE)], places[end - 1] + 1
                break
