"""What is typed: the head of 记一次 and 排期, agenda and resolutions, reasons, files, and the filters of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from youju.people.models import Member, Unit
from youju.prose.vocabulary import KINDS
from youju.records.activities.models import AgendaItem
from youju.records.activities.values import AgendaDraft, ItemKind, ResolutionDraft, Status
from youju.records.activities.vote_rules import VOTE_RULES
from youju.records.followups.models import Task
from youju.records.followups.values import Place, TaskDraft
from youju.web.shared.fields import day_field, number_in, time_field

#: The kinds as a clerk looks for them. The first one chosen, in this order, gives the record its number.
KIND_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("三会一课", ("committee_meeting", "party_meeting", "group_meeting", "party_lecture")),
    (
        "组织生活",
        ("theme_day", "org_life_meeting", "member_review", "heart_talk", "member_day", "fixed_study_day", "election_meeting"),
    ),
    (
        "学习",
        (
            "group_study", "seminar", "online_study", "training", "guest_lecture", "field_study", "field_insight",
            "self_study_check",
        ),
    ),
    (
        "意识形态和廉政",
        (
            "ideology_study", "ideology_analysis", "ideology_risk_check", "warning_education", "integrity_education",
            "integrity_talk", "reminder_talk",
        ),
    ),
    (
        "工作和联系群众",
        (
            "deployment_meeting", "inspection_round", "visit", "outreach", "research", "tech_lecture", "good_deed",
            "volunteer",
        ),
    ),
    ("责任制和述职", ("report_meeting", "ideology_report", "ideology_list", "integrity_study", "duty_report")),
)  # fmt: skip
FEWEST_LINES = 3
MOST_LINES = 40
MOST_TASKS = 20


def _kinds_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="类型",
        choices=[(kind, KINDS[kind].zh) for _, kinds in KIND_GROUPS for kind in kinds],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一种类型。", "invalid_choice": "类型选择有误，请重新选择。"},
    )


class Typed(forms.Form):
    """A form that can be shown again as typed before anybody asked to save it."""

    def hush(self) -> None:
        """No sentence about faults yet."""
        self._errors = ErrorDict()


class HeadForm(Typed):
    """What 排期 and 记一次 share: kinds, host, day, hours, place, title."""

    kinds = _kinds_field()
    host = forms.TypedChoiceField(
        label="主办",
        coerce=int,
        error_messages={"required": "请选主办组织。", "invalid_choice": "主办组织请重新选择。"},
    )
    on = day_field("日期")
    start = time_field("开始")
    place = forms.CharField(label="地点", max_length=80, required=False)
    title = forms.CharField(
        label="主题",
        max_length=120,
        help_text="写清这次做了什么，述职报告会引用。",
        error_messages={"required": "请写主题。", "max_length": "主题最多 120 字。"},
    )
    form_key = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    agenda = forms.IntegerField(
        label="议题", min_value=1, max_value=MOST_LINES, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, hosts: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hosts = {unit.pk: unit for unit in hosts}
        field = self.fields["host"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(unit.pk, unit.short_name) for unit in hosts]
        field.required = len(hosts) > 1

    @property
    def host_unit(self) -> Unit:
        """The host as chosen; the unit that keeps the ledger when nothing was."""
        return self._hosts.get(self.cleaned_data.get("host") or 0) or next(iter(self._hosts.values()))

    @property
    def kind_groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """(group, [(kind, name, ticked)]) for the tiles."""
        ticked = set(self["kinds"].value() or ())
        return [(name, [(kind, KINDS[kind].zh, kind in ticked) for kind in kinds]) for name, kinds in KIND_GROUPS]


class PlanForm(HeadForm):
    """排期: what is known beforehand and nothing else."""


class RecordForm(HeadForm):
    """The head of 记一次. Roster and agenda stand beside it; their faults hang on ``roster`` and ``agenda``."""

    end = time_field("结束", required=False)
    chair = forms.TypedChoiceField(label="主持人", coerce=int, empty_value=None, required=False)
    recorder = forms.TypedChoiceField(label="记录人", coerce=int, empty_value=None, required=False)
    lecturer = forms.TypedChoiceField(label="授课人", coerce=int, empty_value=None, required=False)
    outcome = forms.CharField(
        label="成效",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="办成了什么、定了什么。只写真实发生的。",
    )
    for_year = forms.TypedChoiceField(label="所属年度", coerce=int, empty_value=None, required=False)
    transcribed_from = forms.CharField(
        label="转录自纸质台账",
        max_length=80,
        required=False,
        help_text="补录往年的写明出处，如：2023年会议记录本第12页。",
    )
    reached = forms.CharField(
        label="走到的对象",
        max_length=12000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个，写名册上的编号或名称；户写“村 门牌”，如：河湾村 1-03。",
    )
    roster = forms.CharField(label="到会名单", required=False, widget=forms.HiddenInput)
    guests = forms.IntegerField(label="列席和来宾", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[Member], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "（不填）"), *((person.pk, person.name) for person in people)]
        for name in ("chair", "recorder", "lecturer"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = names
        year = self.fields["for_year"]
        assert isinstance(year, forms.TypedChoiceField)
        year.choices = [("", f"{day.year}年（开会当年）"), (day.year - 1, f"{day.year - 1}年（补开上一年度的）")]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end <= start:
            self.add_error("end", "结束时间须晚于开始时间。")
        if data.get("for_year") and data.get("on") and data["for_year"] == data["on"].year:
            data["for_year"] = None
        return data


class CorrectForm(RecordForm):
    """更正: the same head with the reason and the revision that the editor saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reached_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="更正的原因",
        max_length=200,
        help_text="会和修改前后的内容一起留痕。",
        error_messages={"required": "请写明更正的原因。"},
    )


class AgendaForm(Typed):
    title = forms.CharField(label="议题", max_length=200, required=False)
    first_topic = forms.BooleanField(label="第一议题", required=False)
    note = forms.CharField(label="情况", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    votes = forms.IntegerField(required=False, min_value=1, max_value=20, widget=forms.HiddenInput)


def _votes_field(label: str) -> forms.IntegerField:
    sentence = f"{label}票数请填整数。"
    return forms.IntegerField(
        label=label, required=False, min_value=0, error_messages={"invalid": sentence, "min_value": sentence}
    )


class TaskForm(Typed):
    """落实事项 under a resolution: what, who, by when. Emptied, one that stood is dropped."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="落实事项", required=False, max_length=300, error_messages={"max_length": "落实事项最多 300 字。"}
    )
    owner = forms.TypedChoiceField(
        label="责任人", coerce=int, empty_value=None, required=False,
        error_messages={"invalid_choice": "责任人请重新选择。"},
    )  # fmt: skip
    due = day_field("期限", required=False)

    def __init__(self, *args: Any, people: Sequence[Member] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "（不填）"), *((person.pk, person.name) for person in people)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (data.get("owner") or data.get("due")) and not data.get("text") and not data.get("id") and not self.errors:
            self.add_error("text", "请写要落实的事项。")
        return data

    @property
    def filled(self) -> bool:
        return bool(self["text"].value())

    def draft(self) -> TaskDraft | None:
        data = self.cleaned_data
        if not data.get("text") and not data.get("id"):
            return None
        return TaskDraft(data.get("text", ""), data.get("owner"), data.get("due"), data.get("id"))


class ResolutionForm(Typed):
    text = forms.CharField(label="决议", required=False)
    rule = forms.ChoiceField(label="表决规则", required=False, choices=[(r.id, r.zh) for r in VOTE_RULES.values()])
    yes = _votes_field("赞成")
    no = _votes_field("反对")
    abstain = _votes_field("弃权")
    written_yes = _votes_field("书面赞成")

    def __init__(self, *args: Any, tasks: Sequence[TaskForm] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = tuple(tasks)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(task.is_valid() for task in self.tasks)])

    def hush(self) -> None:
        super().hush()
        for task in self.tasks:
            task.hush()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("text") and any(task.filled for task in self.tasks):
            self.add_error("text", "写了落实事项，请写是哪项决议。")
        counted = any(data.get(name) is not None for name in ("yes", "no", "abstain", "written_yes"))
        if counted and not data.get("text"):
            self.add_error("text", "有票数，请写决议内容。")
        if counted and data.get("yes") is None and not self.errors:
            self.add_error("yes", "请填赞成票数。")
        return data

    @property
    def rule_chosen(self) -> str:
        rule = str(self["rule"].value() or "")
        return rule if rule in VOTE_RULES else "ordinary"

    @property
    def filled(self) -> bool:
        return bool(self["text"].value())

    def draft(self) -> ResolutionDraft | None:
        data = self.cleaned_data
        if not data.get("text"):
            return None
        return ResolutionDraft(
            text=data["text"], rule=data.get("rule") or "ordinary", yes=data.get("yes"), no=data.get("no") or 0,
            abstain=data.get("abstain") or 0, written_yes=data.get("written_yes") or 0,
            tasks=tuple(draft for task in self.tasks if (draft := task.draft())),
        )  # fmt: skip


@dataclass(frozen=True)
class AgendaLine:
    """One line of the agenda with its resolutions."""

    number: int
    form: AgendaForm
    resolutions: tuple[ResolutionForm, ...]

    @property
    def written(self) -> bool:
        """Whether there is more than a title."""
        return bool(self.form["note"].value()) or any(row.filled for row in self.resolutions)

    @property
    def faulty(self) -> bool:
        tasks = (task for row in self.resolutions for task in row.tasks)
        return any(form.errors for form in (self.form, *self.resolutions, *tasks))

    def hush(self) -> None:
        for form in (self.form, *self.resolutions):
            form.hush()

    def is_valid(self) -> bool:
        whole = all([self.form.is_valid(), *(resolution.is_valid() for resolution in self.resolutions)])
        said = self.form.cleaned_data.get("note") or any(r.cleaned_data.get("text") for r in self.resolutions)
        if whole and said and not self.form.cleaned_data.get("title"):
            self.form.add_error("title", f"第{self.number}项请写议题。")
            return False
        return whole

    def draft(self) -> AgendaDraft | None:
        data = self.form.cleaned_data
        if not data.get("title"):
            return None
        return AgendaDraft(
            title=data["title"], note=data.get("note", ""),
            kind=ItemKind.FIRST_TOPIC if data.get("first_topic") else ItemKind.ORDINARY,
            resolutions=tuple(draft for row in self.resolutions if (draft := row.draft())),
        )  # fmt: skip


def agenda_lines(
    typed: Mapping[str, Any] | None, *, kept: Sequence[AgendaItem] = (), tasks: Mapping[Place | None, Sequence[Task]] | None = None,
    people: Sequence[Member] = (), more: bool = False, more_tasks: bool = False, first_topic: str = "",
) -> tuple[AgendaLine, ...]:  # fmt: skip
    """The agenda as typed, or as kept with a record; ``more`` adds an empty line, ``more_tasks`` an empty task to each.

    ``first_topic`` stands on an agenda that has nothing yet.
    """
    if typed is None:
        lines = [_kept_line(index, item, tasks or {}, people) for index, item in enumerate(kept)]
        if first_topic and not lines:
            lines = [_kept_line(0, None, {}, people, head={"title": first_topic, "first_topic": True})]
        empty = range(len(lines), max(len(lines) + 1, FEWEST_LINES))
        return (*lines, *(_kept_line(index, None, {}, people) for index in empty))
    count = number_in(typed.get("agenda"), otherwise=FEWEST_LINES, most=MOST_LINES)
    return tuple(_typed_line(index, typed, people, more_tasks) for index in range(min(count + more, MOST_LINES)))


def _typed_line(index: int, typed: Mapping[str, Any], people: Sequence[Member], more: bool) -> AgendaLine:
    votes = max(1, number_in(typed.get(f"a{index}-votes"), otherwise=1, most=20))
    return AgendaLine(
        index + 1,
        AgendaForm(typed, prefix=f"a{index}"),
        tuple(_typed_resolution(f"a{index}r{number}", typed, people, more) for number in range(votes)),
    )


def _typed_resolution(prefix: str, typed: Mapping[str, Any], people: Sequence[Member], more: bool) -> ResolutionForm:
    count = number_in(typed.get(f"{prefix}-tasks"), otherwise=0, most=MOST_TASKS)
    count = min(count + (more and bool(typed.get(f"{prefix}-text"))), MOST_TASKS)
    tasks = [TaskForm(typed, prefix=f"{prefix}t{number}", people=people) for number in range(count)]
    return ResolutionForm(typed, prefix=prefix, tasks=tasks)


def _kept_line(
    index: int, item: AgendaItem | None, tasks: Mapping[Place | None, Sequence[Task]], people: Sequence[Member],
    head: dict[str, Any] | None = None,
) -> AgendaLine:  # fmt: skip
    rows = list(item.resolutions.all()) if item else []
    if item:
        head = {"title": item.title, "note": item.note, "first_topic": item.kind == ItemKind.FIRST_TOPIC}
    resolutions = [
        ResolutionForm(
            prefix=f"a{index}r{number}",
            initial={
                "text": row.text, "rule": row.rule, "yes": row.yes, "no": row.no or None,
                "abstain": row.abstain or None, "written_yes": row.written_yes or None,
            },
            tasks=_kept_tasks(
                f"a{index}r{number}", tasks.get(Place(item.position, row.position), ()) if item else (), people
            ),
        )
        for number, row in enumerate(rows)
    ] or [ResolutionForm(prefix=f"a{index}r0", tasks=_kept_tasks(f"a{index}r0", (), people))]  # fmt: skip
    return AgendaLine(index + 1, AgendaForm(prefix=f"a{index}", initial=head or {}), tuple(resolutions))


def _kept_tasks(prefix: str, tasks: Sequence[Task], people: Sequence[Member]) -> list[TaskForm]:
    """Those that stand, and an empty one."""
    named = [task.owner for task in tasks if task.owner is not None]
    offered = list(dict.fromkeys([*people, *named]))
    said = [{"id": task.pk, "text": task.text, "owner": task.owner_id, "due": task.due_on} for task in tasks]
    return [
        TaskForm(prefix=f"{prefix}t{number}", people=offered, initial=initial)
        for number, initial in enumerate([*said, {}])
    ]


class ReasonForm(forms.Form):
    """Why something is cancelled or removed."""

    reason = forms.CharField(label="原因", max_length=200, error_messages={"required": "请写明原因。"})


class EvidenceForm(forms.Form):
    file = forms.FileField(
        label="照片或文件",
        error_messages={"required": "请选一个文件。", "empty": "文件是空的。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx"}),
        help_text="照片（JPEG、PNG）、PDF、Word、Excel、文本、压缩包等，20 MB 以内。"
        "照片的位置等信息会去掉，只留拍摄时间；别的文件原样保存，里面的照片请先处理；录像不收。",
    )
    caption = forms.CharField(label="说明", max_length=80, required=False)


class FilterForm(forms.Form):
    """The filters of the list; they live in the address. A value that is none of them filters nothing."""

    kind = forms.ChoiceField(label="类型", required=False)
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    quarter = forms.TypedChoiceField(
        label="季度",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "全年"), *((n, f"第{'一二三四'[n - 1]}季度") for n in range(1, 5))],
    )
    status = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            (Status.HELD.value, "已开，未归档"),
            (Status.FILED.value, Status.FILED.zh),
            (Status.PLANNED.value, Status.PLANNED.zh),
            (Status.CANCELLED.value, Status.CANCELLED.zh),
        ],
    )
    words = forms.CharField(label="主题或编号", required=False, max_length=60)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, year = self.fields["kind"], self.fields["year"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(year, forms.TypedChoiceField)
        kind.choices = [("", "全部"), *((k, KINDS[k].zh) for _, kinds in KIND_GROUPS for k in kinds)]
        year.choices = [("", "全部"), *((n, f"{n}年") for n in years)]
        self.is_valid()
