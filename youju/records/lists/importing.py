"""Judging the rows of a table of lists against what stands on them; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from youju.kit.zone import local_day
from youju.paper.reading.columns import Column, Line
from youju.people.imports.rules import Reader
from youju.people.imports.values import Judged
from youju.people.members.models import Membership
from youju.people.posts.values import Title
from youju.people.units.models import Unit
from youju.records.lists.kinds import EXTRA_FIELDS, LIST_KINDS, ListField, ListKind
from youju.records.lists.models import ListItem
from youju.records.lists.values import ItemDraft, Rhythm

KINDS = {kind.zh: kind.id for kind in LIST_KINDS.values()}
POSTS = {title.zh: title.value for title in Title}
RHYTHMS = {rhythm.zh: rhythm for rhythm in Rhythm} | {
    "不检查": Rhythm.NONE,
    "一次": Rhythm.ONCE,
    "每季": Rhythm.QUARTERLY,
}
KIND = next(iter(LIST_KINDS.values()))

SAME = "同一份清单里不重复；再导入一次时按它认是不是同一项。"
OFTEN = tuple(rhythm.zh for rhythm in Rhythm)
FIRST = "只办一次的必填；按周期检查的从这一天所在的周期起算，留空从列入日期起算。"


def _extra(field: ListField) -> Column:
    of = "、".join(kind.zh for kind in LIST_KINDS.values() if field.id in {one.id for one in kind.fields})
    return Column(field.id, field.zh, hint=f"{of}填这一栏。{field.hint}", choices=field.choices, width=16)


ITEM_COLUMNS = (
    Column(
        "kind", "清单", ("清单种类", "种类", "类别"), needed=True, example=KIND.zh, width=18,
        hint=f"写：{'、'.join(KINDS)}。", choices=tuple(KINDS),
    ),
    Column(
        "title", "事项", ("责任事项", "名称", "制度名称", "措施", "内容"), needed=True, example=KIND.sample[0], width=30,
        hint=SAME,
    ),
    Column(
        "requirement", "要求", ("依据", "标准", "要求和依据", "说明"), example=KIND.sample[1], width=40,
        hint="做到什么程度，依据哪条规定。",
    ),
    Column("owner", "责任人", ("管理员", "管理人", "负责人"), width=12, hint="本组织党员的姓名。"),
    Column("post", "岗位", ("责任岗位", "职务"), width=12, hint="一岗双责清单必填。", choices=tuple(POSTS)),
    Column(
        "rhythm", "周期", ("检查周期", "频次", "多久一次"), example="每季度", width=12, choices=OFTEN,
        hint=f"写：{'、'.join(OFTEN)}；留空按这份清单通常的周期。",
    ),
    Column("first_due", "首次时限", ("时限", "完成时限"), kind="day", width=13, hint=FIRST),
    Column(
        "since", "列入日期", ("自", "起始日期", "登记日期"), kind="day", needed=True, example="2026-01-01", width=13,
        hint="从哪一天起在清单上。",
    ),
    *(_extra(field) for field in EXTRA_FIELDS.values()),
    Column("note", "备注", width=24, hint="不写电话、证件号，不写对人的评价。"),
)  # fmt: skip


def judge_items(*, unit: Unit, rows: Sequence[Line], at: datetime) -> list[Judged[ItemDraft]]:
    """Each row by itself, against the lists and the rows above it. List, post and title make a row the same."""
    known = set(ListItem.objects.filter(unit=unit, until__isnull=True).values_list("kind", "post", "title"))
    named: dict[str, list[int]] = {}
    for pk, name in Membership.objects.in_unit(unit).values_list("member_id", "member__name").distinct():
        named.setdefault(name, []).append(pk)
    above: dict[tuple[str, str, str], int] = {}
    judged = []
    for line in rows:
        draft, reader = _row(line, named, today=local_day(at))
        key = (draft.kind, draft.post, draft.title) if draft else ("", "", "")
        if key in known:
            judged.append(Judged[ItemDraft](line, note=f"清单里已有“{key[2]}”，跳过"))
        elif draft is None or reader.faults:
            judged.append(Judged[ItemDraft](line, faults=tuple(reader.faults)))
        elif key in above:
            reader.refuse("title", f"第{above[key]}行也是这一项。")
            judged.append(Judged[ItemDraft](line, faults=tuple(reader.faults)))
        else:
            above[key] = line.number
            judged.append(Judged(line, draft))
    return judged


def _row(line: Line, named: dict[str, list[int]], *, today: date) -> tuple[ItemDraft | None, Reader]:
    reader = Reader()

    def text(column: str) -> str:
        return reader.take(column, line.text, "").strip()

    kind = LIST_KINDS.get(KINDS.get(text("kind"), ""))
    if kind is None:
        reader.refuse("kind", f"清单请写：{'、'.join(KINDS)}。")
    title = text("title")
    if not title:
        reader.refuse("title", "请写事项。")
    since, first = reader.take("since", line.day, None), reader.take("first_due", line.day, None)
    if since is None and "since" not in {fault.column for fault in reader.faults}:
        reader.refuse("since", "请填列入日期。")
    if since and since > today:
        reader.refuse("since", "列入日期不能在将来。")
    said, rhythm = text("rhythm"), kind.rhythm if kind else Rhythm.NONE
    if said and said not in RHYTHMS:
        reader.refuse("rhythm", f"周期请写：{'、'.join(r.zh for r in Rhythm)}。")
    rhythm = RHYTHMS.get(said, rhythm)
    if rhythm is Rhythm.ONCE and first is None:
        reader.refuse("first_due", "只办一次的，请填时限。")
    if since and first and first < since:
        reader.refuse("first_due", "首次时限不能早于列入日期。")
    post = text("post")
    if post and post not in POSTS:
        reader.refuse("post", f"岗位请写：{'、'.join(POSTS)}。")
    if kind and kind.post == "must" and not post:
        reader.refuse("post", f"{kind.zh}要写岗位。")
    owner = _owner(re.sub(r"\s+", "", text("owner")), named, reader)
    words = _words(kind, text, reader) if kind else {}
    requirement, note = text("requirement"), text("note")
    if kind is None or not title or since is None:
        return None, reader
    draft = ItemDraft(
        kind=kind.id, title=title, since=since, requirement=requirement, owner_id=owner,
        post=POSTS.get(post, "") if kind.post != "no" else "", rhythm=rhythm,
        first_due=first if rhythm is not Rhythm.NONE else None, note=note, words=words,
    )  # fmt: skip
    return draft, reader


def _words(kind: ListKind, text: Callable[[str], str], reader: Reader) -> dict[str, str]:
    found = {}
    for field in kind.fields:
        said = text(field.id)
        if field.needed and not said:
            reader.refuse(field.id, f"{kind.zh}请写{field.zh}。")
        if said and field.choices and said not in field.choices:
            reader.refuse(field.id, f"{field.zh}请写：{'、'.join(field.choices)}。")
        if said:
            found[field.id] = said
    return found


def _owner(name: str, named: dict[str, list[int]], reader: Reader) -> int | None:
    found = named.get(name, [])
    if len(found) == 1:
        return found[0]
    if name:
        many = f"有{len(found)}名党员叫“{name[:10]}”，请到清单里手工选择。"
        reader.refuse("owner", many if found else f"名册里没有党员“{name[:10]}”，请核对姓名。")
    return None
