"""Judging the rows of a table of registers against what stands on them; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from youju.kit.zone import local_day
from youju.paper.reading.columns import Line
from youju.people.imports.rules import Reader
from youju.people.imports.values import Fault, Judged
from youju.people.members.models import Membership
from youju.people.units.models import Unit
from youju.records.registers.kinds import REGISTERS
from youju.records.registers.models import Subject
from youju.records.registers.rules import code_fault, person_fault, words_fault
from youju.records.registers.values import SubjectDraft

KINDS = {kind.zh: kind.id for kind in REGISTERS.values()} | {
    "行政村": "village", "农户": "household", "住户": "household", "专业合作社": "cooperative",
    "综合为农服务中心": "service_centre", "服务中心": "service_centre", "服务主体": "service_body",
}  # fmt: skip


def judge_subjects(*, unit: Unit, rows: Sequence[Line], at: datetime) -> list[Judged[SubjectDraft]]:
    """Each row by itself, against the registers and the rows above it. The code is what makes a row the same."""
    known = set(Subject.objects.filter(unit=unit).values_list("kind", "code"))
    places = {(kind, word) for kind, *words in Subject.objects.filter(unit=unit).values_list("kind", "code", "name") for word in words}  # fmt: skip
    named: dict[str, list[int]] = {}
    for pk, name in Membership.objects.in_unit(unit).values_list("member_id", "member__name").distinct():
        named.setdefault(name, []).append(pk)
    above: dict[tuple[str, str], int] = {}
    judged: list[Judged[SubjectDraft]] = []
    for line in rows:
        draft, faults = _row(line, named, places, today=local_day(at))
        key = (draft.kind, draft.code) if draft else ("", "")
        if key in known:
            judged.append(Judged(line, note=f"名册里已有 {key[1]}，跳过"))
        elif draft is None or faults:
            judged.append(Judged[SubjectDraft](line, faults=faults))
        elif key in above:
            judged.append(
                Judged[SubjectDraft](line, faults=(Fault("code", f"第{above[key]}行也是编号 {draft.code}。"),))
            )
        else:
            above[key] = line.number
            places |= {(draft.kind, draft.code), (draft.kind, draft.name)}
            judged.append(Judged(line, draft))
    return judged


def _row(
    line: Line, named: dict[str, list[int]], places: set[tuple[str, str]], *, today: date
) -> tuple[SubjectDraft | None, tuple[Fault, ...]]:
    reader = Reader()

    def text(column: str) -> str:
        return reader.take(column, line.text, "").strip()

    kind = KINDS.get(text("kind"), "")
    if not kind:
        reader.refuse("kind", f"名册请写：{'、'.join(k.zh for k in REGISTERS.values())}。")
    code = re.sub(r"\s+", "", text("code"))
    if fault := "请写编号。" if not code else code_fault(code):
        reader.refuse("code", fault)
    name, note, paired = text("name"), text("note"), text("paired_words")
    if kind and REGISTERS[kind].named and not name:
        reader.refuse("name", "请写名称。")
    if kind and (called := REGISTERS[kind].person) and (fault := person_fault(name, called)):
        reader.refuse("name", fault)
    for column, said in (("name", name), ("note", note), ("paired_words", paired)):
        if fault := words_fault(said):
            reader.refuse(column, fault)
    since, until = reader.take("since", line.day, None), reader.take("until", line.day, None)
    paired_since = reader.take("paired_since", line.day, None)
    faulty = {fault.column for fault in reader.faults}
    if since is None and "since" not in faulty:
        reader.refuse("since", "请填列入日期。")
    if since and since > today:
        reader.refuse("since", "列入日期不能在将来。")
    if since and until and until <= since:
        reader.refuse("until", "移出日期须晚于列入日期。")
    partner = _partner(re.sub(r"\s+", "", text("partner")), named, reader)
    if kind and (partner or paired) and not REGISTERS[kind].pair:
        reader.refuse("partner", f"{REGISTERS[kind].zh}不登记结对。")
    place = text("place")
    if kind and place and (REGISTERS[kind].place or "", place) not in places:
        reader.refuse("place", f"名册里没有“{place[:20]}”，请先列入它。")
    if not kind or not code or since is None:
        return None, tuple(reader.faults)
    draft = SubjectDraft(
        kind=kind, code=code, name=name, since=since, until=until, partner_id=partner, paired_words=paired,
        paired_since=paired_since, note=note,
    )  # fmt: skip
    return draft, tuple(reader.faults)


def _partner(name: str, named: dict[str, list[int]], reader: Reader) -> int | None:
    found = named.get(name, [])
    if len(found) == 1:
        return found[0]
    if name:
        many = f"有{len(found)}名党员叫“{name[:10]}”，请到名册里手工选择。"
        reader.refuse("partner", many if found else f"名册里没有党员“{name[:10]}”，请核对姓名。")
    return None
