"""Changes to publicity: enter, correct, link a record, add a file, erase the words about a person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from youju.journal import actions as journal
from youju.journal.values import Actor, Owner
from youju.kit.periods import chinese_date
from youju.kit.refusal import Overtaken, Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.models import Member, Membership
from youju.people.units.actions import bump
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.records.activities.models import Session
from youju.records.activities.rules import TALK_KINDS
from youju.records.activities.values import HAPPENED
from youju.records.numbering import next_number
from youju.records.projects.models import Project
from youju.records.publicity.kinds import CARDS, CHANNELS, PERSONS, PUBLICITY_KINDS
from youju.records.publicity.models import Publication, PublicationFile, PublicationSession
from youju.records.publicity.queries import body_of, files_ever, whole
from youju.records.publicity.rules import link_fault
from youju.records.publicity.values import PublicationDraft, Status
from youju.records.steps.actions import check_file
from youju.store import actions as store
from youju.store.models import StoredFile
from youju.store.queries import is_used

CODE = "宣传"
MOST_TEXT, MOST_PART = 20_000, 2000
FIRST_YEAR = 1921


def enter_publication(*, unit: Unit, draft: PublicationDraft, by: Actor | None, at: datetime) -> Publication:
    """登记宣传材料. Raises Refusal on the field at fault; nothing is written then."""
    keeper = ledger_unit(unit)
    words = _words(draft, unit=keeper, today=local_day(at))
    with transaction.atomic():
        number = next_number(keeper, draft.dated_on.year, CODE)  # locks: the second of two at once sees the first
        _check_once(draft, words, unit=keeper)
        row = Publication.objects.create(
            unit=keeper, number=number, entered_at=at, dated_on=draft.dated_on, kind=draft.kind, **_keys(draft), **words
        )
        _note(row, verb="登记宣传材料", by=by, at=at)
    return row


def change_publication(
    *, publication: Publication, draft: PublicationDraft, revision: int, by: Actor | None, at: datetime
) -> None:
    """更正, also to 已发布 and 未采用. ``revision`` is the one the editor saw; a newer one refuses."""
    with transaction.atomic():
        row = _still(publication, revision)
        words = _words(draft, unit=row.unit, today=local_day(at), kept=row)
        _check_once(draft, words, unit=row.unit, kept=row)
        before = row.dated_on.year
        for name, value in {**words, **_keys(draft), "kind": draft.kind, "dated_on": draft.dated_on}.items():
            setattr(row, name, value)
        row.save()
        _note(row, verb="更正宣传材料", by=by, at=at, years={before})


def link_record(*, publication: Publication, number: str, by: Actor | None, at: datetime) -> PublicationSession:
    """关联记录 of the unit's own ledger, by its number. Raises Refusal on ``record``."""
    with transaction.atomic():
        row = _still(publication)
        session = Session.objects.filter(ledger=row.unit_id, number=number.strip(), status__in=HAPPENED).first()
        if session is None:
            raise Refusal("record", "本组织台账里没有这个编号的记录。")
        if set(session.kind_rows.values_list("kind", flat=True)) <= TALK_KINDS:
            raise Refusal("record", "谈话只记谁和谁、在哪天，不写进宣传材料。")
        if row.told.filter(session=session).exists():
            raise Refusal("record", f"{session.number} 已经关联。")
        link = PublicationSession.objects.create(publication=row, session=session)
        _note(row, verb="关联记录", by=by, at=at)
    return link


def unlink_record(*, link: PublicationSession, by: Actor | None, at: datetime) -> None:
    with transaction.atomic():
        row = _still(link.publication)
        PublicationSession.objects.filter(pk=link.pk).delete()
        _note(row, verb="取消关联记录", by=by, at=at)


def add_file(
    *, publication: Publication, file: StoredFile, caption: str, by: Actor | None, at: datetime
) -> PublicationFile:
    """存附件. Raises Refusal on ``caption`` or ``file``."""
    caption = needed(caption, field="caption", name="说明", most=80)
    check_file(file)
    with transaction.atomic():
        row = _still(publication)
        if row.files.filter(file=file).exists():
            raise Refusal("file", "这份附件已经存入。")
        kept = PublicationFile.objects.create(publication=row, file=file, caption=caption)
        _note(row, verb="存宣传附件", by=by, at=at)
    return kept


def remove_file(*, kept: PublicationFile, by: Actor | None, at: datetime) -> None:
    """The publication no longer has it; the stored file stays where else it is used."""
    with transaction.atomic():
        row = _still(kept.publication)
        PublicationFile.objects.filter(pk=kept.pk).delete()
        _note(row, verb="取消宣传附件", by=by, at=at)


def erase_publication(*, publication: Publication, by: Actor | None, at: datetime) -> None:
    """清除内容: whoever is written about withdraws. The words go from the row and from every revision, and the files it
    has or ever had where nothing else has them.

    That there was one, when, by which channel and of which member (his id) stays, and so do the figures: entered again, it
    is known for the one it was. Raises Refusal when it was erased before.
    """
    with transaction.atomic():
        row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
        if row.erased_at:
            raise Refusal("", "这份宣传材料的内容已经清除了。")
        captions, let_go = files_ever(row)  # what was taken off before it was withdrawn shows him no less
        row.files.all().delete()
        row.title = row.text = row.practice = row.outcome = row.use = row.outsider = row.link = ""
        row.erased_at = at
        row.save()
        _note(row, verb="清除宣传材料内容", by=by, at=at)
        keys = ("title", "text", "practice", "outcome", "use", "outsider", "link", *sorted(captions))
        journal.erase_texts(owner=Owner("records", "publication", row.pk), keys=keys)
        for file in let_go:
            if not is_used(file):
                store.erase(row=file, by=by, at=at)


def forget(*, member: Member, by: Actor | None, at: datetime) -> None:
    """Who is written about, or asked for consent, keeps an id; the name goes with the member. Words are shown by mentions."""


# -- parts ------------------------------------------------------------------------------------------------------------


def _words(draft: PublicationDraft, *, unit: Unit, today: date, kept: Publication | None = None) -> dict[str, str]:
    if draft.kind not in PUBLICITY_KINDS:
        raise Refusal("kind", "请选种类。")
    words = {
        "title": needed(draft.title, field="title", name="题目", most=120),
        "channel_name": worded(draft.channel_name, field="channel_name", name="渠道名称", most=60),
        "link": worded(draft.link, field="link", name="链接", most=500),
        "text": worded(draft.text, field="text", name="正文", most=MOST_TEXT),
        "practice": worded(draft.practice, field="practice", name="做法", most=MOST_PART),
        "outcome": worded(draft.outcome, field="outcome", name="成效", most=MOST_PART),
        "use": worded(draft.use, field="use", name="适用范围", most=MOST_PART),
        "outsider": worded(draft.outsider, field="outsider", name="党员以外的人", most=60),
    }
    if not draft.dated_on.year >= FIRST_YEAR or draft.dated_on > today:
        raise Refusal("dated_on", "日期不能在将来。")
    if fault := link_fault(words["link"]):
        raise Refusal("link", fault)
    if draft.channel and draft.channel not in CHANNELS:
        raise Refusal("channel", "请选渠道类别。")
    if draft.kind in CARDS:
        for name, zh in (("practice", "做法"), ("outcome", "成效"), ("use", "适用范围")):
            needed(words[name], field=name, name=zh)
    elif words["practice"] or words["outcome"] or words["use"]:
        raise Refusal("kind", "做法、成效、适用范围只有经验做法有；种类改成经验做法，或把这三栏的内容移到正文。")
    if draft.project_id and not Project.objects.filter(pk=draft.project_id, unit=unit).exists():
        raise Refusal("project", "这个项目不是本组织的，请重新选择。")
    _check_person(draft, words["outsider"], unit=unit, today=today, kept=kept)
    if draft.status is Status.PUBLISHED:
        _check_published(draft, words)
    return words


def _check_person(draft: PublicationDraft, outsider: str, *, unit: Unit, today: date, kept: Publication | None) -> None:
    """Somebody is written about: a member of the unit, or somebody else in words; never both, and nobody where it is a group."""
    known = {kept.person_id, kept.consent_by_id} if kept else set()
    for field, pk in (("person", draft.person_id), ("consent_by", draft.consent.noted_by_id)):
        if pk and pk not in known and not Membership.objects.in_unit(unit).filter(member_id=pk).exists():
            raise Refusal(field, "这个人不在本组织，请重新选择。")
    if draft.kind not in PERSONS:
        if draft.person_id or outsider:
            raise Refusal("person", "只有先进典型写明是谁；别的种类请把这两栏留空。")
        return
    if bool(draft.person_id) == bool(outsider):
        raise Refusal("person", "请写明典型人物是谁：本组织党员从名册里选，别的人写在旁边一栏，只填一处。")
    if draft.consent.on and draft.consent.on > today:
        raise Refusal("consent_on", "本人同意的日期不能在将来。")


def _check_published(draft: PublicationDraft, words: dict[str, str]) -> None:
    if not draft.channel:
        raise Refusal("channel", "已发布的要选渠道类别。")
    if not words["channel_name"]:
        raise Refusal("channel_name", "已发布的要写渠道名称。")
    if draft.kind not in PERSONS:
        return
    if draft.consent.on is None:
        raise Refusal("consent_on", "先进典型要本人同意才能标“已发布”：请填同意的日期。")
    if draft.consent.noted_by_id is None:
        raise Refusal("consent_by", "请填是谁征求本人同意的。")
    if draft.consent.on > draft.dated_on:
        raise Refusal("consent_on", f"本人同意要在发布（{chinese_date(draft.dated_on)}）之前。")


def _check_once(draft: PublicationDraft, words: dict[str, str], *, unit: Unit, kept: Publication | None = None) -> None:
    """One and the same is entered once; of one person one card a year, so that persons can be counted.

    What was published and then erased is still counted, so it stands in the way like any other.
    """
    rows = Publication.objects.filter(unit=unit, kind=draft.kind)
    rows = rows.exclude(pk=kept.pk) if kept else rows
    rows = rows.filter(Q(erased_at__isnull=True) | Q(status=Status.PUBLISHED))
    same = rows.filter(dated_on=draft.dated_on, channel=draft.channel, channel_name=words["channel_name"])
    if there := same.filter(title=words["title"]).first():
        raise Refusal("title", f"这份材料已经登记，编号 {there.number}。")
    if draft.kind in PERSONS:
        his = rows.filter(dated_on__year=draft.dated_on.year, person=draft.person_id, outsider=words["outsider"])
        if there := his.first():
            erased = "，内容已按要求清除，仍算一个" if there.erased_at else ""
            raise Refusal("person", f"今年已经有他的典型材料，编号 {there.number}{erased}；再次刊登请记为活动报道。")
    if not draft.person_id and (kept is None or _place_of(kept) != _place_of(draft)):
        _refuse_erased(same)


def _refuse_erased(same: QuerySet[Publication]) -> None:
    """Of what was erased neither title nor outsider is known any more: the day and the channel say that it is the same."""
    if there := same.filter(erased_at__isnull=False, person__isnull=True).first():
        raise Refusal(
            "channel_name",
            f"这一天在这个渠道登的 {there.number} 内容已按要求清除，仍算一份；同一份不再登记，另一份请把版面或栏目写进渠道名称。",
        )


def _place_of(one: Publication | PublicationDraft) -> tuple[str, date, str, str]:
    return one.kind, one.dated_on, one.channel, one.channel_name.strip()


def _keys(draft: PublicationDraft) -> dict[str, object]:
    person = draft.kind in PERSONS
    return {
        "status": draft.status.value, "channel": draft.channel, "project_id": draft.project_id,
        "person_id": draft.person_id if person else None, "consent_on": draft.consent.on if person else None,
        "consent_by_id": draft.consent.noted_by_id if person else None,
    }  # fmt: skip


def _still(publication: Publication, revision: int | None = None) -> Publication:
    """As it is now, locked; somebody who saw an older one is told."""
    now = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if now.erased_at:
        raise Refusal("", "这份宣传材料的内容已经清除，不能再改。")
    if revision is not None and now.revision != revision:
        raise Overtaken("这份材料")
    return now


def _note(row: Publication, *, verb: str, by: Actor | None, at: datetime, years: set[int] | None = None) -> None:
    row = whole(row.pk)
    bump(unit_id=row.unit_id, years={row.dated_on.year} | (years or set()))
    body, texts = body_of(row)
    revision = journal.write_revision(
        owner=Owner("records", "publication", row.pk), body=body, texts=texts, by=by, at=at
    )
    Publication.objects.filter(pk=row.pk).update(revision=revision.number)
    journal.write_line(
        by=by, at=at, verb=verb, room="records", noun="publication", object_id=row.pk, unit_id=row.unit_id,
        summary=row.number,
    )  # fmt: skip
