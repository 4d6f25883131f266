"""Looking at one record: each judgement gives a sentence and whether it is there, or nothing where it does not apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from youju.records.activities.rules import AGENDA_KINDS, TALK_KINDS, Parts
from youju.records.checklist.values import Aspect, CheckItem, Part

Found = tuple[bool, str] | None


def check_parts(parts: Parts, items: Iterable[CheckItem]) -> tuple[Part, ...]:
    """材料检查 of a record by the items its unit looks at. It reminds and never blocks."""
    talk = set(parts.kinds) <= TALK_KINDS
    looked = ((item, JUDGEMENTS[item.looks_at](parts)) for item in items if item.talk or not talk)
    return tuple(Part(item.zh, *found) for item, found in looked if found is not None)


def missing_parts(parts: Parts, items: Iterable[CheckItem]) -> tuple[Part, ...]:
    """What of ``check_parts`` is not there."""
    return tuple(part for part in check_parts(parts, items) if not part.there)


def _roster(parts: Parts) -> Found:
    return (True, f"{parts.listed}人") if parts.listed else (False, "还没有名单")


def _leave_reasons(parts: Parts) -> Found:
    if not parts.leave:
        return None
    bare = parts.leave_unexplained
    return (False, f"{bare}人请假没有写明原因") if bare else (True, f"{parts.leave}人请假都写明了")


def _agenda(parts: Parts) -> Found:
    if not parts.items:
        return (False, "没有写议题") if AGENDA_KINDS & set(parts.kinds) else None
    if parts.bare_items:
        return False, f"{parts.bare_items}项议题既没有情况也没有决议"
    return True, f"{parts.items}项都有内容"


def _tallies(parts: Parts) -> Found:
    if not parts.resolutions:
        return None
    if parts.untallied:
        return False, f"{parts.untallied}项决议没有票数"
    return True, f"{parts.resolutions}项决议都有票数"


def _evidence(parts: Parts) -> Found:
    return (True, f"{parts.evidence}份") if parts.evidence else (False, "还没有照片或文件")


def _filed(parts: Parts) -> Found:
    return (True, "已归档") if parts.filed else (False, "还没有归档")


def _written(there: bool) -> Found:
    return (True, "写明了") if there else (False, "没有写")


JUDGEMENTS: dict[Aspect, Callable[[Parts], Found]] = {
    "roster": _roster,
    "leave_reasons": _leave_reasons,
    "hours": lambda parts: (True, "写明了") if parts.has_end else (False, "没有写几点结束"),
    "place": lambda parts: _written(parts.has_place),
    "chair": lambda parts: _written(parts.has_chair),
    "recorder": lambda parts: _written(parts.has_recorder),
    "agenda": _agenda,
    "tallies": _tallies,
    "outcome": lambda parts: _written(parts.has_outcome),
    "evidence": _evidence,
    "filed": _filed,
}
