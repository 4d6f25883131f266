"""What a draft must be before anything is written. Each raises Refusal on the field at fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from youju.kit.refusal import Refusal
from youju.kit.wording import needed, worded
from youju.kit.zone import local_day
from youju.people.members.queries import memberships_on
from youju.people.posts.queries import committee_on
from youju.people.units.models import Unit
from youju.people.units.queries import ledger_unit
from youju.people.units.values import SEGMENT
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import Session
from youju.records.activities.queries import roster_of, written_roster
from youju.records.activities.rules import TALK_KINDS, is_talk, talk_title
from youju.records.activities.values import (
    CAME,
    ActivityDraft,
    AgendaDraft,
    Attendance,
    Expected,
    GuestDraft,
    PlanDraft,
    RosterEntry,
)
from youju.records.activities.vote_rules import VOTE_RULES
from youju.records.facets.rules import checked as checked_facets
from youju.records.sources.rules import checked as checked_said

MOST_GUESTS, MOST_AT_ONCE = 60, 9999
# A slip of the pen in a table (0024-05-06) would have the ledger begin a thousand years ago, and every year since be owed.
FIRST_DAY, LAST_DAY = date(1921, 7, 1), date(2100, 12, 31)


def year_of(draft: ActivityDraft) -> int:
    return draft.for_year or local_day(draft.starts_at).year


def check_head(draft: PlanDraft | ActivityDraft) -> None:
    if not FIRST_DAY <= local_day(draft.starts_at) <= LAST_DAY:
        raise Refusal("starts_at", f"日期请填 {FIRST_DAY.year} 年到 {LAST_DAY.year} 年之间的日子。")
    kinds = draft.kinds
    if not kinds:
        raise Refusal("kinds", "请至少选一种类型。")
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or len(set(kinds)) != len(kinds):
        raise Refusal("kinds", "类型选择有误，请重新选择。")
    if TALK_KINDS & set(kinds) and not is_talk(
        kinds
    ):  # whoever reads the other activity would read who talked with whom
        raise Refusal(
            "kinds",
            f"{talk_title(one for one in kinds if one in TALK_KINDS)}请单独记一条：谁和谁谈，只有党务工作者、书记和双方能看。",
        )
    needed(draft.title, field="title", name="主题", most=120)
    worded(draft.place, field="place", name="地点", most=80)


def check(draft: ActivityDraft, at: datetime) -> None:
    check_head(draft)
    worded(draft.outcome, field="outcome", name="成效")
    worded(draft.transcribed_from, field="transcribed_from", name="转录自", most=80)
    if draft.starts_at > at:
        raise Refusal("starts_at", "还没有开的会不能记录；可以先排期。")
    if draft.ends_at and draft.ends_at <= draft.starts_at:
        raise Refusal("ends_at", "结束时间须晚于开始时间。")
    held = local_day(draft.starts_at).year
    if draft.for_year and draft.for_year not in (held - 1, held):
        raise Refusal("for_year", f"所属年度只能是 {held} 年或 {held - 1} 年。")
    check_roster(draft.roster)
    if is_talk(draft.kinds) and any(entry.led or entry.spoke for entry in draft.roster):
        raise Refusal("roster", f"{talk_title(draft.kinds)}只记谁和谁谈，不记领学、发言。")
    check_agenda(draft.agenda)
    check_guests(draft.guests)
    checked_facets(draft.facets)
    checked_said(draft.studied)


def check_roster(entries: Sequence[RosterEntry]) -> None:
    if len({entry.member_id for entry in entries}) != len(entries):
        raise Refusal("roster", "名单里有人出现了两次。")
    if any(entry.leave_category and entry.attendance is not Attendance.LEAVE for entry in entries):
        raise Refusal("roster", "只有请假才填请假类别。")


def check_came(entries: Sequence[RosterEntry], people: Mapping[int, Expected]) -> None:
    """Who led or spoke was there. Of two marks that cannot both be right nobody but the clerk knows the wrong one."""
    away = [entry for entry in entries if (entry.led or entry.spoke) and entry.attendance not in CAME]
    if away:
        did = "领学" if away[0].led else "发言"
        raise Refusal(
            "roster", f"{people[away[0].member_id].name}没有到会，不能记{did}；请改他的到会情况，或者去掉{did}。"
        )


def check_guests(guests: Sequence[GuestDraft]) -> None:
    if len(guests) > MOST_GUESTS:
        raise Refusal("guests", f"列席和来宾最多写 {MOST_GUESTS} 行，其余可以只写人数。")
    for guest in guests:
        worded(guest.name, field="guests", name="来宾姓名", most=40)
        worded(guest.unit, field="guests", name="来宾单位", most=60)
        if not 1 <= guest.count <= MOST_AT_ONCE:
            raise Refusal("guests", f"来宾人数请填 1 到 {MOST_AT_ONCE}。")
        if guest.lectured and guest.count != 1:
            raise Refusal("guests", "授课的来宾请一人写一行。")


def check_agenda(items: Sequence[AgendaDraft]) -> None:
    for item in items:
        needed(item.title, field="agenda", name="议题", most=200)
        worded(item.note, field="agenda", name="议题情况")
        for resolution in item.resolutions:
            needed(resolution.text, field="agenda", name="决议")
            if resolution.rule not in VOTE_RULES:
                raise Refusal("agenda", "表决规则选择有误。")


def _joining(unit: Unit, draft: ActivityDraft, before: Session | None) -> list[Unit]:
    """The joining units: under the same root, and there on that day. Raises Refusal on ``joining``.

    One sentence for whatever is not there or not near, so that ids tell nobody which units exist elsewhere. A unit that
    stands on the record already stays there, wherever the tree has moved it since.
    """
    if not draft.joining_unit_ids:
        return []
    there = list(before.joining.filter(pk__in=draft.joining_unit_ids)) if before else []
    fresh = set(draft.joining_unit_ids) - {other.pk for other in there}
    near = Unit.objects.filter(path__startswith=unit.path[:SEGMENT]).open_on(local_day(draft.starts_at))
    found = list(near.filter(pk__in=fresh)) if fresh else []
    if len(found) != len(fresh):
        raise Refusal("joining", "参加组织选择有误，请重新选择。")
    if any(unit.path.startswith(other.path) or other.path.startswith(unit.path) for other in found):
        raise Refusal("joining", "参加组织不能是主办组织自己，也不能是它的上级或下级。")
    return sorted((*there, *found), key=lambda other: other.path)


def expected_of(unit: Unit, draft: ActivityDraft, *, before: Session | None = None) -> dict[int, Expected]:
    """How each listed person counts. ``before`` is the record that is being corrected."""
    joining, day = _joining(unit, draft, before), local_day(draft.starts_at)
    listed = {entry.member_id for entry in draft.roster}
    written = written_roster(before) if before else None
    people = roster_of(unit, joining, draft.kinds, day, listed=listed, written=written)
    known = {before.chair_id, before.recorder_id, before.lecturer_id} if before else set()
    _check_named(draft, [unit, *joining], day, known | people.keys())
    check_came(draft.roster, people)
    return people


def _check_named(draft: ActivityDraft, hosts: list[Unit], day: date, known: set[int | None]) -> None:
    """Chair, recorder and lecturer are members of those who met: an id of anybody else would tell his name."""
    named = {"chair": draft.chair_id, "recorder": draft.recorder_id, "lecturer": draft.lecturer_id}
    strange = {field: pk for field, pk in named.items() if pk is not None and pk not in known}
    if not strange:
        return
    members = {row.member_id for host in hosts for row in memberships_on(ledger_unit(host), day)}
    members |= {post.member_id for host in hosts for post in committee_on(ledger_unit(host), day)}
    for field, pk in strange.items():
        if pk not in members:
            raise Refusal(field, "这个人当天不在本组织，请重新选择。")
