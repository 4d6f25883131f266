"""Records on paper: one 会议记录表, and a whole year's 台账, as a docx in the layout of GB/T 9704.

Whoever calls has asked whether the reader may see whole records: names and leave categories stand in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.kit.zone import SHANGHAI
from youju.paper import writing
from youju.people.models import Unit
from youju.records.activities.guest_words import say_guests
from youju.records.activities.models import AgendaItem, Resolution, RosterRow, Session
from youju.records.activities.queries import Record, digests_of, own_ledger, record_of, with_parts
from youju.records.activities.values import CAME, HAPPENED, Attendance, ItemKind, Status

MOST_RECORDS = 2000
Pair = tuple[str, str]


def record_docx(session: Session, *, preset: writing.Preset = writing.STANDARD) -> bytes:
    """会议记录表 of one record, loaded by ``with_parts``. Raises Refusal when nothing was held."""
    if session.status not in HAPPENED:
        raise Refusal("", f"“{Status(session.status).zh}”的场次没有记录表。")
    record = record_of(session)
    form = record_form(record, digest=digests_of([session]).get(session.pk, ""))
    paper = writing.Paper(title=f"{session.ledger.name}\n会议活动记录", blocks=(form,), preset=preset)
    return writing.write_docx(paper)


def year_docx(
    unit: Unit,
    year: int,
    *,
    preset: writing.Preset = writing.STANDARD,
    sees: Callable[[Session], bool] = lambda _: True,
) -> bytes:
    """A year of the unit's own 台账: the list by month, then each record on its own page. Raises Refusal on ``year``.

    Of a talk that the reader does not see (``sees``) there is the line in the list and no form.
    """
    held = own_ledger(unit).happened().held_in(Period.year(year)).order_by("starts_at", "pk")
    if held.count() > MOST_RECORDS:
        raise Refusal("year", f"这一年的记录超过 {MOST_RECORDS} 条，请逐条导出。")
    records = [record_of(session) for session in with_parts(held)]
    digests = digests_of(record.session for record in records)
    forms = [
        record_form(record, digest=digests.get(record.session.pk, ""), new_page=True)
        for record in records
        if sees(record.session)
    ]
    said = f"本年度共记录{len(records)}次会议和活动，按月列目，其后逐条附记录表。" if records else "这一年还没有记录。"
    if len(forms) < len(records):
        said += f"其中{len(records) - len(forms)}次谈话只列目：谁和谁谈由党务工作者和书记保管。"
    blocks: list[writing.Block] = [writing.Paragraph((said,)), *_contents(records, sees), *forms]
    title = f"{unit.name}\n{year}年党建工作台账"
    return writing.write_docx(writing.Paper(title=title, blocks=tuple(blocks), preset=preset))


def record_form(record: Record, *, digest: str, new_page: bool = False) -> writing.Form:
    """One record as the bordered form that inspectors know."""
    session = record.session
    return writing.Form(
        title=f"{record.kinds_zh}记录",
        rows=tuple(_rows(record)),
        foot=f"{session.number}　第{session.revision}次修订　校验 {digest[:8]}",
        new_page=new_page,
    )


def _contents(records: Sequence[Record], sees: Callable[[Session], bool]) -> Iterator[writing.Table]:
    for month, group in groupby(records, key=lambda record: record.session.held_on.month):
        found = list(group)
        yield writing.Table(
            header=("编号", "日期", "类型", "主题", "到会"),
            rows=tuple(
                (
                    record.session.number, f"{month}月{record.session.held_on.day}日", record.kinds_zh,
                    record.session.title if sees(record.session) else record.session.head_title, _came(record),
                )
                for record in found
            ),
            widths=(0.2, 0.15, 0.18, 0.36, 0.11),
            title=f"{month}月（{len(found)}次）",
        )  # fmt: skip


def _came(record: Record) -> str:
    count = record.count
    return f"{count.came}/{count.expected}" if count.expected else "—"


def _rows(record: Record) -> Iterator[tuple[Pair, ...]]:
    session, count = record.session, record.count
    yield ("编号", session.number), ("时间", _when(session))
    yield (("主题", session.title),)
    yield ("地点", session.place), ("主持人", session.chair.name if session.chair else "")
    yield ("记录人", session.recorder.name if session.recorder else ""), ("授课人", record.lecturers)
    joining = [unit.said for unit in record.joined]
    if session.unit_id != session.ledger_id or joining:
        yield (("主办", session.unit.short_name), ("参加组织", "、".join(joining) or "—"))
    if record.roster:
        votes = f"（有表决权 {count.votes_present}/{count.votes_expected}）" if count.votes_expected else ""
        yield (("应到", f"{count.expected}人"), ("实到", f"{count.came}人{votes}"))
        yield (("到会人员", "、".join(row.member.name for row in record.own if row.attendance in CAME)),)
        away = [_away(row) for row in record.own if row.attendance not in CAME]
        yield (("未到人员", "、".join(away) or "无"),)
    for voices in record.voices:
        yield (voices,)
    guests = say_guests(session.guests.all())
    if guests:
        yield (("列席和来宾", guests),)
    for told in record.told:
        yield (told,)
    for item in session.agenda.all():
        yield ((_label(item), "\n".join(_said(item))),)
    if session.outcome:
        yield (("成效", session.outcome),)
    proofs = sum(proof.file.erased_at is None for proof in session.evidence.all())
    yield ("佐证", f"{proofs}份"), ("转录自", session.transcribed_from or "—")
    yield ("主持人签字", ""), ("记录人签字", "")


def _when(session: Session) -> str:
    day, start = session.held_on, session.starts_at.astimezone(SHANGHAI)
    end = f"—{session.ends_at.astimezone(SHANGHAI):%H:%M}" if session.ends_at else ""
    return f"{day.year}年{day.month}月{day.day}日 {start:%H:%M}{end}"


def _away(row: RosterRow) -> str:
    note = row.get_attendance_display()
    if row.attendance == Attendance.LEAVE and row.leave_category:
        note = row.get_leave_category_display()
    return f"{row.member.name}（{note}）"


def _label(item: AgendaItem) -> str:
    return ItemKind.FIRST_TOPIC.zh if item.kind == ItemKind.FIRST_TOPIC else f"议题{item.position + 1}"


def _said(item: AgendaItem) -> Iterator[str]:
    yield item.title
    if item.note:
        yield item.note
    for row in item.resolutions.all():
        yield f"决议：{row.text}{_vote(row)}"


def _vote(row: Resolution) -> str:
    if row.yes is None:
        return ""
    written = f"，书面赞成{row.written_yes}" if row.written_yes else ""
    carried = "通过" if row.carried else "未通过"
    return f"（赞成{row.yes}{written}，反对{row.no}，弃权{row.abstain}，{carried}）"
