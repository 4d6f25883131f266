"""Reads of a text what it says of itself. Where it says nothing, nothing is made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePosixPath

from youju.library.documents.rules import permitted_reading
from youju.library.documents.values import Span
from youju.library.reading.sections import sections
from youju.library.reading.values import Facts
from youju.library.reading.words import GENRES, WORDS

HEAD_LINES, TAIL_LINES = 8, 6
OPENING, SECTOR_REACH, ENOUGH, MOST_OF_ONE_WORD = 400, 2_000, 4, 3
LONGEST_TITLE = 100
SEVERAL_LINES = 3
FIRST_QUARTER = 3  # a report that looks back is written up to March
OF_AUTHORITY = ("law", "rule", "scheme", "letter", "notice", "plan")  # what a court or a state council may issue
IN_TITLE = 12  # a word of the title counts as much as so many of the text

_GENRE_OF = {word: genre.id for genre in WORDS.genres for word in genre.title}
_GENRE_WORD = re.compile("|".join(sorted(map(re.escape, _GENRE_OF), key=len, reverse=True)))
_GENRE_TEXT = [(genre.id, re.compile("|".join(genre.text))) for genre in WORDS.genres if genre.text]
_LAW, _ISSUED = re.compile("|".join(WORDS.laws)), re.compile("|".join(WORDS.issued))
_SECTOR_OF = {word: sector.id for sector in WORDS.sectors for word in sector.words}
_SECTOR_WORD = re.compile("|".join(sorted(map(re.escape, _SECTOR_OF), key=len, reverse=True)))
_BRACKETS_BEHIND = re.compile(r"[（(][^（）()]{0,40}[）)]\s*$")
_AND_MORE = re.compile(r"[和及暨与、]")

_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_DIGIT = "[〇○零一二三四五六七八九0-9０-９]"
_YEAR = re.compile(f"(?<!{_DIGIT})({_DIGIT}{{4}})年")
_OF_YEAR = re.compile(f"(?<!{_DIGIT})({_DIGIT}{{4}})年度")
_OPENING_YEAR = re.compile(f"(?<!{_DIGIT})({_DIGIT}{{4}})年(?=[，,以来是度在初]|全年|上半年|下半年|工作|党)")
_SMALL = r"([\d０-９]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = re.compile(
    f"(?<!{_DIGIT})({_DIGIT}{{4}})[ ]?(?:年[ ]?{_SMALL}[ ]?月(?:[ ]?{_SMALL}[ ]?日)?"
    r"|[-./](\d{1,2})[-./](\d{1,2})(?!\d))"
)
_ONLY_A_DAY = re.compile(r"[^，。；：]{0,30}?[（(]?(?:印发|成文|报告)?(?:时间|日期)?[:：]?\s?\Z")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章条节部编]|\d{1,2}[.．、]"
)
_NO_TITLE = re.compile(
    r"[^\u4e00-\u9fff]*\Z|附件?\s?\d{0,2}\s?[:：]?\Z|目\s*录\Z|.{0,12}[〔\[（(]\d{4}[〕\]）)]\s?第?\d{1,5}\s?号\Z|.{2,30}文件\Z|[（(].{0,60}[）)]\Z"
)
_NAME_NOISE = re.compile(
    r"^(?:[0-9a-f_\-]{6,}|\d{1,4}[._\-、 ]+)|(?:[（(](?:\d{1,2}|1|终稿|最终|定稿|修改稿?|副本)[）)]|[ _-]+副本)+$"
)


def read_of_itself(whole: str, name: str, restricted: Sequence[Span] = ()) -> Facts:
    """``name`` is the file's; it helps where the text begins without a title.

    Title, genre, year, sector and day are told to every reader, so they are read of what every reader may read; only the
    tree is of the whole.
    """
    text = permitted_reading(whole, restricted).text if restricted else whole
    head = [line.strip() for line in islice(_lines(text), HEAD_LINES)]
    tail = [line.strip() for line in islice(_lines_back(text), TAIL_LINES)]
    stem = _stem(name)
    title = _title(head, stem)
    genre = _genre(title, text)
    dated, month_of = _dated(head, tail, stem, law=genre == "law")
    return Facts(
        title=title,
        genre=genre,
        year=_year(title, stem, genre, month_of, text),
        sector=_sector(title, text[:SECTOR_REACH]),
        dated=dated,
        sections=sections(whole),
    )


def _lines(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if line := text[at : min(end, at + OPENING)].strip():
            yield line
        at = end + 1


def _lines_back(text: str) -> Iterator[str]:
    end = len(text)
    while end > 0:
        begin = text.rfind("\n", 0, end) + 1
        if line := text[max(begin, end - OPENING) : end].strip():
            yield line
        end = begin - 1


# --- title ------------------------------------------------------------------------------------------------------------


def _title(head: list[str], stem: str) -> str:
    """The first line that can be one, joined with the next where the genre stands there; else the name of the file."""
    begin = next((at for at, line in enumerate(head) if not _NO_TITLE.match(line)), len(head))
    lines = head[begin : begin + SEVERAL_LINES]
    if not lines or not _may_be_title(lines[0]):
        return stem if _NO_TITLE.match(stem) is None or not lines else lines[0][:40]
    joined = lines[0]
    if not _ends_in_genre(joined):
        for at in range(1, len(lines)):
            if not _may_be_title(lines[at]) or _DAY.match(lines[at]):
                break
            if _ends_in_genre(lines[at]):
                joined = "".join(lines[: at + 1])
                break
    return _SPACED.sub("", joined)[:LONGEST_TITLE]


def _may_be_title(line: str) -> bool:
    return (
        2 <= len(line) <= LONGEST_TITLE
        and line[-1] not in "。；，、：:;,"
        and "。" not in line
        and not _HEADING.match(line)
    )  # fmt: skip


def _ends_in_genre(line: str) -> bool:
    bare = _SPACED.sub("", _BRACKETS_BEHIND.sub("", line))
    last = max((found.end() for found in _GENRE_WORD.finditer(bare)), default=-1)
    return last >= len(bare) - 1 or bool(_LAW.search(bare))


def _stem(name: str) -> str:
    """The name of a file without folders, ending, number and 副本."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    stem, dot, ending = bare.rpartition(".")
    stem = stem if dot and ending.isascii() and ending.isalnum() and len(ending) <= 5 else bare
    return (_NAME_NOISE.sub("", stem).strip(" _-") or stem or bare)[:LONGEST_TITLE]


# --- genre ------------------------------------------------------------------------------------------------------------


def _genre(title: str, text: str) -> str:
    bare = _BRACKETS_BEHIND.sub("", title).strip()
    found = list(_GENRE_WORD.finditer(bare))
    last = _GENRE_OF[found[-1][0]] if found else ""
    at_the_end = bool(found) and found[-1].end() == len(bare)
    if _LAW.search(bare) and (not at_the_end or last in OF_AUTHORITY):
        return "law"
    if last == "rule" and _ISSUED.search(text, 0, OPENING):
        return "law"
    for one in found[:-1]:  # 总结和计划: the first is what it is, the second what it also has
        if GENRES[_GENRE_OF[one[0]]].back and last == "plan" and _AND_MORE.match(bare, one.end()):
            return _GENRE_OF[one[0]]
    if last and (at_the_end or "，" not in bare):
        return last
    return next((genre for genre, said in _GENRE_TEXT if _says(said, text)), "other")


def _says(said: re.Pattern[str], text: str) -> bool:
    """Such words stand where a text begins or where it ends."""
    return bool(said.search(text, 0, 3 * OPENING) or said.search(text, max(0, len(text) - OPENING)))


# --- day and year -----------------------------------------------------------------------------------------------------


def _dated(head: list[str], tail: list[str], stem: str, *, law: bool) -> tuple[date | None, tuple[int, int] | None]:
    """The day of writing, and the year and month even where the day is left out."""
    if law:
        days = [day for line in head[1:] for day in _days(line)] or _days(stem)
        newest = max((day for day in days if day[2]), default=None)
        return (_date(newest) if newest else None), (newest[:2] if newest else None)
    for line in (*tail, *head[1:]):
        found = _DAY.search(line)
        if found and _ONLY_A_DAY.match(line[: found.start()]) and len(line) - found.end() <= 2:
            year, month, day = _ymd(found)
            made = _date((year, month, day)) if day else None
            if made or (not day and _date((year, month, 1))):
                return made, (year, month)
    return None, None


def _days(text: str) -> list[tuple[int, int, int]]:
    return [day for found in _DAY.finditer(text) if _date(day := _ymd(found))]


def _ymd(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found[1].translate(_DIGITS)), _small(found[2] or found[4]), _small(found[3] or found[5])


def _small(said: str | None) -> int:
    """12, １２ or 十二; 0 where nothing is said."""
    if not said:
        return 0
    if "十" in said:
        tens, _, ones = said.partition("十")
        return 10 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)
    return int(said.translate(_DIGITS))


def _date(day: tuple[int, int, int]) -> date | None:
    try:
        return date(*day) if 1900 <= day[0] <= 2100 else None
    except ValueError:
        return None


def _year(title: str, stem: str, genre: str, month_of: tuple[int, int] | None, text: str) -> int | None:
    """The year it speaks of: as its title says, else by its date, else as it opens."""
    for said in (title, stem):
        if found := _first_year(_YEAR, said, len(said)):
            return found
    if month_of:
        year, month = month_of
        return year - 1 if GENRES[genre].back and month <= FIRST_QUARTER else year
    return _first_year(_OPENING_YEAR, text, OPENING) or _first_year(_OF_YEAR, text, len(text))


def _first_year(pattern: re.Pattern[str], text: str, end: int) -> int | None:
    years = (int(found[1].translate(_DIGITS)) for found in pattern.finditer(text, 0, end))
    return next((year for year in years if 1900 <= year <= 2100), None)


# --- sector -----------------------------------------------------------------------------------------------------------


def _sector(title: str, opening: str) -> str:
    scores: Counter[str] = Counter()
    for word, times in Counter(_SECTOR_WORD.findall(opening)).items():
        scores[_SECTOR_OF[word]] += min(times, MOST_OF_ONE_WORD)
    for word in set(_SECTOR_WORD.findall(title)):
        scores[_SECTOR_OF[word]] += IN_TITLE
    best, score = max(scores.items(), key=lambda one: one[1], default=("", 0))
    return best if score >= ENOUGH else ""
