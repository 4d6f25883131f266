"""What is typed about a contest."""

from __future__ import annotations

from typing import Any

from django import forms

from youju.people.models import Unit
from youju.records.sources.models import Source
from youju.study.contests.values import LONGEST_TITLE, MOST_QUESTIONS, ContestDraft
from youju.study.questions.queries import topics_to_ask
from youju.web.shared.fields import day_field


class ContestForm(forms.Form):
    title = forms.CharField(
        label="名称", max_length=LONGEST_TITLE,
        error_messages={"required": "请写名称。", "max_length": f"名称最多 {LONGEST_TITLE} 字。"},
    )  # fmt: skip
    day = day_field("竞赛日期")
    size = forms.IntegerField(
        label="抽几道题",
        min_value=1,
        max_value=MOST_QUESTIONS,
        error_messages={
            "required": "请写抽几道题。", "invalid": "请写抽几道题。", "min_value": "至少抽 1 道。",
            "max_value": f"一次最多 {MOST_QUESTIONS} 道。",
        },
    )  # fmt: skip
    topic = forms.ChoiceField(
        label="专题", required=False, help_text="连同它下面的专题，和放在那里的材料的题。",
        error_messages={"invalid_choice": "没有这个专题，请重新选。"},
    )  # fmt: skip
    source = forms.TypedChoiceField(
        label="学习材料", required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": "没有这份学习材料，请重新选。"},
    )  # fmt: skip

    def __init__(self, *args: Any, ledger: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic, source = self.fields["topic"], self.fields["source"]
        assert isinstance(topic, forms.ChoiceField) and isinstance(source, forms.TypedChoiceField)
        topic.choices = [("", "全部"), *topics_to_ask(ledger)]
        source.choices = [("", "全部"), *((one.pk, one.title) for one in Source.objects.filter(ledger=ledger))]

    def draft(self) -> ContestDraft:
        data = self.cleaned_data
        return ContestDraft(data["title"], data["day"], data["size"], data["topic"], data["source"])
