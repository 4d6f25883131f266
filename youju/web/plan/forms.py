"""What is typed into a plan: its lines one below the other, why an adopted one changes, and the meeting that adopts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from youju.duties.plans.actions import LONGEST_HEADING, LONGEST_NOTE, LONGEST_REASON, LONGEST_TITLE
from youju.duties.plans.rules import PLANNABLE
from youju.duties.plans.values import HEADINGS, Line, LineDraft, Rhythm
from youju.people.models import Member
from youju.records.models import Session
from youju.web.shared.fields import day_field

NO_FIGURE = "（不数次数）"
#: What may be typed into a line and makes it one.
TYPED = ("title", "figure", "target", "months", "by_day", "owner", "note")


class LineForm(forms.Form):
    """One line. An empty one is no line; one that is ticked 移出 is left out."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="事项",
        max_length=LONGEST_TITLE,
        required=False,
        error_messages={"max_length": f"事项最多 {LONGEST_TITLE} 字。"},
    )
    heading = forms.CharField(
        label="类别",
        max_length=LONGEST_HEADING,
        required=False,
        widget=forms.TextInput(attrs={"list": "list-headings"}),
    )
    rhythm = forms.ChoiceField(label="多久一次", choices=[(r.value, r.zh) for r in Rhythm], required=False)
    figure = forms.ChoiceField(label="数什么", required=False)
    target = forms.IntegerField(
        label="次数", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "次数请写数字。"},
    )  # fmt: skip
    months = forms.CharField(label="哪几个月", max_length=60, required=False)
    by_day = day_field("哪天之前", required=False)
    owner = forms.TypedChoiceField(label="责任人", coerce=int, empty_value=None, required=False)
    note = forms.CharField(
        label="备注",
        max_length=LONGEST_NOTE,
        required=False,
        error_messages={"max_length": f"备注最多 {LONGEST_NOTE} 字。"},
    )
    order = forms.IntegerField(
        label="次序", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "次序请写数字。"},
    )  # fmt: skip
    for_below = forms.BooleanField(label="下发", required=False)
    gone = forms.BooleanField(label="移出", required=False)

    def __init__(
        self, *args: Any, people: Sequence[Member], kept: Line | None, sends_down: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        own = [kept.figure] if kept and kept.figure and kept.figure not in PLANNABLE else []
        figure, owner = self.fields["figure"], self.fields["owner"]
        assert isinstance(figure, forms.ChoiceField) and isinstance(owner, forms.TypedChoiceField)
        figure.choices = [("", NO_FIGURE), *((name, name.removesuffix("次数")) for name in (*PLANNABLE, *own))]
        names = [(person.pk, person.name) for person in people]
        if kept and kept.owner_id and kept.owner_id not in {pk for pk, _ in names}:
            names.append((kept.owner_id, f"{kept.owner_name}（已不在本组织）"))
        owner.choices = [("", "（不填）"), *names]
        if not sends_down:
            del self.fields["for_below"]
        if kept is None:
            del self.fields["gone"]

    @property
    def source(self) -> str:
        """规则 · 《支部工作条例》第12条, of a line that came from somewhere."""
        if self.kept is None:
            return ""
        return " · ".join(part for part in (self.kept.source.zh, self.kept.source_note) if part)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(column, sentence) of what is wrong in this line."""
        return [
            (str(self.fields[name].label) if name in self.fields else "", str(sentence))
            for name, sentences in self.errors.items()
            for sentence in sentences
        ]

    @property
    def is_line(self) -> bool:
        data = self.cleaned_data
        return not data.get("gone") and (self.kept is not None or any(data.get(name) for name in TYPED))

    def clean_months(self) -> tuple[int, ...]:
        text = str(self.cleaned_data["months"])
        if re.search(r"[^\d\s、，,;；.月和及]", text):
            raise forms.ValidationError("月份请写成 3、6、9 这样。")
        return tuple(int(found) for found in re.findall(r"\d{1,4}", text))

    def draft(self) -> LineDraft:
        data = self.cleaned_data
        rhythm = Rhythm(data["rhythm"] or Rhythm.YEARLY)
        kept = self.kept
        base = LineDraft(title=data["title"])
        if kept is not None:
            base = replace(base, id=kept.id, source=kept.source, source_note=kept.source_note, rule_id=kept.rule_id)
        return replace(
            base, heading=data["heading"], figure=data["figure"], target=data["target"], rhythm=rhythm, months=data["months"] or (),
            by_day=data["by_day"], owner_id=data["owner"], note=data["note"], for_below=bool(data.get("for_below")),
        )  # fmt: skip


def initial_of(line: Line, order: int) -> dict[str, object]:
    """Where the form of a line begins."""
    return {
        "id": line.id, "title": line.title, "heading": line.heading, "rhythm": line.rhythm.value, "figure": line.figure,
        "target": line.target if line.figure else None, "months": "、".join(map(str, line.months)), "by_day": line.by_day,
        "owner": line.owner_id, "note": line.note, "order": order, "for_below": line.for_below,
    }  # fmt: skip


class ReasonForm(forms.Form):
    """Why an adopted plan is changed; of a draft nobody asks."""

    reason = forms.CharField(
        label="修改原因",
        max_length=LONGEST_REASON,
        help_text="计划已经通过，写明谁议定的、依据什么，例如“3月支委会议定”。",
        error_messages={"required": "请写修改原因。", "max_length": f"最多 {LONGEST_REASON} 字。"},
    )

    def __init__(self, *args: Any, wanted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = wanted
        self.wanted = wanted


class AdoptForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    session = forms.TypedChoiceField(
        label="哪次会议通过的",
        coerce=int,
        error_messages={"required": "请选通过计划的会议。", "invalid_choice": "这次会议不能选了，请另选一次。"},
    )

    def __init__(self, *args: Any, meetings: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = self.fields["session"]
        assert isinstance(session, forms.TypedChoiceField)
        session.choices = [
            ("", "（请选）"),
            *(
                (row.pk, f"{row.held_on.year}年{row.held_on.month}月{row.held_on.day}日　{row.title}　{row.number}")
                for row in meetings
            ),
        ]


HEADING_NAMES = tuple(dict.fromkeys(HEADINGS.values()))
