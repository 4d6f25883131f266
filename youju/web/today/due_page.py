"""One due: the rule and where it is written, how it is counted, what is missing, and the waiver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from youju.duties.values import Dated, Standing, Status
from youju.figures.values import Row
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.records.activities.rules import TALK_KINDS
from youju.web.today.forms import WaiverForm
from youju.web.today.rows import MARKS, title_of
from youju.web.today.verbs import Button, button_for, session_url

CONDITIONS = {"committee_exists": "设有支部委员会的党支部", "groups_exist": "划分了党小组的党支部"}


@dataclass(frozen=True)
class RowLine:
    """A record that counts. Without ``url`` it stands in somebody else's ledger: shown, not opened."""

    row: Row
    url: str


@dataclass(frozen=True)
class PartLine:
    """A group or a member it is owed of, and whether he was reached."""

    name: str
    reached: bool
    note: str = ""
    mark: str = "todo"
    label: str = "未办"


@dataclass(frozen=True)
class DuePage:
    unit: Unit
    standing: Standing
    title: str
    mark: str
    rows: tuple[RowLine, ...]
    hidden: int  # rows this reader may not see
    parts: tuple[PartLine, ...]
    button: Button | None
    binds: str
    form: WaiverForm | None
    may_withdraw: bool
    shows_reason: bool

    @property
    def deadline(self) -> str:
        due = self.standing.due
        if due.rule is not None and due.rule.rhythm == "state":
            return "条例没有写期限"
        day: date = due.owed_by
        return f"应于 {day.year}年{day.month}月{day.day}日前"

    @property
    def counted(self) -> str:
        """党课次数：1 次，应有 1 次."""
        standing, rule = self.standing, self.standing.due.rule
        if rule is None or standing.answer is None:
            return ""
        if rule.over == "each_group":
            return f"{len(standing.due.parts)} 个党小组，已开 {len(standing.due.parts) - len(standing.missing)} 个"
        if standing.due.hours:
            return standing.sentence
        if rule.over == "each_member":
            return f"{len(standing.due.parts)} 人，已谈 {len(standing.due.parts) - len(standing.missing)} 人"
        unit = standing.answer.figure.unit
        return f"{standing.answer.value} {unit}，应有 {standing.due.each} {unit}以上"


def due_page(
    *, unit: Unit, standing: Standing, rights: frozenset[Right], ledgers: frozenset[int], form: WaiverForm
) -> DuePage:
    """The page as this reader may see it: heads of records by right, names by right."""
    rule = standing.due.rule
    assert rule is not None
    if Right.WRITE_RECORDS not in rights and TALK_KINDS & set(rule.kinds):
        standing = without_names(standing)
    rows = standing.answer.rows if standing.answer else ()
    opens = Right.READ_HEADS in rights
    people = rows[:1] and rows[0].noun != "activity"
    shown = rows if Right.READ_ROSTER in rights or not people else ()
    may = Right.SIGN_OFF in rights
    return DuePage(
        unit=unit,
        standing=standing,
        title=title_of(standing),
        mark=MARKS[standing.status],
        rows=tuple(
            RowLine(row, session_url(unit.pk, row.number) if opens and row.number and row.unit_id in ledgers else "")
            for row in shown
        ),
        hidden=len(rows) - len(shown),
        parts=_parts(standing, rights),
        button=button_for(standing, rights=rights),
        binds=_binds(standing),
        form=form if may and standing.status not in (Status.DONE, Status.WAIVED) else None,
        may_withdraw=may and standing.status is Status.WAIVED,
        shows_reason=Right.READ_RECORDS in rights,
    )


def without_names(standing: Standing) -> Standing:
    """Talks as a superior may read them: that they took place. Their titles may say with whom."""
    title, plan, answer = standing.due.title, standing.planned, standing.answer
    return replace(
        standing,
        sentence=standing.sentence.replace(plan.title, title) if plan else standing.sentence,
        planned=replace(plan, title=title) if plan else None,
        answer=replace(answer, rows=tuple(row._replace(title=title) for row in answer.rows)) if answer else None,
    )


def _parts(standing: Standing, rights: frozenset[Right]) -> tuple[PartLine, ...]:
    """Groups by name for all who may read; members by name only for who may read the roster."""
    rule = standing.due.rule
    if rule is None or (rule.over == "each_member" and Right.READ_ROSTER not in rights):
        return ()
    if TALK_KINDS & set(rule.kinds) and Right.WRITE_RECORDS not in rights:  # who was not talked with is for the clerk
        return ()
    missing: dict[Dated, Dated] = {part: part for part in standing.missing}
    lines = (_part(part, missing.get(part)) for part in standing.due.parts)
    return tuple(sorted(lines, key=lambda line: line.reached))  # who is missing comes first


def _part(part: Dated, missing: Dated | None) -> PartLine:
    if missing is not None:
        return PartLine(part.name, False, missing.note)
    if part.target == 0:
        return PartLine(part.name, True, part.note, "waived", part.note)
    return PartLine(part.name, True, part.note, "done", "已办")


def _binds(standing: Standing) -> str:
    rule = standing.due.rule
    assert rule is not None
    if rule.formal_at_least:
        return f"正式党员{rule.formal_at_least}人以上的党支部"
    return CONDITIONS.get(rule.condition, "所有党支部") if rule.default else "写明依据、启用了这条规则的组织"
