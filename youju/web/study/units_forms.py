"""What is typed about a unit of study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.people.models import Member
from youju.prose.vocabulary import KINDS
from youju.records.facets.values import LISTS
from youju.records.sources.models import Source
from youju.study.curriculum.values import Tree
from youju.study.units.actions import LONGEST
from youju.study.units.models import StudyUnit
from youju.study.units.values import UNIT_KINDS, UnitDraft
from youju.web.shared.fields import day_field

INDENT = "　"


class UnitForm(forms.Form):
    """``sources`` are those of the register; a unit speaks of a topic, of materials, or of both."""

    title = forms.CharField(
        label="学什么",
        max_length=LONGEST,
        error_messages={"required": "请写学什么。", "max_length": f"学什么最多 {LONGEST} 字。"},
    )
    starts_on = day_field("从")
    ends_on = day_field("到")
    kind = forms.ChoiceField(
        label="类型",
        choices=[(kind, KINDS[kind].zh) for kind in UNIT_KINDS],
        error_messages={"invalid_choice": "类型请重新选择。"},
    )
    form = forms.ChoiceField(
        label="活动形式",
        choices=[("", "（不定）"), *LISTS.forms.items()],
        required=False,
        error_messages={"invalid_choice": "活动形式请重新选择。"},
    )
    leader = forms.TypedChoiceField(
        label="领学人", coerce=int, empty_value=None, required=False, error_messages={"invalid_choice": "领学人请重新选择。"}
    )  # fmt: skip
    topic = forms.TypedChoiceField(
        label="专题",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="学了这个专题或它下面的专题，这个单元就算学了。",
        error_messages={"invalid_choice": "专题请重新选择。"},
    )
    sources = forms.TypedMultipleChoiceField(
        label="学习材料", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="学了其中一份，这个单元也算学了；没到的补学也看它。",
        error_messages={"invalid_choice": "材料请重新选择。"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Sequence[Member], tree: Tree, texts: Sequence[Source], kept: StudyUnit | None = None,
        point_id: int | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        leader, topic, sources = self.fields["leader"], self.fields["topic"], self.fields["sources"]
        assert isinstance(leader, forms.TypedChoiceField) and isinstance(topic, forms.TypedChoiceField)
        assert isinstance(sources, forms.TypedMultipleChoiceField)
        leader.choices = [("", "（不定）"), *((person.pk, person.name) for person in people)]
        steps = [(step.node.id, f"{INDENT * step.depth}{step.node.title}") for step in tree.walk()]
        if kept and kept.topic and kept.topic_id not in tree:
            steps.append((kept.topic.pk, f"{kept.topic.title}（已停用）"))
        topic.choices = [("", "（不按专题）"), *steps]
        sources.choices = [(text.pk, text.title) for text in texts]
        self.point_id = kept.above_id if kept else point_id

    def draft(self) -> UnitDraft:
        data = self.cleaned_data
        return UnitDraft(
            data["title"], data["starts_on"], data["ends_on"], data["kind"], data["topic"], tuple(data["sources"]),
            data["leader"], data["form"], self.point_id,
        )  # fmt: skip


def likely(unit: StudyUnit) -> dict[str, Any]:
    """What a form of this unit begins with."""
    return {
        "title": unit.title, "starts_on": unit.starts_on, "ends_on": unit.ends_on, "kind": unit.kind, "form": unit.form,
        "leader": unit.leader_id, "topic": unit.topic_id, "sources": [one.pk for one in unit.sources.all()],
    }  # fmt: skip
