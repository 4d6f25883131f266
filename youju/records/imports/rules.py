"""Pure reading of one session row: cells in, what they say or their faults out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import lru_cache

from youju.kit.digests import canonical, sha256_hex
from youju.kit.refusal import Refusal
from youju.paper.reading.columns import Line
from youju.people.imports.rules import Reader, pieces
from youju.people.imports.values import Fault
from youju.prose.vocabulary import KINDS
from youju.records.activities.rules import TALK_KINDS, talk_title
from youju.records.activities.values import AgendaDraft, ItemKind, LeaveCategory, ResolutionDraft
from youju.records.facets.rules import checked, read_words
from youju.records.facets.values import Facet, Facets
from youju.records.imports.values import Leave, Reading
from youju.records.sources.rules import read_all
from youju.records.sources.values import Said

LEAVE_WORDS = {category.zh: category for category in LeaveCategory} | {
    "出差": LeaveCategory.DUTY, "因公": LeaveCategory.DUTY, "公差": LeaveCategory.DUTY, "值班": LeaveCategory.DUTY,
    "因公出差": LeaveCategory.DUTY, "公假": LeaveCategory.DUTY, "因病": LeaveCategory.SICK, "生病": LeaveCategory.SICK,
    "住院": LeaveCategory.SICK, "因事": LeaveCategory.PERSONAL, "私事": LeaveCategory.PERSONAL, "外出": LeaveCategory.AWAY,
    "流动": LeaveCategory.AWAY, "其他请假": LeaveCategory.OTHER, "请假": None,
}  # fmt: skip
#: The column of each facet, which is also its name among the facets of a record.
FACET_COLUMNS = {Facet.FORM: "forms", Facet.TOPIC: "topics", Facet.GROUP: "groups", Facet.BUSINESS: "business"}
CATEGORIES = "、".join(category.zh for category in LeaveCategory)
NOBODY = {"无", "—", "-", "/", "0", "没有"}
NONE_DECIDED = {"无", "—", "-", "/"}
WITH_REASON = re.compile(r"(?P<name>[^（(\s]+)\s*(?:[（(](?P<in>[^）)]*)[）)]|\s(?P<after>\S+))?")
ITEM_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)、.．]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*")
FIRST_TOPIC = re.compile(r"^[【（(\[]?第一议题[】）)\]]?\s*[:：、]?\s*")
NUMBER = re.compile(r"(\d{1,5})\s*(?:人|名)?")
YEAR = re.compile(r"(\d{4})\s*年?(?:度)?")


def key_of(*, unit_id: int, day: date, start: time, title: str, kinds: Sequence[str]) -> str:
    """What makes two rows the same row."""
    value = [unit_id, day, f"{start:%H:%M}", " ".join(title.split()), sorted(kinds)]
    return sha256_hex(canonical(value))[:32]


@lru_cache(maxsize=1)
def kind_words() -> dict[str, str]:
    """Kind ids by each word that means one kind alone."""
    found: dict[str, set[str]] = {}
    for kind in KINDS.values():
        for word in (kind.zh, *kind.words):
            found.setdefault(word, set()).add(kind.id)
    return {word: ids.pop() for word, ids in found.items() if len(ids) == 1} | {k.zh: k.id for k in KINDS.values()}


def read_row(line: Line) -> tuple[Reading | None, tuple[Fault, ...]]:
    """What the row says, with every fault that can be seen without the roster."""
    reader = Reader()

    def text(column: str) -> str:
        return reader.take(column, line.text, "").strip()

    day = reader.take("day", line.day, None)
    start, end = reader.take("start", line.hour, None), reader.take("end", line.hour, None)
    for column, name, value in (("day", "日期", day), ("start", "开始时间", start)):
        if value is None and not any(fault.column == column for fault in reader.faults):
            reader.refuse(column, f"请填{name}。")
    if start and end and end <= start:
        reader.refuse("end", "结束时间须晚于开始时间。")
    kinds = _kinds(text("kinds"), reader)
    title = " ".join(text("title").split())
    if not title and not any(fault.column == "title" for fault in reader.faults):
        reader.refuse("title", "请写主题。")
    agenda = _agenda(text("agenda"), text("resolutions"), reader)
    outcome, guests = text("outcome"), text("guests")
    guests = "" if guests in NOBODY else guests
    facets, studied = _facets(text, reader), _studied(text("studied"), reader)
    led, spoke = _names(text("led")), _names(text("spoke"))
    inside = {
        "agenda": agenda, "outcome": outcome, "guests": guests, "topics": facets, "studied": studied, "led": led,
        "spoke": spoke,
    }  # fmt: skip
    if kinds and set(kinds) <= TALK_KINDS and any(inside.values()):
        reader.refuse(
            next(column for column, value in inside.items() if value),
            f"{talk_title(kinds)}只记谁和谁、什么时候谈，不记内容，请清空议题、决议、成效、列席和来宾、专题等各栏。",
        )
    said = {
        "host": text("host"), "place": text("place"), "chair": _one(text("chair")), "recorder": _one(text("recorder")),
        "lecturer": _one(text("lecturer")), "transcribed_from": text("transcribed_from"),
    }  # fmt: skip
    expected = _number(text("expected"), NUMBER, "expected", "应到请填人数。", reader)
    for_year = _number(text("for_year"), YEAR, "for_year", "所属年度请写成 2023 这样。", reader)
    leave = _leave(text("leave"), reader)
    absent, present = _names(text("absent")), _names(text("present"))
    if reader.faults or day is None or start is None:
        return None, tuple(reader.faults)
    return Reading(
        day=day, start=start, end=end, kinds=kinds, title=title, expected=expected, leave=leave, absent=absent,
        present=present, led=led, spoke=spoke, guests=guests, agenda=agenda, outcome=outcome, facets=facets, studied=studied, for_year=for_year,
        **said,
    ), ()  # fmt: skip


def _facets(text: Callable[[str], str], reader: Reader) -> Facets:
    """Forms, topics, groups and business of their four cells."""
    found: dict[Facet, tuple[str, ...]] = {}
    for facet, column in FACET_COLUMNS.items():
        said, kept = text(column), Facets()
        try:
            found[facet] = read_words("" if said in NOBODY else said, facet)
            kept = Facets(**{FACET_COLUMNS[facet]: found[facet]})
            checked(kept)
        except Refusal as refusal:
            reader.refuse(column, refusal.sentence)
            found[facet] = ()
    return Facets(found[Facet.FORM], found[Facet.TOPIC], found[Facet.GROUP], found[Facet.BUSINESS])


def _studied(said: str, reader: Reader) -> tuple[Said, ...]:
    try:
        return read_all("" if said in NOBODY else said)
    except Refusal as refusal:
        reader.refuse("studied", refusal.sentence)
        return ()


def _kinds(text: str, reader: Reader) -> tuple[str, ...]:
    found: list[str] = []
    for word in pieces(text.replace("+", "、").replace("/", "、").replace("暨", "、")):
        kind = kind_words().get(word)
        if kind is None:
            reader.refuse("kinds", f"不认识类型“{word[:20]}”，可写：{'、'.join(k.zh for k in KINDS.values())}。")
        elif kind not in found:
            found.append(kind)
    if not found and not any(fault.column == "kinds" for fault in reader.faults):
        reader.refuse("kinds", "请填类型。")
    return tuple(found)


def _one(text: str) -> str:
    """A single name: spaces inside (何 秋生) are only there to align the paper."""
    return "" if text in NOBODY else re.sub(r"\s+", "", text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.sub(r"\s+", "", name) for name in pieces(text) if name not in NOBODY))


def _leave(text: str, reader: Reader) -> tuple[Leave, ...]:
    found = []
    for said in pieces(unicodedata.normalize("NFC", text)):
        match = WITH_REASON.fullmatch(said)
        if said in NOBODY:
            continue
        if match is None:
            reader.refuse("leave", f"“{said[:20]}”请写成：姓名（类别）。")
            continue
        reason = (match["in"] or match["after"] or "").strip()
        if reason and reason not in LEAVE_WORDS:
            reader.refuse("leave", f"请假类别“{reason[:12]}”请写：{CATEGORIES}。病名、事由不写。")
            continue
        found.append(Leave(match["name"], LEAVE_WORDS.get(reason)))
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [ITEM_NUMBER.sub("", line).strip() for line in re.split(r"[\n；;]+", text) if line.strip()]


def _agenda(text: str, decided: str, reader: Reader) -> tuple[AgendaDraft, ...]:
    """Topics and what was decided on each. Which decision belongs to which topic is never guessed."""
    titles, texts = _lines(text), _lines(decided)
    if texts and not titles:
        reader.refuse("agenda", "有决议，请写议题。")
        return ()
    if len(titles) == 1:
        groups = [[said for said in texts if said not in NONE_DECIDED]]
    elif not texts or len(texts) == len(titles):
        groups = [[said] if said not in NONE_DECIDED else [] for said in texts] or [[] for _ in titles]
    else:
        sentence = f"议题有{len(titles)}条、决议有{len(texts)}条，对不上；没有决议的议题请在那一行写“无”。"
        reader.refuse("resolutions", sentence)
        return ()
    return tuple(
        AgendaDraft(
            title=FIRST_TOPIC.sub("", title) or title,
            kind=ItemKind.FIRST_TOPIC if FIRST_TOPIC.match(title) else ItemKind.ORDINARY,
            resolutions=tuple(ResolutionDraft(said) for said in group),
        )
        for title, group in zip(titles, groups, strict=True)
    )


def _number(text: str, form: re.Pattern[str], column: str, sentence: str, reader: Reader) -> int | None:
    if not text:
        return None
    found = form.fullmatch(text)
    if found is None:
        reader.refuse(column, sentence)
        return None
    return int(found[1])
